import type { K3sNodesModel } from '../../../lib/model/k3s-cluster-model';
import { siteInput } from '../../../lib/model/k3s-site-texts';
import type { SitePlan } from '../../../lib/model/plan';
import { TokenTable } from '../../../lib/model/token';

const tokens = new TokenTable(['site.name', 'site.values.net']);
const net = tokens.text('site.values.net');
const site = {
  name: 'shop-1',
  values: { net: '10.1.1' },
  profile: 'p',
  timeZone: 'Europe/Lisbon',
  clusterGeneration: 0,
} as unknown as SitePlan;
const k3s = { tlsSans: [] } as unknown as K3sNodesModel;

test('a site says its name and its time where its cluster says nothing of sites', () => {
  expect(siteInput(site, k3s, tokens)).toEqual({ name: 'shop-1', tlsSan: [], timeZone: 'Europe/Lisbon' });
});

test.each<[string, Partial<K3sNodesModel>, object]>([
  [
    'the host where nodes register',
    { registration: { kind: 'host', host: `k3s.${tokens.text('site.name')}.example` } },
    { registrationHost: 'k3s.shop-1.example' },
  ],
  ['a virtual IP', { registration: { kind: 'virtual-ip', address: `${net}.9` } }, { registrationHost: '10.1.1.9' }],
  ['names in certificates', { tlsSans: [`${net}.8`, 'k3s.example'] }, { tlsSan: ['10.1.1.8', 'k3s.example'] }],
  ['time servers', { ntpServers: [`${net}.1`] }, { ntpServers: ['10.1.1.1'] }],
  ['no time servers at all', { ntpServers: [] }, { ntpServers: [] }],
  ['the quiet hour', { quietHour: net }, { quietHour: '10.1.1' }],
])('%s has the values of the site', (_what, own, expected) => {
  expect(siteInput(site, { ...k3s, ...own }, tokens)).toMatchObject(expected);
});

test('the generation of the cluster is said once there was another', () => {
  expect(siteInput({ ...site, clusterGeneration: 2 }, k3s, tokens)).toMatchObject({ clusterGeneration: 2 });
});
