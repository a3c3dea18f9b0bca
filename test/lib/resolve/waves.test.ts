import fc from 'fast-check';
import type { LinkModel } from '../../../lib/model/link-model';
import type { SiteMatchModel } from '../../../lib/model/placement-model';
import { formatProblem } from '../../../lib/model/problem';
import type { WaveModel, WaveSites } from '../../../lib/model/wave';
import { assignWaves, type WavedSite } from '../../../lib/resolve/waves';

const wave = (name: string, sites: WaveSites, maxUnavailable?: number | string): WaveModel => ({
  name,
  sites,
  ...(maxUnavailable !== undefined && { maxUnavailable }),
});
const on = (name: string, ...paths: string[]) => wave(name, { kind: 'on', paths });
const where = (name: string, match: Partial<SiteMatchModel>) =>
  wave(name, { kind: 'where', match: { values: {}, distributions: [], has: [], ...match } });
const share = (name: string, percent: number) => wave(name, { kind: 'share', percent });
const rest = (name: string, maxUnavailable?: number | string) => wave(name, { kind: 'rest' }, maxUnavailable);

const site = (name: string, more: Partial<WavedSite> = {}): WavedSite => ({
  name,
  path: 'f/stores',
  blueprint: 'f/store',
  values: {},
  nodes: [],
  distribution: 'k3s',
  link: { kind: 'online' },
  ...more,
});
const many = (n: number) => Array.from({ length: n }, (_, i) => site(`store-${i}`));

const assign = (waves: readonly WaveModel[], sites: readonly WavedSite[], complete?: boolean) =>
  assignWaves(
    {
      id: 'f',
      waves,
      blueprints: [{ path: 'f/store' }, { path: 'f/depot' }],
      sources: [{ path: 'f/stores' }, { path: 'f/flagship' }],
    },
    sites,
    complete,
  );
const told = (...from: Parameters<typeof assign>) => assign(...from).problems.map(formatProblem);

const five = [
  site('depot', { blueprint: 'f/depot', path: 'f/depots', distribution: 'microk8s' }),
  site('flagship', { path: 'f/flagship' }),
  site('north', { values: { region: 'north' } }),
  site('south', { values: { region: 'south' }, nodes: [{ deviceClass: 'f/gpu', role: 'agent', count: 1 }] }),
  site('van', { values: { region: 'none' } }),
];

test.each<[string, WaveModel, readonly string[]]>([
  ['a hand-written site', on('w', 'f/flagship'), ['flagship']],
  ['a blueprint', on('w', 'f/depot'), ['depot']],
  ['a site and a group', on('w', 'f/flagship', 'f/stores'), ['flagship', 'north', 'south', 'van']],
  ['a site value', where('w', { values: { region: ['north', 'south'] } }), ['north', 'south']],
  ['a distribution', where('w', { distributions: ['microk8s'] }), ['depot']],
  ['a device class', where('w', { has: ['f/gpu'] }), ['south']],
])('a wave has the sites that %s names, and the rest all others', (_what, named, expected) => {
  const { waveOf, problems } = assign([named, rest('all')], five);
  expect(problems).toEqual([]);
  expect(five.filter(({ name }) => waveOf.get(name) === 'w').map(({ name }) => name)).toEqual(expected);
  expect(waveOf.size).toBe(five.length);
});

test('a fleet without waves has none', () => {
  expect(assign([], five)).toEqual({ waveOf: new Map(), plans: [], problems: [] });
});

test('a plan counts sites, and those whose link is down at times or always', () => {
  const link = (kind: LinkModel['kind']) => ({ path: 'f/flagship', link: { kind } });
  const sites = [site('a', link('intermittent')), site('b', link('offline')), site('c', link('online')), site('d')];
  expect(assign([on('pilot', 'f/flagship'), rest('all', '10%')], sites).plans).toEqual([
    { name: 'pilot', sites: 3, offline: 2 },
    { name: 'all', sites: 1, offline: 0, maxUnavailable: '10%' },
  ]);
});

test('shares are of the sites that no wave names, wherever it stands', () => {
  const named = many(500).map((own) => ({ ...own, name: `named-${own.name}`, path: 'f/flagship' }));
  const waves = [share('canary', 5), on('pilot', 'f/flagship'), share('half', 50), rest('all')];
  const { waveOf, problems } = assign(waves, [...named, ...many(2000)]);
  expect(problems).toEqual([]);
  expect(named.every(({ name }) => waveOf.get(name) === 'pilot')).toBe(true);
});

test('of many sites a share has about as many as it says', () => {
  const { plans } = assign([share('canary', 5), share('half', 50), rest('all')], many(10_000));
  const [canary = 0, half = 0, all = 0] = plans.map(({ sites }) => sites);
  expect(Math.abs(canary - 500)).toBeLessThan(100);
  expect(Math.abs(half - 4500)).toBeLessThan(200);
  expect(canary + half + all).toBe(10_000);
});

test('which sites a share has, never changes: waves are not made anew by another version', () => {
  const { waveOf } = assign([share('canary', 20), rest('all')], many(40));
  const canaries = [...waveOf].filter(([, name]) => name === 'canary').map(([name]) => name.slice('store-'.length));
  expect(canaries).toEqual(['0', '1', '7', '17', '19', '20', '35', '36', '37']);
});

const siteNames = fc.uniqueArray(fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/), { minLength: 1, maxLength: 40 });
const bounds = fc
  .uniqueArray(fc.integer({ min: 1, max: 999 }), { minLength: 1, maxLength: 5 })
  .map((tenths) => tenths.sort((a, b) => a - b).map((tenth) => tenth / 10));
const shares = (percents: readonly number[]) => percents.map((percent, i) => share(`w${i}`, percent));

test('no site changes its wave because others come', () => {
  fc.assert(
    fc.property(siteNames, siteNames, bounds, (before, added, percents) => {
      const waves = [...shares(percents), rest('all')];
      const old = assign(
        waves,
        before.map((name) => site(name)),
      ).waveOf;
      const all = [...new Set([...added, ...before])];
      const now = assign(
        waves,
        all.map((name) => site(name)),
      ).waveOf;
      expect(before.map((name) => now.get(name))).toEqual(before.map((name) => old.get(name)));
      expect(now.size).toBe(all.length);
    }),
  );
});

test('a share of 50 % has all that one of 5 % has, and a share more only divides it', () => {
  fc.assert(
    fc.property(siteNames, bounds, (named, percents) => {
      const sites = named.map((name) => site(name));
      const all = assign([...shares(percents), rest('all')], sites).waveOf;
      percents.forEach((percent, i) => {
        const alone = assign([share('one', percent), rest('all')], sites).waveOf;
        const upTo = percents.slice(0, i + 1).map((_, k) => `w${k}`);
        for (const name of named) expect(upTo.includes(all.get(name) ?? '')).toBe(alone.get(name) === 'one');
      });
    }),
  );
});

test.each<[string, readonly WaveModel[], string]>([
  [
    'a site in two waves',
    [on('pilot', 'f/flagship', 'f/stores'), where('early', { values: { region: ['north', 'south'] } }), rest('all')],
    '[f] has 2 sites in the waves "pilot" and "early"; a site is in one, so narrow the others (north, south)',
  ],
  [
    'sites in none',
    [on('pilot', 'f/flagship'), where('early', { values: { region: ['north'] } })],
    '[f] has 3 sites of 5 in none of its waves; add Wave.rest as the last, which has all that are in no other (depot, south, van)',
  ],
  [
    'a value that no site has',
    [where('early', { values: { regoin: ['north'] } }), rest('all')],
    '[f] has a wave "early" without sites: none has a site value regoin; did you mean "region"?',
  ],
  [
    'a condition that none meets',
    [where('early', { values: { region: ['east'] } }), rest('all')],
    '[f] has a wave "early" without sites: none of 5 matches; mend its condition, or take it out',
  ],
  [
    'a rest of nothing',
    [where('every', {}), rest('all')],
    '[f] has a wave "all" without sites: those before it have all 5; take it out, or narrow one of them',
  ],
  [
    'a share of few sites',
    [on('pilot', 'f/stores', 'f/depot'), share('canary', 1), share('more', 1.5), rest('all')],
    '[f] has a wave "canary" without sites: no name is from 0 to 1 % of the 1 site that no wave names; take a larger share, or name sites by Wave.on',
  ],
])('refuses %s', (_what, waves, expected) => {
  expect(told(waves, five)[0]).toBe(expected);
});

test('a share behind another tells from where on it has none', () => {
  expect(told([share('most', 99), share('more', 99.0001), rest('all')], many(300))).toEqual([
    '[f] has a wave "more" without sites: no name is from 99 to 99.0001 % of the 300 sites that no wave names; take a larger share, or name sites by Wave.on',
  ]);
});

test('a group without sites is told', () => {
  expect(told([on('pilot', 'f/flagship'), rest('all')], many(2))).toEqual([
    '[f] has a wave "pilot" without sites: there are none of [f/flagship]; take it out',
  ]);
});

test('nothing follows from a wave without sites where some are missing, or all', () => {
  expect(told([on('pilot', 'f/flagship'), rest('all')], many(2), false)).toEqual([]);
  expect(told([on('pilot', 'f/flagship'), rest('all')], [])).toEqual([]);
});

test('a site in two waves and a site in none are told together, and sites keep the first', () => {
  const { waveOf, problems } = assign([on('a', 'f/stores'), where('b', { values: { region: ['north'] } })], five);
  expect(problems.map(({ sites }) => sites)).toEqual([['north'], ['depot', 'flagship']]);
  expect(waveOf.get('north')).toBe('a');
});
