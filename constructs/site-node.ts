import type { Platform } from '../lib/model/platform';
import type { DeviceClass } from './device-class';

/** What is known of one machine of a hand-written site. In an inventory each member is a column, beside `site`. */
export interface SiteNode<P extends Platform = Platform> {
  /** Place in the site, as the blueprint's counts make them: `till-3`, the third node of the class `till`. Any other is an error at synth. */
  readonly slot: string;
  /** Another kind of machine than the blueprint has there; the slot keeps its name. @default - the blueprint's */
  readonly deviceClass?: DeviceClass<P>;
  /** As many nodes must be servers as the blueprint counts. @default - the blueprint's */
  readonly role?: 'server' | 'agent';
  /** Serial number as the machine tells it; unique in the fleet. @default - unknown */
  readonly serial?: string;
  /** Of the network interface that it is configured on; unique in the fleet. @default - unknown */
  readonly mac?: string;
  /**
   * `10.1.2.3/24` is configured on the node. `10.1.2.3` is what DHCP always gives it. Unique in the site; one that is not private (RFC 1918, 4193, 6598)
   * is unique in its inventory. Each of several servers needs one. @default - the blueprint's `nodeAddress` if that is an IP address, else whatever DHCP gives
   */
  readonly address?: string;
  /** Router in the network of a static address. @default - none */
  readonly gateway?: string;
  /** Name servers of a static address. In a cell of an inventory there are spaces between them. @default - none */
  readonly dns?: readonly string[];
  /** Network interface that it is configured on, such as `eth0`. @default - by MAC, or the first that has a link */
  readonly nic?: string;
  /**
   * Device of a data disk, which is mounted at the `dataMount` of the device class: best a name that stays, such as `/dev/disk/by-id/nvme-...`, since that
   * of `/dev/nvme0n1` may be another disk's at the next start. An image that takes a seed makes an ext4 file system on it where it is empty, and keeps
   * one that is there, as that of a machine that is replaced; it is mounted by its label, `edgecdk-data`. For other images somebody does both, as the sheet
   * says. A site with such a machine has no kit for all: make one for each (`edgecdk export --node`). @default - none
   */
  readonly disk?: string;
  /** How many machines had this slot before; above 0 it is in the name of the node: `store-1-till-3-g1`. @default 0 */
  readonly generation?: number;
}
