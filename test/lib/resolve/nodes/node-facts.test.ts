import { readNodeFacts } from '../../../../lib/resolve/nodes/node-facts';

function read(cells: Readonly<Record<string, unknown>>) {
  const problems: string[] = [];
  const facts = readNodeFacts(cells, (column, message) => problems.push(`${column}: ${message}`));
  return { facts, problems };
}

describe('a row', () => {
  test('that says nothing is a dynamic node of generation 0', () => {
    const { facts, problems } = read({ serial: '', mac: null });
    expect(problems).toEqual([]);
    expect(Object.entries(facts).filter(([, value]) => value !== undefined)).toEqual([['generation', 0]]);
  });

  test('gives all facts, in one writing', () => {
    const { facts, problems } = read({
      role: 'server',
      serial: 'VMware-56 4d',
      mac: 'DC-A6-32-01-02-03',
      address: '2001:DB8:0::5/64',
      gateway: '2001:db8::1',
      dns: '9.9.9.9  2001:db8:0::53',
      nic: 'enp1s0',
      disk: '/dev/disk/by-id/nvme-x_1',
      generation: '3',
    });
    expect(problems).toEqual([]);
    expect(facts).toEqual({
      role: 'server',
      serial: 'VMware-56 4d',
      mac: 'dc:a6:32:01:02:03',
      address: {
        kind: 'static',
        ip: '2001:db8::5',
        prefix: 64,
        gateway: '2001:db8::1',
        dns: ['9.9.9.9', '2001:db8::53'],
      },
      nic: 'enp1s0',
      disk: '/dev/disk/by-id/nvme-x_1',
      generation: 3,
    });
  });

  test.each([
    ['10.1.2.3/24', { kind: 'static', ip: '10.1.2.3', prefix: 24, dns: [] }],
    ['10.1.2.3', { kind: 'reserved', ip: '10.1.2.3' }],
    ['', undefined],
  ])('with the address %j means it so', (address, meaning) => {
    expect(read({ address })).toMatchObject({ facts: { address: meaning }, problems: [] });
  });

  test('takes lists and numbers where the program or JSON gives them', () => {
    const { facts, problems } = read({ address: '10.1.2.3/24', dns: ['9.9.9.9'], generation: 2 });
    expect(problems).toEqual([]);
    expect(facts).toMatchObject({ generation: 2, address: { dns: ['9.9.9.9'] } });
  });

  test.each<[string, Readonly<Record<string, unknown>>, string]>([
    ['a role that is none', { role: 'master' }, 'role: role must be server or agent (found "master")'],
    ['a serial number as a number', { serial: 42 }, 'serial: serial must be'],
    ['a serial number with a line break', { serial: 'a\nb' }, 'serial: serial must be'],
    ['a short MAC', { mac: 'dc:a6:32:01:02' }, 'mac: mac must be six pairs'],
    ['a MAC of many', { mac: '01:00:5e:00:00:01' }, 'mac: mac is 01:00:5e:00:00:01, which no network interface has'],
    ['a MAC of zeros', { mac: '00:00:00:00:00:00' }, 'which no network interface has'],
    ['no address', { address: '10.1.2' }, 'address: address must be 10.1.2.3/24 (static) or 10.1.2.3'],
    ['an address as a number', { address: 10 }, 'address: address must be'],
    ['a prefix that is too long', { address: '10.1.2.3/33' }, 'address: address must be'],
    ['a netmask', { address: '10.1.2.3/255.255.255.0' }, 'address: address must be'],
    ['two prefixes', { address: '10.1.2.3/24/24' }, 'address: address must be'],
    ['the network as address', { address: '10.1.2.0/24' }, 'the network itself; give the node one of its own'],
    [
      'a gateway outside the network',
      { address: '10.1.2.3/24', gateway: '10.1.3.1' },
      'gateway: gateway 10.1.3.1 is outside 10.1.2.0/24',
    ],
    ['a gateway of the other family', { address: '10.1.2.3/24', gateway: 'fd00::1' }, 'is outside 10.1.2.0/24'],
    ['itself as gateway', { address: '10.1.2.3/24', gateway: '10.1.2.3' }, "the node's own address"],
    [
      'a gateway by name',
      { address: '10.1.2.3/24', gateway: 'router' },
      'gateway: gateway must be an IP address (found "router")',
    ],
    ['a gateway without an address', { gateway: '10.1.2.1' }, 'gateway: gateway goes with a static address'],
    [
      'name servers with a reserved address',
      { address: '10.1.2.3', dns: '9.9.9.9' },
      'dns: dns goes with a static address',
    ],
    [
      'name servers with commas',
      { address: '10.1.2.3/24', dns: '9.9.9.9,8.8.8.8' },
      'dns: dns must be IP addresses with spaces',
    ],
    ['an interface that is a path', { nic: '../eth0' }, 'nic: nic must be'],
    ['a disk that is no device', { disk: 'sda' }, 'disk: disk must be a device'],
    ['a negative generation', { generation: '-1' }, 'generation: generation must be a whole number from 0 to 9999'],
    ['half a generation', { generation: 1.5 }, 'generation: generation must be'],
    ['a generation with a zero before it', { generation: '01' }, 'generation: generation must be'],
  ])('with %s is refused', (_what, cells, message) => {
    const { problems } = read(cells);
    expect(problems).toEqual([expect.stringContaining(message)]);
  });

  test('has all of its problems told', () => {
    expect(read({ role: 'x', mac: 'x', address: 'x', generation: 'x' }).problems).toHaveLength(4);
  });
});
