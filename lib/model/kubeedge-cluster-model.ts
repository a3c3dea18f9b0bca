import type { ClusterModel, SharedClusterModel, SharedClusterPart } from './distribution';
import type { KubeEdgeFeature } from './kubeedge-feature';
import type { KubeEdgeJobModel } from './kubeedge-job-model';
import type { RuleModel } from './kubeedge-rule-model';
import type { NodesModel } from './nodes-model';

/** A KubeEdge cluster as a program says it: one control plane in the cloud, whose nodes are at sites. */
export interface KubeEdgeClusterModel extends SharedClusterModel {
  /** How its machines are set up. */
  readonly machines: NodesModel;
  readonly parts: readonly KubeEdgePart[];
  /** `v1.23.1`, of cloud and edge alike. */
  readonly version: string;
  /** Minor of the cluster in the cloud: `1.32`. */
  readonly kubernetes: string;
  /** IP addresses that edge nodes dial; the certificate of cloudcore is made of them when it starts for the first time. */
  readonly advertiseAddress: readonly string[];
  /** Names that edge nodes dial. */
  readonly dnsNames: readonly string[];
  readonly features: readonly KubeEdgeFeature[];
  readonly edgeMesh?: EdgeMeshModel;
  /** Most nodes of one cloudcore. */
  readonly nodeLimit: number;
  readonly cloudcores: number;
  /** How cloudcore is reached: on its own machine's ports, or on those of a Service. */
  readonly exposure: 'host-network' | 'node-ports' | 'load-balancer';
  readonly protocol: 'websocket' | 'quic';
  readonly broker: BrokerModel;
  readonly enrolment: KubeEdgeEnrolment;
  /** @default - none: DaemonSets of the whole cluster are kept away by patches alone */
  readonly taint?: TaintModel;
  /** DaemonSets of the cluster that have no business on edge nodes. */
  readonly cloudDaemonSets: readonly WorkloadName[];
  readonly network: KubeEdgeNetworkModel;
  /** Values of `edgecore.yaml` by path that EdgeCDK does not know. */
  readonly unchecked: Readonly<Record<string, unknown>>;
}

export interface KubeEdgeNetworkModel {
  /** Network of the pods of one node; the same on all, since it ends at the node. */
  readonly podCidr: string;
  readonly clusterDomain: string;
  /** @default - none: pods resolve names as the machine does */
  readonly clusterDns?: readonly string[];
}

/** EdgeMesh, whose switch sets what it needs on both sides. */
export interface EdgeMeshModel {
  /** Nodes that others reach each other through, with the addresses that they are reached at. */
  readonly relays: ReadonlyArray<{ readonly node: string; readonly addresses: readonly string[] }>;
  /** Secret with the key that its agents share. */
  readonly psk: { readonly name: string; readonly key: string };
}

/**
 * Who is the MQTT broker of a node. `none`: edgecore asks for none; `mosquitto`: the DaemonSet that cloudcore's chart brings; `machine`: one that the
 * machine has itself.
 */
export type BrokerModel =
  | { readonly kind: 'none' }
  | { readonly kind: 'mosquitto' }
  | { readonly kind: 'machine'; readonly url: string };

/**
 * How a node comes by its certificate. `preissued`: it comes with the machine, as a secret that is a folder of `ca.crt`, `node.crt` and `node.key`.
 * `token`: a command, which knows the machine by a credential of its own, prints a token of the cluster.
 */
export type KubeEdgeEnrolment =
  | { readonly kind: 'preissued'; readonly secret: string }
  | { readonly kind: 'token'; readonly argv: readonly string[]; readonly seconds: number };

export interface TaintModel {
  readonly key: string;
  readonly value?: string;
  readonly effect: 'NoSchedule' | 'NoExecute';
}

export interface WorkloadName {
  readonly namespace: string;
  readonly name: string;
}

/** What belongs to a cluster beside its sites. */
export type KubeEdgePart = SharedClusterPart &
  ({ readonly kind: 'job'; readonly job: KubeEdgeJobModel } | { readonly kind: 'rule'; readonly rule: RuleModel });

/** What a site has of a KubeEdge cluster: nodes that join it, all of them agents. */
export interface KubeEdgeJoinModel extends ClusterModel {
  readonly machines: KubeEdgeNodesModel;
}

export interface KubeEdgeNodesModel extends NodesModel {
  /** The cluster that they join; what belongs to it beside is not in it. */
  readonly cloud: KubeEdgeClusterModel;
}
