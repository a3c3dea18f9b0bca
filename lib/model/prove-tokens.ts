import { isDeepStrictEqual } from 'node:util';
import { firstDifference } from './first-difference';
import { fillText, holeValue } from './hole-value';
import { fieldPath, mapScalars, walkScalars } from './kube-object';
import { leafNodeHole } from './leaf-node';
import type { HoleKinds, SitePlan } from './plan';
import type { ModelSite } from './site-context';
import { siteView, tokenSite } from './site-view';
import { isDamaged, numberHole, type TokenTable } from './token';

/** What a thing is made from: sites, by their common holes. */
export interface TokenSource {
  readonly sites: readonly HoleSource[];
  readonly holes: HoleKinds;
  readonly tokens: TokenTable;
}

type HoleSource = Pick<SitePlan, 'name' | 'values' | 'leafNodes'> & { readonly profile?: string };

/** The thing with tokens in it, or what is wrong with how it is made; in words that follow the construct's path. */
export type Proven<T> = { readonly made: T } | { readonly wrong: readonly string[] };

/** What we ourselves write into objects, and cannot get wrong: asking for it costs no probes. */
export interface SiteLabels {
  readonly name: string;
  readonly profile: string;
  /** Name of the node that a leaf device hangs on, by the device's id. */
  readonly nodeOf: (leaf: string) => string;
}

/**
 * People decide on values of which there are few: up to so many, each is tried. Of more, only the smallest, the largest and two between them, since
 * every probe makes the thing anew.
 */
const mostValues = 16;
const fewValues = 4;

/**
 * Makes a thing with tokens and shows that they stand for its sites' values: it is made again with tokens, which must give the same, and with real
 * values, which must be what the tokens' places say. So what changes a value, branches on it or is no function of it is found and not shipped.
 */
export function proveTokens<T>(source: TokenSource, make: (site: ModelSite, labels: SiteLabels) => T): Proven<T> {
  const { sites, holes, tokens } = source;
  const used = new Set<string>();
  const withTokens = () => {
    const site = tokenSite(holes, tokens, (hole) => used.add(hole));
    return make(
      site,
      labelsOf((hole) => tokens.text(hole)),
    );
  };
  const made = withTokens();
  const wrong = [...damage(made)];
  const difference = firstDifference(made, withTokens());
  if (difference)
    wrong.push(`differs when it is made twice, ${difference}; it must be a function of its context alone`);
  if (wrong.length > 0) return { wrong };

  const values = new Map([...used].map((hole) => [hole, probeValues(sites, hole)]));
  const probes = Math.max(1, ...[...values.values()].map((list) => list.length));
  for (let i = 0; i < probes; i++) {
    const valueFor = (hole: string) => {
      const list = values.get(hole) ?? probeValues(sites, hole);
      values.set(hole, list);
      return list[i % list.length] ?? '';
    };
    const real = make(
      siteView(holes, valueFor),
      labelsOf((hole) => String(valueFor(hole))),
    );
    const filled = fillTree(made, valueFor, tokens);
    if (isDeepStrictEqual(filled, real)) continue;
    const where = firstDifference(filled, real);
    if (where) return { wrong: [`changes a site value, or decides on one: ${where}; ${mendValues}`] };
  }
  return { made };
}

function labelsOf(textFor: (hole: string) => string): SiteLabels {
  return {
    name: textFor('site.name'),
    profile: textFor('site.profile'),
    nodeOf: (leaf) => textFor(leafNodeHole(leaf)),
  };
}

function* damage(tree: unknown): Iterable<string> {
  const found: string[] = [];
  walkScalars(tree, (value, path) => {
    if ((typeof value === 'string' || typeof value === 'number') && isDamaged(value)) found.push(fieldPath(path));
  });
  if (found.length > 0) yield `takes a site value apart, or calculates with it, at ${found[0]}; ${mendValues}`;
}

const mendValues =
  "put the value into the site's schema as it is needed (.transform()), choose by a variant, or say how it is written with Encode";

/** Different values of a hole, smallest first; text by its length, then by its code units. */
function probeValues(sites: readonly HoleSource[], hole: string): (string | number)[] {
  const different = new Set<string | number>();
  for (const site of sites) {
    const value = holeValue({ ...site, profile: site.profile ?? '' }, hole);
    if (value !== undefined) different.add(value);
  }
  const sorted = [...different].sort(compareValues);
  if (sorted.length <= mostValues) return sorted;
  return Array.from(
    { length: fewValues },
    (_, i) => sorted[Math.round((i * (sorted.length - 1)) / (fewValues - 1))] ?? '',
  );
}

function compareValues(a: string | number, b: string | number): number {
  if (typeof a === 'string' && typeof b === 'string' && a.length !== b.length) return a.length - b.length;
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A plain tree with values in the place of its tokens. */
function fillTree(tree: unknown, valueFor: (hole: string) => string | number, tokens: TokenTable): unknown {
  return mapScalars(tree, (value) => {
    if (typeof value === 'string') return fillText(value, valueFor, tokens);
    const use = numberHole(value, tokens);
    return use ? valueFor(use.hole) : value;
  });
}
