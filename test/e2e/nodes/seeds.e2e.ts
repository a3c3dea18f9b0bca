import { OPERATING_SYSTEMS } from '../../../lib/catalog/operating-systems';
import { k3sIdentity } from '../../../lib/distributions/k3s/node/identity';
import type { NodeRecord } from '../../../lib/model/node-model';
import type { SeedInput } from '../../../lib/model/seed-input';
import { bootFiles } from '../../../lib/render/node/boot';
import { identityFolder } from '../../../lib/render/node/folder';
import { metaData, siteMetaData } from '../../../lib/render/node/seed/meta-data';
import { networkConfig } from '../../../lib/render/node/seed/network-config';
import { siteUserData, userData } from '../../../lib/render/node/seed/user-data';
import { node } from '../../lib/render/node/sample-input';
import { folderOf } from '../../support/payload-folder';
import { cloudInitSchema } from '../tools/debian';
import { onEachDebian } from '../tools/setup';
import { inFiles } from './machine';
import { type Case, cases } from './node-table';
import { boot, bringUp, type Seed } from './seed';

const table = cases().filter(({ input }) => input.operatingSystem.cloudInit);
const KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIExample somebody@grocer.example';
const ACCESS: SeedInput['access'] = { sshKeys: [KEY], breakGlass: { name: 'safe', sshKeys: [KEY, KEY] } };

function seedOf(one: Case, inline: boolean): Seed {
  const input: SeedInput = {
    node: one.node,
    identity: k3sIdentity(one.node, one.servers, one.site, one.input),
    treeName: `store.${one.tree.role}.box`,
    access: inline ? { sshKeys: [] } : ACCESS,
    dataMount: one.input.dataMount,
    inlineTree: inline ? one.tree : undefined,
  };
  return { 'user-data': userData(input), 'meta-data': metaData(one.node), 'network-config': networkConfig([one.node]) };
}

const withoutTree = table.map((one) => seedOf(one, false));
const withTree = table.map((one) => seedOf(one, true));

const at = (rank: number, more: Partial<NodeRecord>) => node(rank, more);
const MAC = 'dc:a6:32:00:00:0';
/** All machines of a site, of which each finds its own card. */
const MIXED = [
  at(0, { address: { kind: 'static', ip: '10.0.0.10', prefix: 24, gateway: '10.0.0.1', dns: [] }, mac: `${MAC}1` }),
  at(1, { address: { kind: 'static', ip: 'fd00::11', prefix: 64, gateway: 'fd00::1', dns: [] }, mac: `${MAC}2` }),
  at(2, { address: { kind: 'dynamic' }, mac: `${MAC}3` }),
];
const SITE_SEED: Seed = {
  'user-data': siteUserData(ACCESS),
  'meta-data': siteMetaData('store-0412', MIXED),
  'network-config': networkConfig(MIXED),
};

const seeds = [...withoutTree, ...withTree, SITE_SEED];
const networks = [...new Set(seeds.flatMap((seed) => seed['network-config'] ?? []))];

test('the table has each operating system with cloud-init, and several network configurations', () => {
  const systems = Object.values(OPERATING_SYSTEMS).filter(({ cloudInit }) => cloudInit);
  expect(new Set(table.map(({ input }) => input.operatingSystem.name)).size).toBe(systems.length);
  expect(networks.length).toBeGreaterThanOrEqual(4);
});

onEachDebian((debian) => {
  test('cloud-init has nothing to say about any user-data', () => {
    const found = cloudInitSchema(debian, inFiles(seeds.map((seed) => seed['user-data'])));
    expect(found.length).toBeGreaterThan(table.length);
    expect(found.filter((text) => text !== '')).toEqual([]);
  });

  if (debian.release !== 'bookworm')
    // the schema of network-config came later
    test('cloud-init has nothing to say about any network-config', () => {
      expect(cloudInitSchema(debian, inFiles(networks), 'network-config')).toEqual(networks.map(() => ''));
    });

  test('cloud-init finds each machine’s name and number in its seed', () => {
    const found = boot(debian, withoutTree).map(({ instanceId, hostname }) => [instanceId, hostname]);
    expect(found).toEqual(table.map(({ node: one }) => [`${one.site}-${one.slot}-${one.generation}`, one.name]));
  });

  test('cloud-init writes what was rendered, byte by byte, as root’s', () => {
    const some = table.filter((_, index) => index % 7 === 0);
    const found = boot(debian, [...some.map((one) => seedOf(one, true)), SITE_SEED]);
    const payload = (folder: Readonly<Record<string, string>>) =>
      Object.fromEntries(
        Object.entries(folder).map(([path, text]) => [`/var/lib/edgecdk/payload/${path}`, ['0600', text]]),
      );
    const starts = Object.fromEntries(bootFiles().map(({ path, mode, text }) => [path, [mode, text]]));
    for (const [index, one] of some.entries()) {
      const identity = k3sIdentity(one.node, one.servers, one.site, one.input);
      expect(found[index]?.files).toEqual({ ...starts, ...payload(folderOf(one.tree, identity)) });
      expect(Object.keys(identityFolder(identity)).length).toBeGreaterThan(3);
    }
    expect(found.at(-1)).toMatchObject({ instanceId: 'store-0412-site-0', files: starts });
    expect(new Set(found.flatMap(({ owners }) => owners))).toEqual(new Set(['root:root']));
  });

  test.each([
    ['ubuntu', 'networkd'],
    ['debian', 'networkd'],
    ['debian', 'NetworkManager'],
  ] as const)('cloud-init of %s and netplan hand each network to %s, whole', (distro, program) => {
    for (const [index, { complaints, text }] of bringUp(debian, distro, networks, program).entries()) {
      expect(complaints).toBe('');
      const wanted = valuesOf(networks[index] ?? '');
      expect(wanted.length).toBeGreaterThan(0);
      expect(wanted.filter((value) => !text.toLowerCase().includes(value))).toEqual([]);
    }
  });
});

/** Addresses, gateways, name servers and cards. */
function valuesOf(config: string): string[] {
  return [...config.matchAll(/"((?:[0-9a-f]*[.:])+[0-9a-f]*(?:\/\d+)?)"/g)]
    .map(([, value]) => value ?? '')
    .filter((value) => !/^(0\.0\.0\.0|::)\/0$/.test(value));
}
