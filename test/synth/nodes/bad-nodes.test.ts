import { join } from 'node:path';
import { Hardware, Inventory, Link, OperatingSystem, Size } from 'edgecdk';
import { boxes, lockText, type NodeFleet, nodeFleet, VERSION, withLock } from '../../support/node-fleet';
import { refused } from '../../support/refused-fleet';

const three: NodeFleet = { cluster: ({ box }) => ({ servers: box.count(3) }), nodes: [...boxes(1, 3), ...boxes(2, 3)] };
const armv6 = Hardware.custom({
  name: 'pi-zero',
  platforms: ['linux/arm/v6' as 'linux/arm64'],
  cores: 1,
  memory: Size.mebibytes(512),
});
const riscv = Hardware.custom({
  name: 'visionfive',
  platforms: ['linux/riscv64' as 'linux/arm64'],
  cores: 4,
  memory: Size.gibibytes(8),
});
describe('rows of machines', () => {
  test.each<[string, NodeFleet, RegExp]>([
    [
      'with one serial number twice',
      { nodes: [...boxes(1), ...boxes(2, 1, { serial: 's1-1' })] },
      /^rows\[1\]\.serial \[shops\/shops\] serial s1-1 is that of shop-1-box-1 \(rows\[0\]\) too; one machine is one node \(shop-2\)$/m,
    ],
    [
      'with a gateway outside the network of the address',
      {
        nodes: [
          ...boxes(1, 1, { address: '10.1.1.11/24', gateway: '10.1.2.1', mac: 'dc:a6:32:01:02:03' }),
          ...boxes(2),
        ],
      },
      /^rows\[0\]\.gateway \[shops\/shops\] gateway 10\.1\.2\.1 is outside 10\.1\.1\.0\/24.*correct one of them/m,
    ],
    [
      'with the address of the network itself',
      { nodes: [...boxes(1, 1, { address: '10.1.1.0/24', mac: 'dc:a6:32:01:02:03' }), ...boxes(2)] },
      /^rows\[0\]\.address \[shops\/shops\] address is "10\.1\.1\.0\/24".*give the node one of its own/m,
    ],
    [
      'with a public address of another site',
      { nodes: [...boxes(1, 1, { address: '203.0.113.9' }), ...boxes(2, 1, { address: '203.0.113.9' })] },
      /^rows\[1\]\.address \[shops\/shops\] address 203\.0\.113\.9 is that of shop-1-box-1 too, and it is a public one/m,
    ],
    [
      'with a static address, and neither mac nor nic',
      { nodes: [...boxes(1, 1, { address: '10.1.1.11/24' }), ...boxes(2)] },
      /^\[shops\/shops\] has machines with a static address and nothing that tells their network card; give each its mac, .*nic \(shop-1: box-1\)$/m,
    ],
    [
      'with a data disk that cloud-init would take for a partition',
      {
        box: { dataMount: '/var/lib/rancher' },
        nodes: [...boxes(1, 1, { disk: '/dev/disk/by-id/nvme-eui.0025' }), ...boxes(2)],
      },
      /^\[shops\/shops\] has machines with a data disk that has a dot .* from \/dev\/disk\/by-id \(shop-1: box-1\)$/m,
    ],
    [
      'that make one server too many',
      { nodes: [...boxes(1), ...boxes(2), { site: 'shop-2', slot: 'till-1', role: 'server' }] },
      /^rows\[2\]\.role \[shops\/shops\] .*shop-2 has 2 servers, and its blueprint counts 1/m,
    ],
    [
      'that leave no server',
      { nodes: [...boxes(1, 1, { role: 'agent' }), ...boxes(2)] },
      /^rows\[0\]\.role \[shops\/shops\] .*shop-1 has 0 servers, and its blueprint counts 1/m,
    ],
    [
      'that leave a server of several to DHCP',
      { ...three, nodes: [...boxes(1, 3), ...boxes(2, 2)] },
      /^\[shops\/shops\] has clusters of several servers whose addresses nobody promises.*10\.1\.2\.3\/24 to configure it.* \(shop-2: box-3\)$/m,
    ],
    [
      'without the addresses of servers, or another way to find them',
      { nodes: [] },
      /^\[shops\/shop\] has sites with several nodes, and servers that the others cannot find; .*or the cluster a registrationAddress \(shop-1, shop-2\)$/m,
    ],
  ])('%s', (_what, described, message) => {
    expect(refused(described)).toMatch(message);
  });

  test('of a file are named by line and column', () => {
    const rows = 'site,slot,serial,address\nshop-1,box-1,S1,10.1.1.11\nshop-2,box-1,S1,10.1.2.11\n';
    expect(refused({ nodes: Inventory.csv('nodes.csv') }, { 'nodes.csv': rows })).toMatch(
      /^nodes\.csv:3:3 \[shops\/shops\] serial S1 is that of shop-1-box-1 \(nodes\.csv:2\) too/m,
    );
  });
});

describe('a lock', () => {
  test.each<[string, string, RegExp]>([
    [
      'of another release',
      lockText('v1.33.4+k3s1'),
      /^\[shops\/shop\] has nodes of box, and no K3s v1\.33\.5\+k3s1 for amd64 is locked; run `edgecdk lock`/m,
    ],
    [
      'that is cut off',
      lockText(VERSION).slice(0, 100),
      /^\[shops\] artifacts\.lock\.json is no JSON .*restore it from version control/m,
    ],
    [
      'of a later format',
      '{"format":2}',
      /^\[shops\] artifacts\.lock\.json has format 2.*use the release that wrote it/m,
    ],
    [
      'with half a checksum',
      lockText(VERSION).replace(/"sha256": "[0-9a-f]{64}"/, '"sha256": "abc"'),
      /^\[shops\] artifacts\.lock\.json .*\.sha256 must be 64 lower-case hexadecimal digits \(found "abc"\)/m,
    ],
  ])('%s', (_what, text, message) => {
    const told = refused({}, { 'artifacts.lock.json': text });
    expect(told).toMatch(message);
    // One cause, one message for each class at most.
    expect(told.split('\n').length).toBeLessThanOrEqual(3);
  });

  test('that nobody wrote yet, also for sites without a link', () => {
    for (const link of [Link.online(), Link.offline()])
      expect(() =>
        withLock((root) =>
          nodeFleet(join(root, 'elsewhere'), { blueprint: { link } }).synth({ outDir: join(root, 'dist') }),
        ),
      ).toThrow(
        /^\[shops\/shop\] has nodes of box, and no K3s v1\.33\.5\+k3s1 for amd64 is locked; run `edgecdk lock`/m,
      );
  });
});

describe('a device class', () => {
  test.each<[string, NodeFleet, RegExp]>([
    [
      'without an operating system, where others of the site have one',
      { till: { operatingSystem: undefined } },
      /^\[shops\/till\] has no operatingSystem, and other machines of its sites have one; say what it runs, .* \(shop-1, shop-2\)$/m,
    ],
    ['of ARMv6', { till: { hardware: armv6 } }, /^\[shops\/till\] .*"linux\/arm\/v6"/m],
    ['of RISC-V', { till: { hardware: riscv } }, /^\[shops\/(shop|till)\] .*linux\/riscv64/m],
    [
      'with SD cards for etcd',
      { ...three, box: { storage: 'sd' } },
      /^\[shops\/box\] has the storage sd and is server of clusters of several servers; .*take a single server, or/m,
    ],
    [
      'with a data disk that would not hold all of K3s',
      { box: { dataMount: '/data' } },
      /^\[shops\/shop\] cannot set up its machines: .*mount it at \/var\/lib\/rancher$/m,
    ],
    [
      'of a system whose kernel arguments nobody can set',
      { till: { operatingSystem: OperatingSystem.custom({ name: 'own', kernelArguments: ['cgroup_enable=memory'] }) } },
      /^\[shops\/shop\] cannot set up its machines: own needs the kernel arguments cgroup_enable=memory, and no file is known/m,
    ],
  ])('%s', (_what, described, message) => {
    expect(refused(described)).toMatch(message);
  });
});

test('several servers that a nodeAddress finds by name alone are a warning', () => {
  withLock((root) => {
    const named: NodeFleet = {
      ...three,
      nodes: 'none',
      blueprint: { nodeAddress: ({ node }: { node: { name: string } }) => `${node.name}.example` },
    };
    const { warnings } = nodeFleet(root, named).synth();
    expect(warnings.map(({ message }) => message)).toContainEqual(
      expect.stringContaining('whose addresses nobody promises'),
    );
  });
});
