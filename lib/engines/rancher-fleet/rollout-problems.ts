import { isWaveLimit } from '../../model/wave-limit';
import { forecast, unavailableLimit } from './admission';
import type { WaveSize } from './model';

/** What is wrong with a limit whatever the sites; follows the path of what has it. */
export function limitProblem(maxUnavailable: number | string): string | undefined {
  if (isWaveLimit(maxUnavailable)) return undefined;
  const why =
    maxUnavailable === 0
      ? ', with which Rancher Fleet never updates a healthy site'
      : maxUnavailable === '0%'
        ? ', which Rancher Fleet takes for 1 site'
        : '';
  return `has a maxUnavailable of ${JSON.stringify(maxUnavailable)}${why}; a whole number of sites from 1, or a whole percentage from '1%' to '100%', is accepted`;
}

/** A wave that holds nothing back: the next one begins before any site of this has shown that the change is good. */
export function gateProblems(waves: readonly WaveSize[]): string[] {
  const own = waves.filter(({ sites }) => sites > 0);
  const { proven } = forecast(own.map((wave) => ({ ...wave, offline: 0 })));
  return own.slice(0, -1).flatMap(({ name, sites, maxUnavailable }, i) => {
    if (proven[i] !== 0) return [];
    const limit = unavailableLimit(sites, maxUnavailable);
    return [
      `has ${count(sites)} in wave '${name}', of which ${limit} may be unavailable (maxUnavailable ${maxUnavailable}): Rancher Fleet goes on to wave '${own[i + 1]?.name}' before one of them is updated and healthy. ${
        sites === 1 ? 'A wave holds back the next one from 2 sites on' : `A maxUnavailable of at most ${sites - 1} does`
      }`,
    ];
  });
}

/** A wave that stands still for good as long as those that are expected to be offline are: they take all places there are. */
export function stallProblems(waves: readonly WaveSize[], offlineShare: number): string[] {
  return waves.flatMap((wave) => {
    const { name, sites, maxUnavailable } = wave;
    // A share such as 0.07 of 100 is a little more than 7 in binary.
    const offline = Math.ceil(offlineShare * sites - 1e-6);
    if (forecast([{ ...wave, offline }]).stalledAt === undefined) return [];
    const limit = unavailableLimit(sites, maxUnavailable);
    return [
      `has ${count(sites)} in wave '${name}', of which ${limit} may be unavailable (maxUnavailable ${maxUnavailable}) and ${offline} are expected to be offline (offlineShare ${offlineShare}): these take all places, and Rancher Fleet updates no other. A maxUnavailable of at least ${offline + 1} leaves room for one`,
    ];
  });
}

/** The same where nobody said how many are offline at a time: links that are down at times are known, and not how often. */
export function linkWarnings(waves: readonly WaveSize[]): string[] {
  return waves.flatMap(({ name, sites, offline, maxUnavailable }) => {
    const limit = unavailableLimit(sites, maxUnavailable);
    if (sites === 0 || limit > offline || limit === sites) return [];
    return [
      `has ${count(sites)} in wave '${name}', ${offline} of them with a link that is down at times, and ${limit} may be unavailable (maxUnavailable ${maxUnavailable}): while ${limit} or more are offline at once, Rancher Fleet updates no other. An offlineShare says how many are to be expected, and is checked; or a maxUnavailable of ${Math.min(offline + 1, sites)}`,
    ];
  });
}

/** Sites in no wave are updated after all waves, which nobody asked for. */
export function coverageProblems(inNoWave: readonly string[], waves: readonly WaveSize[]): string[] {
  if (inNoWave.length === 0) return [];
  return [
    `has ${count(inNoWave.length)} in no wave (such as ${inNoWave[0]}), and waves (${waves.map(({ name }) => name).join(', ')}); each site is in one, the last of which may be of the rest`,
  ];
}

function count(sites: number): string {
  return sites === 1 ? '1 site' : `${sites} sites`;
}
