import type { NodeBackup, NodeSecretSource, RegistryMirror } from './k3s-node-input';
import type { NodeAccess } from './seed-input';

/** What K3s's own nodes are made with, as a program says it. Addresses, time servers and the quiet hour may hold tokens; all else is equal at all sites. */
export interface K3sNodesModel {
  /** @default - SQLite for one server, embedded etcd for more */
  readonly datastore?: { readonly kind: 'etcd' } | { readonly kind: 'external'; readonly secret: string };
  readonly registration?: RegistrationModel;
  readonly tlsSans: readonly string[];
  readonly network: {
    readonly clusterCidr?: readonly string[];
    readonly serviceCidr?: readonly string[];
    readonly clusterDns?: readonly string[];
    readonly clusterDomain?: string;
    readonly flannelBackend?: 'vxlan' | 'host-gw' | 'wireguard-native' | 'none';
  };
  readonly registries: readonly RegistryMirror[];
  readonly onlyMirrors: boolean;
  readonly secretsEncryption: boolean;
  readonly hardening: boolean;
  readonly backup: NodeBackup;
  readonly install: InstallModel;
  /** Names of secrets. */
  readonly tokens: { readonly server: string; readonly agent: string };
  /** Name of a secret that is a folder. @default - K3s makes its own */
  readonly certificateAuthority?: string;
  readonly secretsFrom: NodeSecretSource;
  readonly access: NodeAccess;
  /** @default - those of the operating system */
  readonly ntpServers?: readonly string[];
  /** `04:30` in the site's time. @default '04:30' */
  readonly quietHour?: string;
  /** When nodes may move to another release. @default - three hours from the quiet hour on, every day */
  readonly upgradeWindow?: UpgradeWindowModel;
}

/** Where nodes find the servers of their site. @default - the server of rank 0 */
export type RegistrationModel =
  | { readonly kind: 'host'; readonly host: string }
  | { readonly kind: 'virtual-ip'; readonly address: string; readonly nic?: string };

/** `base` is the folder of K3s's releases, without the version. */
export interface InstallModel {
  readonly mode: 'online' | 'mirror' | 'preloaded';
  readonly base?: string;
  readonly mediumLabel?: string;
}

/** When nodes may move to another release of K3s, in the site's time. */
export interface UpgradeWindowModel {
  /** @default - every day */
  readonly days?: readonly string[];
  /** `02:00` */
  readonly from: string;
  readonly to: string;
}
