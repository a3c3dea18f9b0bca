import type { NodeRecord } from './node-model';

/** The IP address that a machine keeps, if anybody promises one. */
export function addressOf(node: NodeRecord): string | undefined {
  return node.address.kind === 'dynamic' ? undefined : node.address.ip;
}
