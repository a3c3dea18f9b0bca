import { join } from 'node:path';
import { type K3sClusterProps, K3sDatastore, type Platform, SynthError } from 'edgecdk';
import { formatProblem } from '../../../lib/model/problem';
import { boxes, lockText, type NodeFleet, nodeFleet, shop, VERSION, withLock } from '../../support/node-fleet';
import { filesOf } from '../../support/with-files';

/** What the second of two runs says; one that is refused leaves all as it was. */
function second(first: NodeFleet, then: NodeFleet, files: Readonly<Record<string, string>> = {}): string {
  return withLock((root) => {
    const outDir = join(root, 'dist');
    nodeFleet(root, first).synth({ outDir });
    const before = filesOf(outDir);
    try {
      const { warnings } = nodeFleet(root, then).synth({ outDir });
      return warnings.map(formatProblem).join('\n') || 'done';
    } catch (e) {
      if (!(e instanceof SynthError)) throw e;
      expect(filesOf(outDir)).toEqual(before);
      return e.message;
    }
  }, files);
}

const cidr: NodeFleet = { cluster: { network: { clusterCidr: ['10.60.0.0/16'] } } };
/** A warning, with which all is written. */
const begins = (sites: number) =>
  new RegExp(
    `^\\[shops\\] begins new, empty clusters at ${sites} of 2 sites, .*what the old ones hold is lost \\([^)]*\\)$`,
  );
const remedy = 'take the change back, or count the clusterGeneration of these sites up';

describe('what cannot change while a cluster lives', () => {
  const fixed: readonly (readonly [string, NodeFleet['cluster']])[] = [
    ['the network of pods', { network: { clusterCidr: ['10.60.0.0/16'] } }],
    ['the network of services', { network: { serviceCidr: ['10.61.0.0/16'] } }],
    ['the domain', { network: { clusterDomain: 'shops.local' } }],
    ['how pods reach each other', { network: { flannelBackend: 'host-gw' } }],
  ];
  test.each(fixed)('%s is refused with the sites', (_what, cluster) => {
    expect(second({}, { cluster })).toMatch(
      new RegExp(
        `^\\[shops/shop\\] changes /etc/rancher/k3s/config\\.yaml\\.d/20-fixed\\.yaml, .*; ${remedy}.* \\(shop-1, shop-2\\)$`,
        'm',
      ),
    );
  });

  test.each<[string, NodeFleet['cluster'], RegExp]>([
    ['to etcd', { datastore: K3sDatastore.embeddedEtcd() }, /moves from sqlite to etcd/],
    ['to etcd by more servers', ({ box }) => ({ servers: box.count(3) }), /moves from sqlite to etcd/],
    ['to a database', { datastore: K3sDatastore.external({ secret: 'db' }) }, /moves from sqlite to external/],
  ])('the datastore is refused: %s', (_what, cluster, message) => {
    const nodes = [...boxes(1, 3), ...boxes(2, 3)];
    const few = [...boxes(1), ...boxes(2)];
    const told = second({ nodes: few }, { cluster, nodes: typeof cluster === 'function' ? nodes : few });
    expect(told).toMatch(message);
    expect(told).toContain(remedy);
    expect(told).toMatch(/^\[shops\/shop\].*\(shop-1, shop-2\)$/m);
  });

  test('spelled out as it was is no change', () => {
    const network = { clusterCidr: ['10.42.0.0/16'], flannelBackend: 'vxlan', clusterDomain: 'cluster.local' } as const;
    expect(second({}, { cluster: { network } })).toBe('done');
  });

  test('goes with a new cluster, where every site that has it begins one', () => {
    const again = [1, 2].map((n) => shop(n, { clusterGeneration: 1 }));
    expect(second({}, { ...cidr, sites: again })).toMatch(begins(2));
    expect(second({}, { ...cidr, sites: [shop(1, { clusterGeneration: 1 }), shop(2)] })).toMatch(/\(shop-2\)$/m);
  });

  test('goes where nothing runs yet', () => {
    const planned = [1, 2].map((n) => shop(n, { state: 'planned' }));
    expect(second({ sites: planned }, cidr)).toBe('done');
    expect(second({ sites: [shop(1, { state: 'planned' }), shop(2)] }, cidr)).toMatch(/\(shop-2\)$/m);
  });

  test('does not go behind the back of a site that is paused', () => {
    const paused = [shop(1, { state: 'paused' }), shop(2, { clusterGeneration: 1 })];
    expect(second({}, { ...cidr, sites: paused })).toMatch(/\(shop-1\)$/m);
  });
});

describe('the release of K3s', () => {
  const at = (version: NodeFleet['cluster']) => ({ cluster: version });
  const files = {
    'artifacts.lock.json': lockText('v1.32.13+k3s1', VERSION, 'v1.33.6+k3s1', 'v1.34.9+k3s1', 'v1.35.6+k3s1'),
  };
  const move = { from: VERSION, to: 'v1.34.9+k3s1' } as const;

  test.each<[string, K3sClusterProps<Platform>['version'], RegExp]>([
    [
      'skips no minor',
      'v1.35.6+k3s1',
      /^\[shops\/shop\] has K3s v1\.35\.6\+k3s1 where machines run v1\.33\.5\+k3s1, and no minor may be skipped; move to 1\.34 first.* \(shop-1, shop-2\)$/m,
    ],
    [
      'changes by a move alone',
      'v1.34.9+k3s1',
      /^\[shops\/shop\] .*only a move replaces it; write `version: \{ from: 'v1\.33\.5\+k3s1', to: 'v1\.34\.9\+k3s1' \}` until all have moved \(shop-1, shop-2\)$/m,
    ],
    ['changes by a move alone, in the same minor', 'v1.33.6+k3s1', /only a move replaces it/],
    ['does not go back', 'v1.32.13+k3s1', /K3s does not go back: they keep what they have/],
  ])('%s', (_what, version, message) => {
    expect(second(at({}), at({ version }), files)).toMatch(message);
  });

  test('is what it moved to when the move is over', () => {
    expect(second(at({ version: move }), at({ version: move.to }), files)).toBe('done');
    expect(second(at({}), at({ version: move }), files)).toBe('done');
    expect(second(at({ version: move }), at({}), files)).toBe('done');
  });
});

describe('a machine', () => {
  const rows = (more: Readonly<Record<string, unknown>>) => [...boxes(1), ...boxes(2, 1, more)];

  test('of an earlier generation does not come back', () => {
    expect(second({ nodes: rows({ generation: 2 }) }, { nodes: rows({ generation: 1 }) })).toMatch(
      /^\[shops\/shops\] has machines whose generation goes back; .*give them the generation that they had, or a higher one \(shop-2: box-1 2 -> 1\)$/m,
    );
    expect(second({ nodes: rows({ generation: 1 }) }, { nodes: rows({ generation: 2 }) })).toBe('done');
  });

  test('of an earlier cluster does not come back', () => {
    const at = (generation: number) => ({ sites: [shop(1), shop(2, { clusterGeneration: generation })] });
    expect(second(at(2), at(1))).toMatch(/^\[shops\/shops\] has a clusterGeneration that goes back; .* \(shop-2\)$/m);
    expect(second(at(1), at(2))).toMatch(begins(1));
  });

  test('keeps its role under its name', () => {
    const exchanged = [
      ...boxes(1),
      ...boxes(2, 1, { role: 'agent' }),
      { site: 'shop-2', slot: 'till-1', role: 'server', address: '10.1.2.21' },
    ];
    const renamed = exchanged.map((row) => ('site' in row && row.site === 'shop-2' ? { ...row, generation: 1 } : row));
    const told = second({}, { nodes: exchanged });
    expect(told).toMatch(
      /^\[shops\/shop\] gives machines another role under the names that they have \(box\); count the generation .*\(shop-2\)$/m,
    );
    expect(told).toMatch(
      /^\[shops\/shop\] gives machines another role under the names that they have \(till\); .*\(shop-2\)$/m,
    );
    expect(second({}, { nodes: renamed })).toBe('done');
  });
});

describe('a site', () => {
  const several: NodeFleet['cluster'] = ({ box }) => ({ servers: box.count(3) });
  const nodes = [...boxes(1, 3), ...boxes(2, 3)];

  test('does not begin a new cluster with names of the old one', () => {
    const first = { nodes: [...boxes(1), ...boxes(2, 1, { generation: 2 })] };
    const again = (clusterGeneration: number) => ({ ...first, sites: [shop(1), shop(2, { clusterGeneration })] });
    expect(second(first, again(2))).toMatch(
      /^\[shops\/shops\] counts clusterGeneration to 2, and machines have had the generation 2: .*count it to 3 \(shop-2\)$/m,
    );
    expect(second(first, again(3))).toMatch(begins(1));
  });

  test('is not the third of a few to begin a new cluster, unless that is said', () => {
    const sites = (more: Readonly<Record<string, unknown>>) => Array.from({ length: 4 }, (_, i) => shop(i + 1, more));
    const machines = Array.from({ length: 4 }, (_, i) => boxes(i + 1)).flat();
    const told = second(
      { sites: sites({}), nodes: machines },
      { sites: sites({ clusterGeneration: 1 }), nodes: machines },
    );
    expect(told).toMatch(/begins new, empty clusters at 4 of 4 sites.*if that is meant, --allow-removals does it/);
  });

  test('keeps the addresses of several servers', () => {
    const moved = nodes.map((row) =>
      row.site === 'shop-2' && row.slot === 'box-2' ? { ...row, address: '10.1.2.99' } : row,
    );
    expect(second({ cluster: several, nodes }, { cluster: several, nodes: moved })).toMatch(
      /changes addresses of running servers, .*\(shop-2: box-2 10\.1\.2\.12 -> 10\.1\.2\.99\)$/m,
    );
    const replaced = moved.map((row) => (row.address === '10.1.2.99' ? { ...row, generation: 1 } : row));
    expect(second({ cluster: several, nodes }, { cluster: several, nodes: replaced })).toBe('done');
  });

  test('may give servers other addresses where the state is in a database elsewhere', () => {
    const database: NodeFleet['cluster'] = ({ box }) => ({
      servers: box.count(3),
      datastore: K3sDatastore.external({ secret: 'db' }),
    });
    const moved = nodes.map((row) => (row.slot === 'box-2' ? { ...row, address: `${row.address}9` } : row));
    expect(second({ cluster: database, nodes }, { cluster: database, nodes: moved })).toBe('done');
  });

  test('does not lose servers by a smaller count', () => {
    const five: NodeFleet['cluster'] = ({ box }) => ({ servers: box.count(5) });
    const all = [...boxes(1, 5), ...boxes(2, 5)];
    expect(second({ cluster: five, nodes: all }, { cluster: several, nodes })).toMatch(
      /loses servers of clusters that live.*\(shop-1: box-4, shop-1: box-5, shop-2: box-4, shop-2: box-5\)$/m,
    );
  });

  test('is told of agents that are described no more', () => {
    expect(second({}, { sites: [shop(1), shop(2, { tills: 0 })] })).toMatch(
      /has no longer all the machines that it had; .*\(shop-2: till-1\)$/m,
    );
  });

  test.each<[string, Partial<K3sClusterProps<Platform>>]>([
    ['encryption of secrets', { secretsEncryption: true }],
    ['hardening', { hardening: true }],
  ])('of several servers does not turn %s on while it lives', (_what, props) => {
    const then: NodeFleet['cluster'] = ({ box }) => ({ servers: box.count(3), ...props });
    expect(second({ cluster: several, nodes }, { cluster: then, nodes })).toMatch(
      /adds \/etc\/rancher\/k3s\/config\.yaml\.d\/30-encryption\.yaml, which several servers cannot take/,
    );
  });

  test('does not move its data to another disk', () => {
    expect(second({}, { box: { dataMount: '/var/lib/rancher' } })).toMatch(
      /moves the data of box from the system disk to \/var\/lib\/rancher, and no script moves what is there/,
    );
  });
});
