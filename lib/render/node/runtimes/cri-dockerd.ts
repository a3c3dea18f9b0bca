import type { NodeFile } from '../../../model/node-tree';
import { nodeFile, WRITTEN_BY } from '../node-file';
import type { MachineRuntime } from './machine-runtime';

/**
 * cri-dockerd knows its settings from its command line alone. Its own pause image is on another registry than Docker Hub, the only one that Docker takes
 * mirrors for. Some packages place it in /usr/bin, some in /usr/local/bin.
 *
 * @see Mirantis/cri-dockerd, packaging/systemd/cri-docker.service
 */
export function criDockerdUnit({ sandboxImage, cni }: Pick<MachineRuntime, 'sandboxImage' | 'cni'>): NodeFile {
  const text = `${WRITTEN_BY}[Service]
ExecStart=
ExecStart=/usr/bin/env cri-dockerd --container-runtime-endpoint fd:// --network-plugin=cni --cni-bin-dir=${cni.plugins} --cni-conf-dir=${cni.networks} --pod-infra-container-image=${sandboxImage}
`;
  return nodeFile('/etc/systemd/system/cri-docker.service.d/50-edgecdk.conf', 'restart', text);
}
