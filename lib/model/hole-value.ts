import { recordShardOf, sha256 } from './digest';
import { applyFilters } from './filter';
import { leafNodePrefix } from './leaf-node';
import type { SitePlan } from './plan';
import type { Template } from './template';
import { type HoleUse, splitTokens, type TokenTable } from './token';

type HoleSource = Pick<SitePlan, 'name' | 'profile' | 'values' | 'leafNodes'> & {
  readonly timeZone?: string;
  readonly wave?: string;
};

/** What a site puts into a hole; undefined where it has no such value. */
export function holeValue(site: HoleSource, hole: string): string | number | undefined {
  if (hole === 'site.name') return site.name;
  if (hole === 'site.profile') return profileLabel(site.profile);
  if (hole === 'site.timeZone') return site.timeZone;
  if (hole === 'site.wave') return site.wave ?? ''; // a site that no wave has is an error by then
  if (hole === 'site.shard') return recordShardOf(site.name);
  if (hole.startsWith(leafNodePrefix)) return site.leafNodes?.[hole.slice(leafNodePrefix.length)];
  if (hole.startsWith('site.json.')) {
    const value = site.values[hole.slice('site.json.'.length)];
    return value === undefined ? undefined : canonicalJson(value);
  }
  let value: unknown = site.values;
  for (const part of partsOf(hole)) value = (value as Record<string, unknown> | undefined)?.[part];
  return typeof value === 'string' || typeof value === 'number' ? value : undefined;
}

const knownParts = new Map<string, readonly string[]>(); // asked for per site, hole and file

function partsOf(hole: string): readonly string[] {
  const parts = knownParts.get(hole) ?? hole.slice('site.values.'.length).split('.');
  knownParts.set(hole, parts);
  return parts;
}

/** The hole as it is written at one place. */
export function fillHole(site: HoleSource, use: HoleUse): string {
  return applyFilters(siteValue(site, use.hole), use.filters);
}

/** What a site puts into a hole that resolve has found in it. */
export function siteValue(site: HoleSource, hole: string): string | number {
  const value = holeValue(site, hole);
  if (value === undefined) throw new Error(`site ${site.name} has no ${hole}`);
  return value;
}

/** The file of one site. */
export function fillTemplate(template: Template, site: HoleSource): string {
  let text = template.texts[0] ?? '';
  for (const [i, hole] of template.holes.entries()) text += fillHole(site, hole) + (template.texts[i + 1] ?? '');
  return text;
}

/** A text with values in the place of its tokens. */
export function fillText(text: string, valueFor: (hole: string) => string | number, tokens: TokenTable): string {
  return splitTokens(text, tokens)
    .map((part) => (typeof part === 'string' ? part : applyFilters(valueFor(part.hole), part.filters)))
    .join('');
}

/** A profile as a label value, in which `+` is not legal, of 63 characters at the most. */
export function profileLabel(profile: string): string {
  const label = profile.replaceAll('+', '_');
  return label.length <= 63 ? label : `${label.slice(0, 54)}-${sha256(profile).slice(0, 8)}`;
}

/** JSON with sorted keys and no white space. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, v: unknown) =>
    typeof v === 'object' && v !== null && !Array.isArray(v)
      ? Object.fromEntries(Object.entries(v).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
      : v,
  );
}
