import type { K3sNodeInput } from '../../../model/k3s-node-input';
import type { NodeTree } from '../../../model/node-tree';
import { bootFiles } from '../../../render/node/boot';
import { hostFiles } from '../../../render/node/host';
import { byPath } from '../../../render/node/node-file';
import { printSettings } from '../../../render/node/script/settings';
import { secretSourceFiles } from '../../../render/node/secret-source';
import { clockNotAfter } from '../../../render/node/time';
import { authorityFiles } from './authority';
import { backupFiles } from './backup';
import { beforeK3sFiles } from './before-k3s';
import { configFiles } from './config';
import { firewallFiles } from './firewall';
import { hardeningFiles } from './hardening';
import { kubeletFiles } from './kubelet';
import { quietHourFiles } from './quiet-hour';
import { registryFiles } from './registries';
import { secretFiles, secretUses } from './secrets';
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
    ...kubeletFiles(input),
    ...k3sUnitFiles(input, role),
    ...beforeK3sFiles(input, role),
    ...authorityFiles(input, role),
    ...secretSourceFiles(input),
    ...quietHourFiles(role),
    ...(role === 'server' ? backupFiles(input) : []),
    ...hardeningFiles(input, role),
    ...firewallFiles(input, role),
    ...hostFiles(input),
    ...bootFiles(),
  ];
  return {
    role,
    distribution: 'k3s',
    version: input.cluster.version,
    files: byPath(files),
    settings: settingsOf(input, role),
    secrets: secretUses(input, role),
  };
}

function settingsOf(input: K3sNodeInput, role: 'server' | 'agent'): string {
  const { artifacts, cluster, install, operatingSystem } = input;
  const { backup, datastore } = cluster;
  return printSettings({
    role,
    k3sVersion: cluster.version,
    datastore: role === 'server' ? datastore : undefined,
    servers: cluster.servers,
    install: install.mode,
    baseUrl: install.mode === 'preloaded' ? undefined : install.baseUrl,
    mediumLabel: install.mediumLabel,
    binarySha256: artifacts.binarySha256,
    imagesSha256: artifacts.imagesSha256,
    kernelArguments: operatingSystem.kernelArguments,
    cmdlinePaths: operatingSystem.kernelArguments.length > 0 ? operatingSystem.cmdlinePaths : undefined,
    dataMount: input.dataMount,
    backupFolder: role === 'server' && datastore !== 'external' && backup.kind === 'disk' ? backup.path : undefined,
    secrets: secretFiles(secretUses(input, role)),
    clockNotBefore: artifacts.lockedOn,
    clockNotAfter: clockNotAfter(artifacts),
  });
}
