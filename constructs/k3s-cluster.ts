import type { K3sDisableable } from '../lib/catalog/k3s';
import { K3S } from '../lib/distributions/k3s/k3s';
import type { K3sClusterModel, K3sNodesModel } from '../lib/model/k3s-cluster-model';
import type { Platform } from '../lib/model/platform';
import { type Cluster, clusterOf, nodeCounts } from './cluster';
import type { NodeCount } from './device-class';
import { model, types } from './internal';
import type { K3sBackup } from './k3s-backup';
import type { K3sDatastore } from './k3s-datastore';
import { type NodeProps, nodesModel } from './node-props';
import type { RegistrationAddress } from './registration-address';

/** A release of K3s by its full name: `v1.33.5+k3s1`. @see https://github.com/k3s-io/k3s/releases */
export type K3sVersion = `v${number}.${number}.${number}+k3s${number}`;

/** Of a cluster that moves from one release to a later one: of the same minor or the next, any other is an error at synth. */
export interface K3sMove {
  /** What nodes have now, and what new ones are set up with until the move is over. */
  readonly from: K3sVersion;
  readonly to: K3sVersion;
}

/** What every description of a K3s cluster says. */
export interface K3sClusterBase<P extends Platform> {
  /** The release that all nodes run, of a Kubernetes minor that EdgeCDK knows; any other is an error at synth. While it moves: `{ from, to }`. */
  readonly version: K3sVersion | K3sMove;
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

export interface K3sClusterProps<P extends Platform> extends K3sClusterBase<P>, NodeProps {
  /** @default - SQLite for one server, embedded etcd for more */
  readonly datastore?: K3sDatastore;
  /** @default - the address of the first server, which must not change then */
  readonly registrationAddress?: RegistrationAddress;
  /** Further names and addresses in the servers' certificates; may hold site values. @default - none */
  readonly tlsSans?: readonly string[];
  /**
   * Nodes have images from each other before they ask mirrors and registries: of all registries, or with `onlyMirrors` of those in `registries` alone, where
   * `endpoints: []` is fine then. All nodes must trust each other: a tag that one has with other content reaches all, and `latest` is not shared. An error at
   * synth with another runtime than K3s's own containerd, and before v1.29.12, v1.30.8 and v1.31.4; on a single node a warning. @default false
   * @see https://docs.k3s.io/installation/registry-mirror
   */
  readonly embeddedRegistry?: boolean;
  /** What cannot be changed while the cluster lives. @default - as K3s has it */
  readonly network?: K3sNetwork;
  /** Secrets of Kubernetes are encrypted in the datastore. Once on, it stays on. @default false, true with `hardening` */
  readonly secretsEncryption?: boolean;
  /** All that the CIS benchmark asks of nodes and servers. @default false @see https://docs.k3s.io/security/hardening-guide */
  readonly hardening?: boolean;
  /**
   * Keys of `config.yaml` that EdgeCDK does not know, passed on unchecked: a misspelt one is skipped by K3s. One that it knows is an error at synth.
   * @default - none
   */
  readonly unchecked?: Readonly<Record<string, unknown>>;
  /** @default - no copies: a single server that dies takes the cluster's state with it */
  readonly backup?: K3sBackup;
  /** Secrets by which nodes join. A single server without agents needs none. @default - `k3s-token` and `k3s-agent-token` */
  readonly tokens?: K3sTokens;
  /**
   * Authorities of the cluster's own, in place of those that the first server makes: with them, a single server that is set up anew is trusted by the
   * agents that it had. Only a cluster that begins takes them: on machines that run, the change is refused. @default - K3s makes its own
   */
  readonly certificateAuthority?: K3sCertificateAuthority;
  /**
   * When nodes may move to another release, in the site's time. @default - three hours from `quietHour` on, every day; until 06:00 where `quietHour` holds
   * a site value, and a site whose quiet hour is after 05:00 is an error at synth then
   */
  readonly upgradeWindow?: UpgradeWindow;
}

/** Names of files in `/etc/edgecdk/secrets`, of one line each. */
export interface K3sTokens {
  /** What servers join with. @default 'k3s-token' */
  readonly server?: string;
  /** What agents join with; never the servers'. @default 'k3s-agent-token' */
  readonly agent?: string;
}

/**
 * A folder of certificates and keys, of one cluster alone: who has a certificate of one of several with the same authority is trusted by all.
 *
 * @see https://docs.k3s.io/cli/certificate#using-custom-ca-certificates, and contrib/util/generate-custom-ca-certs.sh of K3s, which makes it
 */
export interface K3sCertificateAuthority {
  /**
   * Name of the secret: the folder `/etc/edgecdk/secrets/<name>` of each server, with `server-ca.crt`, `server-ca.key`, `client-ca.crt`,
   * `client-ca.key`, `request-header-ca.crt`, `request-header-ca.key`, `service.key`, `etcd/server-ca.crt`, `etcd/server-ca.key`, `etcd/peer-ca.crt`
   * and `etcd/peer-ca.key`.
   */
  readonly secret: string;
}

export interface K3sNetwork {
  /** Networks of the pods, such as `10.42.0.0/16`. @default - 10.42.0.0/16 */
  readonly clusterCidr?: readonly string[];
  /** Networks of the services. @default - 10.43.0.0/16 */
  readonly serviceCidr?: readonly string[];
  /** Addresses of the cluster's DNS, in the network of the services. @default - its tenth address */
  readonly clusterDns?: readonly string[];
  /** @default 'cluster.local' */
  readonly clusterDomain?: string;
  /** How pods of two nodes reach each other; `none` for a network plug-in of your own. @default 'vxlan' */
  readonly flannelBackend?: 'vxlan' | 'host-gw' | 'wireguard-native' | 'none';
}

export interface UpgradeWindow {
  /** @default - every day */
  readonly days?: readonly Weekday[];
  /** `02:00` */
  readonly from: string;
  /** `04:00` */
  readonly to: string;
}

export type Weekday = 'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday';

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
  /** A cluster that EdgeCDK did not set up and whose machines it leaves alone: workloads only. */
  static existing<P extends Platform>(props: K3sClusterBase<P>): Cluster<P> {
    return clusterOf(clusterModel(props));
  }

  readonly distribution = 'k3s';
  declare readonly [types]: { readonly platform: P };
  readonly [model]: K3sClusterModel;

  constructor(props: K3sClusterProps<P>) {
    this[model] = { ...clusterModel(props), machines: machinesModel(props) };
  }
}

function clusterModel(props: K3sClusterBase<Platform>): K3sClusterModel {
  const { version } = props;
  return {
    distribution: K3S,
    ...(typeof version === 'object' ? { version: version.from, movesTo: version.to } : { version }),
    nodes: nodeCounts(props.servers, props.agents),
    disable: [...(props.disable ?? [])],
    packagedValues: { ...(props.packagedValues as K3sClusterModel['packagedValues']) },
  };
}

function machinesModel(props: K3sClusterProps<Platform>): K3sNodesModel {
  const { network, tokens } = props;
  return {
    ...nodesModel(props),
    datastore: props.datastore?.[model],
    registration: props.registrationAddress?.[model],
    tlsSans: [...(props.tlsSans ?? [])],
    network: { ...network },
    embeddedRegistry: props.embeddedRegistry ?? false,
    secretsEncryption: props.secretsEncryption ?? false,
    hardening: props.hardening ?? false,
    unchecked: { ...props.unchecked },
    backup: props.backup?.[model] ?? { kind: 'none' },
    tokens: { server: tokens?.server ?? 'k3s-token', agent: tokens?.agent ?? 'k3s-agent-token' },
    certificateAuthority: props.certificateAuthority?.secret,
    upgradeWindow: props.upgradeWindow,
  };
}
