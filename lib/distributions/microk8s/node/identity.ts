import { MICROK8S_AGENT_PORT } from '../../../catalog/microk8s';
import { sorted } from '../../../model/digest';
import type { MicroK8sLabelled, MicroK8sNodeInput } from '../../../model/microk8s-node-input';
import { addressOf } from '../../../model/node-address';
import type { NodeRecord } from '../../../model/node-model';
import type { NodeSiteInput } from '../../../model/node-site-input';
import type { NodeFile, NodeIdentityFiles } from '../../../model/node-tree';
import { byPath, nodeFile, WRITTEN_BY } from '../../../render/node/node-file';
import { printIdentity } from '../../../render/node/script/identity';
import { timeFiles } from '../../../render/node/time';
import { launchText, MICROK8S_FOLDER } from './launch';
import { credentialNames, registryHosts } from './registries';

/** As much of a tree's input as the identities of its nodes depend on. */
export interface MicroK8sIdentityInput {
  readonly cluster: Pick<MicroK8sNodeInput['cluster'], 'servers' | 'network' | 'onlyMirrors'>;
  readonly operatingSystem: Pick<MicroK8sNodeInput['operatingSystem'], 'timeSync'>;
}

/** What makes a node itself. `nodes` are all nodes of the site, itself included, and `labels` those of each of them. */
export function microk8sIdentity(
  node: NodeRecord,
  nodes: readonly NodeRecord[],
  labels: readonly MicroK8sLabelled[],
  site: NodeSiteInput,
  input: MicroK8sIdentityInput,
): NodeIdentityFiles {
  const isServer = node.role === 'server';
  const servers = byRank(nodes.filter(({ role }) => role === 'server'));
  const peers = servers.filter(({ name }) => name !== node.name).flatMap(agentUrl);
  const identity = printIdentity({
    nodeName: node.name,
    nodeIp: addressOf(node),
    rank: node.rank,
    generation: node.generation - (site.clusterGeneration ?? 0),
    peers: peers.length > 0 ? peers : undefined,
  });
  return {
    node: node.name,
    files: byPath([
      nodeFile('/etc/edgecdk/identity.env', 'live', identity),
      nodeFile('/etc/hostname', 'live', `${node.name}\n`),
      nodeFile(`${MICROK8S_FOLDER}/hosts`, 'live', hostLines(nodes)),
      ownLaunch(node, site, input),
      ...(isServer ? [labelFile(nodes, labels)] : []),
      ...timeFiles(site, node, servers, input.operatingSystem.timeSync, false),
    ]),
  };
}

/**
 * A document of the launch configuration, read behind the tree's. Names and addresses are said even where there are none: those of before go. The
 * certificate always has the first address of MicroK8s's own service network, and of no other.
 */
function ownLaunch(node: NodeRecord, site: NodeSiteInput, { cluster }: MicroK8sIdentityInput): NodeFile {
  const ip = addressOf(node);
  const { serviceCidr } = cluster.network;
  const names = [...site.tlsSan, ...(serviceCidr === undefined ? [] : [firstAddress(serviceCidr)])];
  const mirrors = { registries: site.registries ?? [], onlyMirrors: cluster.onlyMirrors };
  const registries = registryHosts(mirrors);
  const launch = {
    version: '0.1.0',
    ...(ip !== undefined && { extraKubeletArgs: { '--node-ip': ip } }),
    ...(node.role === 'server' && { extraSANs: [...new Set(names)].sort() }),
    ...(Object.keys(registries).length > 0 && { containerdRegistryConfigs: registries }),
  } as const;
  return nodeFile(`${MICROK8S_FOLDER}/launch-node.yaml`, 'live', launchText(launch), {
    mode: '0600',
    secrets: credentialNames(mirrors),
  });
}

/** `10.96.0.0/16` to `10.96.0.1`. */
function firstAddress(cidr: string): string {
  const [network = ''] = cidr.split('/');
  return network.replace(/\d+$/, (last) => String(Number(last) + 1));
}

/** Names of all nodes, for `/etc/hosts`: a server refuses a node whose name it cannot find. */
function hostLines(nodes: readonly NodeRecord[]): string {
  const lines = nodes.flatMap((node) => {
    const ip = addressOf(node);
    return ip === undefined ? [] : [`${ip} ${node.name}\n`];
  });
  return sorted(lines, (line) => line).join('');
}

/** One node a line, servers by rank first: name, role, labels. Applied from a server, since what a worker says at its join is lost. */
function labelFile(nodes: readonly NodeRecord[], labels: readonly MicroK8sLabelled[]): NodeFile {
  const ordered = [
    ...byRank(nodes.filter(({ role }) => role === 'server')),
    ...sorted(
      nodes.filter(({ role }) => role === 'agent'),
      ({ name }) => name,
    ),
  ];
  const lines = ordered.map((node) => {
    const own = labels.find((labelled) => labelled.node === node.name)?.labels ?? {};
    const words = Object.entries(own).map(([name, value]) => `${name}=${value}`);
    return `${[node.name, node.role, ...words.sort()].join(' ')}\n`;
  });
  return nodeFile(`${MICROK8S_FOLDER}/nodes`, 'live', `${WRITTEN_BY}${lines.join('')}`);
}

function byRank(nodes: readonly NodeRecord[]): NodeRecord[] {
  return [...nodes].sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0));
}

/** By address and never by name: dqlite takes no other. */
function agentUrl(node: NodeRecord): string[] {
  const ip = addressOf(node);
  if (ip === undefined) return [];
  return [`https://${ip.includes(':') ? `[${ip}]` : ip}:${MICROK8S_AGENT_PORT}`];
}
