import type { ContainerRuntime } from './container-runtime';
import type { NodeClusterInput, NodeDeviceClass, NodeInput } from './node-input';

/** All that the node trees of a MicroK8s cluster are made of. Equal for all sites of a cohort: what a site or a node has of its own is in `NodeSiteInput`. */
export interface MicroK8sNodeInput extends NodeInput {
  readonly cluster: MicroK8sClusterInput;
  readonly deviceClass: MicroK8sDeviceClass;
  readonly artifacts: MicroK8sArtifacts;
  readonly install: MicroK8sInstall;
  /** Mount point of a data disk that holds all of MicroK8s, `/var/snap/microk8s`. @default - no data disk */
  readonly dataMount?: string;
  /** Any but the snap's own is refused. @default 'containerd' */
  readonly runtime?: ContainerRuntime;
  /** Name of the secret that nodes join with, a file in `/etc/edgecdk/secrets`. @default - none: for a single node alone */
  readonly token?: string;
}

export interface MicroK8sClusterInput extends NodeClusterInput {
  /** `1.33/stable`, `1.33-strict/stable` */
  readonly channel: string;
  /** Nodes that run the API server and dqlite: 1, 3, 5 ... */
  readonly servers: number;
  /** What they keep their state in. @default 'dqlite' */
  readonly datastore?: 'dqlite';
  /** Whether any node is a worker. */
  readonly agents: boolean;
  /** In the order in which they are enabled. */
  readonly addons: readonly MicroK8sAddonInput[];
  readonly launch: MicroK8sLaunchSettings;
  /** Do not ask the registry itself where a mirror has not got the image. @default false */
  readonly onlyMirrors?: boolean;
  readonly network: MicroK8sNetworkInput;
}

export interface MicroK8sAddonInput {
  /** As the catalogue has it; any other is refused. */
  readonly name: string;
  /** As `microk8s enable` takes them, without the name. */
  readonly arguments: readonly string[];
}

/** Networks of pods and services are those of the installation, for good. */
export interface MicroK8sNetworkInput {
  /** @default - MicroK8s's own, 10.1.0.0/16 */
  readonly clusterCidr?: string;
  /** @default - MicroK8s's own, 10.152.183.0/24 */
  readonly serviceCidr?: string;
  /** @default - the tenth address of MicroK8s's own service network, where `serviceCidr` is not set */
  readonly clusterDns?: string;
  /** @default 'cluster.local' */
  readonly clusterDomain?: string;
  /** @default - as Calico finds it */
  readonly vethMtu?: number;
}

/** Keys of the launch configuration whose values are arguments of a service. */
export type MicroK8sArgumentKey =
  | 'extraKubeletArgs'
  | 'extraKubeAPIServerArgs'
  | 'extraKubeProxyArgs'
  | 'extraKubeControllerManagerArgs'
  | 'extraKubeSchedulerArgs'
  | 'extraContainerdArgs'
  | 'extraDqliteArgs'
  | 'extraMicroK8sClusterAgentArgs'
  | 'extraMicroK8sAPIServerProxyArgs';

/** Keys of the launch configuration whose values are variables of a service. */
export type MicroK8sEnvironmentKey =
  | 'extraKubeliteEnv'
  | 'extraContainerdEnv'
  | 'extraDqliteEnv'
  | 'extraMicroK8sClusterAgentEnv'
  | 'extraMicroK8sAPIServerProxyEnv'
  | 'extraCNIEnv'
  | 'extraFIPSEnv';

/** Arguments and variables of MicroK8s's services, by key of the launch configuration; null takes one out that MicroK8s has. */
export type MicroK8sLaunchSettings = {
  readonly [K in MicroK8sArgumentKey | Exclude<MicroK8sEnvironmentKey, 'extraCNIEnv'>]?: Readonly<
    Record<string, string | null>
  >;
} & {
  /** Files in `args`, by name, such as one that an argument names. */
  readonly extraConfigFiles?: Readonly<Record<string, string>>;
};

export interface MicroK8sDeviceClass extends NodeDeviceClass {
  /** Memory that is fitted. @default - unknown: whether the snap's guard lets it start is not checked */
  readonly memoryMiB?: number;
}

/** What was locked, by the store's names for the architectures. */
export interface MicroK8sArtifacts {
  /** In the order in which they are installed, MicroK8s last. @default - none: from the store alone */
  readonly snaps?: Readonly<Partial<Record<'amd64' | 'arm64', readonly LockedSnap[]>>>;
  /** An archive (`.tar`) of images that containerd loads when it starts. @default - images are pulled */
  readonly images?: Readonly<Partial<Record<'amd64' | 'arm64', LockedImages>>>;
  /** Day on which the snaps were locked, `2026-11-24`: a clock before it is wrong. */
  readonly lockedOn: string;
}

/** A snap and the assertions that snapd wants to see of it, as `snap download` writes both: `microk8s_7890.snap` and `microk8s_7890.assert`. */
export interface LockedSnap {
  /** `snapd`, `core22`, `microk8s` */
  readonly name: string;
  readonly revision: number;
  readonly snapSha256: string;
  readonly assertSha256: string;
}

export interface LockedImages {
  /** Such as `microk8s-images-arm64.tar`. */
  readonly file: string;
  readonly sha256: string;
}

/** `online`: from the store. `mirror`: files from a server of the fleet's own, where `baseUrl` is the folder of the channel. `preloaded`: files from a medium. */
export type MicroK8sInstall =
  | { readonly mode: 'online'; readonly mediumLabel?: string }
  | { readonly mode: 'mirror'; readonly baseUrl: string; readonly mediumLabel?: string }
  | { readonly mode: 'preloaded'; readonly mediumLabel?: string };

/** A node of the site, with the labels that its device class gives. */
export interface MicroK8sLabelled {
  readonly node: string;
  readonly labels: Readonly<Record<string, string>>;
}
