import {
  DeviceClass,
  type DeviceClassProps,
  Fleet,
  Hardware,
  Inventory,
  K3sCluster,
  type Platform,
  Site,
  SiteBlueprint,
  type SiteBlueprintProps,
  SiteGroup,
  type SiteSchema,
  Size,
} from 'edgecdk';
import { z } from 'zod';
import { collect } from '../../../constructs/collect';
import { model } from '../../../constructs/internal';
import { formatProblem } from '../../../lib/model/problem';
import { resolve } from '../../../lib/resolve/resolve';
import { withFiles } from '../../support/with-files';

const schema = z.object({ tills: z.number().int() });
type Row = Readonly<Record<string, unknown>>;

interface Options {
  /** Names of sites, each with two tills unless a number says otherwise. */
  readonly sites?: readonly (string | readonly [string, number])[];
  readonly servers?: 1 | 3;
  readonly nodes?: readonly Row[] | Inventory;
  readonly nodeAddress?: SiteBlueprintProps<typeof schema, Platform>['nodeAddress'] | 'none';
  readonly box?: Partial<DeviceClassProps<'linux/amd64'>>;
  readonly root?: string;
}

/** Stores with a box, or three, as servers and tills as agents; `spare` is a class that none of them counts. */
function fleetOf({ sites = ['store-1'], servers = 1, nodes, nodeAddress, box: more, root }: Options) {
  const fleet = new Fleet('grocer', { root });
  const box = new DeviceClass(fleet, 'box', { hardware: Hardware.n100MiniPc({ memory: Size.gibibytes(16) }), ...more });
  const till = new DeviceClass(fleet, 'till', { hardware: Hardware.raspberryPi4B({ memory: Size.gibibytes(4) }) });
  const spare = new DeviceClass(fleet, 'spare', { hardware: Hardware.raspberryPi5({ memory: Size.gibibytes(8) }) });
  const store = new SiteBlueprint(fleet, 'store', {
    schema,
    cluster: ({ site }) =>
      new K3sCluster({ version: 'v1.33.5+k3s1', servers: box.count(servers), agents: till.count(site.values.tills) }),
    nodeAddress: nodeAddress === 'none' ? undefined : (nodeAddress ?? (({ node }) => `${node.name}.example`)),
  });
  const rows = sites.map((site) =>
    typeof site === 'string' ? { name: site, tills: 2 } : { name: site[0], tills: site[1] },
  );
  const inventory = nodes === undefined || nodes instanceof Inventory ? nodes : Inventory.rows(nodes);
  new SiteGroup(fleet, 'stores', { blueprint: store, inventory: Inventory.rows(rows), nodes: inventory });
  return { fleet, box, till, spare, store };
}

function planOf({ fleet }: { readonly fleet: Fleet }) {
  const plan = resolve(collect(fleet, fleet[model]));
  return { ...plan, texts: plan.problems.map((p) => `${p.severity}: ${formatProblem(p)}`) };
}

const planFor = (options: Options) => planOf(fleetOf(options));
const problemsFor = (nodes: readonly Row[], more: Options = {}) => planFor({ nodes, ...more }).texts;
const namesIn = (plan: ReturnType<typeof planOf>, site = 'store-1') => plan.nodes.get(site)?.map(({ name }) => name);

describe('nodes without rows', () => {
  test('are made from the counts, servers first, with ranks', () => {
    const plan = planFor({ servers: 3, sites: ['store-1', ['store-2', 0]] });
    expect(plan.nodes.get('store-1')?.map(({ name, rank, role }) => [name, role, rank])).toEqual([
      ['store-1-box-1', 'server', 0],
      ['store-1-box-2', 'server', 1],
      ['store-1-box-3', 'server', 2],
      ['store-1-till-1', 'agent', undefined],
      ['store-1-till-2', 'agent', undefined],
    ]);
    expect(namesIn(plan, 'store-2')).toHaveLength(3);
    expect(plan.nodes.get('store-1')?.[0]).toEqual({
      name: 'store-1-box-1',
      site: 'store-1',
      slot: 'box-1',
      deviceClass: 'grocer/box',
      role: 'server',
      rank: 0,
      generation: 0,
      address: { kind: 'dynamic' },
      host: 'store-1-box-1.example',
    });
  });

  test('count on where one class is server and agent', () => {
    const fleet = new Fleet('f');
    const box = new DeviceClass(fleet, 'box', { hardware: Hardware.n100MiniPc({ memory: Size.gibibytes(16) }) });
    const cluster = new K3sCluster({ version: 'v1.33.5+k3s1', servers: box.count(1), agents: box.count(2) });
    const one = new SiteBlueprint(fleet, 'one', { cluster, nodeAddress: ({ node }) => `${node.name}.example` });
    new Site(fleet, 'a', { blueprint: one });
    expect(namesIn(planOf({ fleet }), 'a')).toEqual(['a-box-1', 'a-box-2', 'a-box-3']);
  });

  test('have the address that the blueprint gives as a reserved one', () => {
    const plan = planFor({
      nodeAddress: ({ site, node }) => `10.${site.values.tills}.0.${node.ordinal}`,
      sites: [['store-1', 1]],
    });
    expect(plan.texts).toEqual([
      expect.stringMatching(
        /gives nodes of one site the same address.*\(store-1: store-1-box-1 and store-1-till-1 10\.1\.0\.1\)/,
      ),
    ]);
    expect(plan.nodes.get('store-1')?.[0]).toMatchObject({
      address: { kind: 'reserved', ip: '10.1.0.1' },
      host: '10.1.0.1',
    });
  });

  test.each<[string, Options, string]>([
    [
      'that cannot be found',
      { nodeAddress: 'none' },
      'error: [grocer/store] has sites with several nodes, and servers that the others cannot find',
    ],
    [
      'with an address that is none',
      { nodeAddress: () => 'a b' },
      'neither a DNS name nor an IP address (nodeAddress) (store-1: store-1-box-1 a b',
    ],
    [
      'with a mistyped address',
      { nodeAddress: () => '10.400.1.11' },
      'neither a DNS name nor an IP address (nodeAddress) (store-1: store-1-box-1 10.400.1.11',
    ],
    [
      'whose address throws',
      {
        nodeAddress: () => {
          throw new Error('no');
        },
      },
      'error: [grocer/store] has a nodeAddress that throws: no',
    ],
    [
      'with a long name',
      { sites: ['s'.repeat(57)] },
      'error: [grocer/stores] has nodes with names of more than 63 characters',
    ],
    ['that nobody counts', { sites: [['store-1', -1]] }, 'error: [grocer/store] counts -1 nodes'],
    [
      'of several servers by DHCP',
      { servers: 3 },
      'warning: [grocer/stores] has clusters of several servers whose addresses nobody promises',
    ],
  ])('%s are a problem', (_what, options, message) => {
    expect(planFor(options).texts.join('\n')).toContain(message);
  });

  test('of two sites cannot have one name', () => {
    const fleet = new Fleet('f');
    const hardware = Hardware.n100MiniPc({ memory: Size.gibibytes(16) });
    const sites = [
      ['box', 'store-1'],
      ['1-box', 'store'],
    ] as const;
    for (const [id, site] of sites) {
      const servers = new DeviceClass(fleet, id, { hardware }).count(1);
      const cluster = new K3sCluster({ version: 'v1.33.5+k3s1', servers });
      new Site(fleet, site, { blueprint: new SiteBlueprint(fleet, `of-${id}`, { cluster }) });
    }
    expect(planOf({ fleet }).texts).toEqual([
      'error: [f/store-1] has a node store-1-box-1, and so has the site store; rename one of the sites (store-1)',
    ]);
  });

  test('are a warning on hardware that is usually too slow for etcd, and an error where it is said to be', () => {
    const pi = Hardware.raspberryPi4B({ memory: Size.gibibytes(8) }) as never;
    const texts = (box: Options['box']) => planFor({ servers: 3, box }).texts.filter((text) => text.includes('etcd:'));
    expect(texts({ hardware: pi })).toEqual([
      expect.stringMatching(/^warning: \[grocer\/box\] .* usually runs from sd, .*fit one of usb-ssd and say so/),
    ]);
    expect(texts({ hardware: pi, storage: 'sd' })).toEqual([
      expect.stringMatching(/^error: \[grocer\/box\] has the storage sd/),
    ]);
    expect(texts({ hardware: pi, storage: 'usb-ssd' })).toEqual([]);
    expect(planFor({ servers: 1, box: { hardware: pi, storage: 'sd' } }).texts).toEqual([]);
  });
});

describe('a row', () => {
  test('adds facts to its slot and leaves the others as they are', () => {
    const plan = planFor({
      nodes: [
        {
          site: 'store-1',
          slot: 'till-2',
          serial: 's2',
          mac: 'DC:A6:32:01:02:03',
          address: '10.1.2.3/24',
          nic: 'eth0',
          disk: '/dev/sda',
        },
      ],
    });
    expect(plan.texts).toEqual([]);
    expect(plan.nodes.get('store-1')?.[2]).toEqual({
      name: 'store-1-till-2',
      site: 'store-1',
      slot: 'till-2',
      deviceClass: 'grocer/till',
      role: 'agent',
      generation: 0,
      serial: 's2',
      mac: 'dc:a6:32:01:02:03',
      address: { kind: 'static', ip: '10.1.2.3', prefix: 24, dns: [] },
      host: 'store-1-till-2.example',
      nic: 'eth0',
      disk: '/dev/sda',
      source: 'rows[0]',
    });
    expect(plan.nodes.get('store-1')?.[1]?.source).toBeUndefined();
  });

  test('with a generation gives another name, and another host', () => {
    const plan = planFor({ nodes: [{ site: 'store-1', slot: 'box-1', generation: 2 }] });
    expect(plan.nodes.get('store-1')?.[0]).toMatchObject({
      name: 'store-1-box-1-g2',
      slot: 'box-1',
      rank: 0,
      generation: 2,
      host: 'store-1-box-1-g2.example',
    });
  });

  test('with another device class changes counts, profile and cohort of its site, and no name', () => {
    const plan = planFor({
      sites: ['store-1', 'store-2'],
      nodes: [{ site: 'store-2', slot: 'till-1', deviceClass: 'spare' }],
    });
    const [first, second] = plan.sites;
    expect(second?.nodes.filter(({ count }) => count > 0)).toEqual([
      { deviceClass: 'grocer/box', role: 'server', count: 1 },
      { deviceClass: 'grocer/till', role: 'agent', count: 1 },
      { deviceClass: 'grocer/spare', role: 'agent', count: 1 },
    ]);
    expect(second?.profile).toBe('n100-16gb+rpi-4b-4gb+rpi-5-8gb');
    expect(first?.profile).toBe('n100-16gb+rpi-4b-4gb');
    expect(plan.cohorts.map(({ deviceClasses }) => deviceClasses.length).sort()).toEqual([2, 3]);
    expect(namesIn(plan, 'store-2')).toEqual(['store-2-box-1', 'store-2-till-1', 'store-2-till-2']);
  });

  test('may exchange roles with another, and ranks follow the slots', () => {
    const plan = planFor({
      nodes: [
        { site: 'store-1', slot: 'box-1', role: 'agent' },
        { site: 'store-1', slot: 'till-2', role: 'server' },
      ],
    });
    expect(plan.texts).toEqual([]);
    expect(plan.nodes.get('store-1')?.map(({ slot, role, rank }) => [slot, role, rank])).toEqual([
      ['till-2', 'server', 0],
      ['box-1', 'agent', undefined],
      ['till-1', 'agent', undefined],
    ]);
  });

  test('has an address that goes before the blueprint’s', () => {
    const nodes = [{ site: 'store-1', slot: 'box-1', address: '10.9.9.9' }];
    const plan = planFor({ nodes, nodeAddress: ({ node }) => `10.0.0.${node.ordinal}`, sites: [['store-1', 1]] });
    expect(plan.nodes.get('store-1')?.[0]).toMatchObject({ address: { ip: '10.9.9.9' } });
    expect(plan.nodes.get('store-1')?.[0]?.host).toBeUndefined();
  });

  test('of a closed site is passed over', () => {
    const { fleet, store } = fleetOf({});
    new SiteGroup(fleet, 'more', {
      blueprint: store,
      inventory: Inventory.rows([
        { name: 'gone', tills: 1, state: 'closed' },
        { name: 'there', tills: 1 },
      ]),
      nodes: Inventory.rows([{ site: 'gone', slot: 'what-9' }]),
    });
    expect(planOf({ fleet }).texts).toEqual([]);
  });

  test.each<[string, readonly Row[], string]>([
    [
      'of an unknown site',
      [{ site: 'store-2', slot: 'box-1' }],
      'rows[0].site [grocer/stores] there is no site "store-2" in [grocer/stores]; did you mean "store-1"?',
    ],
    [
      'of an unknown slot',
      [{ site: 'store-1', slot: 'tll-1' }],
      'rows[0].slot [grocer/stores] the site store-1 has no slot "tll-1" (its blueprint makes box-1, till-1, till-2); did you mean "till-1"?',
    ],
    [
      'of an unknown class',
      [{ site: 'store-1', slot: 'box-1', deviceClass: 'bx' }],
      'rows[0].deviceClass [grocer/stores] deviceClass must be the id of a device class, box, spare, till (found "bx"); did you mean "box"?',
    ],
    ['without a slot', [{ site: 'store-1', slot: null }], 'rows[0].slot [grocer/stores] slot must be'],
    [
      'of a slot that has one',
      [
        { site: 'store-1', slot: 'box-1' },
        { site: 'store-1', slot: 'box-1' },
      ],
      'rows[1].slot [grocer/stores] the slot box-1 of store-1 has a row at rows[0] already',
    ],
    [
      'with one server too many',
      [{ site: 'store-1', slot: 'till-1', role: 'server' }],
      'rows[0].role [grocer/stores] with the roles of its rows the site store-1 has 2 servers, and its blueprint counts 1',
    ],
    [
      'with an unknown column',
      [{ site: 'store-1', slot: 'box-1', adress: 'x' }],
      'the node inventory has a column "adress"',
    ],
    [
      'with a number of another',
      [
        { site: 'store-1', slot: 'till-1', serial: 'S1' },
        { site: 'store-1', slot: 'till-2', serial: 's1' },
      ],
      'rows[1].serial [grocer/stores] serial s1 is that of store-1-till-1 (rows[0]) too',
    ],
    [
      'with the MAC of another',
      [
        { site: 'store-1', slot: 'till-1', mac: 'dc:a6:32:01:02:03' },
        { site: 'store-1', slot: 'till-2', mac: 'DC-A6-32-01-02-03' },
      ],
      'rows[1].mac [grocer/stores] mac dc:a6:32:01:02:03 is that of store-1-till-1',
    ],
    [
      'with the address of another',
      [
        { site: 'store-1', slot: 'till-1', address: '10.0.0.1/24' },
        { site: 'store-1', slot: 'till-2', address: '10.0.0.1' },
      ],
      'rows[1].address [grocer/stores] address 10.0.0.1 is that of store-1-till-1 too; two nodes of one site',
    ],
  ])('%s is an error', (_what, nodes, message) => {
    expect(problemsFor(nodes)).toEqual([expect.stringMatching(/^error: /)]);
    expect(problemsFor(nodes)).toEqual([expect.stringContaining(message)]);
  });

  test('of another source’s site says whose it is', () => {
    const { fleet, store } = fleetOf({ nodes: [{ site: 'other', slot: 'box-1' }] });
    new Site(fleet, 'other', { blueprint: store, values: { tills: 1 } });
    expect(planOf({ fleet }).texts).toEqual([expect.stringContaining('the site "other" is of [grocer/other]')]);
  });

  test('of a site that is wrong itself says nothing more', () => {
    const texts = problemsFor(
      [
        { site: 'Store 9', slot: 'box-1' },
        { site: 'store-1', slot: 'box-1' },
      ],
      { sites: ['store-1', 'Store 9'] },
    );
    expect(texts).toEqual([expect.stringContaining('is no DNS label')]);
  });

  test('may have a private address of another site, and no public one', () => {
    const at = (address: string) => ['store-1', 'store-2'].map((site) => ({ site, slot: 'box-1', address }));
    const more = { sites: ['store-1', 'store-2'] };
    expect(problemsFor(at('192.168.0.2/24'), more)).toEqual([]);
    expect(problemsFor(at('203.0.113.2/24'), more)).toEqual([
      expect.stringContaining(
        'rows[1].address [grocer/stores] address 203.0.113.2 is that of store-1-box-1 too, and it is a public one',
      ),
    ]);
  });
});

describe('servers of a cluster of several', () => {
  const slots = ['box-1', 'box-2', 'box-3'];
  const rows = slots.map((slot, i) => ({ site: 'store-1', slot, address: `10.0.0.${i + 1}/24` }));

  test('need addresses that stay, where a node inventory could say them', () => {
    expect(problemsFor(rows, { servers: 3 })).toEqual([]);
    expect(problemsFor(rows.slice(1), { servers: 3 })).toEqual([
      expect.stringMatching(
        /^error: \[grocer\/stores\] has clusters of several servers whose addresses.*\(store-1: box-1\)$/,
      ),
    ]);
  });

  test('are not said to lack an address that is written wrongly', () => {
    expect(problemsFor([{ ...rows[0], address: '10.0.0' }, ...rows.slice(1)], { servers: 3 })).toEqual([
      expect.stringContaining('rows[0].address'),
    ]);
  });
});

test('nodes of a file are located by line and field', () => {
  const text = 'site,slot,mac,address\nstore-1,box-1,,10.0.0.1/24\nstore-1,till-1,xx,10.0.0\n';
  withFiles({ 'nodes.csv': text }, (root) => {
    expect(planFor({ root, nodes: Inventory.csv('nodes.csv') }).texts).toEqual([
      expect.stringContaining('error: nodes.csv:3:3 [grocer/stores] mac must be'),
      expect.stringContaining('error: nodes.csv:3:4 [grocer/stores] address must be'),
    ]);
  });
});

test('a file without the columns that rows need, or without rows, says so', () => {
  withFiles({ 'nodes.csv': 'store,slot\na,b\n', 'none.csv': 'site,slot\n' }, (root) => {
    expect(planFor({ root, nodes: Inventory.csv('nodes.csv') }).texts.join('\n')).toContain(
      'say which one names the site: `columns: { site:',
    );
    expect(planFor({ root, nodes: Inventory.csv('none.csv') }).texts).toEqual([
      'warning: none.csv [grocer/stores] the inventory has no rows, so there are no nodes of it',
    ]);
  });
});

test('a hand-written site names the device class as a construct', () => {
  const { fleet, store, spare } = fleetOf({});
  new Site(fleet, 'flagship', {
    blueprint: store as SiteBlueprint<SiteSchema, Platform>,
    values: { tills: 1 } as never,
    nodes: [{ slot: 'till-1', deviceClass: spare, address: '10.1.2.3/24', dns: ['9.9.9.9'], generation: 1 }],
  });
  const plan = planOf({ fleet });
  expect(plan.texts).toEqual([]);
  expect(plan.nodes.get('flagship')?.[1]).toMatchObject({
    name: 'flagship-till-1-g1',
    deviceClass: 'grocer/spare',
    address: { dns: ['9.9.9.9'] },
  });
});

test('a machine of a platform that Kubernetes does not have is refused', () => {
  const figures = { name: 'pi-zero', platforms: ['linux/arm/v6' as Platform], cores: 1, memory: Size.mebibytes(512) };
  const hardware = Hardware.custom(figures) as never;
  expect(planFor({ box: { hardware } }).texts.join('\n')).toContain('claims the platform "linux/arm/v6"');
});

test('the user’s function runs as often for two hundred sites as for seven', () => {
  const callsFor = (count: number) => {
    let calls = 0;
    const nodeAddress = ({ node }: { readonly node: { readonly name: string } }) => {
      calls++;
      return `${node.name}.example`;
    };
    const sites = Array.from({ length: count }, (_, i) => [`s-${i}`, (i % 7) + 1] as const);
    expect(planFor({ sites, nodeAddress }).nodes.size).toBe(count);
    return calls;
  };
  expect(callsFor(200)).toBe(callsFor(7));
});
