import type { ClusterModel } from './distribution';
import type { NodeBackup } from './k3s-node-input';
import type { NodesModel } from './nodes-model';

/** A cluster of K3s, as a program says it. */
export interface K3sClusterModel extends ClusterModel {
  /** Packaged components that are switched off. */
  readonly disable: readonly string[];
  /** Values for packaged components that are Helm charts, by chart. May hold tokens. */
  readonly packagedValues: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly machines?: K3sNodesModel;
}

/** What K3s's own nodes are made with. */
export interface K3sNodesModel extends NodesModel {
  /** @default - SQLite for one server, embedded etcd for more */
  readonly datastore?: { readonly kind: 'etcd' } | { readonly kind: 'external'; readonly secret: string };
  readonly network: {
    readonly clusterCidr?: readonly string[];
    readonly serviceCidr?: readonly string[];
    readonly clusterDns?: readonly string[];
    readonly clusterDomain?: string;
    readonly flannelBackend?: 'vxlan' | 'host-gw' | 'wireguard-native' | 'none';
  };
  /** Nodes have images from each other. @default false */
  readonly embeddedRegistry?: boolean;
  readonly secretsEncryption: boolean;
  readonly hardening: boolean;
  readonly backup: NodeBackup;
  /** Keys of `config.yaml` that EdgeCDK does not know. */
  readonly unchecked: Readonly<Record<string, unknown>>;
  /** Names of secrets. */
  readonly tokens: { readonly server: string; readonly agent: string };
  /** Name of a secret that is a folder. @default - K3s makes its own */
  readonly certificateAuthority?: string;
  /** When nodes may move to another release. @default - three hours from the quiet hour on, every day */
  readonly upgradeWindow?: UpgradeWindowModel;
}

/** When nodes may move to another release of K3s, in the site's time. */
export interface UpgradeWindowModel {
  /** @default - every day */
  readonly days?: readonly string[];
  /** `02:00` */
  readonly from: string;
  readonly to: string;
}
