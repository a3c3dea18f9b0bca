import { holds, isNetwork, overlap, parseCidr } from '../../../lib/model/cidr';
import { parseIp } from '../../../lib/model/ip';

function cidr(text: string) {
  const read = parseCidr(text);
  if (!read) throw new Error(text);
  return read;
}

test.each([
  '',
  '10.42.0.0',
  '10.42.0.0/',
  '10.42.0.0/33',
  '10.42.0.0/016',
  '10.42.0/16',
  '10.42.0.0/16/1',
  'fd00::/129',
  '/16',
])('%j is no network', (text) => {
  expect(parseCidr(text)).toBeUndefined();
});

test.each([
  ['10.42.0.0/16', true],
  ['10.42.0.1/16', false],
  ['0.0.0.0/0', true],
  ['10.0.0.1/32', true],
  ['fd00:42::/56', true],
  ['fd00:42:0:0::/56', true],
  ['fd00:42::1/56', false],
])('%s is a network itself: %s', (text, expected) => {
  expect(isNetwork(cidr(text))).toBe(expected);
});

test.each([
  ['10.42.0.0/16', '10.43.0.0/16', false],
  ['10.42.0.0/15', '10.43.0.0/16', true],
  ['10.42.0.0/16', '10.42.7.0/24', true],
  ['10.42.0.0/16', 'fd00::/8', false],
  ['fd00:42::/56', 'fd00:42:0:1::/112', true],
])('%s and %s overlap: %s', (a, b, expected) => {
  expect([overlap(cidr(a), cidr(b)), overlap(cidr(b), cidr(a))]).toEqual([expected, expected]);
});

test.each([
  ['10.42.0.0/16', '10.42.255.255', true],
  ['10.42.0.0/16', '10.43.0.0', false],
  ['10.42.0.0/16', 'fd00::1', false],
])('%s holds %s: %s', (network, address, expected) => {
  const ip = parseIp(address);
  expect(ip && holds(cidr(network), ip)).toBe(expected);
});
