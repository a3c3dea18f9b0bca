import { formatProblem } from '../../../lib/model/problem';
import type { WaveModel } from '../../../lib/model/wave';
import { validateWaves } from '../../../lib/resolve/validate-waves';

const rest = (name = 'all'): WaveModel => ({ name, sites: { kind: 'rest' } });
const share = (name: string, percent: number): WaveModel => ({ name, sites: { kind: 'share', percent } });
const on = (...paths: string[]): WaveModel => ({ name: 'pilot', sites: { kind: 'on', paths } });

const told = (...waves: WaveModel[]) =>
  validateWaves({ id: 'f', waves, blueprints: [{ path: 'f/store' }], sources: [{ path: 'f/stores' }] }).map(
    formatProblem,
  );

test.each<[string, readonly WaveModel[]]>([
  [
    'names, shares that rise, and a rest',
    [on('f/store', 'f/stores'), share('a', 0.1), share('b', 99.9), rest('z'.repeat(40))],
  ],
  ['no rest', [on('f/store')]],
  ['a limit of one', [{ ...rest(), maxUnavailable: 1 }]],
  ['a limit of 1 %', [{ ...rest(), maxUnavailable: '1%' }]],
  ['a limit of 100 %', [{ ...rest(), maxUnavailable: '100%' }]],
])('takes %s', (_what, waves) => {
  expect(told(...waves)).toEqual([]);
});

test.each(['Pilot', 'a_b', 'a.b', '-a', 'a-', '', 'a b', 'z'.repeat(41), 'ä'])('refuses the name %j', (name) => {
  expect(told(rest(name))).toEqual([
    `[f] has a wave named ${JSON.stringify(name)}; take up to 40 lower-case letters, digits and '-', and no '-' at an end, since labels, tags and branches bear it`,
  ]);
});

test.each([
  0,
  -1,
  1.5,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  2 ** 31,
  '0%',
  '101%',
  '010%',
  '1.5%',
  '1e1%',
  '10 %',
  '10',
  '',
  '%',
])('refuses a maxUnavailable of %j', (maxUnavailable) => {
  expect(told({ ...rest(), maxUnavailable })).toEqual([
    `[f] has a maxUnavailable of ${typeof maxUnavailable === 'string' ? JSON.stringify(maxUnavailable) : maxUnavailable} in the wave "all"; take a whole number from 1, or a whole percentage from "1%" to "100%"`,
  ]);
});

test.each([0, -5, 100, 101, Number.NaN])('refuses a share of %d %%', (percent) => {
  expect(told(share('canary', percent), rest())).toEqual([
    `[f] has a share of ${percent} % in the wave "canary"; take more than 0 and less than 100. Wave.rest has all that is left`,
  ]);
});

test.each([5, 50])('refuses a share of %d %% behind one of 50 %%', (percent) => {
  expect(told(share('half', 50), on('f/store'), share('canary', percent), rest())).toEqual([
    `[f] has a share of ${percent} % in the wave "canary", behind 50 % in "half"; a share has those before it in it, so they must rise, such as 5 and then 50`,
  ]);
});

test('refuses two waves of one name', () => {
  expect(told(share('a', 5), share('a', 50), rest())).toEqual([
    '[f] has more than one wave named "a"; sites and tags bear the name, so each has its own',
  ]);
});

test('refuses what stands behind the rest', () => {
  expect(told(rest(), on('f/store'), rest('others'))).toEqual([
    '[f] has "pilot", "others" behind the wave "all", which has the rest; the rest is the last, and there is one',
  ]);
});

test('refuses sites of another fleet', () => {
  expect(told(on('f/store', 'g/store'), rest())).toEqual([
    '[f] has [g/store] in the wave "pilot", which is not of this fleet; it has f/store, f/stores',
  ]);
});

test('tells all that is wrong at once', () => {
  expect(told(rest('A'), share('b', 0), { ...on('g/x'), maxUnavailable: 0 })).toHaveLength(5);
});
