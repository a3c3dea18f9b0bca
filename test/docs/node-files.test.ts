import { join } from 'node:path';
import {
  type ContainerRuntime,
  K3sBackup,
  type NodeProps,
  NodeSecrets,
  OperatingSystem,
  type OperatingSystemFacts,
  SecretStore,
} from 'edgecdk';
import { k3sIdentity } from '../../lib/distributions/k3s/node/identity';
import { k3sAgentTree, k3sServerTree } from '../../lib/distributions/k3s/node/tree';
import { FULL, SERVERS, SINGLE, SITE } from '../lib/render/node/sample-input';
import { optionalMembers, reachable } from '../structure/public-api';
import { lockText, type NodeFleet, nodeFleet, VERSION } from '../support/node-fleet';
import { filesOf, withFiles } from '../support/with-files';
import { readDoc, tablesWith } from './markdown';

/** Before K3s read files beside the kubelet's configuration. */
const OLD = 'v1.31.14+k3s1';

const plain: OperatingSystemFacts = { name: 'plain' };

function fleet(
  system: Partial<OperatingSystemFacts>,
  more: NodeFleet['cluster'] = {},
  rest: NodeFleet = {},
): NodeFleet {
  const device = { operatingSystem: OperatingSystem.custom({ ...plain, ...system }), storage: 'ssd' } as const;
  return { box: device, till: device, cluster: { version: OLD, ...more }, ...rest };
}

function withRuntime(runtime: ContainerRuntime): NodeFleet {
  const made = fleet({}, { network: { flannelBackend: 'none' } });
  return { ...made, box: { ...made.box, runtime }, till: { ...made.till, runtime } };
}

function withSiteMirror(made: NodeFleet): NodeFleet {
  return {
    ...made,
    cluster: ({ site }) => ({
      version: OLD,
      registries: { 'docker.io': { endpoints: [`http://${site.values.net}.5:5000`] } },
    }),
  };
}

const sd = { operatingSystem: OperatingSystem.custom(plain), storage: 'sd' } as const;
const ntp: NodeProps = { ntpServers: ['ntp.example'] };

/** What makes files, by its name in the tables: a fleet as plain as can be, but for one option. */
const options: Readonly<Record<string, NodeFleet>> = {
  'K3s from 1.32 on': fleet({}, { version: VERSION }),
  '`registries`': fleet({}, { registries: { 'docker.io': { endpoints: ['https://mirror.example'] } } }),
  '`embeddedRegistry`': fleet({}, { embeddedRegistry: true }),
  '`registries` with a site value': withSiteMirror(fleet({})),
  '`runtime` cri-o': withRuntime('cri-o'),
  '`runtime` docker': withRuntime('docker'),
  '`backup`, to a disk': fleet({}, { backup: K3sBackup.toDisk('/mnt/backup') }),
  '`secretsEncryption`': fleet({}, { secretsEncryption: true }),
  '`hardening`': fleet({}, { hardening: true }),
  '`unchecked`': fleet({}, { unchecked: { 'supervisor-metrics': true } }),
  '`storage` sd, emmc': { ...fleet({}), box: sd, till: sd },
  '`operatingSystem` with ufw': fleet({ firewall: 'ufw' }),
  '`operatingSystem` with firewalld': fleet({ firewall: 'firewalld' }),
  '`ntpServers`': fleet({}, ntp),
  '`ntpServers` with chrony': fleet({ timeSync: 'chrony' }, ntp),
  '`certificateAuthority`': fleet({}, { certificateAuthority: { secret: 'authority' } }),
  '`secrets`': fleet({}, { secrets: NodeSecrets.command(['/usr/local/bin/fetch-secret']) }),
  '`SecretStore.nodeFiles`': fleet({}, {}, { fleet: { secrets: SecretStore.nodeFiles() } }),
};

/** Of what a program says of clusters and machines, all that brings no file of its own: it changes what is in files that are there anyway. */
const without = [
  ['K3sClusterBase', ['agents', 'disable', 'packagedValues']],
  ['K3sClusterProps', ['datastore', 'network', 'registrationAddress', 'tlsSans', 'tokens', 'upgradeWindow']],
  ['NodeProps', ['access', 'install', 'onlyMirrors', 'quietHour']],
  ['DeviceClassProps', ['dataMount', 'nodeLabels', 'reserves']],
] as const;

type Kind = 'tree' | 'identity';
type Role = 'server' | 'agent';

interface Made {
  readonly kind: Kind;
  readonly role: Role;
  readonly path: string;
  readonly effect: string;
}

/** All that a synth makes for a server and an agent. */
function madeBy(described: NodeFleet): Made[] {
  return withFiles({ 'artifacts.lock.json': lockText(VERSION, OLD) }, (root) => {
    const outDir = join(root, 'dist');
    nodeFleet(root, described).synth({ outDir });
    const files = filesOf(outDir);
    const manifest = (path: string, kind: Kind, role: Role): Made[] =>
      (files[path] ?? '').split('\n').flatMap((line) => {
        const [, , , effect = '', file = ''] = line.split('\t');
        return file.startsWith('/') ? [{ kind, role, path: file, effect }] : [];
      });
    const identity = (node: string) => Object.keys(files).find((path) => path.endsWith(`/${node}/identity/manifest`));
    return [
      ...manifest('nodes/shop.server.box/manifest', 'tree', 'server'),
      ...manifest('nodes/shop.agent.till/manifest', 'tree', 'agent'),
      ...manifest(identity('shop-1-box-1') ?? '', 'identity', 'server'),
      ...manifest(identity('shop-1-till-1') ?? '', 'identity', 'agent'),
    ];
  });
}

/** The rows as the tables must have them. */
function rows(): Readonly<Record<Kind, string[]>> {
  const found = new Map<
    string,
    { kind: Kind; path: string; effects: Partial<Record<Role, string>>; by: Set<string> }
  >();
  const base = madeBy(fleet({}));
  const keyOf = ({ kind, path }: Pick<Made, 'kind' | 'path'>) => `${kind} ${path}`;
  const always = new Set(base.map(keyOf));
  const all = [['always', base] as const, ...Object.entries(options).map(([by, one]) => [by, madeBy(one)] as const)];
  for (const [by, made] of all)
    for (const file of made) {
      if (by !== 'always' && always.has(keyOf(file))) continue;
      const row = found.get(keyOf(file)) ?? { kind: file.kind, path: file.path, effects: {}, by: new Set() };
      row.effects[file.role] = file.effect;
      row.by.add(by);
      found.set(keyOf(file), row);
    }
  const ofKind = (wanted: Kind): string[] =>
    [...found.values()]
      .filter(({ kind }) => kind === wanted)
      .map(({ path, effects, by }) =>
        [`\`${path}\``, effects.server ?? '-', effects.agent ?? '-', [...by].join(' or ')].join(' | '),
      )
      .sort();
  return { tree: ofKind('tree'), identity: ofKind('identity') };
}

const tables = tablesWith(['path', 'server', 'agent', 'made by', 'for'], readDoc('nodes.md')).map((table) =>
  table.map((cells) => cells.slice(0, 4).join(' | ')),
);

test('the tables of docs/nodes.md say of every file who has it, what a change of it asks for, and what makes it', () => {
  const { tree, identity } = rows();
  expect(tree.length).toBeGreaterThan(25);
  expect(tables).toEqual([tree, identity]);
});

test.each(without)('of what %s says, all that is in no table brings no file', (name, known) => {
  const members = reachable.filter((one) => one.name === name).flatMap(optionalMembers);
  const own = members.map((member) => member.name.split('.')[1] ?? '');
  expect(own.length).toBeGreaterThan(2);
  const inTables = (option: string) => Object.keys(options).some((by) => by.includes(`\`${option}\``));
  expect(own.filter((option) => !inTables(option)).sort()).toEqual([...known].sort());
});

test('no file of a tree or an identity with everything on is missing in them', () => {
  const inputs = [SINGLE, FULL];
  const trees = inputs.flatMap((input) => [...k3sServerTree(input).files, ...k3sAgentTree(input).files]);
  const identities = inputs.flatMap((input) =>
    SERVERS.flatMap((node) => k3sIdentity(node, SERVERS, SITE, input).files),
  );
  const told = (table = 0) => (tables[table] ?? []).map((row) => row.split('`')[1]);
  expect(trees.map(({ path }) => path).filter((path) => !told(0).includes(path))).toEqual([]);
  expect(identities.map(({ path }) => path).filter((path) => !told(1).includes(path))).toEqual([]);
});
