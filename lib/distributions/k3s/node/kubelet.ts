import { RUNTIMES } from '../../../catalog/runtimes';
import type { K3sNodeInput } from '../../../model/k3s-node-input';
import type { NodeFile } from '../../../model/node-tree';
import { nodeFile, WRITTEN_BY } from '../../../render/node/node-file';
import { yamlText } from '../../../render/node/yaml-text';
import { HARDENED_KUBELET, minorOf } from './hardening';
import { runtimeOf } from './runtime';

/** Minor from which on K3s's kubelet reads files beside its own configuration. @see K3s documentation, Configuration Options */
const READS_DROP_INS = 32;

/**
 * What is kept free. K3s sets the two floors of the disk and leaves the memory's to the kubelet; whoever says one of them replaces all, so that all
 * three stand here.
 */
function reserves({ deviceClass }: K3sNodeInput) {
  const floor = `${deviceClass.diskFloorPercent ?? 5}%`;
  return {
    kubeReserved: { memory: `${deviceClass.kubeReservedMiB}Mi` },
    systemReserved: { memory: `${deviceClass.systemReservedMiB}Mi` },
    evictionHard: {
      'imagefs.available': floor,
      'memory.available': `${deviceClass.evictionFloorMiB}Mi`,
      'nodefs.available': floor,
    },
  };
}

/**
 * K3s takes systemd's with its own containerd, and asks Docker. Of any other runtime it leaves the kubelet with cgroupfs, and pods would not start.
 *
 * @see K3s source, pkg/agent/containerd/config_linux.go and pkg/agent/cridockerd/config_linux.go
 */
function needsCgroupDriver(input: K3sNodeInput): boolean {
  return runtimeOf(input) === 'cri-o';
}

export function kubeletFiles(input: K3sNodeInput): NodeFile[] {
  if (minorOf(input.cluster.version) < READS_DROP_INS) return [];
  const configuration = {
    apiVersion: 'kubelet.config.k8s.io/v1beta1',
    kind: 'KubeletConfiguration',
    ...reserves(input),
    ...(needsCgroupDriver(input) && { cgroupDriver: RUNTIMES[runtimeOf(input)].cgroupDriver }),
    ...(input.cluster.hardening && HARDENED_KUBELET),
  };
  return [
    nodeFile(
      '/var/lib/rancher/k3s/agent/etc/kubelet.conf.d/50-edgecdk.conf',
      'restart',
      `${WRITTEN_BY}${yamlText(configuration)}`,
      { mode: '0600' },
    ),
  ];
}

/** The same as arguments, for releases that read no such file. */
export function kubeletArguments(input: K3sNodeInput): string[] {
  if (minorOf(input.cluster.version) >= READS_DROP_INS) return [];
  const { kubeReserved, systemReserved, evictionHard } = reserves(input);
  const floors = Object.entries(evictionHard).map(([signal, floor]) => `${signal}<${floor}`);
  return [
    `eviction-hard=${floors.join(',')}`,
    `kube-reserved=memory=${kubeReserved.memory}`,
    `system-reserved=memory=${systemReserved.memory}`,
    ...(needsCgroupDriver(input) ? [`cgroup-driver=${RUNTIMES[runtimeOf(input)].cgroupDriver}`] : []),
    ...(input.cluster.hardening
      ? [
          `streaming-connection-idle-timeout=${HARDENED_KUBELET.streamingConnectionIdleTimeout}`,
          `tls-cipher-suites=${HARDENED_KUBELET.tlsCipherSuites.join(',')}`,
        ]
      : []),
  ];
}
