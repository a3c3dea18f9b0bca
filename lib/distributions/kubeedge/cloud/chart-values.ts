import type { CLOUDCORE_CHART_KEYS } from '../../../catalog/kubeedge-cloud';
import { switchesOf } from '../../../catalog/kubeedge-features';
import { HUB_NODE_PORTS } from '../../../catalog/kubeedge-ports';
import { nested, type Tree } from '../../../model/dotted-paths';
import type { KubeEdgeClusterModel } from '../../../model/kubeedge-cluster-model';
import { featuresOf } from './features-of';

type ChartValues = { readonly [Key in keyof typeof CLOUDCORE_CHART_KEYS]?: unknown };

/**
 * Values for the chart `cloudcore`. The images are named, since the chart of one release brings those of an earlier; its own limits are for toys, and
 * cloudcore ended for want of memory with them. What is not said of a limit stays as the chart has it, so that both are said.
 */
export function chartValues(cluster: KubeEdgeClusterModel): Tree {
  const { cloud } = switchesOf(featuresOf(cluster));
  const { version, exposure } = cluster;
  const values: ChartValues = {
    'admission.enable': false,
    'cloudCore.featureGates.requireAuthorization': cloud.requireAuthorization,
    // The Service has node ports only where this is off.
    'cloudCore.hostNetWork': exposure === 'host-network',
    'cloudCore.image.tag': version,
    'cloudCore.modules.cloudHub.advertiseAddress': cluster.advertiseAddress,
    'cloudCore.modules.cloudHub.dnsNames': cluster.dnsNames,
    'cloudCore.modules.cloudHub.https.enable': true,
    'cloudCore.modules.cloudHub.nodeLimit': cluster.nodeLimit,
    'cloudCore.modules.cloudHub.quic.enable': cluster.protocol === 'quic',
    'cloudCore.modules.cloudHub.websocket.enable': cluster.protocol === 'websocket',
    'cloudCore.modules.cloudStream.enable': cloud.cloudStream,
    'cloudCore.modules.dynamicController.enable': cloud.dynamicController,
    'cloudCore.modules.router.enable': cloud.router,
    'cloudCore.modules.taskManager.enable': cloud.taskManager,
    'cloudCore.replicaCount': cluster.cloudcores,
    'cloudCore.resources.limits': limits(cpuMillis(cluster), memoryMiB(cluster)),
    'cloudCore.resources.requests': requests(cpuMillis(cluster), memoryMiB(cluster)),
    'cloudCore.service.type': serviceType(exposure),
    ...(exposure === 'node-ports' && nodePorts()),
    'controllerManager.enable': cloud.controllerManager,
    ...(cloud.controllerManager && {
      'controllerManager.image.tag': version,
      'controllerManager.resources.limits': limits(managerCpuMillis(cluster), managerMemoryMiB(cluster)),
      'controllerManager.resources.requests': requests(managerCpuMillis(cluster), managerMemoryMiB(cluster)),
    }),
    'iptablesManager.enable': cloud.iptablesManager,
    ...(cloud.iptablesManager && { 'iptablesManager.image.tag': version, 'iptablesManager.mode': 'external' }),
    'mosquitto.enable': cluster.broker.kind === 'mosquitto',
    ...(cluster.broker.kind === 'mosquitto' &&
      cluster.taint !== undefined && {
        'mosquitto.tolerations': [{ key: cluster.taint.key, operator: 'Exists', effect: cluster.taint.effect }],
      }),
  };
  return nested(values);
}

function serviceType(exposure: KubeEdgeClusterModel['exposure']): string {
  return { 'host-network': 'ClusterIP', 'node-ports': 'NodePort', 'load-balancer': 'LoadBalancer' }[exposure];
}

function nodePorts(): ChartValues {
  return {
    'cloudCore.service.cloudhubNodePort': HUB_NODE_PORTS.websocket,
    'cloudCore.service.cloudhubQuicNodePort': HUB_NODE_PORTS.quic,
    'cloudCore.service.cloudhubHttpsNodePort': HUB_NODE_PORTS.https,
    'cloudCore.service.cloudstreamNodePort': 30003,
    'cloudCore.service.tunnelNodePort': HUB_NODE_PORTS.tunnel,
  };
}

/** The scale test gave 48 GB and 12 cores for 20,000 nodes of each cloudcore: 2.4 MB and 0.6 thousandths a node, and what it has to begin with. */
function memoryMiB({ nodeLimit }: KubeEdgeClusterModel): number {
  return 512 + Math.ceil((2.4 * nodeLimit) / 256) * 256;
}

function cpuMillis({ nodeLimit }: KubeEdgeClusterModel): number {
  return 100 + Math.ceil((0.6 * nodeLimit) / 100) * 100;
}

/** It keeps every Node and Pod of the cluster in memory; an estimate of 256 KiB for a node with its pods, of which nobody published a figure. */
function managerMemoryMiB(cluster: KubeEdgeClusterModel): number {
  return 128 + Math.ceil(nodesAtMost(cluster) / 4 / 128) * 128;
}

function managerCpuMillis(cluster: KubeEdgeClusterModel): number {
  return 100 + Math.ceil((0.1 * nodesAtMost(cluster)) / 100) * 100;
}

/** Of all cloudcores, one of which may be lost. */
function nodesAtMost({ nodeLimit, cloudcores }: KubeEdgeClusterModel): number {
  return nodeLimit * Math.max(1, cloudcores - 1);
}

function requests(cpu: number, memory: number): Readonly<Record<string, string>> {
  return { cpu: `${cpu}m`, memory: `${memory}Mi` };
}

/** Processor time for when all nodes come back at once. */
function limits(cpu: number, memory: number): Readonly<Record<string, string>> {
  return requests(4 * cpu, memory);
}
