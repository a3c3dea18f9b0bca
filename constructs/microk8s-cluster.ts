import type { MicroK8sChannel } from '../lib/catalog/microk8s';
import { MICROK8S } from '../lib/distributions/microk8s/microk8s';
import type { MicroK8sClusterModel, MicroK8sNodesModel } from '../lib/model/microk8s-cluster-model';
import type { MicroK8sLaunchSettings } from '../lib/model/microk8s-node-input';
import type { Platform } from '../lib/model/platform';
import { type Cluster, clusterOf, nodeCounts } from './cluster';
import type { NodeCount } from './device-class';
import { model, types } from './internal';
import { addonInputs, type MicroK8sAddons } from './microk8s-addons';
import { type NodeProps, nodesModel } from './node-props';

/** What every description of a MicroK8s cluster says. */
export interface MicroK8sClusterBase<P extends Platform> {
  /**
   * Track and risk: `1.33/stable`, or `1.33-strict/stable` for the strict snap. Machines never leave it by themselves. Another one moves them, one at a
   * time and over one minor at the most; a change between classic and strict is refused where machines run.
   */
  readonly channel: MicroK8sChannel;
  /**
   * Nodes that run the API server and its database, dqlite: one, or three or five, which take over from each other by themselves. Each of several needs
   * an address that stays.
   */
  readonly controlPlane: NodeCount<P, 1 | 3 | 5>;
  /** Nodes that only run workloads. They and the control plane need addresses that stay. @default - none */
  readonly workers?: NodeCount<P> | readonly NodeCount<P>[];
  /** What workloads find in the cluster: DNS alone, where nothing is said; no ingress controller, no load balancer, no storage class. @default - DNS alone */
  readonly addons?: MicroK8sAddons;
}

export interface MicroK8sClusterProps<P extends Platform> extends MicroK8sClusterBase<P>, NodeProps {
  /** Settings of MicroK8s's own services. @default - as MicroK8s has them */
  readonly launch?: MicroK8sLaunchProps;
  /** Networks of pods and services cannot be changed while the cluster lives. @default - as MicroK8s has it */
  readonly network?: MicroK8sNetwork;
  /** Further names and addresses in the servers' certificates; may hold site values. @default - none */
  readonly tlsSans?: readonly string[];
  /** Name of the secret that nodes join with: a file in `/etc/edgecdk/secrets` with one line of 32 hexadecimal digits or more. @default 'microk8s-token' */
  readonly token?: string;
}

/** An argument of a service with its dashes, and its value; null takes out one that MicroK8s has. Lists that MicroK8s has are merged with what is said. */
export type MicroK8sArguments = Readonly<Record<`--${string}`, string | null>>;

/** Variables of a service; null takes one out. */
export type MicroK8sEnvironment = Readonly<Record<string, string | null>>;

/**
 * What MicroK8s's launch configuration takes. An argument that MicroK8s must have as it is, or that another property says, is an error at synth.
 *
 * @see https://canonical.com/microk8s/docs/ref-launch-config
 */
export interface MicroK8sLaunchProps {
  /** @default - as MicroK8s has them */
  readonly kubelet?: MicroK8sArguments;
  /** @default - as MicroK8s has them */
  readonly apiServer?: MicroK8sArguments;
  /** @default - as MicroK8s has them */
  readonly proxy?: MicroK8sArguments;
  /** @default - as MicroK8s has them */
  readonly controllerManager?: MicroK8sArguments;
  /** @default - as MicroK8s has them */
  readonly scheduler?: MicroK8sArguments;
  /** @default - as MicroK8s has them */
  readonly dqlite?: MicroK8sArguments;
  /** @default - as MicroK8s has them */
  readonly containerd?: MicroK8sArguments;
  /** Variables of containerd, such as those of a proxy. Credentials in them are an error at synth. @default - none */
  readonly containerdEnvironment?: MicroK8sEnvironment;
  /** Files for arguments to name, as `${SNAP_DATA}/args/<name>`: text by name. @default - none */
  readonly files?: Readonly<Record<string, string>>;
}

export interface MicroK8sNetwork {
  /** Network of the pods. @default '10.1.0.0/16' */
  readonly clusterCidr?: string;
  /** Network of the services. @default '10.152.183.0/24' */
  readonly serviceCidr?: string;
  /** Address of the cluster's DNS, in the network of the services. Must be said where that is not MicroK8s's own. @default '10.152.183.10' */
  readonly clusterDns?: string;
  /** @default 'cluster.local' */
  readonly clusterDomain?: string;
  /** Largest packet between pods. @default - as Calico finds it */
  readonly vethMtu?: number;
}

/**
 * MicroK8s, once at each site. A description, not a construct: there are as many clusters as sites.
 *
 * @example
 * const cluster = new MicroK8sCluster({ channel: '1.33/stable', controlPlane: box.count(3), addons: { rbac: true } });
 */
export class MicroK8sCluster<P extends Platform = Platform> implements Cluster<P> {
  /** A cluster that EdgeCDK did not set up and whose machines it leaves alone: workloads only. Its addons are those that somebody has enabled. */
  static existing<P extends Platform>(props: MicroK8sClusterBase<P>): Cluster<P> {
    return clusterOf(clusterModel(props));
  }

  readonly distribution = 'microk8s';
  declare readonly [types]: { readonly platform: P };
  readonly [model]: MicroK8sClusterModel;

  constructor(props: MicroK8sClusterProps<P>) {
    this[model] = { ...clusterModel(props), machines: machinesModel(props) };
  }
}

function clusterModel(props: MicroK8sClusterBase<Platform>): MicroK8sClusterModel {
  return {
    distribution: MICROK8S,
    version: props.channel,
    nodes: nodeCounts(props.controlPlane, props.workers),
    addons: addonInputs(props.addons),
  };
}

function machinesModel(props: MicroK8sClusterProps<Platform>): MicroK8sNodesModel {
  return {
    ...nodesModel(props),
    launch: launchSettings(props.launch),
    network: { ...props.network },
    tlsSans: [...(props.tlsSans ?? [])],
    token: props.token ?? 'microk8s-token',
  };
}

function launchSettings(launch: MicroK8sLaunchProps = {}): MicroK8sLaunchSettings {
  const settings: Record<string, Readonly<Record<string, string | null>> | undefined> = {
    extraKubeletArgs: launch.kubelet,
    extraKubeAPIServerArgs: launch.apiServer,
    extraKubeProxyArgs: launch.proxy,
    extraKubeControllerManagerArgs: launch.controllerManager,
    extraKubeSchedulerArgs: launch.scheduler,
    extraDqliteArgs: launch.dqlite,
    extraContainerdArgs: launch.containerd,
    extraContainerdEnv: launch.containerdEnvironment,
    extraConfigFiles: launch.files,
  };
  const said = Object.entries(settings).filter(([, value]) => value !== undefined);
  return Object.fromEntries(said.map(([key, value]) => [key, { ...value }]));
}
