import type { NodeRole, TreeSource } from '../../../lib/model/distribution';
import type { NodeRecord } from '../../../lib/model/node-model';
import type { NodeSiteInput } from '../../../lib/model/node-site-input';
import type { NodeFile, NodeIdentityFiles, NodeTree } from '../../../lib/model/node-tree';
import { FAKEOS_NAME, type FakeosClusterModel, type FakeosNodeInput } from './records';

/** All that a tree is made of, or what is missing in one sentence. */
export function fakeosTreeInput(source: TreeSource): FakeosNodeInput | { readonly missing: string } {
  const { deviceClass, link, operatingSystem } = source;
  const { version, machines, shared } = source.cluster as FakeosClusterModel;
  const { id, hardware, nodeLabels } = deviceClass;
  if (!hardware.platforms.includes('linux/arm64'))
    return { missing: `has nodes of ${id}, and fakeos is made for linux/arm64 alone` };
  return {
    version,
    greeting: machines.greeting,
    consoleSecret: machines.consoleSecret,
    cluster: { registries: [], ...(shared === undefined && { servers: 1, datastore: 'memory' }) },
    operatingSystem,
    link: { kind: link.kind },
    deviceClass: {
      id,
      platforms: hardware.platforms,
      nodeLabels,
      storage: 'sd',
      kubeReservedMiB: 100,
      systemReservedMiB: 200,
      evictionFloorMiB: 100,
    },
    install: { mode: 'online' },
    secretsFrom: machines.secretsFrom,
  };
}

const SCRIPT = `#!/bin/sh
set -eu
install -m 644 "\${0%/*}/files/etc/fakeos/config" /etc/fakeos/config
systemctl restart fakeos
`;

export function fakeosTree({ consoleSecret, greeting, version }: FakeosNodeInput, role: NodeRole): NodeTree {
  const config = file('/etc/fakeos/config', `greeting=${greeting}\n`);
  return {
    role,
    distribution: FAKEOS_NAME,
    version,
    files: [{ ...config, effect: 'restart', secrets: [consoleSecret] }],
    settings: `VERSION=${version}\n`,
    script: SCRIPT,
    secrets: [{ name: consoleSecret, form: 'token', keys: [], purpose: 'its console' }],
    ports: [],
  };
}

export function fakeosIdentity({ name }: NodeRecord, site: NodeSiteInput): NodeIdentityFiles {
  return { node: name, files: [file('/etc/fakeos/name', `${name} at ${site.name} in ${site.timeZone}\n`)] };
}

function file(path: string, text: string): NodeFile {
  return { path, mode: '0644', owner: 'root:root', effect: 'live', text, secrets: [] };
}
