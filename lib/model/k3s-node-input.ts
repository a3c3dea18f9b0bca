import type { LinkModel } from './link-model';
import type { OperatingSystemModel } from './node-model';

/** All that the node trees of a K3s cluster are made of. Equal for all sites of a cohort: what a site or a node has of its own is in `K3sSiteInput`. */
export interface K3sNodeInput {
  readonly cluster: K3sClusterInput;
  readonly operatingSystem: OperatingSystemModel;
  readonly link: LinkModel;
  readonly deviceClass: NodeDeviceClass;
  readonly artifacts: K3sArtifacts;
  readonly install: NodeInstall;
  /** Mount point of a data disk that holds all of K3s; K3s does not start without it. @default - no data disk */
  readonly dataMount?: string;
  readonly secrets: K3sNodeSecrets;
  /** @default - nowhere: secrets come on a medium, or by hand */
  readonly secretsFrom?: NodeSecretSource;
}

export interface K3sClusterInput {
  /** `v1.33.5+k3s1` */
  readonly version: string;
  /** Number of servers: 1, 3, 5 or 7 with embedded etcd, any number with an external datastore. */
  readonly servers: number;
  /** Whether any node is an agent. */
  readonly agents: boolean;
  readonly datastore: 'sqlite' | 'etcd' | 'external';
  /** Packaged components that are switched off. */
  readonly disable: readonly string[];
  readonly registries: readonly RegistryMirror[];
  /** Do not ask the registry itself where a mirror has not got the image. @default false */
  readonly onlyMirrors?: boolean;
  /** @default - K3s's own, 10.42.0.0/16 */
  readonly clusterCidr?: readonly string[];
  /** @default - K3s's own, 10.43.0.0/16 */
  readonly serviceCidr?: readonly string[];
  /** @default - the tenth address of K3s's own service network, where `serviceCidr` is not set */
  readonly clusterDns?: readonly string[];
  /** @default 'cluster.local' */
  readonly clusterDomain?: string;
  /** @default 'vxlan' */
  readonly flannelBackend?: 'vxlan' | 'host-gw' | 'wireguard-native' | 'none';
  /** Names and addresses in the certificates of the servers, at all sites. */
  readonly tlsSan: readonly string[];
  /** Once on, stays on. */
  readonly secretsEncryption: boolean;
  /** All that the CIS benchmark asks of the nodes; includes `secretsEncryption`. */
  readonly hardening: boolean;
  readonly backup: NodeBackup;
}

/** A registry and where its images come from instead. */
export interface RegistryMirror {
  /** Name in image references, such as `docker.io`; `*` for all. */
  readonly registry: string;
  /** Such as `https://mirror.example:5000`, tried in order. */
  readonly endpoints: readonly string[];
  /** Pattern and replacement for the name of the image. @default - none */
  readonly rewrite?: Readonly<Record<string, string>>;
  /** Name of the secret with `user:password` for all its endpoints. @default - none */
  readonly credentials?: string;
  /** Path on the node of the certificate of its authority. @default - those of the system */
  readonly caFile?: string;
}

/**
 * `disk`: a folder on another disk than the data. `s3`: a bucket, for embedded etcd alone; `credentials` names a secret with the lines
 * AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.
 */
export type NodeBackup =
  | { readonly kind: 'none' }
  | { readonly kind: 'disk'; readonly path: string; readonly keep: number }
  | {
      readonly kind: 's3';
      readonly endpoint: string;
      readonly bucket: string;
      readonly region: string;
      /** Folder of the folders of sites. @default - the bucket's root */
      readonly folder?: string;
      readonly credentials: string;
      readonly keep: number;
    };

/** What of a device class stands on a node's disk. */
export interface NodeDeviceClass {
  readonly id: string;
  /** What its machines may run, as OCI writes it: `linux/arm64`. @default - unknown, and not compared with the binaries that are locked */
  readonly platforms?: readonly string[];
  readonly nodeLabels: Readonly<Record<string, string>>;
  /** What it boots from; SD cards and eMMC get a small journal. */
  readonly storage: 'sd' | 'emmc' | 'usb-ssd' | 'nvme' | 'ssd';
  /** Memory of Kubernetes itself, of the operating system, and the floor under which pods are evicted. */
  readonly kubeReservedMiB: number;
  readonly systemReservedMiB: number;
  readonly evictionFloorMiB: number;
  /** Free space of the disk below which pods are evicted and images removed, in percent. @default 5 */
  readonly diskFloorPercent?: number;
}

/** What was locked: checksums, by the names that K3s's releases use for the architectures. */
export interface K3sArtifacts {
  readonly binarySha256: Readonly<Partial<Record<'amd64' | 'arm64' | 'arm', string>>>;
  /** @default - images are pulled */
  readonly imagesSha256?: Readonly<Partial<Record<'amd64' | 'arm64' | 'arm', string>>>;
  /** Day on which the release was locked, `2026-11-24`: a clock before it is wrong. */
  readonly lockedOn: string;
}

/** Where binary and images come from. `baseUrl` is the folder of the release, version included, without a slash at its end. */
export type NodeInstall =
  | { readonly mode: 'online' | 'mirror'; readonly baseUrl: string; readonly mediumLabel?: string }
  | { readonly mode: 'preloaded'; readonly mediumLabel?: string };

/** Names of files in `/etc/edgecdk/secrets`. */
export interface K3sNodeSecrets {
  /** Servers join with it. @default - K3s makes it: for a single server without agents alone */
  readonly token?: string;
  /** Agents join with it. @default - none, where there are no agents */
  readonly agentToken?: string;
  /** A line K3S_DATASTORE_ENDPOINT. @default - none, but for an external datastore */
  readonly datastore?: string;
  /** A folder with the cluster's own certificate authorities. @default - K3s makes its own */
  readonly certificateAuthority?: string;
}

/** Where secrets come from that are not on the machine yet. What came on a medium, or by hand, is never asked for. */
export type NodeSecretSource =
  | { readonly kind: 'medium' }
  /** `{name}` in an argument stands for the secret's name; where none has it, the name comes last. */
  | { readonly kind: 'command'; readonly argv: readonly string[]; readonly seconds: number }
  | { readonly kind: 'systemd-credentials' };

/** What the nodes of one site share and those of another have otherwise. */
export interface K3sSiteInput {
  readonly name: string;
  /** How many clusters the site had before: a node counts its generation from there. @default 0 */
  readonly clusterGeneration?: number;
  /** Host of the fixed registration address. @default - that of the server of rank 0 */
  readonly registrationHost?: string;
  /** Names and addresses in the servers' certificates, beside the cluster's. */
  readonly tlsSan: readonly string[];
  /** @default - those of the operating system */
  readonly ntpServers?: readonly string[];
  /** `Europe/Berlin` */
  readonly timeZone: string;
  /** When K3s or a machine may be restarted, in the site's time: `04:30`. @default '04:30' */
  readonly quietHour?: string;
}
