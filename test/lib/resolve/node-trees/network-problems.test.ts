import { RegistrationAddress } from 'edgecdk';
import { collect } from '../../../../constructs/collect';
import { model } from '../../../../constructs/internal';
import { networkProblems } from '../../../../lib/resolve/node-trees/network-problems';
import { resolve } from '../../../../lib/resolve/resolve';
import { boxes, type NodeFleet, nodeFleet, shop, withLock } from '../../../support/node-fleet';

function found(described: NodeFleet) {
  return withLock((root) => {
    const fleet = nodeFleet(root, described);
    return networkProblems(resolve(collect(fleet, fleet[model])));
  });
}

const network = (props: object): NodeFleet => ({ cluster: { network: props } });

test.each<[string, NodeFleet]>([
  ['what K3s takes itself', {}],
  [
    'the same, said',
    network({ clusterCidr: ['10.42.0.0/16'], serviceCidr: ['10.43.0.0/16'], clusterDns: ['10.43.0.10'] }),
  ],
  [
    'networks of both kinds, in any writing',
    network({
      clusterCidr: ['10.50.0.0/16', 'FD00:50:0::/56'],
      serviceCidr: ['10.51.0.0/16', 'fd00:51::/112'],
      clusterDns: ['10.51.0.10', 'fd00:51::a'],
    }),
  ],
  ['networks of the other kind', network({ clusterCidr: ['fd00:50::/56'], serviceCidr: ['fd00:51::/112'] })],
])('%s is taken', (_what, described) => {
  expect(found(described)).toEqual([]);
});

const vip = (address: string): NodeFleet['cluster'] => ({
  registrationAddress: RegistrationAddress.virtualIp(address),
});
const fixed = (more: object = {}) => boxes(1, 1, { address: '10.1.1.11/24', mac: 'dc:a6:32:01:02:03', ...more });

test.each<[string, NodeFleet]>([
  ['beside the servers', { sites: [shop(1)], nodes: fixed(), cluster: vip('10.1.1.9') }],
  ['where no network is known', { sites: [shop(1)], nodes: boxes(1), cluster: vip('10.9.9.9') }],
  ['of the other kind', { sites: [shop(1)], nodes: fixed(), cluster: vip('fd00:1::9') }],
  ['at each site its own', { cluster: ({ site }) => vipOf(site.values.net) }],
])('a virtual IP %s is taken', (_what, described) => {
  expect(found(described)).toEqual([]);
});

function vipOf(net: string) {
  return { registrationAddress: RegistrationAddress.virtualIp(`${net}.9`) };
}

test('clusters that others set up, and their machines, are not looked at', () => {
  const wrong = { network: { clusterCidr: ['10.1.0.0/16'], serviceCidr: ['nonsense'] } };
  expect(found({ cluster: wrong, existing: true })).toEqual([]);
  const none = { operatingSystem: undefined };
  expect(found({ cluster: wrong, box: none, till: none })).toEqual([]);
});

test('a site value in a network is told by who refuses it', () => {
  const cluster: NodeFleet['cluster'] = ({ site }) => ({
    network: { clusterCidr: [`${site.values.net}.0/24`], clusterDns: [`${site.values.net}.10`] },
  });
  expect(found({ cluster })).toEqual([]);
  expect(found({ cluster: ({ site }) => ({ network: { clusterDns: [`${site.values.net}.10`] } }) })).toEqual([]);
});

test('each fault is told once, with the sites and the machines that have it', () => {
  const sites = [1, 2, 3].map((n) => shop(n));
  const nodes = [1, 2, 3].flatMap((n) => boxes(n, 1, n === 2 ? {} : { address: `10.42.${n}.11` }));
  expect(found({ sites, nodes })).toEqual([
    {
      path: 'shops/shop',
      severity: 'error',
      message:
        'has machines in 10.42.0.0/16, the network of its pods (clusterCidr); give them other addresses, or the cluster another network',
      sites: ['shop-1: box-1', 'shop-3: box-1'],
    },
  ]);
});
