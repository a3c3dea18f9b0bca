import { sha256 } from './digest';
import type { Variable } from './layer';
import { type HoleUse, type TokenTable, withFilter } from './token';

/** What engines call a site value as it is written at one place. Inside double quotes, the usual place: `values__storeId`; elsewhere with the filters before it. */
export function variableName({ hole, filters }: HoleUse): string {
  const inner = filters.join('');
  const plain = inner === '' || inner === 'j';
  const parts = hole.replace(/^site\./, '').split('.');
  // Two underlines stand for the point, so a name that has them, or what no variable may have, is told from its namesakes by its digest.
  const isPlain = parts.every((part) => /^[A-Za-z0-9]+(_[A-Za-z0-9]+)*$/.test(part));
  const name = parts.map((part) => part.replace(/[^A-Za-z0-9_]/g, '_')).join('__');
  return `${plain ? '' : `${inner}__`}${name}${isPlain ? '' : `__${sha256(hole).slice(0, 8)}`}`;
}

/** The variables of holes, each once, sorted by name. */
export function variablesOf(uses: Iterable<HoleUse>): Variable[] {
  const variables = new Map<string, Variable>();
  for (const use of uses) {
    const name = variableName(use);
    // A number is written alike with and without quotes, text is always between them.
    if (!variables.has(name) || use.filters.length > 0) variables.set(name, { name, use });
  }
  return [...variables.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Token of a hole as it is written at one place: of a variable's text, for a record that holds it as data. */
export function holeToken({ hole, filters }: HoleUse, tokens: TokenTable): string {
  return filters.reduce<string>((text, filter) => withFilter(text, filter), tokens.text(hole));
}
