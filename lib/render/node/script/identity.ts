import { printLines } from './settings';

/** What makes a node itself, as far as `apply.sh` must know. Printed as `/etc/edgecdk/identity.env`. */
export interface NodeIdentity {
  readonly nodeName: string;
  /** @default - none: the node's address is not fixed */
  readonly nodeIp?: string;
  /** Order of a server among those of its cluster; 0 may begin the cluster. @default - none, for agents */
  readonly rank?: number;
  /** How many machines had this slot before; above 0, a server of several only ever joins. @default 0 */
  readonly generation?: number;
  /** Fixed registration address, such as `https://k3s.store-0412.example:6443`. @default - none, for a single node */
  readonly serverUrl?: string;
  /** Addresses of the other servers, in the form of `serverUrl`, and never the node's own. @default - none */
  readonly peers?: readonly string[];
}

/** Names that `apply.sh` reads from `identity.env`; other names are for other readers. */
export const IDENTITY_NAMES = ['NODE_NAME', 'NODE_IP', 'RANK', 'GENERATION', 'SERVER_URL', 'PEERS'] as const;

/** The file `identity.env`: lines of NAME=value. `more` are named values for other files, by name. */
export function printIdentity(identity: NodeIdentity, more: Readonly<Record<string, string>> = {}): string {
  const values: Readonly<Record<(typeof IDENTITY_NAMES)[number], string | undefined>> = {
    NODE_NAME: identity.nodeName,
    NODE_IP: identity.nodeIp,
    RANK: identity.rank?.toString(),
    GENERATION: String(identity.generation ?? 0),
    SERVER_URL: identity.serverUrl,
    PEERS: identity.peers?.join(' '),
  };
  return printLines([...Object.entries(values), ...Object.entries(more).sort(([a], [b]) => (a < b ? -1 : 1))]);
}
