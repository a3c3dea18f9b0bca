import type { NodesModel } from '../../../lib/model/nodes-model';
import type { SitePlan } from '../../../lib/model/plan';
import { siteInput } from '../../../lib/model/site-texts';
import { TokenTable } from '../../../lib/model/token';

const tokens = new TokenTable(['site.name', 'site.values.net']);
const net = tokens.text('site.values.net');
const site = {
  name: 'shop-1',
  path: 'shops/north',
  values: { net: '10.1.1' },
  profile: 'p',
  timeZone: 'Europe/Lisbon',
  clusterGeneration: 0,
} as unknown as SitePlan;
const machines = { tlsSans: [] } as unknown as NodesModel;

test('a site says its name and its time where its cluster says nothing of sites', () => {
  expect(siteInput(site, { machines }, tokens)).toEqual({ name: 'shop-1', tlsSan: [], timeZone: 'Europe/Lisbon' });
});

test.each<[string, Partial<NodesModel>, object]>([
  [
    'the host where nodes register',
    { registration: { kind: 'host', host: `k3s.${tokens.text('site.name')}.example` } },
    { registrationHost: 'k3s.shop-1.example' },
  ],
  ['a virtual IP', { registration: { kind: 'virtual-ip', address: `${net}.9` } }, { registrationHost: '10.1.1.9' }],
  ['names in certificates', { tlsSans: [`${net}.8`, 'k3s.example'] }, { tlsSan: ['10.1.1.8', 'k3s.example'] }],
  ['time servers', { ntpServers: [`${net}.1`] }, { ntpServers: ['10.1.1.1'] }],
  ['no time servers at all', { ntpServers: [] }, { ntpServers: [] }],
  [
    'addresses of mirrors',
    { registries: [{ registry: 'docker.io', endpoints: [`http://${net}.5:5000`, 'https://mirror.example'] }] },
    { registries: [{ registry: 'docker.io', endpoints: ['http://10.1.1.5:5000', 'https://mirror.example'] }] },
  ],
  ['the quiet hour', { quietHour: net }, { quietHour: '10.1.1' }],
])('%s has the values of the site', (_what, own, expected) => {
  expect(siteInput(site, { machines: { ...machines, ...own } }, tokens)).toMatchObject(expected);
});

test('the generation of the cluster is said once there was another', () => {
  expect(siteInput({ ...site, clusterGeneration: 2 }, { machines }, tokens)).toMatchObject({ clusterGeneration: 2 });
});

test('the group is said where many sites share a cluster', () => {
  expect(siteInput(site, { machines, shared: 'fleet/vans' }, tokens)).toMatchObject({ group: 'north' });
});

test('mirrors that are the same everywhere are left to the tree', () => {
  const registries = [{ registry: 'docker.io', endpoints: ['https://mirror.example'] }];
  expect(siteInput(site, { machines: { ...machines, registries } }, tokens)).not.toHaveProperty('registries');
});
