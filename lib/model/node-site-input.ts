import type { RegistryMirror } from './node-input';

/** What the nodes of one site share and those of another have otherwise. */
export interface NodeSiteInput {
  readonly name: string;
  /** Id of its site group; its own name where it stands alone. @default - it has a cluster of its own, where nobody asks */
  readonly group?: string;
  /** How many clusters the site had before: a node counts its generation from there. @default 0 */
  readonly clusterGeneration?: number;
  /** Host of the fixed registration address. @default - that of the server of rank 0 */
  readonly registrationHost?: string;
  /** Names and addresses in the servers' certificates, beside the cluster's. */
  readonly tlsSan: readonly string[];
  /** @default - those of the operating system */
  readonly ntpServers?: readonly string[];
  /** Mirrors of which an address holds a site value, with the site's own. @default - none: all are those of the tree */
  readonly registries?: readonly RegistryMirror[];
  /** `Europe/Berlin` */
  readonly timeZone: string;
  /** When the distribution or a machine may be restarted, in the site's time: `04:30`. @default '04:30' */
  readonly quietHour?: string;
}
