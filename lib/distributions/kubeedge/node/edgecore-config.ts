import { EDGECORE_HEAD, type EDGECORE_KEYS } from '../../../catalog/kubeedge-config';
import { DMI_FOLDER } from '../../../catalog/kubeedge-devices';
import { switchesOf, withNeeds } from '../../../catalog/kubeedge-features';
import { KUBEEDGE_RUNTIMES } from '../../../catalog/kubeedge-runtimes';
import { RUNTIMES } from '../../../catalog/runtimes';
import { nested } from '../../../model/dotted-paths';
import type { KubeEdgeClusterInput, KubeEdgeNodeInput } from '../../../model/kubeedge-node-input';
import type { NodeFile } from '../../../model/node-tree';
import { nodeFile, WRITTEN_BY } from '../../../render/node/node-file';
import { runtimeKeys } from '../../../render/node/runtimes/refusals';
import { yamlText } from '../../../render/node/yaml-text';

type EdgecoreValues = { readonly [Key in keyof typeof EDGECORE_KEYS]?: unknown };

/** What stands in the place of what is a node's own. `before-edgecore.sh` fills it in from `identity.env`, and the version from edgecore itself. */
export const HOLES = {
  name: '@NODE_NAME@',
  address: '@NODE_IP@',
  site: '@SITE@',
  siteGroup: '@SITE_GROUP@',
  version: '@EDGECORE_VERSION@',
} as const;

/** The configuration of all nodes of the tree; edgecore reads the one that is made of it. */
export const EDGECORE_TEMPLATE = '/etc/edgecdk/kubeedge/edgecore.yaml';

/** Where the socket is that mappers dial, apart from the node's key. Before 1.23 it is a file's path, later its folder counts, and the name is always this. */
export const DMI_SOCKET = `${DMI_FOLDER}/dmi.sock`;

/** Where agents of EdgeMesh answer names, on a bridge of every node. @see EdgeMesh documentation, Edge Kube-API Endpoint */
export const EDGE_MESH_DNS = '169.254.96.16';

export function edgecoreFiles(input: KubeEdgeNodeInput): NodeFile[] {
  const values = { ...edgecoreValues(input), ...input.cluster.unchecked };
  const text = `${WRITTEN_BY}${yamlText({ ...EDGECORE_HEAD, ...nested(values) })}`;
  return [nodeFile(EDGECORE_TEMPLATE, 'restart', text, { mode: '0600' })];
}

export function edgecoreValues(input: KubeEdgeNodeInput): EdgecoreValues {
  const { cluster } = input;
  const { edge } = switchesOf(cluster.features);
  return {
    // Where it is not that of the binary, edgecore writes the whole file anew.
    edgecoreVersion: HOLES.version,
    'database.dataSource': '/var/lib/kubeedge/edgecore.db',
    'featureGates.requireAuthorization': edge.requireAuthorization,
    ...edgedValues(input),
    ...hubValues(cluster),
    ...eventBusValues(cluster),
    'modules.metaManager.enable': true,
    'modules.metaManager.metaServer.enable': edge.metaServer,
    'modules.metaManager.metaServer.server': '127.0.0.1:10550',
    'modules.serviceBus.enable': edge.serviceBus,
    'modules.deviceTwin.enable': true,
    'modules.deviceTwin.dmiSockPath': DMI_SOCKET,
    'modules.edgeStream.enable': edge.edgeStream,
    'modules.edgeStream.server': at(cluster.host, cluster.ports.tunnel),
    'modules.taskManager.enable': edge.taskManager,
  };
}

function edgedValues({ cluster, deviceClass, runtime }: KubeEdgeNodeInput): EdgecoreValues {
  const { network, sandboxImage, taint } = cluster;
  const floor = `${deviceClass.diskFloorPercent ?? 5}%`;
  const kubelet = 'modules.edged.tailoredKubeletConfig';
  const keys = runtimeKeys(KUBEEDGE_RUNTIMES[runtime]);
  const dns = network.clusterDns ?? (withNeeds(cluster.features).includes('edgeMesh') ? [EDGE_MESH_DNS] : undefined);
  return {
    'modules.edged.enable': true,
    'modules.edged.hostnameOverride': HOLES.name,
    'modules.edged.nodeIP': HOLES.address,
    'modules.edged.nodeLabels': {
      ...deviceClass.nodeLabels,
      'edgecdk.dev/device-class': deviceClass.id,
      'edgecdk.dev/site': HOLES.site,
      'edgecdk.dev/site-group': HOLES.siteGroup,
    },
    'modules.edged.podSandboxImage': sandboxImage ?? 'kubeedge/pause:3.6',
    'modules.edged.rootDirectory': '/var/lib/kubelet',
    [`${kubelet}.address`]: '127.0.0.1',
    ...Object.fromEntries(Object.entries(keys).map(([key, value]) => [`${kubelet}.${key}`, value])),
    [`${kubelet}.clusterDNS`]: dns,
    [`${kubelet}.clusterDomain`]: network.clusterDomain,
    [`${kubelet}.containerLogMaxSize`]: RUNTIMES[runtime].name === 'docker' ? undefined : '5Mi',
    [`${kubelet}.evictionHard`]: {
      'imagefs.available': floor,
      'memory.available': `${deviceClass.evictionFloorMiB}Mi`,
      'nodefs.available': floor,
    },
    [`${kubelet}.imageGCHighThresholdPercent`]: 85,
    [`${kubelet}.imageGCLowThresholdPercent`]: 80,
    [`${kubelet}.kubeReserved`]: { memory: `${deviceClass.kubeReservedMiB}Mi` },
    [`${kubelet}.readOnlyPort`]: 10350,
    [`${kubelet}.registerWithTaints`]: taint && [
      { key: taint.key, ...(taint.value !== undefined && { value: taint.value }), effect: taint.effect },
    ],
    [`${kubelet}.systemReserved`]: { memory: `${deviceClass.systemReservedMiB}Mi` },
  } as EdgecoreValues;
}

/** Exactly one of the two protocols is on. */
function hubValues({ host, ports, protocol }: KubeEdgeClusterInput): EdgecoreValues {
  return {
    'modules.edgeHub.enable': true,
    'modules.edgeHub.heartbeat': 15,
    'modules.edgeHub.httpServer': `https://${at(host, ports.https)}`,
    'modules.edgeHub.quic.enable': protocol === 'quic',
    'modules.edgeHub.quic.server': at(host, ports.quic),
    'modules.edgeHub.rotateCertificates': true,
    'modules.edgeHub.tlsCaFile': '/etc/kubeedge/ca/rootCA.crt',
    'modules.edgeHub.tlsCertFile': '/etc/kubeedge/certs/server.crt',
    'modules.edgeHub.tlsPrivateKeyFile': '/etc/kubeedge/certs/server.key',
    'modules.edgeHub.websocket.enable': protocol === 'websocket',
    'modules.edgeHub.websocket.server': at(host, ports.websocket),
  };
}

/** A broker of edgecore's own (0 and 1) crashed it in releases; so it is one that runs beside it (2), or none. */
function eventBusValues({ broker }: KubeEdgeClusterInput): EdgecoreValues {
  if (broker.kind === 'none') return { 'modules.eventBus.enable': false };
  return {
    'modules.eventBus.enable': true,
    'modules.eventBus.mqttMode': 2,
    'modules.eventBus.mqttServerExternal': broker.kind === 'machine' ? broker.url : 'tcp://127.0.0.1:1883',
  };
}

function at(host: string, port: number): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}
