import type { KubeObject } from '../../../lib/model/kube-object';

type Fields = Readonly<Record<string, unknown>>;

/** A part of objects that need not be the same on all distributions. */
export interface Difference {
  /** As the page calls it. */
  readonly name: string;
  readonly paths: ReadonlyArray<readonly string[]>;
  readonly show: (value: unknown) => string;
  readonly why: string;
}

const POD = ['spec', 'template', 'spec'];
const OF_SITE = 'edgecdk.dev/of-site';
const json = (value: unknown) => `\`${JSON.stringify(value)}\``;
const text = (value: unknown) => `\`${value}\``;

export const DIFFERENCES: readonly Difference[] = [
  {
    name: 'name',
    paths: [['metadata', 'name']],
    show: text,
    why: 'all sites are in one namespace; what refers to it is renamed too',
  },
  {
    name: 'label `edgecdk.dev/site`',
    paths: [['metadata', 'labels', 'edgecdk.dev/site']],
    show: text,
    why: 'what all sites share is of none',
  },
  {
    name: 'label `edgecdk.dev/profile`',
    paths: [['metadata', 'labels', 'edgecdk.dev/profile']],
    show: text,
    why: 'what all sites share is of none',
  },
  {
    name: `label \`${OF_SITE}\` of pods, and in selectors`,
    paths: [
      ['spec', 'selector', OF_SITE],
      ['spec', 'selector', 'matchLabels', OF_SITE],
      ['spec', 'template', 'metadata', 'labels', OF_SITE],
    ],
    show: text,
    why: 'a selector chooses within a namespace, in which all sites are',
  },
  {
    name: 'label `app-offline.kubeedge.io` of pods',
    paths: [['spec', 'template', 'metadata', 'labels', 'app-offline.kubeedge.io']],
    show: text,
    why: 'the cloud leaves pods alone whose node it does not hear from',
  },
  {
    name: 'nodes',
    paths: [[...POD, 'affinity']],
    show: (affinity) => expressionsOf(affinity).map(showExpression).join(', '),
    why: 'the cluster has nodes in the cloud, and those of other sites',
  },
  {
    name: 'how long pods wait for a node that is not heard from',
    paths: [[...POD, 'tolerations']],
    show: (tolerations) => (tolerations as readonly Fields[]).map(showToleration).join(', '),
    why: 'a van that is out of reach keeps its pods, however long that is',
  },
  {
    name: 'spread',
    paths: [[...POD, 'topologySpreadConstraints']],
    show: (constraints) =>
      (constraints as readonly Fields[])
        .map(({ maxSkew, topologyKey }) => `at most ${maxSkew} for each \`${topologyKey}\``)
        .join(', '),
    why: 'one object has the pods of all sites, and each site shall have its own',
  },
  {
    name: 'update',
    paths: [
      ['spec', 'strategy'],
      ['spec', 'updateStrategy'],
    ],
    show: json,
    why: 'a node that is off must not hold up all others',
  },
];

function expressionsOf(affinity: unknown): readonly Fields[] {
  const required = valueAt(affinity, ['nodeAffinity', 'requiredDuringSchedulingIgnoredDuringExecution']) as
    | { readonly nodeSelectorTerms: readonly { readonly matchExpressions: readonly Fields[] }[] }
    | undefined;
  return required?.nodeSelectorTerms.flatMap(({ matchExpressions }) => matchExpressions) ?? [];
}

function showExpression({ key, operator, values }: Fields): string {
  const which = Array.isArray(values) ? ` ${values.join(', ')}` : '';
  return `\`${key} ${operator}${which}\``;
}

function showToleration({ key, tolerationSeconds }: Fields): string {
  const reason = String(key).slice(String(key).indexOf('/') + 1);
  return `${reason}: ${tolerationSeconds === undefined ? 'for ever' : `${tolerationSeconds} s`}`;
}

/** Objects by kind and name, as they would be at a site without a name. What refers to an object by its name of there has that of here. */
export function atNoSite(objects: readonly KubeObject[], site: string): ReadonlyMap<string, KubeObject> {
  const named = objects.map((object): [string, KubeObject] => {
    const nameless = JSON.stringify(object).replaceAll(`-${site}"`, '"').replaceAll(`"${site}"`, '"<site>"');
    const plain = JSON.parse(nameless) as KubeObject;
    const name = object.metadata.name.replace(site, '<site>');
    return [`${object.kind} ${plain.metadata.name}`, { ...plain, metadata: { ...plain.metadata, name } }];
  });
  return new Map(named.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Parts of an object that may differ, as they are shown, and the rest of it. */
export function takeApart(object: KubeObject): {
  readonly parts: ReadonlyMap<Difference, string>;
  readonly rest: unknown;
} {
  const parts = new Map<Difference, string>();
  let rest: unknown = object;
  for (const difference of DIFFERENCES) {
    const values = difference.paths.map((path) => valueAt(object, path)).filter((value) => value !== undefined);
    const shown = [...new Set(values.map(difference.show))].join('; ');
    if (shown !== '') parts.set(difference, shown);
    for (const path of difference.paths) rest = without(rest, path);
  }
  return { parts, rest };
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((part, key) => (part as Fields | undefined)?.[key], value);
}

function without(value: unknown, [key = '', ...deeper]: readonly string[]): unknown {
  if (typeof value !== 'object' || value === null || !(key in value)) return value;
  const { [key]: part, ...rest } = value as Fields;
  return deeper.length === 0 ? rest : { ...rest, [key]: without(part, deeper) };
}
