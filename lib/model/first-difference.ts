import { fieldPath } from './kube-object';

/** Where two plain trees differ first, in words: `at [0].spec.replicas: 3 and 4`. */
export function firstDifference(a: unknown, b: unknown, path: readonly (string | number)[] = []): string | undefined {
  if (Object.is(a, b)) return undefined;
  if (
    typeof a !== 'object' ||
    typeof b !== 'object' ||
    a === null ||
    b === null ||
    Array.isArray(a) !== Array.isArray(b)
  ) {
    return `at ${fieldPath(path)}: ${short(a)} and ${short(b)}`;
  }
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  for (const key of keys) {
    const step = Array.isArray(a) ? Number(key) : key;
    const found = firstDifference((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key], [
      ...path,
      step,
    ]);
    if (found) return found;
  }
  return undefined;
}

function short(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
