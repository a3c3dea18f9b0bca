import { DISTRIBUTION_RULES } from '../../../catalog/distribution-rules';
import { parseK3sVersion } from '../../../catalog/k3s';
import type { MachineWarning } from '../../../model/distribution';
import type { K3sNodeInput } from '../../../model/k3s-node-input';
import { installRefusals, isBelow, storageRefusals } from './machine-refusals';
import { hasOwnContainerd, runtimeRefusals } from './runtime';
import { k3sSecretRefusals, k3sUrlRefusals } from './secret-refusals';
import { uncheckedRefusals } from './unchecked-refusals';

/**
 * What is wrong with a description of nodes of this role and what to do, one sentence each; empty where trees can be made of it. No sentence repeats
 * what may be a secret.
 */
export function k3sNodeRefusals(input: K3sNodeInput, role: 'server' | 'agent' = 'server'): string[] {
  const found = [
    ...clusterRefusals(input),
    ...k3sSecretRefusals(input),
    ...k3sUrlRefusals(input),
    ...backupRefusals(input),
    ...storageRefusals(input, role),
    ...installRefusals(input),
    ...runtimeRefusals(input),
    ...sharingRefusals(input),
    ...uncheckedRefusals(input),
  ];
  return found.filter((message) => message !== false);
}

function clusterRefusals({ cluster, secrets }: K3sNodeInput): Array<string | false> {
  const { datastore, servers } = cluster;
  return [
    parseK3sVersion(cluster.version) === undefined &&
      `'${cluster.version}' is no release of K3s; write it as v1.33.4+k3s1`,
    datastore === 'sqlite' &&
      servers > 1 &&
      `${servers} servers cannot share SQLite; take embedded etcd or an external datastore`,
    datastore === 'etcd' &&
      servers % 2 === 0 &&
      `${servers} servers with etcd stop when fewer fail than with ${servers - 1}; take 1, 3, 5 or 7`,
    datastore === 'external' &&
      secrets.datastore === undefined &&
      'an external datastore needs a secret with a line K3S_DATASTORE_ENDPOINT',
    servers > 1 && secrets.token === undefined && `${servers} servers need a token to join with: name its secret`,
    datastore === 'external' &&
      secrets.token === undefined &&
      'what K3s keeps in an external datastore is encrypted with the token, which must outlive the server: name its secret',
    cluster.agents && secrets.agentToken === undefined && 'agents need a token to join with: name its secret',
    cluster.agents &&
      secrets.token !== undefined &&
      secrets.token === secrets.agentToken &&
      'servers and agents must not share a token (both have the same secret): who has the one of an agent could make himself a server',
  ];
}

/** Of K3s's own containerd; those of other runtimes are with these. */
function sharingRefusals(input: K3sNodeInput): Array<string | false> {
  if (!hasOwnContainerd(input)) return [];
  const { registries, onlyMirrors, embeddedRegistry } = input.cluster;
  return [
    ...registries.map(
      ({ registry, endpoints, perSite }) =>
        endpoints.length === 0 &&
        perSite !== true &&
        embeddedRegistry !== true &&
        `mirrors of ${registry} have no address (endpoints); name one, leave the registry out, or let nodes have images from each other (embeddedRegistry)`,
    ),
    embeddedRegistry === true &&
      onlyMirrors === true &&
      registries.length === 0 &&
      'with onlyMirrors nodes share images of named registries alone, and registries names none; name them, with `endpoints: []` for those that nodes have from each other alone',
  ];
}

/** What is not sure to go wrong, one sentence each. */
export function k3sNodeWarnings({ cluster }: K3sNodeInput, role: 'server' | 'agent'): MachineWarning[] {
  if (cluster.embeddedRegistry !== true || role !== 'server' || cluster.servers > 1 || cluster.agents) return [];
  return [
    {
      message:
        'a single node has nobody to share images with; leave embeddedRegistry off, or acknowledge this where nodes are to come',
      rule: DISTRIBUTION_RULES.k3sEmbeddedRegistry,
    },
  ];
}

function backupRefusals({ cluster, dataMount, link, secrets }: K3sNodeInput): Array<string | false> {
  const { backup, datastore } = cluster;
  if (backup.kind === 'none') return [];
  if (backup.kind === 's3')
    return [
      datastore !== 'etcd' &&
        `only etcd is copied to S3, by K3s itself (the datastore is ${datastore}); take a second disk`,
      link.kind === 'offline' && 'a site that is offline reaches no bucket; take a second disk',
      datastore === 'etcd' &&
        secrets.token === undefined &&
        'a snapshot is read with the token, which does not go to the bucket and must outlive the server: name its secret',
    ];
  return [
    datastore === 'external' && 'an external datastore is copied where it runs; take no backup here',
    dataMount !== undefined &&
      isBelow(backup.path, dataMount) &&
      `${backup.path} is on the disk that holds the data; take a folder on another`,
  ];
}
