import { only, Refused } from './assembly-files';

export interface LabelSelector {
  readonly matchLabels?: Readonly<Record<string, string>>;
  readonly matchExpressions?: readonly {
    readonly key: string;
    readonly operator: string;
    readonly values?: readonly string[];
  }[];
}

export type Labels = Readonly<Record<string, string>>;

/** As Kubernetes reads a label selector. */
export function selects(selector: LabelSelector, labels: Labels): boolean {
  const { matchLabels = {}, matchExpressions = [] } = only<LabelSelector>(selector, 'a selector', [
    'matchLabels',
    'matchExpressions',
  ]);
  return (
    Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
    matchExpressions.every(({ key, operator, values = [] }) => {
      const value = labels[key];
      if (operator === 'Exists') return value !== undefined;
      if (operator === 'DoesNotExist') return value === undefined;
      if (operator === 'In') return value !== undefined && values.includes(value);
      if (operator === 'NotIn') return value === undefined || !values.includes(value);
      throw new Refused(`a selector has the operator ${operator}`);
    })
  );
}

/** Labels that the API server takes. */
export function checkedLabels(labels: Labels = {}): Labels {
  for (const [key, value] of Object.entries(labels)) {
    const [, name = ''] = /^(?:[a-z0-9.-]{1,253}\/)?([^/]+)$/.exec(key) ?? [];
    const isName = (text: string) => text.length <= 63 && /^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$/.test(text);
    if (!isName(name) || typeof value !== 'string' || !(value === '' || isName(value)))
      throw new Refused(`the label ${key}: ${JSON.stringify(value)} is no label`);
  }
  return labels;
}
