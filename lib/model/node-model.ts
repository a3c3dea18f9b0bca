/** One machine of a site: where it is in its cluster, and what tells it from all others. The result of resolve, for every node. */
export interface NodeRecord {
  /** `<site>-<slot>`, with `-g<generation>` once that is above 0: a replacement never has the name of what it replaces. */
  readonly name: string;
  readonly site: string;
  /** Place in the site, a DNS label: `box-1`, `till-3`. A replacement takes the same slot. */
  readonly slot: string;
  /** Path of the device class. */
  readonly deviceClass: string;
  readonly role: 'server' | 'agent';
  /** Order among the servers, from 0; undefined for agents. Only rank 0 of the cluster's first generation may begin it. */
  readonly rank?: number;
  /** How many machines had this slot before; that of the site's cluster at the least. */
  readonly generation: number;
  readonly serial?: string;
  /** Lower case with colons. */
  readonly mac?: string;
  readonly address: NodeAddress;
  /** Name or address by which other nodes reach it. @default - its IP address, if it has one */
  readonly host?: string;
  /** Network interface that it is configured on. @default - by MAC, or the first that has a link */
  readonly nic?: string;
  /** Device of a data disk, such as `/dev/nvme0n1`. @default - none */
  readonly disk?: string;
  /** Name of its node tree. @default - its device class has no operating system, or its cluster is not ours */
  readonly tree?: string;
  /** `nodes.csv:12`. @default - made from the blueprint's counts */
  readonly source?: string;
}

/**
 * `static`: we configure it. `reserved`: DHCP always gives it this address. `dynamic`: nobody promises anything.
 * Addresses are IPv4 or IPv6 in their shortest writing; `prefix` is the length of the network.
 */
export type NodeAddress =
  | {
      readonly kind: 'static';
      readonly ip: string;
      readonly prefix: number;
      readonly gateway?: string;
      readonly dns: readonly string[];
    }
  | { readonly kind: 'reserved'; readonly ip: string }
  | { readonly kind: 'dynamic' };

/**
 * Where an image looks for its seed at the first start. `cidata`: at the root of any medium with the label CIDATA. `boot-partition`: on its own boot
 * partition alone, onto which it is copied once the image is written. `none`: nowhere; somebody logs in and runs `begin.sh`.
 */
export type SeedMedium = 'cidata' | 'boot-partition' | 'none';

/** What is known of an operating system, as far as files for its nodes depend on it. */
export interface OperatingSystemModel {
  /** `ubuntu-24.04`, `raspios-trixie` ... */
  readonly name: string;
  /** Files that may hold the kernel arguments as a single line, the usual one first; empty where another mechanism sets them. */
  readonly cmdlinePaths: readonly string[];
  /** Arguments that it starts without and K3s needs, such as `cgroup_memory=1`. */
  readonly kernelArguments: readonly string[];
  /** Whether its stock image has cloud-init. That alone does not say that it reads a medium. */
  readonly cloudInit: boolean;
  readonly seedMedium: SeedMedium;
  readonly networkRenderer: 'netplan' | 'network-manager' | 'networkd' | 'none';
  readonly selinux: boolean;
  readonly firewall: 'ufw' | 'firewalld' | 'none';
  /** Packages that K3s needs and its image lacks. */
  readonly missingPackages: readonly string[];
  /** Whether its image has snapd, with which MicroK8s is installed. */
  readonly snapd: boolean;
  readonly timeSync: 'systemd-timesyncd' | 'chrony' | 'none';
  /** Name of the document of each fact, by member name. */
  readonly sources: Readonly<Record<string, string>>;
}
