import { type Ip, inOneNetwork, networkOf, parseIp } from './ip';

/** A network, or an address with the length of its network. */
export interface Cidr {
  readonly ip: Ip;
  readonly prefix: number;
}

/** `10.42.0.0/16`; undefined for what is no address, or has no length that its kind can have. */
export function parseCidr(text: string): Cidr | undefined {
  const [address = '', length = '', ...more] = text.split('/');
  const ip = parseIp(address);
  if (!ip || more.length > 0 || !/^(0|[1-9]\d{0,2})$/.test(length)) return undefined;
  const prefix = Number(length);
  return prefix <= ip.bytes.length * 8 ? { ip, prefix } : undefined;
}

/** Whether it is a network, and not an address in one. */
export function isNetwork({ ip, prefix }: Cidr): boolean {
  return networkOf(ip, prefix) === `${ip.text}/${prefix}`;
}

/** Whether any address is in both, which is so where one holds the other. */
export function overlap(a: Cidr, b: Cidr): boolean {
  return inOneNetwork(a.ip, b.ip, Math.min(a.prefix, b.prefix));
}

export function holds({ ip, prefix }: Cidr, address: Ip): boolean {
  return inOneNetwork(ip, address, prefix);
}
