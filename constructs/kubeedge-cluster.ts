import { Construct } from 'constructs';
import { KUBEEDGE } from '../lib/distributions/kubeedge/kubeedge';
import type { NodeCountModel } from '../lib/model/distribution';
import type { KubeEdgeClusterModel, KubeEdgeJoinModel } from '../lib/model/kubeedge-cluster-model';
import type { KubeEdgeFeature } from '../lib/model/kubeedge-feature';
import type { Platform } from '../lib/model/platform';
import { withFleetMirrors } from '../lib/model/registry-mirrors';
import { type Cluster, clusterOf } from './cluster';
import type { Delivery } from './delivery';
import type { NodeCount } from './device-class';
import { model } from './internal';
import { KubeEdgeEnrolment } from './kubeedge-enrolment';
import { MqttBroker } from './mqtt-broker';
import { mirrorsModel, type NodeProps, nodesModel, type RegistryMirror } from './node-props';
import type { SecretRef } from './secret';

/** A release of KubeEdge by its full name: `v1.23.1`. @see https://github.com/kubeedge/kubeedge/releases */
export type KubeEdgeVersion = `v${number}.${number}.${number}`;

export interface KubeEdgeClusterProps extends NodeProps {
  /** How what its folder holds gets into the cluster in the cloud. Nodes run no engine: cloudcore brings them what is theirs. @default - as the fleet says */
  readonly delivery?: Delivery;
  /** The release of cloud and edge alike. One that EdgeCDK does not know, or whose holes are known, is an error at synth. */
  readonly version: KubeEdgeVersion;
  /** Kubernetes minor of the cluster in the cloud: `1.32`. One that does not go with the release is an error at synth. */
  readonly kubernetes: `${number}.${number}`;
  /**
   * IP addresses that edge nodes reach cloudcore at. Its certificate is made of them, and of `dnsNames`, when it starts for the first time, and is kept: a
   * later change has no effect until that is deleted by hand.
   */
  readonly advertiseAddress: readonly [string, ...string[]];
  /** Names that edge nodes reach it at; nodes dial the first of them. @default - none: nodes dial the first address */
  readonly dnsNames?: readonly string[];
  /** What is switched on; each with all that it needs on both sides. @default ['logs', 'nodeGroups'] */
  readonly features?: readonly KubeEdgeFeature[];
  /** Services between nodes, with all that they need. @default - none: pods of two nodes do not reach each other */
  readonly edgeMesh?: EdgeMeshProps;
  /** Most nodes of one cloudcore; those above it are turned away. Fewer than join, or than remain when one of several is lost, is an error at synth. @default 1000 */
  readonly nodeLimit?: number;
  /** How many cloudcores run. @default 1 */
  readonly cloudcores?: number;
  /** How cloudcore is reached: on its own machine's ports, those of a Service (30000 and on), or behind a load balancer. @default 'host-network' */
  readonly exposure?: 'host-network' | 'node-ports' | 'load-balancer';
  /** What edge nodes speak. @default 'websocket' */
  readonly protocol?: 'websocket' | 'quic';
  /** @default KubeEdgeEnrolment.preissued() */
  readonly enrolment?: KubeEdgeEnrolment;
  /** @default MqttBroker.none() */
  readonly broker?: MqttBroker;
  /**
   * A taint that edge nodes register with, and that all workloads of EdgeCDK tolerate. It keeps the cluster's own DaemonSets away too, those apart that
   * tolerate everything. @default - none: `cloudDaemonSets` is what keeps them away
   */
  readonly taint?: EdgeTaint;
  /** DaemonSets of the cluster that must not run on edge nodes, `namespace/name`: each gets a patch. @default ['kube-system/kube-proxy'] */
  readonly cloudDaemonSets?: readonly `${string}/${string}`[];
  /** What cannot be changed while nodes run. @default - as below */
  readonly network?: KubeEdgeNetwork;
  /** Keys of `edgecore.yaml` that EdgeCDK does not know, by their path, passed on unchecked. One that it knows is an error at synth. @default - none */
  readonly unchecked?: Readonly<Record<string, unknown>>;
}

/** Mirrors of the sites that join by a blueprint. */
export interface KubeEdgeJoinMirrors {
  /** By the registry in the names of images; `*` for all others. @default - as the cluster says */
  readonly registries?: Readonly<Record<string, RegistryMirror>>;
  /** Never ask a registry itself for what its mirror has not got. @default - as the cluster says */
  readonly onlyMirrors?: boolean;
}

export interface KubeEdgeNetwork {
  /** Network of the pods of a node. It ends at the node, so that all have the same. @default '10.22.0.0/16' */
  readonly podCidr?: string;
  /** @default 'cluster.local' */
  readonly clusterDomain?: string;
  /** What pods resolve names with. @default - as the machine does; EdgeMesh, where that is on */
  readonly clusterDns?: readonly string[];
}

export interface EdgeMeshProps {
  /** Nodes that all others reach, by name, with the addresses that they are reached at. */
  readonly relays: Readonly<Record<string, readonly [string, ...string[]]>>;
  /** The key that agents share, of 32 random bytes as base64; the chart's own is public. */
  readonly psk: SecretRef;
}

export interface EdgeTaint {
  readonly key: string;
  /** @default - none */
  readonly value?: string;
  /** @default 'NoSchedule' */
  readonly effect?: 'NoSchedule' | 'NoExecute';
}

/**
 * KubeEdge: one control plane in the cloud, whose nodes are at the sites.
 *
 * @example
 * const vans = new KubeEdgeCluster(fleet, 'vans', { version: 'v1.23.1', kubernetes: '1.32', advertiseAddress: ['203.0.113.10'] });
 * const cluster = vans.join(gateway.count(1));
 */
export class KubeEdgeCluster extends Construct {
  readonly [model]: { readonly as: 'shared-cluster'; readonly record: KubeEdgeClusterModel };

  constructor(scope: Construct, id: string, props: KubeEdgeClusterProps) {
    super(scope, id);
    this[model] = { as: 'shared-cluster', record: clusterModel(this.node.path, id, props) };
  }

  /** What a blueprint puts at each site: these nodes join this cluster. */
  join<P extends Platform>(...nodes: readonly [NodeCount<P>, ...NodeCount<P>[]]): Cluster<P> {
    return this.joinWith({}, ...nodes);
  }

  /**
   * The same with mirrors of the sites' own, whose addresses may hold site values: for each registry these count, else those of the cluster, else those of the
   * fleet.
   *
   * @example
   * const cluster = vans.joinWith({ registries: { 'docker.io': { endpoints: ['https://mirror.example'] } } }, gateway.count(1));
   */
  joinWith<P extends Platform>(
    mirrors: KubeEdgeJoinMirrors,
    ...nodes: readonly [NodeCount<P>, ...NodeCount<P>[]]
  ): Cluster<P> {
    const cloud = this[model].record;
    const own = mirrorsModel(mirrors);
    const record: KubeEdgeJoinModel = {
      distribution: cloud.distribution,
      version: cloud.version,
      nodes: nodes.map((count): NodeCountModel => ({ ...count[model], role: 'agent' })),
      machines: { ...withFleetMirrors({ ...cloud.machines, ...own }, cloud.machines), cloud },
      shared: cloud.path,
    };
    return clusterOf(record);
  }
}

function clusterModel(path: string, id: string, props: KubeEdgeClusterProps): KubeEdgeClusterModel {
  const { edgeMesh, network, taint } = props;
  return {
    path,
    id,
    distribution: KUBEEDGE,
    ...(props.delivery && { delivery: props.delivery[model] }),
    parts: [],
    machines: nodesModel(props),
    version: props.version,
    kubernetes: props.kubernetes,
    advertiseAddress: [...props.advertiseAddress],
    dnsNames: [...(props.dnsNames ?? [])],
    features: [...(props.features ?? (['logs', 'nodeGroups'] as const))],
    ...(edgeMesh && {
      edgeMesh: {
        relays: Object.entries(edgeMesh.relays).map(([node, addresses]) => ({ node, addresses: [...addresses] })),
        psk: { name: edgeMesh.psk[model].secret, key: edgeMesh.psk[model].key },
      },
    }),
    nodeLimit: props.nodeLimit ?? 1000,
    cloudcores: props.cloudcores ?? 1,
    exposure: props.exposure ?? 'host-network',
    protocol: props.protocol ?? 'websocket',
    broker: (props.broker ?? MqttBroker.none())[model],
    enrolment: (props.enrolment ?? KubeEdgeEnrolment.preissued())[model],
    ...(taint && { taint: { key: taint.key, value: taint.value, effect: taint.effect ?? 'NoSchedule' } }),
    cloudDaemonSets: (props.cloudDaemonSets ?? ['kube-system/kube-proxy']).map((text) => {
      const slash = text.indexOf('/');
      return { namespace: text.slice(0, slash), name: text.slice(slash + 1) };
    }),
    network: {
      podCidr: network?.podCidr ?? '10.22.0.0/16',
      clusterDomain: network?.clusterDomain ?? 'cluster.local',
      clusterDns: network?.clusterDns && [...network.clusterDns],
    },
    unchecked: { ...props.unchecked },
  };
}
