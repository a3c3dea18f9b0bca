import {
  DeviceClass,
  Fleet,
  Hardware,
  Inventory,
  K3sCluster,
  Link,
  Site,
  SiteBlueprint,
  SiteGroup,
  Size,
  Wave,
} from 'edgecdk';
import { z } from 'zod';
import { fleetKey } from '../../lib/model/fleet-symbol';
import { formatProblem } from '../../lib/model/problem';
import { resolve } from '../../lib/resolve/resolve';
import { summarise } from '../../lib/summary';

interface Made {
  readonly fleet: Fleet;
  readonly spare: DeviceClass;
  readonly store: SiteBlueprint<z.ZodObject<{ region: z.ZodString }>, 'linux/amd64'>;
  readonly stores: SiteGroup;
  readonly flagship: Site;
}

/** Three stores of an inventory, of which the last has had its box replaced by a spare one, and a flagship with a poor link. */
function planOf(waves: (made: Made) => unknown, rows: readonly string[] = ['store-1', 'store-2', 'store-3']) {
  const fleet = new Fleet('grocer');
  const hardware = Hardware.n100MiniPc({ memory: Size.gibibytes(16) });
  const box = new DeviceClass(fleet, 'box', { hardware });
  const spare = new DeviceClass(fleet, 'spare', { hardware });
  const store = new SiteBlueprint(fleet, 'store', {
    schema: z.object({ region: z.string() }),
    cluster: new K3sCluster({ version: 'v1.33.5+k3s1', servers: box.count(1) }),
  });
  const stores = new SiteGroup(fleet, 'stores', {
    blueprint: store,
    inventory: Inventory.rows(rows.map((name, i) => ({ name, region: i === 0 ? 'north' : 'south' }))),
    ...(rows.includes('store-3') && {
      nodes: Inventory.rows([{ site: 'store-3', slot: 'box-1', deviceClass: 'spare', role: 'server', serial: 'x' }]),
    }),
  });
  const flagship = new Site(fleet, 'flagship', { blueprint: store, values: { region: 'north' }, link: Link.offline() });
  waves({ fleet, spare, store, stores, flagship });
  const plan = resolve(fleet[fleetKey]());
  return {
    plan,
    problems: plan.problems.filter(({ severity }) => severity === 'error').map(formatProblem),
    waves: Object.fromEntries(plan.sites.map(({ name, wave }) => [name, wave])),
  };
}

test('waves name sites, groups and blueprints', () => {
  const { waves, problems } = planOf(({ fleet, flagship, stores }) => [
    Wave.on(fleet, 'pilot', [flagship]),
    Wave.on(fleet, 'all', [stores]),
  ]);
  expect(problems).toEqual([]);
  expect(waves).toEqual({ flagship: 'pilot', 'store-1': 'all', 'store-2': 'all', 'store-3': 'all' });
  expect(planOf(({ fleet, store }) => [Wave.on(fleet, 'all', [store])]).waves).toMatchObject({
    flagship: 'all',
    'store-1': 'all',
  });
});

test('a condition is on site values', () => {
  const { waves } = planOf(({ fleet }) => [
    Wave.where(fleet, 'early', { values: { region: 'north' } }),
    Wave.rest(fleet, 'all'),
  ]);
  expect(waves).toEqual({ flagship: 'early', 'store-1': 'early', 'store-2': 'all', 'store-3': 'all' });
});

test('a condition is on the nodes that a site has, not on those that its blueprint counts', () => {
  const { waves } = planOf(({ fleet, spare }) => [
    Wave.where(fleet, 'repaired', { has: spare }),
    Wave.rest(fleet, 'all'),
  ]);
  expect(waves).toMatchObject({ 'store-2': 'all', 'store-3': 'repaired' });
});

test('a plan and its summary say what waves have, in the order of the program', () => {
  const { plan } = planOf(({ fleet, flagship }) => [
    Wave.on(fleet, 'pilot', [flagship]),
    Wave.rest(fleet, 'all', { maxUnavailable: '10%' }),
  ]);
  expect(plan.waves).toEqual([
    { name: 'pilot', sites: 1, offline: 1 },
    { name: 'all', sites: 3, offline: 0, maxUnavailable: '10%' },
  ]);
  expect(summarise(plan, []).waves).toEqual([
    { wave: 'pilot', sites: 1, offline: 1 },
    { wave: 'all', sites: 3, offline: 0 },
  ]);
});

test('a site that moves to another wave is another site to those that compare, and the others are not', () => {
  const digests = (waves: (made: Made) => unknown) => planOf(waves).plan.sites.map(({ digest }) => digest);
  const before = digests(({ fleet }) => [
    Wave.where(fleet, 'early', { values: { region: 'south' } }),
    Wave.rest(fleet, 'all'),
  ]);
  const after = digests(({ fleet }) => Wave.where(fleet, 'early', { values: { region: ['south', 'north'] } }));
  expect(before.map((digest, i) => digest === after[i])).toEqual([false, false, true, true]);
});

test('a fleet without waves has sites without one', () => {
  const { waves, plan } = planOf(() => []);
  expect(plan.waves).toEqual([]);
  expect(Object.values(waves)).toEqual([undefined, undefined, undefined, undefined]);
});

test('what is wrong with waves stops a synthesis', () => {
  expect(planOf(({ fleet, stores }) => [Wave.on(fleet, 'Pilot', [stores]), Wave.rest(fleet, 'all')]).problems).toEqual([
    expect.stringMatching(/^\[grocer\] has a wave named "Pilot"; take up to 40 lower-case letters/),
  ]);
  expect(planOf(({ fleet, stores }) => [Wave.on(fleet, 'pilot', [stores])]).problems).toEqual([
    '[grocer] has 1 site of 4 in none of its waves; add Wave.rest as the last, which has all that are in no other (flagship)',
  ]);
});

test('where a row is wrong, a wave without sites is no further problem', () => {
  const { problems } = planOf(
    ({ fleet, stores }) => [Wave.on(fleet, 'pilot', [stores]), Wave.rest(fleet, 'all')],
    ['Store_1'],
  );
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatch(/is no DNS label/);
});

test('the compiler refuses a wave of no sites, and a limit that is no number', () => {
  const fleet = new Fleet('f');
  // @ts-expect-error: a wave has sites
  expect(Wave.on(fleet, 'pilot', [])).toBeInstanceOf(Wave);
  // @ts-expect-error: neither a number nor a percentage
  expect(Wave.rest(fleet, 'all', { maxUnavailable: 'ten' })).toBeInstanceOf(Wave);
});
