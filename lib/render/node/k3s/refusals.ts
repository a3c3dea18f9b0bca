import { parseK3sVersion } from '../../../catalog/k3s';
import type { K3sNodeInput } from '../../../model/k3s-node-input';

/** What is wrong with a description of nodes and what to do, one sentence each; empty where trees can be made of it. */
export function k3sNodeRefusals(input: K3sNodeInput): string[] {
  const { cluster, install, link, operatingSystem, secrets } = input;
  const { backup, datastore, servers } = cluster;
  const found: Array<string | false> = [
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
      `servers and agents must not share the token '${secrets.token}': who has an agent's could make himself a server`,
    backup.kind === 's3' &&
      datastore !== 'etcd' &&
      `only etcd is copied to S3, by K3s itself (the datastore is ${datastore}); take a second disk`,
    backup.kind === 'disk' &&
      datastore === 'external' &&
      'an external datastore is copied where it runs; take no backup here',
    backup.kind === 'disk' &&
      input.dataMount !== undefined &&
      `${backup.path}/`.startsWith(`${input.dataMount}/`) &&
      `${backup.path} is on the disk that holds the data; take a folder on another`,
    link.kind === 'offline' &&
      install.mode !== 'preloaded' &&
      `an offline site cannot install '${install.mode}'; take preloaded`,
    Object.keys(input.artifacts.binarySha256).length === 0 && 'no binary of K3s is locked: run edgecdk lock',
    operatingSystem.kernelArguments.length > 0 &&
      operatingSystem.cmdlinePaths.length === 0 &&
      `${operatingSystem.name} needs the kernel arguments ${operatingSystem.kernelArguments.join(' ')}, and no file is known that holds them`,
    ...cluster.registries.flatMap(({ registry, endpoints }) =>
      endpoints
        .filter((endpoint) => !/^https?:\/\/[^/\s]+(\/\S*)?$/.test(endpoint))
        .map(
          (endpoint) => `the mirror '${endpoint}' of ${registry} must be a URL, such as https://mirror.example:5000`,
        ),
    ),
  ];
  return found.filter((message) => message !== false);
}
