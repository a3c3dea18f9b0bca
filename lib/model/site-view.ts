import { holeValue } from './hole-value';
import type { HoleKinds, SitePlan } from './plan';
import { listSome } from './problem';
import type { ModelSite } from './site-context';
import { TokenError, type TokenTable } from './token';

/** Holes that all sites have, each of one kind: what content may use. */
export function commonHoles(sites: readonly Pick<SitePlan, 'holes'>[]): HoleKinds {
  const [first, ...others] = [...new Set(sites.map((site) => site.holes))];
  return new Map([...(first ?? [])].filter(([hole, kind]) => others.every((shape) => shape.get(hole) === kind)));
}

/** What content sees of its sites: a token for every hole. `fixed`: values that an override sets for all of them. */
export function tokenSite(
  holes: HoleKinds,
  tokens: TokenTable,
  fixed: Readonly<Record<string, unknown>> = {},
): ModelSite {
  return siteView(
    holes,
    (hole, kind) => fixedValue(fixed, hole) ?? (kind === 'number' ? tokens.number(hole) : tokens.text(hole)),
  );
}

/** What content sees in a probe: for each hole the smallest, or the largest, of the sites' values. */
export function probeSite(
  holes: HoleKinds,
  values: (hole: string) => string | number,
  fixed: Readonly<Record<string, unknown>> = {},
): ModelSite {
  return siteView(holes, (hole) => fixedValue(fixed, hole) ?? values(hole));
}

/** The smallest or largest value that any of the sites puts into a hole; text by its length, then by its code units. */
export function extremeValue(sites: readonly SitePlan[], hole: string, pick: 'smallest' | 'largest'): string | number {
  let best: string | number | undefined;
  for (const site of sites) {
    const value = holeValue(site, hole);
    if (value !== undefined && (best === undefined || isLess(value, best) === (pick === 'smallest'))) best = value;
  }
  return best ?? '';
}

function isLess(a: string | number, b: string | number): boolean {
  return typeof a === 'string' && typeof b === 'string' && a.length !== b.length ? a.length < b.length : a < b;
}

function fixedValue(fixed: Readonly<Record<string, unknown>>, hole: string): string | number | undefined {
  return hole === 'site.name' ? undefined : holeValue({ name: '', profile: '', values: fixed }, hole);
}

type ValueOf = (hole: string, kind: 'text' | 'number') => string | number;

function siteView(holes: HoleKinds, valueFor: ValueOf): ModelSite {
  return Object.freeze({
    name: valueFor('site.name', 'text'),
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
