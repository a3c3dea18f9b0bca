import type { K3sNodesModel } from './k3s-cluster-model';
import { DEFAULT_QUIET_HOUR, isTimeOfDay } from './quiet-hour';
import { hasToken } from './token';

/** When nodes may move to another release, as system-upgrade-controller has it. */
export interface UpgradeWindow {
  readonly days: readonly string[];
  /** `01:00`, in the site's time; may be a token. */
  readonly start: string;
  /** `04:00`, on the same day. */
  readonly end: string;
}

export const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

/** Where the quiet hour is the site's own, nothing can be added to it in a file of many sites: all windows end at this hour. */
export const END_FOR_ALL = '06:00';

/** The window that a cluster asks for, else the three hours that begin with its quiet hour, every day. */
export function upgradeWindowOf({
  upgradeWindow,
  quietHour = DEFAULT_QUIET_HOUR,
}: Pick<K3sNodesModel, 'upgradeWindow' | 'quietHour'>): UpgradeWindow {
  if (upgradeWindow) {
    const { days = DAYS, from, to } = upgradeWindow;
    return { days, start: from, end: to };
  }
  if (hasToken(quietHour)) return { days: DAYS, start: quietHour, end: END_FOR_ALL };
  return { days: DAYS, ...threeHoursFrom(quietHour) };
}

const DAY = 24 * 60;

/** No window goes past midnight: of three hours that would, the longer part. */
function threeHoursFrom(time: string): { readonly start: string; readonly end: string } {
  const start = Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
  const end = start + 180;
  if (end < DAY) return { start: time, end: timeOf(end) };
  return DAY - start > end - DAY ? { start: time, end: '23:59' } : { start: '00:00', end: timeOf(end - DAY) };
}

function timeOf(minutes: number): string {
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** What is wrong with a window and what to do, or undefined. The controller takes a wrong one, and then never upgrades. */
export function upgradeWindowProblem({ days, start, end }: UpgradeWindow): string | undefined {
  if (days.length === 0) return 'names no day, so that no upgrade would ever begin; name one at least';
  const unknown = days.find((day) => !DAYS.some((known) => known === day));
  if (unknown !== undefined) return `names the day ${JSON.stringify(unknown)}; take ${DAYS.join(', ')}`;
  const wrong = [start, end].find((time) => !isTimeOfDay(time));
  if (wrong !== undefined) return `has the time ${JSON.stringify(wrong)}; write it as 01:00`;
  if (start >= end) {
    return `ends at ${end} and starts at ${start}: a window does not go past midnight; take two times of one day`;
  }
  return undefined;
}
