import type { SiteContext } from './site-context';

/** A Kubernetes object as plain data: what would stand in a YAML document. */
export interface KubeObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly [key: string]: unknown };
  readonly [key: string]: unknown;
}

/**
 * Changes one object and returns the one to use instead; runs after rendering and before the checks, once per template and not per site.
 * It must be pure, and it must not change the object's kind, name or namespace.
 */
export type Transform<V = unknown> = (object: KubeObject, context: SiteContext<V>) => KubeObject;

/** `apps/v1/Deployment pos` for messages. */
export function describeObject(object: KubeObject): string {
  return `${object.kind} ${object.metadata.namespace ? `${object.metadata.namespace}/` : ''}${object.metadata.name}`;
}

/** `apps` of `apps/v1`, empty for the core group. */
export function apiGroup(apiVersion: string): string {
  return apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
}

/** Path of a field inside an object, for messages: `spec.containers[0].image`. */
export function fieldPath(path: readonly (string | number)[]): string {
  return path
    .map((part, i) => {
      if (typeof part === 'number') return `[${part}]`;
      if (!/^[A-Za-z0-9_-]+$/.test(part)) return `[${JSON.stringify(part)}]`;
      return i === 0 ? part : `.${part}`;
    })
    .join('');
}

/** Calls `visit` for every scalar value and every key of a plain tree. */
export function walkScalars(
  tree: unknown,
  visit: (value: string | number | boolean | null, path: readonly (string | number)[], isKey: boolean) => void,
  path: readonly (string | number)[] = [],
): void {
  if (Array.isArray(tree)) {
    for (const [i, item] of tree.entries()) walkScalars(item, visit, [...path, i]);
  } else if (typeof tree === 'object' && tree !== null) {
    for (const [key, value] of Object.entries(tree)) {
      visit(key, [...path, key], true);
      walkScalars(value, visit, [...path, key]);
    }
  } else if (typeof tree === 'string' || typeof tree === 'number' || typeof tree === 'boolean' || tree === null) {
    visit(tree, path, false);
  }
}

/** A copy of a plain tree in which every string (keys too) and number went through `map`. */
export function mapScalars(
  tree: unknown,
  map: (value: string | number, path: readonly (string | number)[], isKey: boolean) => string | number,
  path: readonly (string | number)[] = [],
): unknown {
  if (typeof tree === 'string' || typeof tree === 'number') return map(tree, path, false);
  if (Array.isArray(tree)) return tree.map((item, i) => mapScalars(item, map, [...path, i]));
  if (typeof tree !== 'object' || tree === null) return tree;
  return Object.fromEntries(
    Object.entries(tree).map(([key, value]) => [
      map(key, [...path, key], true),
      mapScalars(value, map, [...path, key]),
    ]),
  );
}
