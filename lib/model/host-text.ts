import { parseIp } from './ip';

const hostName =
  /^(?=.{1,253}$)[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*$/;

/** Whether a text is a DNS name or an IP address. */
export function isHost(text: string): boolean {
  return hostName.test(text) || parseIp(text) !== undefined;
}

/** `mirror.example`, `mirror.example:5000`, `[fd00::1]:5000`. */
export function isHostAndPort(text: string): boolean {
  const [, host = '', port] = /^(.*?)(?::(\d{1,5}))?$/.exec(text) ?? [];
  if (port !== undefined && (Number(port) < 1 || Number(port) > 65_535)) return false;
  const inBrackets = /^\[(.*)\]$/.exec(host)?.[1];
  return inBrackets === undefined ? hostName.test(host) : inBrackets.includes(':') && isHost(inBrackets);
}
