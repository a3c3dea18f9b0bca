import { sha256 } from '../model/digest';
import { didYouMean } from '../model/nearest';
import type { SitePlan } from '../model/plan';
import { error, type Problem } from '../model/problem';
import type { WaveModel, WavePlan } from '../model/wave';
import { isOf, matches, type PlacedSite } from './placement';
import { validateWaves, type WavedModel } from './validate-waves';

export type WavedSite = PlacedSite & Pick<SitePlan, 'name' | 'link'>;

export interface WaveAssignment {
  /** Name of the wave by name of the site. */
  readonly waveOf: ReadonlyMap<string, string>;
  /** In the order of the program. */
  readonly plans: readonly WavePlan[];
  readonly problems: readonly Problem[];
}

/**
 * Puts each site into its wave: the one that names it, else the first share whose bound its name is under, else the rest. `complete`: whether these are all
 * sites; where some are missing, because their rows are wrong, nothing follows from a wave without sites. Descriptions that are wrong assign nothing.
 */
export function assignWaves(model: WavedModel, sites: readonly WavedSite[], complete = true): WaveAssignment {
  const { id, waves } = model;
  const wrong = validateWaves(model);
  if (waves.length === 0 || wrong.length > 0) return { waveOf: new Map(), plans: [], problems: wrong };

  const waveOf = new Map<string, string>();
  const inNone: string[] = [];
  const inMore = new Map<string, string[]>();
  let shared = 0;
  for (const site of sites) {
    const named = waves.filter((wave) => names(wave, site));
    const [wave = unnamed(waves, site.name)] = named;
    if (wave) waveOf.set(site.name, wave.name);
    else inNone.push(site.name);
    if (named.length === 0) shared++;
    if (named.length > 1) {
      const all = named.map(({ name }) => `"${name}"`).join(' and ');
      const own = inMore.get(all) ?? [];
      inMore.set(all, own);
      own.push(site.name);
    }
  }

  const problems = [...inMore].map(([all, own]) =>
    error(id, `has ${count(own.length)} in the waves ${all}; a site is in one, so narrow the others`, { sites: own }),
  );
  if (inNone.length > 0)
    problems.push(
      error(
        id,
        `has ${count(inNone.length)} of ${sites.length} in none of its waves; add Wave.rest as the last, which has all that are in no other`,
        { sites: inNone },
      ),
    );
  const plans = planWaves(waves, sites, waveOf);
  // One whose sites all went to another has been told of.
  if (complete && sites.length > 0 && inMore.size === 0) {
    const empty = waves.filter((_, i) => plans[i]?.sites === 0);
    problems.push(...empty.map((wave) => error(id, whyEmpty(wave, waves, sites, shared))));
  }
  return { waveOf, plans, problems };
}

function names({ sites }: WaveModel, site: WavedSite): boolean {
  if (sites.kind === 'on') return sites.paths.some((path) => isOf(site, path));
  return sites.kind === 'where' && matches(sites.match, site);
}

/** The wave of a site that none names. */
function unnamed(waves: readonly WaveModel[], site: string): WaveModel | undefined {
  const place = placeOf(site);
  return waves.find(({ sites }) => sites.kind === 'rest' || (sites.kind === 'share' && place < sites.percent));
}

/**
 * Where a site stands from 0 to below 100, by its name alone. The digest is not that of the shards: a share would be all the sites of a few of them, and
 * show nothing of the others.
 */
function placeOf(site: string): number {
  return (Number.parseInt(sha256(`wave ${site}`).slice(0, 12), 16) / 16 ** 12) * 100;
}

function planWaves(
  waves: readonly WaveModel[],
  sites: readonly WavedSite[],
  waveOf: ReadonlyMap<string, string>,
): WavePlan[] {
  const all = new Map<string, number>();
  const offline = new Map<string, number>();
  for (const { name, link } of sites) {
    const wave = waveOf.get(name);
    if (wave === undefined) continue;
    all.set(wave, (all.get(wave) ?? 0) + 1);
    if (link.kind !== 'online') offline.set(wave, (offline.get(wave) ?? 0) + 1);
  }
  return waves.map(({ name, maxUnavailable }) => ({
    name,
    sites: all.get(name) ?? 0,
    offline: offline.get(name) ?? 0,
    ...(maxUnavailable !== undefined && { maxUnavailable }),
  }));
}

function whyEmpty(
  { name, sites: of }: WaveModel,
  waves: readonly WaveModel[],
  sites: readonly WavedSite[],
  shared: number,
): string {
  const has = `has a wave "${name}" without sites`;
  if (of.kind === 'on')
    return `${has}: there are none of ${of.paths.map((path) => `[${path}]`).join(', ')}; take it out`;
  if (of.kind === 'rest') return `${has}: those before it have all ${sites.length}; take it out, or narrow one of them`;
  if (of.kind === 'share') {
    const before = waves.slice(
      0,
      waves.findIndex((wave) => wave.name === name),
    );
    const from = before.reduce((most, { sites: other }) => (other.kind === 'share' ? other.percent : most), 0);
    return `${has}: no name is from ${from} to ${of.percent} % of the ${count(shared)} that no wave names; take a larger share, or name sites by Wave.on`;
  }
  const known = new Set(sites.flatMap((site) => Object.keys(site.values)));
  const unknown = Object.keys(of.match.values).find((value) => !known.has(value));
  if (unknown === undefined) return `${has}: none of ${sites.length} matches; mend its condition, or take it out`;
  return `${has}: none has a site value ${unknown}${didYouMean(unknown, known) || '; mend its condition, or take it out'}`;
}

function count(n: number): string {
  return `${n} site${n === 1 ? '' : 's'}`;
}
