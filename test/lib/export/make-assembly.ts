import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { k3sIdentity } from '../../../lib/distributions/k3s/node/identity';
import { k3sAgentTree, k3sServerTree } from '../../../lib/distributions/k3s/node/tree';
import { type AssemblyRecord, assemblyFormat, type SiteRecord } from '../../../lib/model/assembly-record';
import { sha256, shardOf, sorted } from '../../../lib/model/digest';
import type { K3sNodeInput } from '../../../lib/model/k3s-node-input';
import type { NodeRecord } from '../../../lib/model/node-model';
import type { SeedInput } from '../../../lib/model/seed-input';
import { below, type Folder, identityFolder, treeFolder } from '../../../lib/render/node/folder';
import { matchTable } from '../../../lib/render/node/seed/match-table';
import { metaData, siteMetaData } from '../../../lib/render/node/seed/meta-data';
import { networkConfig } from '../../../lib/render/node/seed/network-config';
import { technicianReadme } from '../../../lib/render/node/seed/readme';
import { siteUserData, userData } from '../../../lib/render/node/seed/user-data';
import { SINGLE, SITE } from '../render/node/sample-input';
import { BINARY, IMAGES, VERSION } from '../render/node/script/scratch-node';

/** A site as an assembly has it. */
export interface MadeSite {
  readonly name: string;
  readonly nodes: readonly NodeRecord[];
  /** @default - the input's servers and agents */
  readonly input?: K3sNodeInput;
  readonly values?: Readonly<Record<string, unknown>>;
  readonly state?: SiteRecord['state'];
  /** @default 'store' */
  readonly cohort?: string;
  /** @default 'box' */
  readonly profile?: string;
}

const access: SeedInput['access'] = { sshKeys: [] };

/** One server that installs from a medium alone. */
export const PRELOADED: K3sNodeInput = {
  ...SINGLE,
  link: { kind: 'offline' },
  install: { mode: 'preloaded' },
  artifacts: {
    ...SINGLE.artifacts,
    imagesSha256: { arm64: sha256(IMAGES) },
  },
};

/** A machine of a site, of which rank 0 is the first server. */
export function machine(site: string, slot: string, rank?: number, more: Partial<NodeRecord> = {}): NodeRecord {
  return {
    name: `${site}-${slot}`,
    site,
    slot,
    deviceClass: 'grocer/box',
    role: rank === undefined ? 'agent' : 'server',
    rank,
    generation: 0,
    serial: `serial-${site}-${slot}`,
    address: { kind: 'reserved', ip: rank === undefined ? '10.0.0.20' : `10.0.0.${10 + rank}` },
    ...more,
  };
}

export function treeNameOf({ role }: NodeRecord): string {
  return `store.${role}.box`;
}

/** Writes an assembly as a synth leaves it, as far as nodes go. */
export function makeAssembly(
  outDir: string,
  sites: readonly MadeSite[],
  cohorts: AssemblyRecord['cohorts'] = {},
): string {
  const lines = new Map<string, string[]>();
  for (const site of sorted(sites, ({ name }) => name)) {
    writeFolder(outDir, siteFolder(site));
    const shard = shardOf(site.name);
    const { name, cohort = 'store', profile = 'box', state = 'active', values = {} } = site;
    const record: SiteRecord = { name, cohort, digest: sha256(name), state, profile, values };
    lines.set(shard, [...(lines.get(shard) ?? []), JSON.stringify(record)]);
  }
  const shards = sorted(lines, ([shard]) => shard).map(([shard, own]) => {
    const text = `${own.join('\n')}\n`;
    writeFolder(outDir, { [`sites/${shard}/index.ndjson`]: text });
    return [shard, { sites: own.length, digest: sha256(text) }];
  });
  const record: AssemblyRecord = {
    producer: 'edgecdk',
    format: assemblyFormat,
    fleet: 'grocer',
    workloads: [],
    cohorts,
    trees: {},
    nodeFiles: {},
    files: {},
    shards: Object.fromEntries(shards),
    overrides: [],
    secrets: [],
  };
  writeFolder(outDir, { 'assembly.json': JSON.stringify(record) });
  return outDir;
}

function siteFolder({ name, nodes, input = PRELOADED }: MadeSite): Folder {
  const servers = nodes.filter(({ role }) => role === 'server');
  const site = { ...SITE, name };
  const trees = [
    ...(servers.length > 0 ? [k3sServerTree(input)] : []),
    ...(input.cluster.agents ? [k3sAgentTree(input)] : []),
  ];
  const folder: Record<string, string> = {};
  for (const tree of trees)
    Object.assign(
      folder,
      below(`nodes/store.${tree.role}.box`, treeFolder({ ...tree, seedMedium: input.operatingSystem.seedMedium })),
    );
  const own: Record<string, string | undefined> = {
    'match.tsv': matchTable(nodes.map((node) => ({ node, treeName: treeNameOf(node) }))),
    'seed/user-data': siteUserData(access),
    'seed/meta-data': siteMetaData(name, nodes),
    'seed/network-config': networkConfig(nodes),
    'README.txt': technicianReadme({
      site: name,
      nodes,
      operatingSystem: input.operatingSystem,
      secrets: [...new Map(trees.flatMap(({ secrets }) => secrets.map((use) => [use.name, use]))).values()],
      ports: [],
    }),
  };
  for (const node of nodes) {
    const identity = k3sIdentity(node, servers, site, input);
    Object.assign(own, below(`${node.name}/identity`, identityFolder(identity)), {
      [`${node.name}/seed/user-data`]: userData({ node, identity, treeName: treeNameOf(node), access }),
      [`${node.name}/seed/meta-data`]: metaData(node),
      [`${node.name}/seed/network-config`]: networkConfig([node]),
    });
  }
  for (const [path, text] of Object.entries(own))
    if (text !== undefined) folder[`sites/${shardOf(name)}/${name}/nodes/${path}`] = text;
  return folder;
}

/** The cache of artifacts as `edgecdk lock --download` leaves it. */
export function makeCache(cache: string, files: Folder = {}): string {
  writeFolder(join(cache, 'k3s', VERSION), {
    'k3s-arm64': BINARY,
    'k3s-airgap-images-arm64.tar.zst': IMAGES,
    ...files,
  });
  return cache;
}

export function writeFolder(root: string, folder: Folder): void {
  for (const [path, text] of Object.entries(folder)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}
