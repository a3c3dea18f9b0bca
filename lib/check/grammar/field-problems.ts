import { fieldPath, walkScalars } from '../../model/kube-object';
import { error, type Problem } from '../../model/problem';
import { type HoleUse, numberHole, splitTokens, type TokenTable } from '../../model/token';
import { failure, type Parts, showObject, showText, showValue } from '../filled-text';
import type { ObjectSet } from '../object-set';
import { grammarsFor } from './fields';
import { anyText, type Grammar } from './grammars';

/**
 * Texts and numbers that Kubernetes would refuse where they stand, for any site. Neither cdk8s nor cdk8s-plus checks names, labels or quantities.
 * A text that stands in many objects is looked at once per grammar.
 */
export function fieldProblems(sets: readonly ObjectSet[], tokens: TokenTable): Problem[] {
  return sets.flatMap((set) => {
    const seen = new Set<string>();
    const problems: Problem[] = [];
    for (const object of set.objects) {
      const grammarOf = grammarsFor(object);
      walkScalars(object, (value, path, isKey) => {
        const grammar = value === null ? undefined : grammarOf(path, isKey);
        if (!grammar || value === null) return;
        const key = `${grammar.means} ${typeof value} ${value}`;
        if (seen.has(key)) return;
        seen.add(key);
        const wrong = wrongValue(value, grammar, set, tokens);
        if (wrong) {
          const as = isKey
            ? `key in ${fieldPath(path.slice(0, -1))}`
            : fieldPath(path.map((part) => (typeof part === 'string' ? showText(part, tokens) : part)));
          const message = `has ${wrong.found} as ${as} of ${showObject(object, tokens)}; that takes ${grammar.means}`;
          problems.push(error(set.path, message, wrong.sites.length > 0 ? { sites: wrong.sites } : {}));
        }
      });
    }
    return problems;
  });
}

interface WrongValue {
  readonly found: string;
  readonly sites: readonly string[];
}

function wrongValue(
  value: string | number | boolean,
  grammar: Grammar,
  { sites }: ObjectSet,
  tokens: TokenTable,
): WrongValue | undefined {
  const parts = partsOf(value, tokens);
  const holes = parts.filter((part): part is HoleUse => typeof part === 'object').map((use) => use.hole);
  const from = holes.length > 0 ? ` (from ${[...new Set(holes)].join(', ')})` : '';
  if (!grammar.types.some((type) => type === typeof value)) {
    if (holes.length > 0) return { found: `${typeof value === 'string' ? 'text' : 'a number'}${from}`, sites: [] };
    const literal = typeof value === 'string' ? `the text ${showValue(value)}` : `the ${typeof value} ${value}`;
    return { found: literal, sites: [] };
  }
  if (grammar === anyText) return undefined; // whatever its holes hold
  const failed = failure(parts, sites, grammar.accepts);
  if (!failed) return undefined;
  const found = typeof value === 'string' ? showValue(failed.text) : failed.text;
  return { found: `${found}${from}`, sites: failed.sites };
}

function partsOf(value: string | number | boolean, tokens: TokenTable): Parts {
  if (typeof value === 'string') return splitTokens(value, tokens);
  const use = typeof value === 'number' ? numberHole(value, tokens) : undefined;
  return [use ?? String(value)];
}
