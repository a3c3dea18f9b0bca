import type { HoleKinds, SitePlan } from './plan';
import { listSome } from './problem';
import type { ModelSite } from './site-context';
import { TokenError, type TokenTable } from './token';

/** Holes that all sites have, each of one kind: what content may use. */
export function commonHoles(sites: readonly Pick<SitePlan, 'holes'>[]): HoleKinds {
  const [first, ...others] = [...new Set(sites.map((site) => site.holes))];
  return new Map([...(first ?? [])].filter(([hole, kind]) => others.every((shape) => shape.get(hole) === kind)));
}

/** What content sees of its sites: a token for every hole. `onUse` hears of each hole that is asked for. */
export function tokenSite(holes: HoleKinds, tokens: TokenTable, onUse: (hole: string) => void = () => {}): ModelSite {
  return siteView(holes, (hole, kind) => {
    onUse(hole);
    return kind === 'number' ? tokens.number(hole) : tokens.text(hole);
  });
}

type ValueOf = (hole: string, kind: 'text' | 'number') => string | number;

/** What content sees when each hole has a value. */
export function siteView(holes: HoleKinds, valueFor: ValueOf): ModelSite {
  return Object.freeze({
    get name() {
      return valueFor('site.name', 'text');
    },
    values: branch('site.values.', holes, valueFor),
    json: branch('site.json.', holes, valueFor),
  }) as ModelSite;
}

/** An object whose members are computed when they are read, and which says what there is when something else is asked of it. */
function branch(prefix: string, holes: HoleKinds, valueFor: ValueOf): object {
  const members: Record<string, unknown> = {};
  for (const [hole, kind] of holes) {
    if (!hole.startsWith(prefix)) continue;
    const [name = '', ...deeper] = hole.slice(prefix.length).split('.');
    if (Object.hasOwn(members, name)) continue;
    const get = deeper.length > 0 ? () => branch(`${prefix}${name}.`, holes, valueFor) : () => valueFor(hole, kind);
    Object.defineProperty(members, name, { get, enumerable: true });
  }
  return new Proxy(Object.freeze(members), {
    get(object, key) {
      if (typeof key === 'symbol' || key === 'toJSON' || key in object) return Reflect.get(object, key);
      throw new TokenError(
        `${prefix}${key} is no text or number that all sites have here; there are: ${listSome(Object.keys(object), 20) || 'none'}. For a choice use a variant, for a list or boolean site.json`,
      );
    },
  });
}
