import { inOneNetwork, networkOf, parseIp, whyNoHost } from '../../model/ip';
import type { NodeAddress } from '../../model/node-model';
import { show } from '../inventory/show';

/** What a row says of one machine, beside where it belongs. A member that is absent is not said. */
export interface NodeFacts {
  readonly role?: 'server' | 'agent';
  readonly serial?: string;
  readonly mac?: string;
  readonly address?: NodeAddress;
  readonly nic?: string;
  readonly disk?: string;
  readonly generation: number;
}

/** Reports what is wrong with a column. */
export type Report = (column: string, message: string) => void;

type Cells = Readonly<Record<string, unknown>>;

/** Reads the facts of a machine from a row. What is wrong is reported, all of it, and left out. */
export function readNodeFacts(cells: Cells, wrong: Report): NodeFacts {
  return {
    role: readRole(cells, wrong),
    serial: readText(
      cells,
      'serial',
      /^[A-Za-z0-9._:+/#()=,-]( ?[A-Za-z0-9._:+/#()=,-])*$/,
      'the serial number as the machine tells it, on one line',
      wrong,
    ),
    mac: readMac(cells, wrong),
    address: readAddress(cells, wrong),
    nic: readText(cells, 'nic', /^[A-Za-z0-9._-]{1,15}$/, 'the name of a network interface, such as eth0', wrong),
    disk: readText(cells, 'disk', /^\/dev\/[A-Za-z0-9._:+@/-]+$/, 'a device such as /dev/nvme0n1', wrong),
    generation: readGeneration(cells, wrong),
  };
}

/** A cell that is empty, or null, says nothing. */
export function isSaid(cell: unknown): boolean {
  return cell !== undefined && cell !== null && cell !== '';
}

function readText(cells: Cells, column: string, grammar: RegExp, meaning: string, wrong: Report): string | undefined {
  const cell = cells[column];
  if (!isSaid(cell)) return undefined;
  if (typeof cell === 'string' && cell.length <= 255 && grammar.test(cell)) return cell;
  wrong(
    column,
    `${column} must be ${meaning} (found ${show(cell)})${typeof cell === 'number' ? '; write it in quotes' : ''}`,
  );
  return undefined;
}

function readRole(cells: Cells, wrong: Report): NodeFacts['role'] {
  const { role } = cells;
  if (!isSaid(role) || role === 'server' || role === 'agent')
    return isSaid(role) ? (role as 'server' | 'agent') : undefined;
  wrong('role', `role must be server or agent (found ${show(role)})`);
  return undefined;
}

function readMac(cells: Cells, wrong: Report): string | undefined {
  const { mac } = cells;
  if (!isSaid(mac)) return undefined;
  const plain = typeof mac === 'string' ? mac.toLowerCase().replaceAll('-', ':') : '';
  if (!/^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/.test(plain)) {
    wrong('mac', `mac must be six pairs of hexadecimal digits, such as dc:a6:32:01:02:03 (found ${show(mac)})`);
    return undefined;
  }
  const isOfMany = (Number.parseInt(plain.slice(0, 2), 16) & 1) === 1;
  if (!isOfMany && plain !== '00:00:00:00:00:00') return plain;
  wrong('mac', `mac is ${plain}, which no network interface has; read it from the machine`);
  return undefined;
}

function readGeneration(cells: Cells, wrong: Report): number {
  const { generation } = cells;
  if (!isSaid(generation)) return 0;
  const isText = typeof generation === 'string' && /^(0|[1-9]\d{0,3})$/.test(generation);
  const number = isText ? Number(generation) : generation;
  if (typeof number === 'number' && Number.isInteger(number) && number >= 0 && number <= 9999) return number;
  wrong(
    'generation',
    `generation must be a whole number from 0 to 9999: how many machines had the slot before (found ${show(generation)})`,
  );
  return 0;
}

/** `10.1.2.3/24`: static. `10.1.2.3`: reserved. Nothing: not said. */
function readAddress(cells: Cells, wrong: Report): NodeAddress | undefined {
  const { address } = cells;
  const [text = '', prefixText, ...more] = typeof address === 'string' ? address.split('/') : [];
  const ip = parseIp(text);
  if (prefixText === undefined && (ip || !isSaid(address))) {
    for (const column of ['gateway', 'dns'])
      if (isSaid(cells[column]))
        wrong(column, `${column} goes with a static address, such as 10.1.2.3/24; DHCP brings its own`);
  }
  if (!isSaid(address)) return undefined;
  const prefix = prefixText === undefined ? undefined : toPrefix(prefixText, ip?.bytes.length ?? 4);
  if (!ip || more.length > 0 || (prefixText !== undefined && prefix === undefined)) {
    wrong('address', `address must be 10.1.2.3/24 (static) or 10.1.2.3 (reserved by DHCP) (found ${show(address)})`);
    return undefined;
  }
  const unfit = whyNoHost(ip, prefix);
  if (unfit !== undefined) {
    wrong('address', `address is ${show(address)}, ${unfit}; give the node one of its own`);
    return undefined;
  }
  if (prefix === undefined) return { kind: 'reserved', ip: ip.text };
  const gateway = readGateway(cells.gateway, ip, prefix, wrong);
  return {
    kind: 'static',
    ip: ip.text,
    prefix,
    ...(gateway === undefined ? {} : { gateway }),
    dns: readDns(cells, wrong),
  };
}

function toPrefix(text: string, bytes: number): number | undefined {
  const prefix = /^(0|[1-9]\d{0,2})$/.test(text) ? Number(text) : Number.NaN;
  return prefix >= 1 && prefix <= bytes * 8 ? prefix : undefined;
}

function readGateway(
  cell: unknown,
  ip: NonNullable<ReturnType<typeof parseIp>>,
  prefix: number,
  wrong: Report,
): string | undefined {
  if (!isSaid(cell)) return undefined;
  const gateway = typeof cell === 'string' ? parseIp(cell) : undefined;
  const network = networkOf(ip, prefix);
  const message = !gateway
    ? `gateway must be an IP address (found ${show(cell)})`
    : !inOneNetwork(ip, gateway, prefix)
      ? `gateway ${gateway.text} is outside ${network}, the network of the address; correct one of them, or the length of the network`
      : gateway.text === ip.text
        ? `gateway is the node's own address, ${ip.text}; give the router's`
        : undefined;
  if (message !== undefined) wrong('gateway', message);
  return message === undefined ? gateway?.text : undefined;
}

function readDns(cells: Cells, wrong: Report): string[] {
  const { dns } = cells;
  if (!isSaid(dns)) return [];
  const texts: readonly unknown[] = Array.isArray(dns)
    ? dns
    : typeof dns === 'string'
      ? dns.trim().split(/\s+/)
      : [dns];
  const servers = texts.map((text) => (typeof text === 'string' ? parseIp(text)?.text : undefined));
  const odd = servers.indexOf(undefined);
  if (odd >= 0) wrong('dns', `dns must be IP addresses with spaces between them (found ${show(texts[odd])})`);
  return servers.filter((server) => server !== undefined);
}
