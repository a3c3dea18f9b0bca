import { didYouMean } from '../../model/nearest';
import type { SiteState } from '../../model/plan';
import { show } from './show';

/** What is known of a place whatever its kind, besides its name. */
export interface SiteFacts {
  /** Degrees. */
  readonly latitude?: number;
  /** Degrees. */
  readonly longitude?: number;
  /** IANA name. */
  readonly timeZone: string;
  readonly state: SiteState;
  /** How many clusters the site had before. */
  readonly clusterGeneration: number;
}

export interface FactProblem {
  readonly name: 'latitude' | 'longitude' | 'timeZone' | 'state' | 'clusterGeneration';
  readonly message: string;
}

const states: readonly SiteState[] = ['planned', 'active', 'paused', 'closing', 'closed'];

/** What is wrong with a zone, by zone: asking `Intl` is slow, and a fleet has few. */
export type ZoneChecks = Map<string, string | undefined>;

/** A cell that is empty, or null, says nothing: the default holds. `isText`: numbers are written as text, as in CSV. */
export function readFacts(
  cells: Readonly<Record<string, unknown>>,
  isText: boolean,
  zones: ZoneChecks,
): { readonly facts: SiteFacts; readonly problems: readonly FactProblem[] } {
  const problems: FactProblem[] = [];
  const latitude = readDegrees(cells, 'latitude', 90, isText, problems);
  const longitude = readDegrees(cells, 'longitude', 180, isText, problems);
  const timeZone = cells.timeZone ?? 'UTC';
  const zoneProblem = checkZone(timeZone, zones);
  if (zoneProblem !== undefined) problems.push({ name: 'timeZone', message: zoneProblem });
  const state = states.find((s) => s === (cells.state ?? 'active'));
  if (state === undefined) {
    problems.push({ name: 'state', message: `state must be one of ${states.join(', ')} (found ${show(cells.state)})` });
  }
  return {
    facts: {
      ...(latitude === undefined ? {} : { latitude }),
      ...(longitude === undefined ? {} : { longitude }),
      timeZone: typeof timeZone === 'string' ? timeZone : 'UTC',
      state: state ?? 'active',
      clusterGeneration: readGeneration(cells.clusterGeneration ?? 0, isText, problems),
    },
    problems,
  };
}

const decimal = /^[-+]?(\d+\.?\d*|\.\d+)$/;

function readDegrees(
  cells: Readonly<Record<string, unknown>>,
  name: 'latitude' | 'longitude',
  most: number,
  isText: boolean,
  problems: FactProblem[],
): number | undefined {
  const cell = cells[name] ?? undefined;
  if (cell === undefined) return undefined;
  const degrees = isText && typeof cell === 'string' && decimal.test(cell) ? Number(cell) : cell;
  if (typeof degrees === 'number' && Math.abs(degrees) <= most) return degrees;
  const fixed = typeof cell === 'string' && decimal.test(cell.replace(',', '.')) ? cell.replace(',', '.') : '';
  const isMeant = fixed !== '' && Math.abs(Number(fixed)) <= most;
  const hint = isMeant ? `; write ${fixed}${isText ? '' : ' without quotes'}` : '';
  problems.push({
    name,
    message: `${name} must be a number of degrees, -${most} to ${most} (found ${show(cell)})${hint}`,
  });
  return undefined;
}

function readGeneration(cell: unknown, isText: boolean, problems: FactProblem[]): number {
  const number = isText && typeof cell === 'string' && /^(0|[1-9]\d{0,3})$/.test(cell) ? Number(cell) : cell;
  if (typeof number === 'number' && Number.isInteger(number) && number >= 0 && number <= 9999) return number;
  const message = `clusterGeneration must be a whole number from 0 to 9999: how many clusters the site had before (found ${show(cell)})`;
  problems.push({ name: 'clusterGeneration', message });
  return 0;
}

function checkZone(zone: unknown, checks: ZoneChecks): string | undefined {
  if (typeof zone !== 'string') return `timeZone must be text (found ${show(zone)}), such as Europe/Lisbon`;
  if (!checks.has(zone)) checks.set(zone, zoneProblem(zone));
  return checks.get(zone);
}

/** Stricter than `Intl`, which takes names in any case and, by version, offsets: a node has neither under /usr/share/zoneinfo. */
function zoneProblem(zone: string): string | undefined {
  const unknown = `timeZone must be an IANA name such as Europe/Lisbon (found ${show(zone)})`;
  if (!/^[A-Za-z]/.test(zone)) return unknown;
  try {
    const known = new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
    const isOtherCase = known !== zone && known.toLowerCase() === zone.toLowerCase();
    return isOtherCase ? `${unknown}; write ${known}` : undefined;
  } catch {
    return `${unknown}${didYouMean(zone, Intl.supportedValuesOf('timeZone'))}`;
  }
}
