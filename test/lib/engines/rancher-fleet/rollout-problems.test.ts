import { forecast } from '../../../../lib/engines/rancher-fleet/admission';
import type { WaveSize } from '../../../../lib/engines/rancher-fleet/model';
import {
  coverageProblems,
  gateProblems,
  limitProblem,
  linkWarnings,
  stallProblems,
} from '../../../../lib/engines/rancher-fleet/rollout-problems';

test.each<[number | string, RegExp | undefined]>([
  [1, undefined],
  ['10%', undefined],
  ['0.5%', /a whole percentage from '1%' to '100%'/],
  ['1.5%', /"1\.5%"/],
  ['100%', undefined],
  [0, /never updates a healthy site; a whole number of sites from 1/],
  ['0%', /takes for 1 site/],
  [-1, /has a maxUnavailable of -1; /],
  [1.5, /1\.5/],
  ['5', /"5"/],
  ['101%', /"101%"/],
  ['10 %', /"10 %"/],
  ['', /""/],
])('a limit of %p', (maxUnavailable, problem) => {
  if (problem === undefined) expect(limitProblem(maxUnavailable)).toBeUndefined();
  else expect(limitProblem(maxUnavailable)).toMatch(problem);
});

const wave = (name: string, sites: number, maxUnavailable: number | string = '10%', offline = 0): WaveSize => ({
  name,
  sites,
  offline,
  maxUnavailable,
});

test.each<[string, WaveSize[], string[]]>([
  ['one site', [wave('canary', 1), wave('rest', 9)], ['canary']],
  ['two sites', [wave('canary', 2), wave('rest', 9)], []],
  ['as many as may be unavailable', [wave('canary', 3, 3), wave('rest', 9)], ['canary']],
  ['more than may be unavailable', [wave('canary', 4, 3), wave('rest', 9)], []],
  ['one site in the last wave', [wave('canary', 2), wave('rest', 1)], []],
  ['one site, and nothing after it', [wave('canary', 1), wave('rest', 0)], []],
  ['no site at all', [wave('canary', 0), wave('rest', 9)], []],
  ['one wave', [wave('all', 1)], []],
])('a wave with %s holds the next one back, or is told not to', (_, waves, named) => {
  const problems = gateProblems(waves);
  expect(problems.map((problem) => /in wave '(\w+)'/.exec(problem)?.[1])).toEqual(named);
  const proven = forecast(waves).proven[0];
  if (waves.filter(({ sites }) => sites > 0).length > 1 && waves[0]?.sites)
    expect(problems.length > 0).toBe(proven === 0);
});

test('a wave that holds nothing back is told with its numbers, and what would', () => {
  expect(gateProblems([wave('canary', 1), wave('rest', 9)])).toEqual([
    "has 1 site in wave 'canary', of which 1 may be unavailable (maxUnavailable 10%): Rancher Fleet goes on to wave 'rest' before one of them is updated and healthy. A wave holds back the next one from 2 sites on",
  ]);
  expect(gateProblems([wave('canary', 4, 9), wave('rest', 9)])[0]).toMatch(/A maxUnavailable of at most 3 does$/);
});

test.each<[number, number, number, number | string]>([
  [100, 0.09, 9, '10%'],
  [100, 0.1, 10, '10%'],
  [100, 0.095, 10, '10%'],
  [100, 0.07, 7, 8],
  [100, 0.07, 7, 7],
  [100, 0, 0, '10%'],
  [4, 0.05, 1, 1],
  [4, 0.05, 1, 2],
  [4, 0.5, 2, '100%'],
])(
  'of %d sites a share of %d is %d; with maxUnavailable %p an error where the rollout would stand still, and there alone',
  (sites, share, offline, limit) => {
    const stalls = forecast([wave('all', sites, limit, offline)]).stalledAt !== undefined;
    expect(stallProblems([wave('all', sites, limit)], share).length > 0).toBe(stalls);
  },
);

test('a wave that would stand still is told with its numbers, and the least that goes', () => {
  expect(stallProblems([wave('most', 100)], 0.12)).toEqual([
    "has 100 sites in wave 'most', of which 10 may be unavailable (maxUnavailable 10%) and 12 are expected to be offline (offlineShare 0.12): these take all places, and Rancher Fleet updates no other. A maxUnavailable of at least 13 leaves room for one",
  ]);
});

test('links that are down at times warn, where nobody said how many are at once', () => {
  expect(linkWarnings([wave('most', 100, '10%', 9)])).toEqual([]);
  expect(linkWarnings([wave('most', 100, '10%', 100)])).toEqual([
    expect.stringMatching(
      /100 of them with a link that is down at times, and 10 may be unavailable .* while 10 or more are offline at once/,
    ),
  ]);
});

test('sites in no wave are an error', () => {
  expect(coverageProblems([], [wave('a', 1)])).toEqual([]);
  expect(coverageProblems(['s1', 's2'], [wave('a', 1), wave('b', 1)])).toEqual([
    'has 2 sites in no wave (such as s1), and waves (a, b); each site is in one, the last of which may be of the rest',
  ]);
});
