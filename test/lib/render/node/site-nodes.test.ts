import { Install, K3sBackup, OperatingSystem, RegistrationAddress } from 'edgecdk';
import fc from 'fast-check';
import { collect } from '../../../../constructs/collect';
import { model } from '../../../../constructs/internal';
import { render } from '../../../../lib/render/render';
import { resolve } from '../../../../lib/resolve/resolve';
import { boxes, type NodeFleet, nodeFleet, shop, withLock } from '../../../support/node-fleet';

/** What differs between two fleets. */
interface Variation {
  readonly tills: number;
  readonly site: Readonly<Record<string, unknown>>;
  readonly box: Readonly<Record<string, unknown>>;
  readonly cluster: NodeFleet['cluster'];
  readonly boxClass: NodeFleet['box'];
  readonly tillClass: NodeFleet['till'];
  /** Rows that stand above. */
  readonly above: number;
}

const mac = 'dc:a6:32:01:02:03';
const any = fc.record<Variation>({
  tills: fc.integer({ min: 0, max: 2 }),
  site: fc.constantFrom({}, { timeZone: 'Europe/Lisbon' }, { clusterGeneration: 1 }, { latitude: 1 }),
  box: fc.constantFrom<Readonly<Record<string, unknown>>>(
    {},
    { generation: 1 },
    { serial: 'other' },
    { mac },
    { mac, address: '10.1.1.11/24' },
    { mac, address: '10.1.1.11/24', gateway: '10.1.1.1', dns: '10.1.1.1 10.1.1.2' },
    { mac, nic: 'eth1' },
    { disk: '/dev/sda' },
  ),
  cluster: fc.constantFrom<NodeFleet['cluster']>(
    {},
    { quietHour: '03:30' },
    { ntpServers: ['ntp.example'] },
    { tlsSans: ['k3s.example'] },
    { registrationAddress: RegistrationAddress.host('k3s.example') },
    { access: { sshKeys: ['ssh-ed25519 AAAA ops'] } },
    { access: { sshKeys: [], breakGlass: { name: 'rescue', sshKeys: ['ssh-ed25519 BBBB vault'] } } },
    { registries: { 'docker.io': { endpoints: ['https://mirror.example'] } } },
    { registries: { 'docker.io': { endpoints: ['https://mirror.example'], secret: 'mirror-login' } } },
    { tokens: { agent: 'other-token' } },
    { disable: ['traefik'] },
    { hardening: true },
    { install: Install.preloaded() },
    { backup: K3sBackup.toDisk('/mnt/backup') },
  ),
  boxClass: fc.constantFrom<NodeFleet['box']>(
    {},
    { dataMount: '/var/lib/rancher' },
    { nodeLabels: { 'shops.example/a': 'b' } },
    { storage: 'ssd' },
    { operatingSystem: OperatingSystem.debian13() },
    { operatingSystem: OperatingSystem.custom({ name: 'own', cloudInit: false, timeSync: 'chrony' }) },
  ),
  tillClass: fc.constantFrom<NodeFleet['till']>({}, { nodeLabels: { 'shops.example/c': 'd' } }),
  above: fc.integer({ min: 0, max: 2 }),
});

function nodesOf({ tills, site, box, cluster, boxClass, tillClass, above }: Variation) {
  const fill = Array.from({ length: above }, (_, i) => boxes(i + 2));
  const fleet = withLock((root) => {
    const described: NodeFleet = {
      sites: [shop(1, { tills, ...site }), ...fill.map((_, i) => shop(i + 2))],
      nodes: [...fill.flat(), ...boxes(1, 1, box)],
      cluster,
      box: boxClass,
      till: tillClass,
    };
    const made = nodeFleet(root, described);
    return resolve(collect(made, made[model]));
  });
  const first = fleet.sites.find(({ name }) => name === 'shop-1');
  const nodes = first && render(fleet).siteNodes(first);
  if (!nodes) throw new Error('the site has no machines');
  return { ...nodes, files: [...nodes.files()] };
}

test('the names are those of the files, in their order', () => {
  fc.assert(
    fc.property(any, (variation) => {
      const { names, files } = nodesOf(variation);
      expect(names()).toEqual(files.map(([path]) => path));
      expect(names()).toEqual([...names()].sort());
    }),
    { numRuns: 40 },
  );
});

const members = ['tills', 'site', 'box', 'cluster', 'boxClass', 'tillClass', 'above'] as const;
const anyChange = fc
  .tuple(any, any, fc.constantFrom(...members))
  .map(([one, other, member]) => [one, { ...one, [member]: other[member] }] as const);

test('equal digests are of equal files', () => {
  fc.assert(
    fc.property(anyChange, ([one, other]) => {
      const [a, b] = [nodesOf(one), nodesOf(other)];
      if (a.digest === b.digest) expect(a.files).toEqual(b.files);
    }),
    { numRuns: 80 },
  );
});

const plain: Variation = { tills: 1, site: {}, box: {}, cluster: {}, boxClass: {}, tillClass: {}, above: 0 };

// Then no line of the index changes, and no file is read.
test.each<[string, Partial<Variation>]>([
  ['a mirror', { cluster: { registries: { 'docker.io': { endpoints: ['https://mirror.example'] } } } }],
  ['where K3s comes from', { cluster: { install: Install.preloaded() } }],
  ['hardening', { cluster: { hardening: true } }],
  ['the medium', { boxClass: { storage: 'ssd' } }],
  ['where a site is', { site: { latitude: 1 } }],
  ['rows that stand above', { above: 2 }],
])('the digest does not depend on %s', (_what, change) => {
  const [a, b] = [nodesOf(plain), nodesOf({ ...plain, ...change })];
  expect(b.digest).toBe(a.digest);
  expect(b.files).toEqual(a.files);
});
