import type { NodeFile } from '../../../model/node-tree';
import { nodeFile, WRITTEN_BY } from '../node-file';
import { tomlText } from './hosts-toml';

/** What CRI-O is told beside what its package says. @see CRI-O documentation, crio.conf(5) */
export function crioConfig(sandboxImage: string): NodeFile {
  const text = `${WRITTEN_BY}[crio.image]
pause_image = ${tomlText(sandboxImage)}

[crio.network]
network_dir = "/etc/cni/net.d"
plugin_dirs = ["/opt/cni/bin"]

[crio.runtime]
cgroup_manager = "systemd"
`;
  return nodeFile('/etc/crio/crio.conf.d/50-edgecdk.conf', 'restart', text);
}
