import type { OperatingSystemModel } from '../../../model/node-model';
import type { NodeFile } from '../../../model/node-tree';
import { nodeFile } from '../node-file';

const WITHOUT_APT: readonly string[] = ['sle-micro-6'];

/** An update of the runtime in the night restarts it, and may bring one that does not go with this configuration. */
export function holdRuntime({ name }: OperatingSystemModel): NodeFile[] {
  if (WITHOUT_APT.includes(name)) return [];
  const packages = ['containerd', 'containerd.io', 'cri-o', 'docker-ce', 'docker.io', 'cri-dockerd', 'runc'];
  const lines = packages.map((one) => `  "^${one.replaceAll('.', '\\\\.')}$";\n`).join('');
  return [
    nodeFile(
      '/etc/apt/apt.conf.d/52edgecdk-hold',
      'live',
      `// Written by EdgeCDK.\nUnattended-Upgrade::Package-Blacklist {\n${lines}};\n`,
    ),
  ];
}
