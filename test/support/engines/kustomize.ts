import { load } from 'js-yaml';
import type { KubeObject } from '../../../lib/model/kube-object';
import { isFolder, joinPath, objectAt, objectsIn, only, Refused, textOf } from './assembly-files';
import { keyOf } from './held';
import { type Labels, selects } from './selector';
import type { FoundSource } from './sources';

interface Patch {
  readonly path?: string;
  readonly patch?: string;
  readonly target: { readonly kind?: string; readonly labelSelector?: string };
}

interface Kustomization {
  readonly resources?: readonly string[];
  readonly patches?: readonly Patch[];
}

/** What kustomize builds of a folder, for what EdgeCDK writes. */
export function kustomized(source: FoundSource): KubeObject[] {
  const { files, path: folder } = source;
  const path = joinPath(folder, 'kustomization.yaml');
  const { resources = [], patches = [] } = only<Kustomization>(objectAt(files, path), path, [
    ...['apiVersion', 'kind', 'metadata', 'resources', 'patches'],
  ]);
  const found = new Map<string, KubeObject>();
  for (const resource of resources) {
    const at = joinPath(folder, resource);
    if (!source.holds(at)) throw new Refused(`${path} names ${at}, which its source does not hold`);
    if (!isFolder(files, at) && resource.startsWith('..')) throw new Refused(`${path} names the file ${at}`);
    for (const object of isFolder(files, at) ? kustomized({ ...source, path: at }) : objectsIn(textOf(files, at))) {
      if (found.has(keyOf(object))) throw new Refused(`${path} has ${keyOf(object)} twice`);
      found.set(keyOf(object), object);
    }
  }
  return patches.reduce(
    (objects, patch) => {
      const {
        path: file,
        target,
        patch: inline,
      } = only<Patch>(patch, `a patch of ${path}`, ['path', 'patch', 'target']);
      const change = changeOf(inline ?? textOf(files, joinPath(folder, file ?? '')));
      return objects.map((object) => (isMeant(object, target) ? change(object) : object));
    },
    [...found.values()],
  );
}

export function isMeant(object: KubeObject, target: Patch['target']): boolean {
  const { kind, labelSelector } = only<Patch['target']>(target, 'a target', ['kind', 'labelSelector']);
  if (kind !== undefined && !new RegExp(`^(${kind})$`).test(object.kind)) return false;
  if (labelSelector === undefined) return true;
  const [, key, value] = /^([^=!,]+)=([^=!,]+)$/.exec(labelSelector) ?? [];
  if (key === undefined || value === undefined) throw new Refused(`a target has ${labelSelector}`);
  return selects({ matchLabels: { [key]: value } }, (object.metadata.labels as Labels | undefined) ?? {});
}

interface Operation {
  readonly op: string;
  readonly path: string;
  readonly value: unknown;
}

/** A list is of operations, a map is an object to merge. */
function changeOf(text: string): (object: KubeObject) => KubeObject {
  const patch = load(text) as KubeObject | readonly Operation[];
  if (!Array.isArray(patch)) return (object) => patched(object, patch as KubeObject);
  return (object) => (patch as readonly Operation[]).reduce(operated, object);
}

function operated(object: KubeObject, operation: Operation): KubeObject {
  const { op, path, value } = only<Operation>(operation, 'an operation', ['op', 'path', 'value']);
  const parts = path.split('/').slice(1);
  const set = (tree: unknown, [name = '', ...rest]: readonly string[]): unknown => {
    if (!isMap(tree) || (!(name in tree) && (rest.length > 0 || op === 'replace')))
      throw new Refused(`${keyOf(object)} has no ${path} to ${op}`);
    return { ...tree, [name]: rest.length === 0 ? value : set(tree[name], rest) };
  };
  if (op !== 'add' && op !== 'replace') throw new Refused(`an operation is ${op}`);
  return set(object, parts) as KubeObject;
}

/** A merge of maps; who an object is stays. Lists of kinds that kustomize does not know are replaced. */
function patched(object: KubeObject, patch: KubeObject): KubeObject {
  const { name: _, ...metadata } = patch.metadata;
  const { apiVersion, kind } = object;
  return { ...(merged(object, { ...patch, metadata }) as KubeObject), apiVersion, kind };
}

function merged(value: unknown, patch: unknown): unknown {
  if (!isMap(patch)) return patch;
  const from = isMap(value) ? { ...value } : {};
  for (const [key, member] of Object.entries(patch)) {
    if (member === null) delete from[key];
    else from[key] = merged(from[key], member);
  }
  return from;
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
