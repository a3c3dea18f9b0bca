import type { FleetModel } from '../model/fleet-model';
import { error, listSome, type Problem } from '../model/problem';
import type { WaveModel } from '../model/wave';
import { isWaveLimit } from '../model/wave-limit';

/** What is said of a fleet where waves are at stake. */
export type WavedModel = Pick<FleetModel, 'id' | 'waves'> & {
  readonly blueprints: readonly { readonly path: string }[];
  readonly sources: readonly { readonly path: string }[];
};

/** Shorter than a DNS label may be, since labels, tags and branches bear it with something around it. */
const waveName = /^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$/;

/** What is wrong with waves whatever the sites. */
export function validateWaves(model: WavedModel): Problem[] {
  const { id, waves } = model;
  const problems = waves.flatMap((wave, i) => [
    ...nameProblems(wave, waves.slice(0, i)),
    ...limitProblems(wave),
    ...pathProblems(wave, model),
    ...shareProblems(wave, waves.slice(0, i)),
  ]);
  return [...problems, ...behindRest(waves)].map((message) => error(id, message));
}

function nameProblems({ name }: WaveModel, before: readonly WaveModel[]): string[] {
  if (!waveName.test(name))
    return [
      `has a wave named ${JSON.stringify(name)}; take up to 40 lower-case letters, digits and '-', and no '-' at an end, since labels, tags and branches bear it`,
    ];
  if (!before.some((other) => other.name === name)) return [];
  return [`has more than one wave named "${name}"; sites and tags bear the name, so each has its own`];
}

function limitProblems({ name, maxUnavailable: limit }: WaveModel): string[] {
  if (limit === undefined || isWaveLimit(limit)) return [];
  const found = typeof limit === 'string' ? `"${limit}"` : limit;
  return [
    `has a maxUnavailable of ${found} in the wave "${name}"; take a whole number from 1, or a whole percentage from "1%" to "100%"`,
  ];
}

/** References to another fleet's constructs. */
function pathProblems({ name, sites }: WaveModel, { blueprints, sources }: WavedModel): string[] {
  if (sites.kind !== 'on') return [];
  const known = [...blueprints, ...sources].map(({ path }) => path);
  return sites.paths
    .filter((path) => !known.includes(path))
    .map((path) => `has [${path}] in the wave "${name}", which is not of this fleet; it has ${listSome(known)}`);
}

function shareProblems({ name, sites }: WaveModel, before: readonly WaveModel[]): string[] {
  if (sites.kind !== 'share') return [];
  const { percent } = sites;
  if (!(percent > 0 && percent < 100))
    return [
      `has a share of ${percent} % in the wave "${name}"; take more than 0 and less than 100. Wave.rest has all that is left`,
    ];
  const least = before.filter((other) => other.sites.kind === 'share').at(-1);
  if (least?.sites.kind !== 'share' || least.sites.percent < percent) return [];
  return [
    `has a share of ${percent} % in the wave "${name}", behind ${least.sites.percent} % in "${least.name}"; a share has those before it in it, so they must rise, such as 5 and then 50`,
  ];
}

function behindRest(waves: readonly WaveModel[]): string[] {
  const rest = waves.findIndex(({ sites }) => sites.kind === 'rest');
  const behind = rest < 0 ? [] : waves.slice(rest + 1).map(({ name }) => `"${name}"`);
  if (behind.length === 0) return [];
  return [
    `has ${listSome(behind)} behind the wave "${waves[rest]?.name}", which has the rest; the rest is the last, and there is one`,
  ];
}
