import { DMI_FOLDER } from '../../../catalog/kubeedge-devices';
import { RUNTIMES } from '../../../catalog/runtimes';
import type { KubeEdgeNodeInput } from '../../../model/kubeedge-node-input';
import type { NodeFile } from '../../../model/node-tree';
import { nodeFile, nodeFolder, WRITTEN_BY } from '../../../render/node/node-file';
import { containerdConfig } from '../../../render/node/runtimes/containerd-config';
import { crioConfig } from '../../../render/node/runtimes/crio-config';
import { mirrorFiles } from '../../../render/node/runtimes/mirrors';

export const SYSCTL_FILE = '/etc/sysctl.d/90-edgecdk-kubeedge.conf';
export const MODULES_FILE = '/etc/modules-load.d/edgecdk-kubeedge.conf';
export const CNI_FILE = '/etc/cni/net.d/10-edgecdk.conflist';

/** What edgecore wants of the machine that it runs on. */
export function hostFiles(input: KubeEdgeNodeInput): NodeFile[] {
  const { deviceClass } = input;
  const wearsOut = deviceClass.storage === 'sd' || deviceClass.storage === 'emmc';
  return [
    ...runtimeFiles(input),
    nodeFile(CNI_FILE, 'reprovision', networkList(input.cluster.network.podCidr)),
    nodeFolder(`${DMI_FOLDER}/`, 'live'),
    nodeFile(MODULES_FILE, 'restart', `${WRITTEN_BY}br_netfilter\noverlay\n`),
    nodeFile(
      SYSCTL_FILE,
      'restart',
      `${WRITTEN_BY}net.bridge.bridge-nf-call-iptables=1
net.bridge.bridge-nf-call-ip6tables=1
net.ipv4.ip_forward=1
fs.inotify.max_user_instances=1024
fs.inotify.max_user_watches=524288
`,
    ),
    ...(wearsOut ? [journal()] : []),
    ...(WITHOUT_APT.includes(input.operatingSystem.name) ? [] : [holdRuntime()]),
  ];
}

/** What the container runtime reads: a change restarts it, and edgecore after it. */
export function runtimeFiles({ runtime, cluster }: KubeEdgeNodeInput): NodeFile[] {
  const sandbox = cluster.sandboxImage ?? 'kubeedge/pause:3.6';
  return [
    ...(runtime === 'containerd' ? [containerdConfig(sandbox)] : []),
    ...(runtime === 'cri-o' ? [crioConfig(sandbox)] : []),
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

function journal(): NodeFile {
  return nodeFile(
    '/etc/systemd/journald.conf.d/50-edgecdk.conf',
    'live',
    `${WRITTEN_BY}# A card has a limited number of writes.
[Journal]
SystemMaxUse=64M
SystemMaxFileSize=8M
SyncIntervalSec=15min
RateLimitIntervalSec=30s
RateLimitBurst=2000
`,
  );
}

const WITHOUT_APT: readonly string[] = ['sle-micro-6'];

/** An update of the runtime in the night restarts it, and may bring one that does not go with this configuration. */
function holdRuntime(): NodeFile {
  const packages = ['containerd', 'containerd.io', 'cri-o', 'docker-ce', 'docker.io', 'cri-dockerd', 'runc'];
  return nodeFile(
    '/etc/apt/apt.conf.d/52edgecdk-hold',
    'live',
    `// Written by EdgeCDK.\nUnattended-Upgrade::Package-Blacklist {\n${packages.map((name) => `  "^${name.replaceAll('.', '\\\\.')}$";\n`).join('')}};\n`,
  );
}
