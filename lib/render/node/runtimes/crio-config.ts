import { wholeImageName } from '../../../model/image-name';
import type { NodeFile } from '../../../model/node-tree';
import { nodeFile, WRITTEN_BY } from '../node-file';
import { tomlText } from './hosts-toml';
import type { MachineRuntime } from './machine-runtime';

/** What CRI-O is told beside what its package says. @see CRI-O documentation, crio.conf(5) */
export function crioConfig({ sandboxImage, cni, selinux }: MachineRuntime): NodeFile {
  const text = `${WRITTEN_BY}[crio.image]
pause_image = ${tomlText(wholeImageName(sandboxImage))}

[crio.network]
network_dir = ${tomlText(cni.networks)}
plugin_dirs = [${tomlText(cni.plugins)}]

[crio.runtime]
cgroup_manager = "systemd"
${selinux === true ? 'selinux = true\n' : ''}`;
  return nodeFile('/etc/crio/crio.conf.d/50-edgecdk.conf', 'restart', text);
}
