import { sorted } from '../../../model/digest';
import type { NodeRecord } from '../../../model/node-model';
import { yamlText } from '../yaml-text';

/**
 * Network configuration, version 2, of the nodes that have a fixed address which we configure; undefined where DHCP does all. For one node, or for all of
 * a site, of which each machine finds its own by MAC address.
 */
export function networkConfig(nodes: readonly NodeRecord[]): string | undefined {
  const entries = sorted(nodes, ({ slot }) => slot).flatMap(entryOf);
  if (!nodes.some(({ address }) => address.kind === 'static')) return undefined;
  return yamlText({ version: 2, ethernets: Object.fromEntries(entries) });
}

/** Nodes with a static address and nothing that tells their network card: any card of theirs would be configured. */
export function withoutCard(nodes: readonly NodeRecord[]): NodeRecord[] {
  return nodes.filter(({ address, mac, nic }) => address.kind === 'static' && mac === undefined && nic === undefined);
}

/**
 * Whether one network configuration serves all of these. Where there is one, cloud-init asks DHCP for no card that it does not name; and a card by its
 * name would be that of each machine.
 */
export function shareNetworkConfig(nodes: readonly NodeRecord[]): boolean {
  return !nodes.some(({ address }) => address.kind === 'static') || nodes.every(({ mac }) => mac !== undefined);
}

function entryOf(node: NodeRecord): Array<[string, unknown]> {
  const { address, mac, nic } = node;
  if (mac === undefined && nic === undefined) return [];
  // The key is the name of the card, or any where the MAC address tells it.
  const key = mac === undefined ? (nic ?? '') : `edgecdk-${node.slot}`;
  const match = mac === undefined ? undefined : { macaddress: mac };
  if (address.kind !== 'static') return [[key, { match, dhcp4: true }]];
  const { ip, prefix, gateway, dns } = address;
  const everything = ip.includes(':') ? '::/0' : '0.0.0.0/0';
  return [
    [
      key,
      {
        match,
        dhcp4: false,
        dhcp6: false,
        addresses: [`${ip}/${prefix}`],
        routes: gateway === undefined ? undefined : [{ to: everything, via: gateway }],
        nameservers: dns.length === 0 ? undefined : { addresses: dns },
      },
    ],
  ];
}
