import { inOneNetwork, isPrivate, networkOf, parseIp, whyNoHost } from '../../../lib/model/ip';

function ip(text: string) {
  const parsed = parseIp(text);
  if (!parsed) throw new Error(`${text} is no address`);
  return parsed;
}

test.each([
  ['10.1.2.3', '10.1.2.3'],
  ['2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
  ['2001:db8::', '2001:db8::'],
  ['::1', '::1'],
  ['fd00:0:0:1::ffff:0102', 'fd00::1:0:0:ffff:102'],
  ['::ffff:10.0.0.1', '::ffff:a00:1'],
])('%s is written %s', (text, short) => {
  expect(ip(text).text).toBe(short);
});

test.each([
  '',
  '10.1.2',
  '10.1.2.256',
  '010.1.2.3',
  '10.1.2.3.4',
  ' 10.1.2.3',
  'fe80::1%eth0',
  '1::2::3',
  ':',
  'a.b',
  '12345::',
  '1/2',
])('%j is no address', (text) => {
  expect(parseIp(text)).toBeUndefined();
});

test.each([
  ['10.1.2.3', '10.1.2.254', 24, true],
  ['10.1.2.3', '10.1.3.1', 24, false],
  ['10.1.2.3', '10.1.3.1', 23, true],
  ['10.1.2.129', '10.1.2.127', 25, false],
  ['10.1.2.3', 'fd00::1', 8, false],
  ['fd00:0:0:1::2', 'fd00:0:0:1::1', 64, true],
  ['fd00:0:0:1::2', 'fd00:0:0:2::1', 64, false],
])('%s and %s are in one network of length %d: %s', (a, b, prefix, isOne) => {
  expect(inOneNetwork(ip(a), ip(b), prefix)).toBe(isOne);
});

test.each([
  ['10.1.2.131', 25, '10.1.2.128/25'],
  ['192.168.77.9', 20, '192.168.64.0/20'],
  ['fd00:0:0:1::2', 64, 'fd00:0:0:1::/64'],
])('the network of %s, length %d, is %s', (text, prefix, network) => {
  expect(networkOf(ip(text), prefix)).toBe(network);
});

test.each([
  ['10.1.2.0', 24, 'the network itself'],
  ['10.1.2.255', 24, "the network's broadcast address"],
  ['10.1.2.0', 31, undefined],
  ['10.1.2.255', undefined, undefined],
  ['10.1.3.255', 16, undefined],
  ['127.0.0.1', undefined, 'no address of a machine'],
  ['0.0.0.0', undefined, 'no address of a machine'],
  ['224.0.0.1', undefined, 'a multicast address'],
  ['255.255.255.255', undefined, 'a reserved address'],
  ['169.254.1.1', undefined, 'a link-local address'],
  ['fe80::1', 64, 'a link-local address'],
  ['ff02::1', undefined, 'a multicast address'],
  ['::', undefined, 'no address of a machine'],
  ['::1', undefined, 'no address of a machine'],
  ['2001:db8::1', 64, undefined],
])('%s in a network of length %s is %s', (text, prefix, why) => {
  expect(whyNoHost(ip(text), prefix)).toBe(why);
});

test.each([
  ['10.255.0.1', true],
  ['172.15.0.1', false],
  ['172.16.0.1', true],
  ['172.31.0.1', true],
  ['172.32.0.1', false],
  ['192.168.0.1', true],
  ['192.169.0.1', false],
  ['100.64.0.1', true],
  ['100.128.0.1', false],
  ['8.8.8.8', false],
  ['fd00::1', true],
  ['2001:db8::1', false],
])('%s is private: %s', (text, expected) => {
  expect(isPrivate(ip(text))).toBe(expected);
});
