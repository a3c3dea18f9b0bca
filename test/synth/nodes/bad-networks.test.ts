import { RegistrationAddress } from 'edgecdk';
import { boxes, type NodeFleet, shop } from '../../support/node-fleet';
import { refused } from '../../support/refused-fleet';

describe('a cluster', () => {
  test.each<[string, object, RegExp]>([
    [
      'with a network without a length',
      { clusterCidr: ['10.50.0.0'] },
      /has "10\.50\.0\.0" in clusterCidr; write a network such as 10\.42\.0\.0\/16$/m,
    ],
    ['with a network that is none', { serviceCidr: ['10.51.0.0/33'] }, /has "10\.51\.0\.0\/33" in serviceCidr; write/],
    [
      'with an empty list of networks',
      { serviceCidr: [] },
      /has an empty serviceCidr; name a network, or leave it out$/m,
    ],
    [
      'with an address as network',
      { clusterCidr: ['10.50.1.0/16'] },
      /has 10\.50\.1\.0\/16 in clusterCidr, which is an address and no network; write 10\.50\.0\.0\/16$/m,
    ],
    [
      'with two networks of a kind',
      { clusterCidr: ['10.50.0.0/16', '10.52.0.0/16'] },
      /has 10\.50\.0\.0\/16, 10\.52\.0\.0\/16 in clusterCidr; give one network of IPv4, one of IPv6, or one of each$/m,
    ],
    [
      'with pods of both kinds and services of one',
      { clusterCidr: ['10.50.0.0/16', 'fd00:50::/56'] },
      /has 10\.50\.0\.0\/16, fd00:50::\/56 for pods \(clusterCidr\) and 10\.43\.0\.0\/16 for services \(serviceCidr\); give both the same of IPv4 and IPv6$/m,
    ],
    [
      'with pods where K3s has the services',
      { clusterCidr: ['10.40.0.0/14'] },
      /has 10\.40\.0\.0\/14 for pods \(clusterCidr\) and 10\.43\.0\.0\/16 for services \(serviceCidr\), which overlap; give them networks apart$/m,
    ],
    [
      'with a DNS that is none',
      { clusterDns: ['dns.example'] },
      /has "dns\.example" in clusterDns; write an address such as 10\.43\.0\.10$/m,
    ],
    [
      'with a DNS outside the services',
      { serviceCidr: ['10.51.0.0/16'], clusterDns: ['10.43.0.10'] },
      /has 10\.43\.0\.10 in clusterDns, which is not in 10\.51\.0\.0\/16, the network of its services \(serviceCidr\)$/m,
    ],
  ])('%s', (_what, network, message) => {
    const told = refused({ cluster: { network } });
    expect(told).toMatch(message);
    expect(told).toMatch(/^1 problem\n\[shops\/shop\] /);
  });
});

const vip = (address: string): NodeFleet['cluster'] => ({
  registrationAddress: RegistrationAddress.virtualIp(address),
});
const fixed = boxes(1, 1, { address: '10.1.1.11/24', gateway: '10.1.1.1', mac: 'dc:a6:32:01:02:03' });
const [SHOP, TILL] = [shop(1), { site: 'shop-1', slot: 'till-1', serial: 'T1' }];

describe('a site', () => {
  test.each<[string, NodeFleet, RegExp]>([
    [
      'with machines among the pods',
      { nodes: [...boxes(1, 1, { address: '10.42.1.11' }), { ...TILL, address: '10.42.1.21' }] },
      /has machines in 10\.42\.0\.0\/16, the network of its pods \(clusterCidr\); .* \(shop-1: box-1 till-1\)$/m,
    ],
    [
      'with machines among the services',
      { nodes: fixed, cluster: { network: { serviceCidr: ['10.1.0.0/16'] } } },
      /has machines in 10\.1\.0\.0\/16, the network of its services \(serviceCidr\); .* \(shop-1: box-1\)$/m,
    ],
    [
      'with machines whose names are addresses among the pods',
      { nodes: boxes(1), blueprint: { nodeAddress: () => '10.42.0.5' } },
      /has machines in 10\.42\.0\.0\/16, the network of its pods/,
    ],
    [
      'with a virtual IP among the pods',
      { nodes: boxes(1), cluster: vip('10.42.0.9') },
      /has a virtual IP in 10\.42\.0\.0\/16, the network of its pods \(clusterCidr\); take another \(shop-1: 10\.42\.0\.9\)$/m,
    ],
    [
      'with the virtual IP of a machine',
      { nodes: [...boxes(1), { ...TILL, address: '10.1.1.21' }], cluster: vip('10.1.1.21') },
      /has a virtual IP that is the address of a machine; give it one of its own \(shop-1: till-1\)$/m,
    ],
    [
      'with the virtual IP of its router',
      { nodes: fixed, cluster: vip('10.1.1.1') },
      /has a virtual IP that is the address of the router; give it one of its own \(shop-1: 10\.1\.1\.1\)$/m,
    ],
    [
      'with a virtual IP elsewhere',
      { nodes: fixed, cluster: vip('10.1.2.9') },
      /has a virtual IP outside the network of its servers, .* \(shop-1: 10\.1\.2\.9 is not in 10\.1\.1\.0\/24\)$/m,
    ],
    [
      'with a virtual IP for all of its network',
      { nodes: fixed, cluster: vip('10.1.1.255') },
      /has a virtual IP that no machine can have; .* \(shop-1: 10\.1\.1\.255 is the network's broadcast address\)$/m,
    ],
  ])('%s', (_what, described, message) => {
    expect(refused({ sites: [SHOP], ...described })).toMatch(message);
  });
});
