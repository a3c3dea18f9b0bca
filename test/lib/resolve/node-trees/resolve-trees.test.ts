import { Construct } from 'constructs';
import {
  DeviceClass,
  Hardware,
  Inventory,
  K3sCluster,
  Link,
  OperatingSystem,
  Site,
  SiteBlueprint,
  SiteGroup,
  Size,
} from 'edgecdk';
import { collect } from '../../../../constructs/collect';
import { model } from '../../../../constructs/internal';
import { formatProblem } from '../../../../lib/model/problem';
import { resolve } from '../../../../lib/resolve/resolve';
import { boxes, type NodeFleet, nodeFleet, shop, VERSION, withLock } from '../../../support/node-fleet';

function planOf(described: NodeFleet = {}) {
  return withLock((root) => {
    const fleet = nodeFleet(root, described);
    return resolve(collect(fleet, fleet[model]));
  });
}

const treesAt = (plan: ReturnType<typeof planOf>, site: string) =>
  plan.nodes.get(site)?.map(({ slot, tree }) => `${slot} ${tree}`);

/** A second blueprint of the same id, below another construct. */
function another(id: string): NodeFleet['more'] {
  return ({ fleet }) => {
    const box = new DeviceClass(fleet, 'other', {
      hardware: Hardware.n100MiniPc({ memory: Size.gibibytes(16) }),
      operatingSystem: OperatingSystem.debian13(),
    });
    const cluster = new K3sCluster({ version: VERSION, servers: box.count(1) });
    const blueprint = new SiteBlueprint(new Construct(fleet, 'kiosks'), id, { cluster });
    new SiteGroup(fleet, 'others', { blueprint, inventory: Inventory.rows([{ name: 'kiosk-1' }]) });
  };
}

test('there is a tree for each role and class of a blueprint, in the order of names', () => {
  const plan = planOf();
  expect([...plan.trees.keys()]).toEqual(['shop.agent.till', 'shop.server.box']);
  expect(plan.trees.get('shop.agent.till')).toMatchObject({
    blueprint: 'shops/shop',
    role: 'agent',
    deviceClass: 'shops/till',
  });
  expect(treesAt(plan, 'shop-2')).toEqual(['box-1 shop.server.box', 'till-1 shop.agent.till']);
  expect(plan.cohorts.map(({ trees }) => trees)).toEqual([['shop.agent.till', 'shop.server.box']]);
});

test('a tree that no machine has is not made', () => {
  const plan = planOf({ sites: [shop(1, { tills: 0 })], nodes: boxes(1) });
  expect([...plan.trees.keys()]).toEqual(['shop.server.box']);
  // Its servers wait for tills all the same: with the first one their cluster would need another token.
  expect(plan.trees.get('shop.server.box')?.input).toMatchObject({
    secrets: { token: 'k3s-token', agentToken: 'k3s-agent-token' },
  });
});

describe('a row', () => {
  test('of another class takes the tree of that class', () => {
    const spare: NodeFleet = {
      nodes: [...boxes(1), ...boxes(2), { site: 'shop-2', slot: 'till-1', deviceClass: 'box' }],
    };
    const plan = planOf(spare);
    expect(treesAt(plan, 'shop-2')).toEqual(['box-1 shop.server.box', 'till-1 shop.agent.box']);
    expect(plan.cohorts).toHaveLength(2);
  });
});

describe('a site without a link', () => {
  test('has trees of the usual names where all sites of its blueprint have none', () => {
    const plan = planOf({ blueprint: { link: Link.offline() } });
    expect([...plan.trees.keys()]).toEqual(['shop.agent.till', 'shop.server.box']);
    for (const { input } of plan.trees.values())
      expect(input).toMatchObject({ link: { kind: 'offline' }, install: { mode: 'preloaded' } });
  });

  test('has trees of its own beside sites with one', () => {
    const nodes = [{ slot: 'box-1', address: '10.1.9.11' }];
    const plan = planOf({
      more: ({ shop: blueprint, fleet }) =>
        void new Site(fleet, 'island', { blueprint, values: { net: '10.1.9', tills: 1 }, link: Link.offline(), nodes }),
    });
    expect(plan.problems).toEqual([]);
    expect([...plan.trees.keys()]).toEqual([
      'shop.agent.till',
      'shop.agent.till.offline',
      'shop.server.box',
      'shop.server.box.offline',
    ]);
    expect(treesAt(plan, 'island')).toEqual(['box-1 shop.server.box.offline', 'till-1 shop.agent.till.offline']);
    expect(treesAt(plan, 'shop-1')).toEqual(['box-1 shop.server.box', 'till-1 shop.agent.till']);
    expect(plan.cohorts.filter(({ trees }) => trees.every((name) => name.endsWith('.offline')))).toHaveLength(1);
  });
});

test('blueprints of one id are told apart by their paths, and others keep their names', () => {
  expect([...planOf({ more: another('shop') }).trees.keys()]).toEqual([
    'shops.kiosks.shop.server.other',
    'shops.shop.agent.till',
    'shops.shop.server.box',
  ]);
  expect([...planOf({ more: another('kiosk') }).trees.keys()]).toEqual([
    'kiosk.server.other',
    'shop.agent.till',
    'shop.server.box',
  ]);
});

test('machines without an operating system have no tree, and need no lock', () => {
  const none = { operatingSystem: undefined };
  const plan = planOf({ box: none, till: none });
  expect(plan.problems).toEqual([]);
  expect(plan.trees.size).toBe(0);
  expect(treesAt(plan, 'shop-1')).toEqual(['box-1 undefined', 'till-1 undefined']);
});

test('what is missing is said once for each tree, however many sites wait for it', () => {
  const sites = Array.from({ length: 50 }, (_, i) => shop(i + 1));
  const texts = withLock((root) => {
    const fleet = nodeFleet(root, {
      sites: [...sites],
      nodes: sites.flatMap((_, i) => boxes(i + 1)),
      cluster: { version: 'v1.33.6+k3s1' },
    });
    return resolve(collect(fleet, fleet[model])).problems.map(formatProblem);
  });
  expect(texts).toEqual([
    expect.stringMatching(/^\[shops\/shop\] has nodes of box,/),
    expect.stringMatching(/^\[shops\/shop\] has nodes of till,/),
  ]);
});
