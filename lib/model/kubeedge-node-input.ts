import type { ContainerRuntime } from './container-runtime';
import type { BrokerModel, KubeEdgeEnrolment, KubeEdgeNetworkModel, TaintModel } from './kubeedge-cluster-model';
import type { HubPorts, KubeEdgeFeature } from './kubeedge-feature';
import type { NodeClusterInput, NodeInput, NodeInstall } from './node-input';

/** All that the node trees of a KubeEdge cluster are made of. Equal for all sites of a cohort: what a site or a node has of its own is in `NodeSiteInput`. */
export interface KubeEdgeNodeInput extends NodeInput {
  readonly cluster: KubeEdgeClusterInput;
  readonly runtime: ContainerRuntime;
  readonly artifacts: KubeEdgeArtifacts;
  readonly install: NodeInstall;
  /** Where the network plug-ins come from, for `online`. @default - from beside the release */
  readonly cniBaseUrl?: string;
  /** Mount point of a data disk; edgecore does not start without it. @default - no data disk */
  readonly dataMount?: string;
  readonly enrolment: KubeEdgeEnrolment;
}

export interface KubeEdgeClusterInput extends NodeClusterInput {
  /** `v1.23.1` */
  readonly version: string;
  /** Name or address that nodes dial: one of those in the certificate. */
  readonly host: string;
  readonly ports: HubPorts;
  readonly protocol: 'websocket' | 'quic';
  readonly features: readonly KubeEdgeFeature[];
  readonly broker: BrokerModel;
  readonly taint?: TaintModel;
  readonly network: KubeEdgeNetworkModel;
  /** @default - KubeEdge's own, kubeedge/pause:3.6 */
  readonly sandboxImage?: string;
  /** Do not ask the registry itself where a mirror has not got the image. @default false */
  readonly onlyMirrors?: boolean;
  /** Values of `edgecore.yaml` by path that EdgeCDK does not know. */
  readonly unchecked: Readonly<Record<string, unknown>>;
}

type ByArchitecture = Readonly<Partial<Record<'amd64' | 'arm64' | 'arm', string>>>;

/** What was locked: SHA-256 of archives, by the names that releases use for the architectures. */
export interface KubeEdgeArtifacts {
  /** `kubeedge-<version>-linux-<architecture>.tar.gz`, which holds edgecore. */
  readonly edgecoreSha256: ByArchitecture;
  /** `keadm-<version>-linux-<architecture>.tar.gz`, which jobs need on the machine. */
  readonly keadmSha256: ByArchitecture;
  /** `v1.6.2`, of the network plug-ins. */
  readonly cniVersion: string;
  /** `cni-plugins-linux-<architecture>-<version>.tgz` */
  readonly cniSha256: ByArchitecture;
  /** Day on which they were locked, `2026-11-24`: a clock before it is wrong. */
  readonly lockedOn: string;
}
