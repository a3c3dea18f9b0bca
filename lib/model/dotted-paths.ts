import { sorted } from './digest';

export type Tree = { readonly [key: string]: unknown };

/** `{ 'a.b': 1, 'a.c': 2 }` as `{ a: { b: 1, c: 2 } }`, in the order of the paths; what is undefined is left out. */
export function nested(values: Readonly<Record<string, unknown>>): Tree {
  const root: Record<string, unknown> = {};
  for (const [path, value] of sorted(Object.entries(values), ([key]) => key)) {
    if (value === undefined) continue;
    const parts = path.split('.');
    const last = parts.pop() ?? path;
    let folder = root;
    for (const part of parts) {
      const found = folder[part] ?? {};
      folder[part] = found;
      folder = found as Record<string, unknown>;
    }
    folder[last] = value;
  }
  return root;
}

/** The same backwards, as far down as the paths that are known; what is below no known path comes out whole. */
export function flattened(tree: Tree, known: (path: string) => boolean, above = ''): Record<string, unknown> {
  const entries = Object.entries(tree).flatMap(([key, value]): Array<[string, unknown]> => {
    const path = above === '' ? key : `${above}.${key}`;
    const isFolder = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isFolder && !known(path) ? Object.entries(flattened(value as Tree, known, path)) : [[path, value]];
  });
  return Object.fromEntries(entries);
}
