/** An IP address. */
export interface Ip {
  /** In its shortest writing (RFC 5952), so that equal addresses are equal texts. */
  readonly text: string;
  /** Four or sixteen. */
  readonly bytes: readonly number[];
}

export function parseIp(text: string): Ip | undefined {
  if (ipv4.test(text)) return { text, bytes: text.split('.').map(Number) };
  // A zone (`%eth0`) means something on one machine alone.
  if (!/^[0-9a-f:.]*:[0-9a-f:.]*$/i.test(text) || !URL.canParse(`http://[${text}]`)) return undefined;
  const short = new URL(`http://[${text}]`).hostname.slice(1, -1);
  return { text: short, bytes: ipv6Bytes(short) };
}

/** Without leading zeros, which some programs read as octal. */
const ipv4 = /^(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(\.(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)){3}$/;

function ipv6Bytes(text: string): number[] {
  const [head = '', tail] = text.split('::');
  const groups = (part: string): number[] => (part === '' ? [] : part.split(':').map((g) => Number.parseInt(g, 16)));
  const [before, after] = [groups(head), groups(tail ?? '')];
  const zeros = new Array<number>(8 - before.length - after.length).fill(0);
  return [...before, ...zeros, ...after].flatMap((group) => [group >> 8, group & 0xff]);
}

/** Whether two addresses are in one network, whose addresses share their first `prefix` bits. */
export function inOneNetwork(a: Ip, b: Ip, prefix: number): boolean {
  if (a.bytes.length !== b.bytes.length) return false;
  return a.bytes.every((byte, i) => ((byte ^ (b.bytes[i] ?? 0)) & maskByte(prefix, i)) === 0);
}

/** The network that an address is in: `10.1.2.0/24`. */
export function networkOf({ bytes }: Ip, prefix: number): string {
  return `${textOf(bytes.map((byte, i) => byte & maskByte(prefix, i)))}/${prefix}`;
}

function maskByte(prefix: number, index: number): number {
  const bits = Math.min(8, Math.max(0, prefix - 8 * index));
  return (0xff << (8 - bits)) & 0xff;
}

function textOf(bytes: readonly number[]): string {
  if (bytes.length === 4) return bytes.join('.');
  const groups = Array.from({ length: 8 }, (_, i) =>
    (((bytes[2 * i] ?? 0) << 8) | (bytes[2 * i + 1] ?? 0)).toString(16),
  );
  return parseIp(groups.join(':'))?.text ?? '';
}

/** Why no node can have an address that is written correctly. `prefix`: of its network, where it is known. */
export function whyNoHost({ bytes }: Ip, prefix?: number): string | undefined {
  const [first = 0, second = 0] = bytes;
  if (bytes.length === 16) {
    if (first === 0xff) return 'a multicast address';
    if (first === 0xfe && (second & 0xc0) === 0x80) return 'a link-local address';
    return bytes.slice(0, 15).every((byte) => byte === 0) && (bytes[15] ?? 0) <= 1
      ? 'no address of a machine'
      : undefined;
  }
  if (first === 0 || first === 127) return 'no address of a machine';
  if (first >= 224) return first < 240 ? 'a multicast address' : 'a reserved address';
  if (first === 169 && second === 254) return 'a link-local address';
  if (prefix === undefined || prefix > 30) return undefined;
  const host = bytes.map((byte, i) => byte & ~maskByte(prefix, i) & 0xff);
  if (host.every((byte) => byte === 0)) return 'the network itself';
  return host.every((byte, i) => byte === (~maskByte(prefix, i) & 0xff))
    ? "the network's broadcast address"
    : undefined;
}

/**
 * Whether an address has a meaning in one network alone, so that two sites may both have it.
 *
 * @see RFC 1918, RFC 4193 (fc00::/7) and RFC 6598 (100.64.0.0/10, what carriers use)
 */
export function isPrivate({ bytes }: Ip): boolean {
  const [first = 0, second = 0] = bytes;
  if (bytes.length === 16) return (first & 0xfe) === 0xfc;
  return (
    first === 10 ||
    (first === 172 && second >= 16 && second < 32) ||
    (first === 192 && second === 168) ||
    (first === 100 && second >= 64 && second < 128)
  );
}
