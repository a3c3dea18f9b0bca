import { Hardware, Link, OperatingSystem, Size } from 'edgecdk';
import { type DepotFleet, depotRefused, machines } from '../support/depot-fleet';

const single: DepotFleet = { servers: 1, gates: 0 };
const armv7 = Hardware.custom({
  name: 'old-gateway',
  platforms: ['linux/arm/v7'],
  cores: 4,
  memory: Size.gibibytes(1),
});

describe('is refused:', () => {
  test.each<[string, DepotFleet, RegExp]>([
    [
      'several machines without addresses',
      { nodes: machines(1) },
      /^\[depots\/depots\] has nodes whose addresses nobody promises, and MicroK8s knows its nodes by address; give each an address in a node inventory.*\(depot-2: rack-1 rack-2 rack-3 gate-1 gate-2\)$/m,
    ],
    [
      'a worker without an address',
      { nodes: machines(1).concat(machines(2, { gates: 1 })) },
      /knows its nodes by address;.*\(depot-2: gate-2\)$/m,
    ],
    [
      'a single server without an address, where the blueprint has workers that the site has not got yet',
      {
        nodes: [],
        servers: 1,
        gates: 'site',
      },
      /knows its nodes by address;.*\(depot-1: rack-1, depot-2: rack-1\)$/m,
    ],
    [
      'hardware of ARMv7',
      { gate: { hardware: armv7 } },
      /^\[depots\/depot\] has nodes of gate, and MicroK8s is not released for linux\/arm\/v7; take hardware of amd64 or arm64, or K3s$/m,
    ],
    [
      'hardware of ARMv7 that others set up',
      { existing: true, gate: { hardware: armv7 } },
      /has nodes of gate, and MicroK8s is not released for linux\/arm\/v7; take hardware of linux\/amd64 or linux\/arm64/m,
    ],
    [
      'a machine with 512 MiB',
      { gate: { hardware: Hardware.raspberryPiZero2W(), storage: 'sd' } },
      /^\[depots\/depot\] cannot set up its machines: device class 'gate' has 512 MiB of memory: .*does not start; take K3s, or a larger machine$/m,
    ],
    [
      'a name in its certificates that is none',
      { cluster: { tlsSans: ['depots_.example'] } },
      /^\[depots\/depot\] has one of tlsSans that is not a DNS name or an IP address \(depot-1: "depots_\.example"/m,
    ],
    [
      'an operating system without snapd',
      { gate: { operatingSystem: OperatingSystem.raspios({ release: 'trixie' }) } },
      /^\[depots\/depot\] cannot set up its machines: raspios-trixie has no snapd, and MicroK8s is a snap; take Ubuntu, an image with it as OperatingSystem\.custom\(\{ snapd: true \}\), or K3s$/m,
    ],
    [
      'a custom system that does not say that it has snapd',
      { gate: { operatingSystem: OperatingSystem.custom({ name: 'acme' }) } },
      /cannot set up its machines: acme has no snapd/,
    ],
    [
      'the addon nvidia with machines of arm64',
      { cluster: { addons: { rbac: true, nvidia: true } } },
      /^\[depots\/depot\] cannot set up its machines: the addon nvidia is for amd64 alone, and device class 'gate' has nodes of arm64; leave it out$/m,
    ],
    [
      'the addon nvidia with the strict snap',
      { ...single, cluster: { channel: '1.33-strict/stable', addons: { rbac: true, nvidia: true } } },
      /the addon nvidia needs the classic snap; take the channel 1\.33\/stable, or leave it out$/m,
    ],
    [
      'a channel that is not locked',
      { ...single, cluster: { channel: '1.35/stable' } },
      /^\[depots\/depot\] has nodes of rack, and MicroK8s 1\.35\/stable is not locked; run `edgecdk lock`/m,
    ],
    [
      'a site without a link whose snaps are not locked',
      { ...single, blueprint: { link: Link.offline() } },
      /^\[depots\/depot\] has nodes of rack, and MicroK8s 1\.33\/stable is not locked for amd64; run `edgecdk lock`/m,
    ],
    [
      'networks that machines are in',
      { cluster: { network: { clusterCidr: '10.2.0.0/16' } } },
      /^\[depots\/depot\] has machines in 10\.2\.0\.0\/16, the network of its pods \(clusterCidr\); give them other addresses, or the cluster another network/m,
    ],
    [
      'a disk for its data that MicroK8s does not use',
      { ...single, rack: { dataMount: '/data' } },
      /MicroK8s keeps its data in \/var\/snap\/microk8s, and a data disk at \/data would not hold them; mount it at \/var\/snap\/microk8s$/m,
    ],
    [
      'another container runtime',
      { ...single, rack: { runtime: 'cri-o' } },
      /^\[depots\/depot\] cannot set up its machines: device class 'rack' has CRI-O: the snap of MicroK8s starts its own containerd/m,
    ],
    [
      'a token where the name of its secret belongs',
      { cluster: { token: '0123456789abcdef0123456789abcdef' } },
      /^\[depots\/depot\] cannot set up its machines: .*looks like a token itself/m,
    ],
    [
      'a site value in what is equal everywhere',
      { cluster: ({ site }) => ({ launch: { kubelet: { '--max-pods': site.values.net } } }) },
      /^\[depots\/depot\] has a site value in \S*--max-pods\S* of its cluster; that must be equal at all sites$/m,
    ],
    ['a name of a site in capitals', { sites: [{ name: 'Depot-1', net: '10.2.1' }], nodes: [] }, /Depot-1/],
  ])('%s', (_what, described, message) => {
    expect(depotRefused(described)).toMatch(message);
  });
});

describe('where machines run, is refused:', () => {
  test.each<[string, DepotFleet, DepotFleet, RegExp]>([
    [
      'another network of pods',
      {},
      { cluster: { network: { clusterCidr: '10.50.0.0/16' } } },
      /^\[depots\/depot\] changes \/etc\/edgecdk\/microk8s\/fixed\.yaml, which holds what cannot be changed while the cluster lives; take the change back, or count the clusterGeneration/m,
    ],
    [
      'the strict snap in the place of the classic one',
      {},
      { cluster: { channel: '1.33-strict/stable' } },
      /^\[depots\/depot\] has MicroK8s 1\.33-strict\/stable where machines run 1\.33\/stable: the snap cannot go from classic to strict/m,
    ],
    [
      'a minor that is skipped',
      { cluster: { channel: '1.32/stable' } },
      { cluster: { channel: '1.34/stable' } },
      /has MicroK8s 1\.34\/stable where machines run 1\.32\/stable, and no minor may be skipped; move to 1\.33 first/m,
    ],
    [
      'a minor back',
      {},
      { cluster: { channel: '1.32/stable' } },
      /and MicroK8s does not go back; take the change back/m,
    ],
    [
      'another disk for its data',
      { servers: 1, gates: 0 },
      { servers: 1, gates: 0, rack: { dataMount: '/var/snap/microk8s' } },
      /moves the data of rack from the system disk to \/var\/snap\/microk8s/m,
    ],
  ])('%s', (_what, first, then, message) => {
    expect(depotRefused(first, then)).toMatch(message);
  });
});
