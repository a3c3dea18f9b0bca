import type { Grammar } from './grammars';

/** Which grammar holds at a place of an object. `*` in a pattern is one step, `**` any number of them. */
export interface Field {
  /** `apps/Deployment`, `/Service`. @default - every object, custom resources too */
  readonly kinds?: ReadonlySet<string>;
  readonly pattern: readonly string[];
  /** The name of the entry, or what it holds. */
  readonly on: 'key' | 'value';
  readonly grammar: Grammar;
}

/** A grammar for a value; a pair for a map: for its keys, and for what they hold. */
export type Entry = Grammar | readonly [keys: Grammar, values: Grammar | undefined];

/** The fields of a table, for objects of some kinds. */
export function fields(kinds: readonly string[] | undefined, entries: Readonly<Record<string, Entry>>): Field[] {
  return Object.entries(entries).flatMap(([written, entry]): Field[] => {
    const where = { kinds: kinds && new Set(kinds), pattern: written.split('.') };
    if ('means' in entry) return [{ ...where, on: 'value', grammar: entry }];
    const [keys, values] = entry;
    const pattern = [...where.pattern, '*'];
    const ofKeys: Field = { ...where, pattern, on: 'key', grammar: keys };
    return values ? [ofKeys, { ...where, pattern, on: 'value', grammar: values }] : [ofKeys];
  });
}

/** Whether a place in an object is one that a pattern means. */
export function matches(pattern: readonly string[], path: readonly (string | number)[], p = 0, i = 0): boolean {
  if (p === pattern.length) return i === path.length;
  if (pattern[p] === '**') {
    for (let skip = i; skip <= path.length; skip++) if (matches(pattern, path, p + 1, skip)) return true;
    return false;
  }
  return (
    i < path.length && (pattern[p] === '*' || pattern[p] === String(path[i])) && matches(pattern, path, p + 1, i + 1)
  );
}
