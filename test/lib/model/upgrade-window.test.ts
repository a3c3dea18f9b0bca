import { TokenTable } from '../../../lib/model/token';
import { DAYS, type UpgradeWindow, upgradeWindowOf, upgradeWindowProblem } from '../../../lib/model/upgrade-window';

const token = new TokenTable(['site.values.hour']).text('site.values.hour');

test.each<[Parameters<typeof upgradeWindowOf>[0], UpgradeWindow]>([
  [{}, { days: DAYS, start: '04:30', end: '07:30' }],
  [{ quietHour: '00:00' }, { days: DAYS, start: '00:00', end: '03:00' }],
  [{ quietHour: '20:59' }, { days: DAYS, start: '20:59', end: '23:59' }],
  [{ quietHour: '21:00' }, { days: DAYS, start: '21:00', end: '23:59' }],
  [{ quietHour: '22:29' }, { days: DAYS, start: '22:29', end: '23:59' }],
  [{ quietHour: '23:15' }, { days: DAYS, start: '00:00', end: '02:15' }],
  [{ quietHour: '23:59' }, { days: DAYS, start: '00:00', end: '02:59' }],
  [{ quietHour: token }, { days: DAYS, start: token, end: '06:00' }],
  [
    { upgradeWindow: { from: '02:00', to: '04:00' }, quietHour: token },
    { days: DAYS, start: '02:00', end: '04:00' },
  ],
  [
    { upgradeWindow: { from: '02:00', to: '04:00', days: ['sunday'] } },
    { days: ['sunday'], start: '02:00', end: '04:00' },
  ],
])('the window of %j is %j', (cluster, expected) => {
  expect(upgradeWindowOf(cluster)).toEqual(expected);
});

test('whatever the quiet hour, there is a window of an hour and a half or more on one day', () => {
  const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
  for (let minute = 0; minute < 24 * 60; minute++) {
    const two = (n: number): string => String(n).padStart(2, '0');
    const window = upgradeWindowOf({ quietHour: `${two(Math.floor(minute / 60))}:${two(minute % 60)}` });
    expect(upgradeWindowProblem(window)).toBeUndefined();
    expect(minutesOf(window.end) - minutesOf(window.start)).toBeGreaterThanOrEqual(89);
  }
});

const window: UpgradeWindow = { days: ['saturday', 'sunday'], start: '01:00', end: '04:00' };

test.each<[UpgradeWindow, string | undefined]>([
  [window, undefined],
  [{ ...window, days: DAYS }, undefined],
  [{ ...window, days: [] }, 'names no day'],
  [{ ...window, days: ['someday'] }, 'names the day "someday"'],
  [{ ...window, start: '1:00' }, 'has the time "1:00"'],
  [{ ...window, end: '24:00' }, 'has the time "24:00"'],
  [{ ...window, start: '22:00' }, 'does not go past midnight'],
  [{ ...window, start: '04:00' }, 'does not go past midnight'],
])('the window %j', (candidate, problem) => {
  if (problem === undefined) expect(upgradeWindowProblem(candidate)).toBeUndefined();
  else expect(upgradeWindowProblem(candidate)).toContain(problem);
});
