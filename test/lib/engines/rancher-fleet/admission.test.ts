import { forecast, unavailableLimit } from '../../../../lib/engines/rancher-fleet/admission';

test.each<[number, number | string, number]>([
  [100, '10%', 10],
  [5, '10%', 1],
  [19, '10%', 1],
  [20, '10%', 2],
  [7, '50%', 3],
  [100, '0%', 1],
  [3, '100%', 3],
  [3, 5, 3],
  [3, 2, 2],
  [3, 0, 0],
  [0, '10%', 1],
])('of %d sites with maxUnavailable %p, %d may be unavailable', (sites, maxUnavailable, limit) => {
  expect(unavailableLimit(sites, maxUnavailable)).toBe(limit);
});

type Row = readonly [sites: number, offline: number, maxUnavailable: number | string];
const hundred: Row = [100, 0, '10%'];

/**
 * Each row was played with the controller itself: UpdatePartitions of rancher/fleet at 3b2c622 over targets of which the offline ones come first, round after
 * round until nothing moves.
 */
test.each<[readonly Row[], readonly (number | undefined)[], readonly number[], number]>([
  [[[1, 0, '10%'], hundred], [0, undefined], [1, 100], 10],
  [[[5, 0, '10%'], hundred], [4, undefined], [5, 100], 14],
  [[hundred, hundred], [90, undefined], [100, 100], 19],
  [[[100, 9, '10%'], hundred], [90, undefined], [91, 100], 100],
  [[[100, 10, '10%'], hundred], [undefined, undefined], [0, 0], 0],
  [[[2, 1, 1], hundred], [undefined, undefined], [0, 0], 0],
  [[[100, 0, 0], hundred], [undefined, undefined], [0, 0], 0],
  [[[5, 5, '100%'], hundred], [0, undefined], [0, 100], 10],
  [[[5, 5, 1], hundred], [undefined, undefined], [0, 0], 0],
  [[hundred], [undefined], [100], 10],
  [[[100, 5, '10%']], [undefined], [95], 19],
  [[[100, 9, '10%']], [undefined], [91], 91],
  [[[100, 10, '10%']], [undefined], [0], 0],
  [
    [
      [10, 0, 2],
      [10, 3, 2],
      [10, 0, 2],
    ],
    [8, undefined, undefined],
    [10, 0, 0],
    5,
  ],
  [
    [
      [4, 0, 3],
      [9, 0, '10%'],
    ],
    [3, undefined],
    [4, 9],
    10,
  ],
  [
    [
      [3, 0, 3],
      [9, 0, '10%'],
    ],
    [0, undefined],
    [3, 9],
    9,
  ],
  [
    [
      [7, 0, '50%'],
      [9, 0, '0%'],
    ],
    [6, undefined],
    [7, 9],
    11,
  ],
])(
  'waves of %j: how many are proven when the next one begins, updated in the end, and in how many rounds',
  (rows, proven, updated, rounds) => {
    const told = forecast(
      rows.map(([sites, offline, maxUnavailable], i) => ({ name: `w${i}`, sites, offline, maxUnavailable })),
    );
    expect(told).toMatchObject({ proven, updated, rounds });
  },
);

test('what stands still holds up all later waves', () => {
  const told = forecast([
    { name: 'a', sites: 10, offline: 0, maxUnavailable: 2 },
    { name: 'b', sites: 10, offline: 3, maxUnavailable: 2 },
    { name: 'c', sites: 10, offline: 0, maxUnavailable: 2 },
  ]);
  expect(told).toMatchObject({ updated: [10, 0, 0], stalledAt: 'b' });
});

test('a hundred thousand sites are played as fast as ten', () => {
  const started = process.cpuUsage().user;
  forecast([{ name: 'all', sites: 100_000, offline: 9_900, maxUnavailable: '10%' }]);
  expect(process.cpuUsage().user - started).toBeLessThan(2_000_000);
});
