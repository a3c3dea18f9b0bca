import { OPERATING_SYSTEMS } from '../../../lib/catalog/operating-systems';
import { k3sIdentity } from '../../../lib/distributions/k3s/node/identity';
import { k3sNodeRefusals } from '../../../lib/distributions/k3s/node/refusals';
import { k3sAgentTree, k3sServerTree } from '../../../lib/distributions/k3s/node/tree';
import { k3sWorkloadSecrets } from '../../../lib/distributions/k3s/node/workload-secrets';
import type { K3sNodeInput, NodeBackup } from '../../../lib/model/k3s-node-input';
import type { NodeRecord, OperatingSystemModel } from '../../../lib/model/node-model';
import type { NodeSiteInput } from '../../../lib/model/node-site-input';
import type { NodeFile, NodeTree } from '../../../lib/model/node-tree';
import { carrierFolder } from '../../../lib/render/carrier/carrier';
import { byPath } from '../../../lib/render/node/node-file';
import { FULL, node, SINGLE, SITE } from '../../lib/render/node/sample-input';
import type { Machine } from './machine';

/** One cluster and one of its nodes, with all that is made for that node. */
export interface Case {
  readonly name: string;
  readonly input: K3sNodeInput;
  readonly node: NodeRecord;
  readonly site: NodeSiteInput;
  readonly servers: readonly NodeRecord[];
  readonly tree: NodeTree;
}

const DATASTORES = { sqlite: 1, etcd: 3, external: 2 } as const;
const INSTALLS = ['online', 'mirror', 'preloaded'] as const;
const DISK: NodeBackup = { kind: 'disk', path: '/mnt/copies', keep: 3 };

type Datastore = keyof typeof DATASTORES;
type Install = (typeof INSTALLS)[number];

/** Operating system, datastore, way of installing, and either as little or as much as can be said. */
export function inputs(): Array<{ readonly name: string; readonly input: K3sNodeInput }> {
  const systems: readonly OperatingSystemModel[] = Object.values(OPERATING_SYSTEMS);
  const all = systems.flatMap((system) =>
    (Object.keys(DATASTORES) as Datastore[]).flatMap((datastore) =>
      INSTALLS.flatMap((mode) => [
        { name: `${system.name}, ${datastore}, ${mode}`, input: plain(system, datastore, mode) },
        { name: `${system.name}, ${datastore}, ${mode}, with everything`, input: rich(system, datastore, mode) },
      ]),
    ),
  );
  for (const { name, input } of all) {
    const refused = k3sNodeRefusals(input);
    if (refused.length > 0) throw new Error(`${name}: ${refused.join('; ')}`);
  }
  return all;
}

function plain(operatingSystem: OperatingSystemModel, datastore: Datastore, mode: Install): K3sNodeInput {
  const servers = DATASTORES[datastore];
  return {
    ...SINGLE,
    operatingSystem,
    deviceClass: { ...SINGLE.deviceClass, storage: datastore === 'etcd' ? 'nvme' : 'sd' },
    cluster: { ...SINGLE.cluster, servers, agents: true, datastore, disable: [] },
    install: installOf(mode),
    secrets: {
      token: 'token',
      agentToken: 'agent-token',
      datastore: datastore === 'external' ? 'database' : undefined,
    },
  };
}

function rich(operatingSystem: OperatingSystemModel, datastore: Datastore, mode: Install): K3sNodeInput {
  const base = plain(operatingSystem, datastore, mode);
  const backup = {
    sqlite: DISK,
    etcd: mode === 'preloaded' ? DISK : FULL.cluster.backup,
    external: { kind: 'none' },
  } as const;
  return {
    ...base,
    cluster: { ...FULL.cluster, servers: base.cluster.servers, datastore, backup: backup[datastore] },
    link: mode === 'preloaded' ? { kind: 'offline' } : base.link,
    install: { ...base.install, mediumLabel: 'EDGECDK' },
    artifacts: { ...base.artifacts, imagesSha256: base.artifacts.binarySha256 },
    dataMount: '/var/lib/rancher',
  };
}

function installOf(mode: Install): K3sNodeInput['install'] {
  return mode === 'preloaded' ? { mode } : { mode, baseUrl: 'https://mirror.example/k3s/v1.33.4' };
}

/** Each way of saying where a machine is and how it is told from others. */
const PLACES: ReadonlyArray<Partial<NodeRecord>> = [
  {
    address: { kind: 'static', ip: '10.0.0.10', prefix: 24, gateway: '10.0.0.1', dns: ['10.0.0.1', '10.0.0.2'] },
    mac: 'dc:a6:32:00:00:01',
    serial: '100000001234abcd',
    disk: '/dev/nvme0n1',
  },
  { address: { kind: 'static', ip: '10.0.0.10', prefix: 16, dns: [] }, nic: 'eth0' },
  {
    address: { kind: 'static', ip: 'fd00::10', prefix: 64, gateway: 'fd00::1', dns: ['fd00::53'] },
    mac: 'dc:a6:32:00:00:02',
    disk: '/dev/disk/by-id/ata-SSD_0123-part1',
  },
  { address: { kind: 'reserved', ip: '10.0.0.10' }, host: 'box-1.store-0412.example', generation: 2 },
  { address: { kind: 'reserved', ip: '10.0.0.10' }, mac: 'dc:a6:32:00:00:03' },
];

const SITES: readonly NodeSiteInput[] = [
  SITE,
  { name: SITE.name, tlsSan: [], timeZone: 'America/Argentina/Buenos_Aires', quietHour: '00:05' },
  { ...SITE, registrationHost: 'k3s.store-0412.example', ntpServers: ['10.0.0.1', 'fd00::7'], timeZone: 'UTC' },
];

/** A server and an agent of each input; places and sites take turns, so that each of them meets each operating system. */
export function cases(): Case[] {
  return inputs().flatMap(({ name, input }, index) =>
    (['server', 'agent'] as const).map((role, turn): Case => {
      const place = PLACES[(index + turn) % PLACES.length] ?? {};
      const site = SITES[(index + turn) % SITES.length] ?? SITE;
      const servers = Array.from({ length: input.cluster.servers }, (_, rank) => node(rank, rank === 0 ? place : {}));
      const own = role === 'server' ? (servers[0] ?? node(0)) : node(undefined, place);
      const tree = role === 'server' ? withWorkloadSecrets(k3sServerTree(input)) : k3sAgentTree(input);
      return { name: `${name}, ${role}`, input, node: own, site, servers, tree };
    }),
  );
}

function withWorkloadSecrets(tree: NodeTree): NodeTree {
  const secret = { workload: 'pos', secret: 'pos-db', keys: ['password'], namespace: 'default', object: 'pos-pos-db' };
  return {
    ...tree,
    files: byPath([...tree.files, ...k3sWorkloadSecrets({ folder: '/etc/secrets', secrets: [secret] })]),
  };
}

/** The files of a case's machine as they stand on its disk once `apply.sh` has run, with the scripts that bring them. */
export function machineOf({ name, input, node: own, site, servers, tree }: Case): Machine {
  const identity = k3sIdentity(own, servers, site, input);
  return {
    name,
    files: {
      ...textByPath([...tree.files, ...identity.files]),
      ...Object.fromEntries(
        Object.entries(carrierFolder(tree))
          .filter(([path]) => /^(tree\/)?[^/]+\.sh$/.test(path))
          .map(([path, text]) => [`/var/lib/edgecdk/${path.replace('tree/', '')}`, text]),
      ),
    },
  };
}

export function textByPath(files: readonly NodeFile[]): Record<string, string> {
  return Object.fromEntries(files.filter(({ path }) => !path.endsWith('/')).map(({ path, text }) => [path, text]));
}
