import type { LinkModel } from './link-model';
import type { OperatingSystemModel } from './node-model';

/** What the inputs of all node trees have, whichever distribution. */
export interface NodeInput {
  readonly cluster: NodeClusterInput;
  readonly operatingSystem: OperatingSystemModel;
  readonly link: LinkModel;
  readonly deviceClass: NodeDeviceClass;
  readonly install: NodeInstall | { readonly mode: 'online'; readonly mediumLabel?: string };
  /** Mount point of a data disk. @default - no data disk */
  readonly dataMount?: string;
  /** @default - nowhere: secrets come on a medium, or by hand */
  readonly secretsFrom?: NodeSecretSource;
}

export interface NodeClusterInput {
  readonly registries: readonly RegistryMirror[];
  /** Number of nodes with a control plane. @default - it is elsewhere */
  readonly servers?: number;
  /** What they keep their state in; a cluster that lives keeps it. @default - its control plane is elsewhere */
  readonly datastore?: string;
}

/** A registry and where its images come from instead. */
export interface RegistryMirror {
  /** Name in image references, such as `docker.io`; `*` for all. */
  readonly registry: string;
  /** Such as `https://mirror.example:5000`, tried in order. None where images of this registry are only shared between nodes, and where they are a site's own. */
  readonly endpoints: readonly string[];
  /** They hold site values: each site has its own, `NodeSiteInput.registries`. @default false */
  readonly perSite?: boolean;
  /** Pattern and replacement for the name of the image. @default - none */
  readonly rewrite?: Readonly<Record<string, string>>;
  /** Name of the secret with `user:password` for all its endpoints. @default - none */
  readonly credentials?: string;
  /** Path on the node of the certificate of its authority. @default - those of the system */
  readonly caFile?: string;
}

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

/** Where binary and images come from. `baseUrl` is the folder of the release, version included, without a slash at its end. */
export type NodeInstall =
  | { readonly mode: 'online' | 'mirror'; readonly baseUrl: string; readonly mediumLabel?: string }
  | { readonly mode: 'preloaded'; readonly mediumLabel?: string };

/** Where secrets come from that are not on the machine yet. What came on a medium, or by hand, is never asked for. */
export type NodeSecretSource =
  | { readonly kind: 'medium' }
  /** `{name}` in an argument stands for the secret's name; where none has it, the name comes last. */
  | { readonly kind: 'command'; readonly argv: readonly string[]; readonly seconds: number }
  | { readonly kind: 'systemd-credentials' };
