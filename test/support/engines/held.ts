import { OWN_NAMESPACES, scopeOf } from '../../../lib/catalog/kubernetes';
import type { KubeObject } from '../../../lib/model/kube-object';
import { type Files, Refused } from './assembly-files';
import { withoutDifferences } from './differences';

/** What an engine holds at a site as one: a bundle, an Application, a Kustomization, a file. */
export interface HeldUnit {
  readonly name: string;
  /** As the engine applies them. */
  readonly objects: readonly KubeObject[];
  /** Namespace that the engine makes where it is missing, and never deletes. */
  readonly makes?: string;
  /** Whether an object is deleted that the unit has lost. */
  readonly prunes: (object: KubeObject) => boolean;
  /** Whether an object is deleted with the unit as a whole. */
  readonly removes: (object: KubeObject) => boolean;
}

/** Where content comes from that follows another ref than records do: with waves, `wave-<name>`. */
export type FilesAt = (ref: string) => Files;

export interface EngineSimulator {
  /** As a test calls it. */
  readonly title: string;
  /** `stuck`: gets the names of units that the engine cannot make, and so leaves as they are. @default - one such unit is an error */
  readonly heldAt: (files: Files, site: string, at?: FilesAt, stuck?: Set<string>) => readonly HeldUnit[];
}

/** A unit, or none where the engine is stuck with it: it goes on with the others. */
export function unlessStuck(name: string, stuck: Set<string> | undefined, make: () => HeldUnit[]): HeldUnit[] {
  try {
    return make();
  } catch (e) {
    if (!stuck || !(e instanceof Refused)) throw e;
    stuck.add(name);
    return [];
  }
}

/** A chart of others as engines install it, whatever they call that. */
export interface Release {
  readonly chart: string;
  readonly repo: string;
  readonly version: string;
  readonly namespace: string;
  readonly releaseName: string;
  readonly values: unknown;
}

export const RELEASE = 'Release';

export function releaseObject({ namespace, releaseName, ...spec }: Release): KubeObject {
  return { apiVersion: 'helm.example/v1', kind: RELEASE, metadata: { name: releaseName, namespace }, spec };
}

/** All objects of a site, without what is an engine's own. */
export function objectsAt({ heldAt }: EngineSimulator, files: Files, site: string, at?: FilesAt): KubeObject[] {
  const units = heldAt(files, site, at);
  const found = new Map<string, KubeObject>();
  for (const { name, objects } of units)
    for (const object of objects) {
      const key = keyOf(object);
      if (found.has(key)) throw new Refused(`${key} is in ${name} and in another unit`);
      found.set(key, withoutDifferences(object));
    }
  for (const { makes } of units) {
    if (makes === undefined || OWN_NAMESPACES.has(makes)) continue;
    const made = namespaceObject(makes);
    if (!found.has(keyOf(made))) found.set(keyOf(made), made);
  }
  return [...found.values()];
}

export function namespaceObject(name: string): KubeObject {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
}

/** `apps/Deployment shop/pos`. */
export function keyOf({ apiVersion, kind, metadata }: KubeObject): string {
  const group = apiVersion.includes('/') ? `${apiVersion.slice(0, apiVersion.indexOf('/'))}/` : '';
  return `${group}${kind} ${metadata.namespace === undefined ? '' : `${metadata.namespace}/`}${metadata.name}`;
}

/** The namespace that an applier fills in. */
export function inNamespace(object: KubeObject, namespace: string): KubeObject {
  if (object.metadata.namespace !== undefined || scopeOf(object.apiVersion, object.kind) !== 'Namespaced')
    return object;
  return { ...object, metadata: { ...object.metadata, namespace } };
}

/** Objects that come, change, and go at a site, from one assembly to the next; `left`: what nobody removes. */
export interface Step {
  readonly created: readonly string[];
  readonly changed: readonly string[];
  readonly deleted: readonly string[];
  readonly left: readonly string[];
}

export function stepOf(
  simulator: EngineSimulator,
  before: Files,
  after: Files,
  site: string,
  at: { readonly before?: FilesAt; readonly after?: FilesAt } = {},
): Step {
  const was = new Map(objectsAt(simulator, before, site, at.before).map((o) => [keyOf(o), canonical(o)]));
  const is = new Map(objectsAt(simulator, after, site, at.after).map((o) => [keyOf(o), canonical(o)]));
  const unitsAfter = new Set(simulator.heldAt(after, site, at.after).map(({ name }) => name));
  const gone = new Set<string>();
  for (const unit of simulator.heldAt(before, site, at.before)) {
    const goes = unitsAfter.has(unit.name) ? unit.prunes : unit.removes;
    for (const object of unit.objects) if (!is.has(keyOf(object)) && goes(object)) gone.add(keyOf(object));
  }
  const keys = (from: ReadonlyMap<string, string>, holds: (key: string) => boolean) =>
    [...from.keys()].filter(holds).sort();
  return {
    created: keys(is, (key) => !was.has(key)),
    changed: keys(is, (key) => was.has(key) && was.get(key) !== is.get(key)),
    deleted: [...gone].sort(),
    left: keys(was, (key) => !is.has(key) && !gone.has(key)),
  };
}

const texts = new WeakMap<object, string>();

/** JSON with sorted keys, so that equal means equal. */
export function canonical(value: unknown): string {
  if (typeof value === 'bigint') return `${value}`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const known = texts.get(value);
  if (known !== undefined) return known;
  const text = Array.isArray(value)
    ? `[${value.map(canonical).join(',')}]`
    : `{${Object.entries(value)
        .filter(([, member]) => member !== undefined)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`)
        .join(',')}}`;
  texts.set(value, text);
  return text;
}
