import type { KubeObject } from '../../../model/kube-object';

export type Fields = { readonly [key: string]: unknown };

/** Kinds that have pods, and where their pod template is. */
const TEMPLATES: Readonly<Record<string, readonly string[]>> = {
  'apps/v1/Deployment': ['spec', 'template'],
  'apps/v1/DaemonSet': ['spec', 'template'],
  'apps/v1/StatefulSet': ['spec', 'template'],
  'apps/v1/ReplicaSet': ['spec', 'template'],
  'batch/v1/Job': ['spec', 'template'],
  'batch/v1/CronJob': ['spec', 'jobTemplate', 'spec', 'template'],
};

export function kindOf({ apiVersion, kind }: KubeObject): string {
  return `${apiVersion}/${kind}`;
}

export function hasPods(object: KubeObject): boolean {
  return kindOf(object) in TEMPLATES || kindOf(object) === 'v1/Pod';
}

/** The pod's own fields; undefined where the object has none. */
export function podSpec(object: KubeObject): Fields | undefined {
  const path = TEMPLATES[kindOf(object)];
  if (path === undefined) return kindOf(object) === 'v1/Pod' ? fields(object.spec) : undefined;
  return fields(fields(path.reduce<unknown>((at, key) => fields(at)[key], object)).spec);
}

/** A copy of the object with another pod template, made of the one that it has; a Pod is a template itself. */
export function withTemplate(object: KubeObject, change: (template: Fields) => Fields): KubeObject {
  const path = TEMPLATES[kindOf(object)];
  if (path === undefined)
    return kindOf(object) === 'v1/Pod' ? ({ ...object, ...change(object) } as KubeObject) : object;
  return changed(object, path, change) as unknown as KubeObject;
}

function changed(at: Fields, path: readonly string[], change: (template: Fields) => Fields): Fields {
  const [key, ...rest] = path;
  return key === undefined ? change(at) : { ...at, [key]: changed(fields(at[key]), rest, change) };
}

export function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

export function items(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
