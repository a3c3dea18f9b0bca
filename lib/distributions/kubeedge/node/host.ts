import { DMI_FOLDER } from '../../../catalog/kubeedge-devices';
import { CNI_FOLDERS, RUNTIMES } from '../../../catalog/runtimes';
import type { KubeEdgeNodeInput } from '../../../model/kubeedge-node-input';
import type { NodeFile } from '../../../model/node-tree';
import { type HostNeeds, hostFiles } from '../../../render/node/host';
import { nodeFile, nodeFolder } from '../../../render/node/node-file';
import { containerdConfig } from '../../../render/node/runtimes/containerd-config';
import { criDockerdUnit } from '../../../render/node/runtimes/cri-dockerd';
import { crioConfig } from '../../../render/node/runtimes/crio-config';
import { holdRuntime } from '../../../render/node/runtimes/hold-runtime';
import { mirrorFiles } from '../../../render/node/runtimes/mirrors';

export const CNI_FILE = `${CNI_FOLDERS.networks}/10-edgecdk.conflist`;

/** What edgecore wants of the machine that it runs on. */
export function kubeEdgeHostFiles(input: KubeEdgeNodeInput): NodeFile[] {
  return [
    ...runtimeFiles(input),
    nodeFile(CNI_FILE, 'reprovision', networkList(input.cluster.network.podCidr)),
    nodeFolder(`${DMI_FOLDER}/`, 'live'),
    ...hostFiles(NEEDS, input.deviceClass),
    ...holdRuntime(input.operatingSystem),
  ];
}

const NEEDS: HostNeeds = {
  name: 'kubeedge',
  effect: 'restart',
  modules: ['br_netfilter', 'overlay'],
  sysctls: ['net.bridge.bridge-nf-call-iptables=1', 'net.bridge.bridge-nf-call-ip6tables=1', 'net.ipv4.ip_forward=1'],
};

/** What the container runtime reads: a change restarts it, and edgecore after it. */
export function runtimeFiles({ runtime, cluster }: KubeEdgeNodeInput): NodeFile[] {
  const told = { sandboxImage: cluster.sandboxImage ?? 'kubeedge/pause:3.6', cni: CNI_FOLDERS };
  return [
    ...(runtime === 'containerd' ? [containerdConfig(told)] : []),
    ...(runtime === 'cri-o' ? [crioConfig(told)] : []),
    ...(runtime === 'docker' ? [criDockerdUnit(told)] : []),
    ...mirrorFiles(runtime, cluster),
  ];
}

export function socketOf(runtime: KubeEdgeNodeInput['runtime']): string {
  return RUNTIMES[runtime].endpoint.slice('unix://'.length);
}

/**
 * The network of the pods, which ends at the node: without one, a node never becomes ready, and the cluster's own agents are kept away. Pods have their
 * addresses from it until they are made anew; hence it cannot change while they run.
 *
 * @see https://www.cni.dev/plugins/current/main/bridge/
 */
function networkList(podCidr: string): string {
  const list = {
    cniVersion: '1.0.0',
    name: 'edgecdk',
    plugins: [
      {
        type: 'bridge',
        bridge: 'cni0',
        isGateway: true,
        ipMasq: true,
        promiscMode: true,
        ipam: {
          type: 'host-local',
          ranges: [[{ subnet: podCidr }]],
          routes: [{ dst: podCidr.includes(':') ? '::/0' : '0.0.0.0/0' }],
        },
      },
      { type: 'portmap', capabilities: { portMappings: true } },
    ],
  };
  return `${JSON.stringify(list, undefined, 2)}\n`;
}
