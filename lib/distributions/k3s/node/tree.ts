import type { K3sNodeInput } from '../../../model/k3s-node-input';
import type { NodeTree } from '../../../model/node-tree';
import { bootFiles } from '../../../render/node/boot';
import { byPath } from '../../../render/node/node-file';
import { holdRuntime } from '../../../render/node/runtimes/hold-runtime';
import { settingsOf } from '../../../render/node/script/settings';
import { secretSourceFiles } from '../../../render/node/secret-source';
import { k3sKitWords } from '../kit-words';
import { k3sApplyScript } from './apply-script';
import { authorityFiles } from './authority';
import { backupFiles } from './backup';
import { beforeK3sFiles } from './before-k3s';
import { configFiles } from './config';
import { firewallFiles, openPorts } from './firewall';
import { hardeningFiles } from './hardening';
import { k3sHostFiles } from './host';
import { kubeletFiles } from './kubelet';
import { k3sQuietHourFiles } from './quiet-hour';
import { identityPaths, registryFiles } from './registries';
import { hasOwnContainerd, runtimeFiles } from './runtime';
import { secretUses } from './secrets';
import { printK3sSettings } from './settings';
import { k3sUnitFiles } from './units';

/** What stands on the disk of every server, but for what a node has of its own. */
export function k3sServerTree(input: K3sNodeInput): NodeTree {
  return tree(input, 'server');
}

/** What stands on the disk of every agent, but for what a node has of its own. */
export function k3sAgentTree(input: K3sNodeInput): NodeTree {
  return tree(input, 'agent');
}

function tree(input: K3sNodeInput, role: 'server' | 'agent'): NodeTree {
  const files = [
    ...configFiles(input, role),
    ...registryFiles(input),
    ...runtimeFiles(input),
    ...(hasOwnContainerd(input) ? [] : holdRuntime(input.operatingSystem)),
    ...kubeletFiles(input),
    ...k3sUnitFiles(input, role),
    ...beforeK3sFiles(input, role),
    ...authorityFiles(input, role),
    ...secretSourceFiles(input),
    ...k3sQuietHourFiles(role),
    ...(role === 'server' ? backupFiles(input) : []),
    ...hardeningFiles(input, role),
    ...firewallFiles(input, role),
    ...k3sHostFiles(input),
    ...bootFiles(),
  ];
  return {
    role,
    distribution: 'k3s',
    version: input.cluster.version,
    files: byPath(files),
    settings: settings(input, role),
    script: k3sApplyScript(),
    secrets: secretUses(input, role),
    ports: openPorts(input.cluster, role),
    kit: k3sKitWords(input),
    ...(input.cluster.backup.kind === 'disk' && { backupFolder: input.cluster.backup.path }),
  };
}

function settings(input: K3sNodeInput, role: 'server' | 'agent'): string {
  const { artifacts, cluster } = input;
  const { backup, datastore } = cluster;
  return printK3sSettings({
    ...settingsOf(input, role, secretUses(input, role)),
    identityFiles: identityPaths(input),
    k3sVersion: cluster.version,
    datastore: role === 'server' ? datastore : undefined,
    servers: cluster.servers,
    binarySha256: artifacts.binarySha256,
    // Nobody else imports them.
    imagesSha256: hasOwnContainerd(input) ? artifacts.imagesSha256 : undefined,
    backupFolder: role === 'server' && datastore !== 'external' && backup.kind === 'disk' ? backup.path : undefined,
  });
}
