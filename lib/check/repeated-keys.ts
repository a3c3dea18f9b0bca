import { fieldPath, type KubeObject } from '../model/kube-object';
import type { SitePlan } from '../model/plan';
import { error, type Problem } from '../model/problem';
import { hasToken, type TokenTable } from '../model/token';
import { sitesWhereEqual } from './equal-texts';
import { showObject, showText } from './filled-text';
import type { ObjectSet } from './object-set';

/** Keys with holes that a site's values make equal: YAML readers refuse the file, or lose one of the two. */
export function repeatedKeys(sets: readonly ObjectSet[], tokens: TokenTable): Problem[] {
  return sets.flatMap(({ path, objects, sites }) =>
    objects.flatMap((object) =>
      repeatedIn(object, sites, tokens).map(({ field, keys: [a, b], at }) => {
        const where = `${fieldPath(field)} of ${showObject(object, tokens)}`;
        const names = `${showText(a, tokens)} and ${showText(b, tokens)}`;
        return error(path, `has the keys ${names} in ${where}, which are the same at some sites; make them differ`, {
          sites: at,
        });
      }),
    ),
  );
}

interface Repeated {
  readonly field: readonly (string | number)[];
  readonly keys: readonly [string, string];
  readonly at: readonly string[];
}

function repeatedIn(
  tree: KubeObject | unknown,
  sites: readonly SitePlan[],
  tokens: TokenTable,
  field: readonly (string | number)[] = [],
): Repeated[] {
  if (Array.isArray(tree)) return tree.flatMap((item, i) => repeatedIn(item, sites, tokens, [...field, i]));
  if (typeof tree !== 'object' || tree === null) return [];
  const keys = Object.keys(tree);
  const here = keys
    .filter((key) => hasToken(key))
    .flatMap((key) =>
      keys
        .filter((other) => other !== key && !(hasToken(other) && other < key)) // each pair once
        .map((other): Repeated => ({ field, keys: [key, other], at: sitesWhereEqual(key, other, sites, tokens) }))
        .filter(({ at }) => at.length > 0),
    );
  return [
    ...here,
    ...Object.entries(tree).flatMap(([key, value]) => repeatedIn(value, sites, tokens, [...field, key])),
  ];
}
