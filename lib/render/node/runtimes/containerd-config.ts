import type { NodeFile } from '../../../model/node-tree';
import { nodeFile, WRITTEN_BY } from '../node-file';
import { tomlText } from './hosts-toml';
import type { MachineRuntime } from './machine-runtime';

/**
 * `config.toml` of a containerd that serves a kubelet, of the second format, which containerd 1.6 to 2 read. Its packages often come with the CRI part
 * switched off, and its own cgroup driver is not systemd's.
 *
 * @see containerd documentation, docs/cri/config.md and docs/hosts.md
 */
export function containerdConfig({ sandboxImage, cni }: Pick<MachineRuntime, 'sandboxImage' | 'cni'>): NodeFile {
  const cri = '[plugins."io.containerd.grpc.v1.cri"';
  const text = `${WRITTEN_BY}version = 2

${cri}]
  sandbox_image = ${tomlText(sandboxImage)}

${cri}.containerd]
  default_runtime_name = "runc"

${cri}.containerd.runtimes.runc]
  runtime_type = "io.containerd.runc.v2"

${cri}.containerd.runtimes.runc.options]
  SystemdCgroup = true

${cri}.registry]
  config_path = "/etc/containerd/certs.d"

${cri}.cni]
  bin_dir = ${tomlText(cni.plugins)}
  conf_dir = ${tomlText(cni.networks)}
`;
  return nodeFile('/etc/containerd/config.toml', 'restart', text);
}
