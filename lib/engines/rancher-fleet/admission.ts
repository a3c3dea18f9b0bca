import type { WaveSize } from './model';

/** What becomes of a rollout if the sites that are offline stay offline, and all others are healthy at once. */
export interface Forecast {
  /** By wave: how many sites have the new state in the end. */
  readonly updated: readonly number[];
  /** By wave: how many were updated and healthy when the next wave began; undefined for waves after which none begins. */
  readonly proven: readonly (number | undefined)[];
  /** Name of the wave at which it stands still for good. @default - it comes to its end */
  readonly stalledAt?: string;
  readonly rounds: number;
}

interface Wave {
  readonly size: number;
  readonly limit: number;
  /** Sites that have the old state: of those that answer, and of those that do not. */
  waiting: { online: number; offline: number };
  /** Sites that were told of the new state and do not answer: each takes a place for as long as it is away. */
  stuck: number;
  done: number;
}

/**
 * How many of so many sites may be unavailable: a number as it is, of a percentage the whole part, and never less than one.
 * @see rancher/fleet, internal/cmd/controller/target/status.go, limit
 */
export function unavailableLimit(sites: number, maxUnavailable: number | string): number {
  if (sites === 0) return 1;
  if (typeof maxUnavailable === 'number') return Math.min(Math.max(maxUnavailable, 0), sites);
  const part = Math.trunc(Math.trunc(sites * Number.parseFloat(maxUnavailable)) / 100);
  return Math.min(Math.max(part, 1), sites);
}

/**
 * Plays an update by the controller's rules, with counts in the place of sites: a wave admits sites as long as fewer are unavailable than its limit, and the
 * next one is looked at when no more than the limit are outdated or unavailable. Sites are admitted by name, so in the worst case those that are offline
 * come first: that is what is played.
 * @see rancher/fleet, internal/cmd/controller/target/partition.go, UpdatePartitions
 */
export function forecast(waves: readonly WaveSize[]): Forecast {
  const all = waves.map(
    ({ sites, offline, maxUnavailable }): Wave => ({
      size: sites,
      limit: unavailableLimit(sites, maxUnavailable),
      waiting: { online: sites - offline, offline },
      stuck: 0,
      done: 0,
    }),
  );
  const proven: (number | undefined)[] = all.map(() => undefined);
  let rounds = 0;
  for (let moved = true; moved; ) {
    const admitted: number[] = [];
    for (const [i, wave] of all.entries()) {
      if (i > 0) proven[i - 1] ??= all[i - 1]?.done;
      admitted[i] = admit(wave);
      // Whoever was just told is not up to date yet.
      if (wave.size - wave.done > wave.limit) break;
    }
    for (const [i, count] of admitted.entries()) {
      const wave = all[i];
      if (wave) wave.done += count;
    }
    moved = admitted.some((count) => count > 0);
    if (moved) rounds++;
  }
  const isOver = all.every((wave) => wave.waiting.online === 0);
  const stalled = all.findIndex((wave) => wave.size - wave.done > wave.limit);
  return {
    updated: all.map(({ done }) => done),
    proven,
    ...(!isOver && { stalledAt: waves[stalled]?.name ?? '' }),
    rounds,
  };
}

/** How many sites that answer are told of the new state in one round. */
function admit(wave: Wave): number {
  const places = Math.max(wave.limit - wave.stuck, 0);
  const offline = Math.min(places, wave.waiting.offline);
  wave.waiting.offline -= offline;
  wave.stuck += offline;
  const online = Math.min(places - offline, wave.waiting.online);
  wave.waiting.online -= online;
  return online;
}
