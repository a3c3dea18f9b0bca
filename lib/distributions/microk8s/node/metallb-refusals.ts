import { MICROK8S_NETWORK_DEFAULTS } from '../../../catalog/microk8s';
import { type Cidr, holds, overlap, parseCidr } from '../../../model/cidr';
import { type Ip, parseIp } from '../../../model/ip';
import type { MicroK8sAddonInput, MicroK8sNodeInput } from '../../../model/microk8s-node-input';

/** From one address to another, both of them in it. */
interface AddressRange {
  readonly first: Ip;
  readonly last: Ip;
}

/**
 * What is wrong with addresses that services are given. The addon writes them into an IPAddressPool as they are, and MetalLB refuses the whole pool for one of
 * them; an address that pods or other services have, too, would be answered by both.
 */
export function metalLbRefusals(addon: MicroK8sAddonInput, { cluster }: MicroK8sNodeInput): string[] {
  const { clusterCidr, serviceCidr } = MICROK8S_NETWORK_DEFAULTS;
  const networks = [
    { of: 'pods', prop: 'clusterCidr', text: cluster.network.clusterCidr ?? clusterCidr },
    { of: 'services', prop: 'serviceCidr', text: cluster.network.serviceCidr ?? serviceCidr },
  ];
  return addon.arguments
    .flatMap((argument) => argument.split(','))
    .flatMap((text) => {
      const range = rangeOf(text);
      if (typeof range === 'string') return [range];
      return networks.flatMap(({ of, prop, text: network }) =>
        meets(range, network)
          ? [
              `the addresses '${text}' of the addon metallb are in ${network}, the network of the cluster's ${of} (network.${prop}); take addresses of the site's own network, which no DHCP gives away`,
            ]
          : [],
      );
    });
}

function rangeOf(text: string): AddressRange | Cidr | string {
  const network = parseCidr(text);
  if (network) return network;
  const [from = '', to, ...more] = text.split('-');
  const [first, last] = [parseIp(from), parseIp(to ?? '')];
  if (first && to === undefined)
    return `'${text}' of the addon metallb is a single address; write it as ${first.text}/${first.bytes.length * 8}`;
  if (!first || !last || more.length > 0 || first.bytes.length !== last.bytes.length)
    return `'${text}' of the addon metallb is no range of addresses; write it as 192.168.2.20-192.168.2.30 or 192.168.2.32/28`;
  return isAbove(first, last)
    ? `the range '${text}' of the addon metallb ends before it begins; write it as ${last.text}-${first.text}`
    : { first, last };
}

/** A network that the cluster has and that is badly written is told elsewhere. */
function meets(range: AddressRange | Cidr, text: string): boolean {
  const network = parseCidr(text);
  if (!network) return false;
  if ('prefix' in range) return overlap(range, network);
  const { first, last } = range;
  if (network.ip.bytes.length !== first.bytes.length) return false;
  const isInside = !isAbove(first, network.ip) && !isAbove(network.ip, last);
  return isInside || holds(network, first) || holds(network, last);
}

function isAbove(a: Ip, b: Ip): boolean {
  const i = a.bytes.findIndex((byte, k) => byte !== b.bytes[k]);
  return i >= 0 && (a.bytes[i] ?? 0) > (b.bytes[i] ?? 0);
}
