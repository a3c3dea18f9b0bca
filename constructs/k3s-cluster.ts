import type { K3sDisableable } from '../lib/catalog/k3s';
import type { ClusterModel, NodeCountModel } from '../lib/model/fleet-model';
import type { Platform } from '../lib/model/platform';
import type { Cluster } from './cluster';
import type { NodeCount } from './device-class';
import { model, types } from './internal';

/** A release of K3s by its full name: `v1.33.5+k3s1`. @see https://github.com/k3s-io/k3s/releases */
export type K3sVersion = `v${number}.${number}.${number}+k3s${number}`;

export interface K3sClusterProps<P extends Platform> {
  /** The release that all nodes run, of a Kubernetes minor that EdgeCDK knows; any other is an error at synth. */
  readonly version: K3sVersion;
  /** One server with SQLite, or three or five with embedded etcd. */
  readonly servers: NodeCount<P, 1 | 3 | 5>;
  /** Nodes that only run workloads. @default - none */
  readonly agents?: NodeCount<P> | readonly NodeCount<P>[];
  /** Packaged components that K3s leaves out, and removes where it had them. @default - none */
  readonly disable?: readonly K3sDisableable[];
  /**
   * Values for packaged components that are Helm charts: a HelmChartConfig each. May hold site values. @default - none
   * @see https://docs.k3s.io/helm#customizing-packaged-components-with-helmchartconfig
   */
  readonly packagedValues?: PackagedValues;
}

/** Values by packaged chart. */
export interface PackagedValues {
  /** @default - as K3s brings it */
  readonly traefik?: Readonly<Record<string, unknown>>;
}

/**
 * K3s, once at each site. A description, not a construct: there are as many clusters as sites.
 *
 * @example
 * const cluster = new K3sCluster({ version: 'v1.33.5+k3s1', servers: box.count(1), agents: till.count(4) });
 */
export class K3sCluster<P extends Platform = Platform> implements Cluster<P> {
  readonly distribution = 'k3s';
  declare readonly [types]: { readonly platform: P };
  readonly [model]: ClusterModel;

  constructor(props: K3sClusterProps<P>) {
    const agents = props.agents === undefined ? [] : isList(props.agents) ? props.agents : [props.agents];
    this[model] = {
      distribution: 'k3s',
      version: props.version,
      nodes: [withRole(props.servers, 'server'), ...agents.map((agent) => withRole(agent, 'agent'))],
      disable: [...(props.disable ?? [])],
      packagedValues: { ...(props.packagedValues as ClusterModel['packagedValues']) },
    };
  }
}

function isList<T>(value: T | readonly T[]): value is readonly T[] {
  return Array.isArray(value);
}

function withRole(count: NodeCount, role: NodeCountModel['role']): NodeCountModel {
  return { ...count[model], role };
}
