import type { ContainerRuntime } from '../../../model/container-runtime';
import type { K3sNodeInput } from '../../../model/k3s-node-input';
import { addressOf } from '../../../model/node-address';
import type { NodeRecord } from '../../../model/node-model';
import type { NodeSiteInput } from '../../../model/node-site-input';
import type { NodeFile, NodeIdentityFiles } from '../../../model/node-tree';
import { byPath, nodeFile } from '../../../render/node/node-file';
import { siteMirrorFiles } from '../../../render/node/runtimes/mirrors';
import { printIdentity } from '../../../render/node/script/identity';
import { timeFiles } from '../../../render/node/time';
import { hasBackupTimer, snapshotFolder } from './backup';
import { configText } from './config';
import { type K3sMirrors, ownRegistryFiles } from './registries';
import { hasOwnContainerd, runtimeOf } from './runtime';

/** As much of a tree's input as the identities of its nodes depend on. */
export interface IdentityInput {
  readonly cluster: Pick<K3sNodeInput['cluster'], 'datastore' | 'servers' | 'tlsSan' | 'backup'>;
  readonly deviceClass: Pick<K3sNodeInput['deviceClass'], 'id' | 'nodeLabels'>;
  readonly operatingSystem: Pick<K3sNodeInput['operatingSystem'], 'timeSync'>;
  /** Mirrors, where an address of one is the site's own. @default - they are the tree's */
  readonly mirrors?: { readonly runtime: ContainerRuntime; readonly cluster: K3sMirrors };
}

/** All that an identity takes from its tree. */
export function k3sIdentityInput(input: K3sNodeInput): IdentityInput {
  const { cluster, deviceClass, operatingSystem } = input;
  const { datastore, servers, tlsSan, backup, registries, onlyMirrors, embeddedRegistry } = cluster;
  const mirrors = { runtime: runtimeOf(input), cluster: { registries, onlyMirrors, embeddedRegistry } };
  return {
    cluster: { datastore, servers, tlsSan, backup },
    deviceClass: { id: deviceClass.id, nodeLabels: deviceClass.nodeLabels },
    operatingSystem: { timeSync: operatingSystem.timeSync },
    ...(registries.some(({ perSite }) => perSite) && { mirrors }),
  };
}

/** What makes a node itself. `servers` are all servers of the site, itself included. */
export function k3sIdentity(
  node: NodeRecord,
  servers: readonly NodeRecord[],
  site: NodeSiteInput,
  input: IdentityInput,
): NodeIdentityFiles {
  const { cluster, operatingSystem } = input;
  const isServer = node.role === 'server';
  const url = registrationUrl(servers, site);
  const joinsByScript = isServer && cluster.datastore === 'etcd' && cluster.servers > 1;
  const identity = printIdentity({
    nodeName: node.name,
    nodeIp: addressOf(node),
    rank: node.rank,
    // Of its cluster: a site that begins anew begins with machines that were never in a cluster.
    generation: node.generation - (site.clusterGeneration ?? 0),
    serverUrl: isServer && !joinsByScript ? undefined : url,
    peers: joinsByScript ? peersOf(node, servers) : undefined,
  });
  return {
    node: node.name,
    files: byPath([
      nodeFile('/etc/edgecdk/identity.env', 'live', identity),
      nodeFile('/etc/hostname', 'live', `${node.name}\n`),
      nodeConfig(node, isServer ? undefined : url, site, input),
      ...ownMirrorFiles(input, site),
      ...timeFiles(site, node, servers, operatingSystem.timeSync, isServer && hasBackupTimer(cluster)),
    ]),
  };
}

/**
 * No key of it stands in another file of the folder. "server" is there for agents alone: a server that joins is told by `apply.sh`, which knows whether
 * it is the first.
 */
function nodeConfig(node: NodeRecord, server: string | undefined, site: NodeSiteInput, input: IdentityInput): NodeFile {
  const { cluster, deviceClass } = input;
  const ip = addressOf(node);
  const names = [
    ...new Set([...cluster.tlsSan, ...site.tlsSan, ...(site.registrationHost ? [site.registrationHost] : [])]),
  ];
  const labels = { ...deviceClass.nodeLabels, 'edgecdk.dev/device-class': deviceClass.id };
  const text = configText({
    'node-name': node.name,
    'node-ip': ip === undefined ? undefined : [ip],
    'node-label': Object.entries(labels)
      .map(([name, value]) => `${name}=${value}`)
      .sort(),
    'tls-san': node.role === 'server' && names.length > 0 ? names.sort() : undefined,
    // Else flannel takes that of the default route, which at a site without a link leads nowhere.
    'flannel-iface': node.nic,
    server,
    'etcd-s3-folder': node.role === 'server' ? snapshotFolder(cluster, site.name) : undefined,
  });
  return nodeFile('/etc/rancher/k3s/config.yaml.d/50-node.yaml', 'restart', text, { mode: '0600' });
}

function ownMirrorFiles({ mirrors }: IdentityInput, { registries = [] }: NodeSiteInput): NodeFile[] {
  if (!mirrors || registries.length === 0) return [];
  const { runtime, cluster } = mirrors;
  if (hasOwnContainerd({ runtime })) return ownRegistryFiles(cluster, registries);
  return siteMirrorFiles(runtime, { registries, onlyMirrors: cluster.onlyMirrors });
}

/** Where a server is reached by other nodes, if that is known. */
function urlOf(node: NodeRecord): string | undefined {
  const host = node.host ?? addressOf(node);
  return host === undefined ? undefined : urlOfHost(host);
}

function urlOfHost(host: string): string {
  return `https://${host.includes(':') ? `[${host}]` : host}:6443`;
}

function registrationUrl(servers: readonly NodeRecord[], site: NodeSiteInput): string | undefined {
  if (site.registrationHost !== undefined) return urlOfHost(site.registrationHost);
  const first = servers.find(({ rank }) => rank === 0);
  return first && urlOf(first);
}

function peersOf(node: NodeRecord, servers: readonly NodeRecord[]): string[] {
  const others = servers.filter(({ name }) => name !== node.name);
  return [...others].sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0)).flatMap((other) => urlOf(other) ?? []);
}
