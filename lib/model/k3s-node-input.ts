import type { ContainerRuntime } from './container-runtime';
import type { NodeClusterInput, NodeInput, NodeInstall } from './node-input';

/** All that the node trees of a K3s cluster are made of. Equal for all sites of a cohort: what a site or a node has of its own is in `NodeSiteInput`. */
export interface K3sNodeInput extends NodeInput {
  readonly cluster: K3sClusterInput;
  readonly artifacts: K3sArtifacts;
  readonly install: NodeInstall;
  /** Mount point of a data disk that holds all of K3s; K3s does not start without it. @default - no data disk */
  readonly dataMount?: string;
  /** @default 'containerd' - K3s's own */
  readonly runtime?: ContainerRuntime;
  readonly secrets: K3sNodeSecrets;
}

export interface K3sClusterInput extends NodeClusterInput {
  /** `v1.33.5+k3s1` */
  readonly version: string;
  /** Number of servers: 1, 3, 5 or 7 with embedded etcd, any number with an external datastore. */
  readonly servers: number;
  /** Whether any node is an agent. */
  readonly agents: boolean;
  readonly datastore: 'sqlite' | 'etcd' | 'external';
  /** Packaged components that are switched off. */
  readonly disable: readonly string[];
  /** Do not ask the registry itself where a mirror has not got the image. @default false */
  readonly onlyMirrors?: boolean;
  /** Nodes have images from each other. @default false */
  readonly embeddedRegistry?: boolean;
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
  /** Keys of `config.yaml` that EdgeCDK does not know, with their values. @default - none */
  readonly unchecked?: Readonly<Record<string, unknown>>;
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

/** What was locked: checksums, by the names that K3s's releases use for the architectures. */
export interface K3sArtifacts {
  readonly binarySha256: Readonly<Partial<Record<'amd64' | 'arm64' | 'arm', string>>>;
  /** @default - images are pulled */
  readonly imagesSha256?: Readonly<Partial<Record<'amd64' | 'arm64' | 'arm', string>>>;
  /** Day on which the release was locked, `2026-11-24`: a clock before it is wrong. */
  readonly lockedOn: string;
}

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
