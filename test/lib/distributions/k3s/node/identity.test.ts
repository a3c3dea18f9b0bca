import { parse } from 'yaml';
import { k3sIdentity } from '../../../../../lib/distributions/k3s/node/identity';
import type { K3sNodeInput } from '../../../../../lib/model/k3s-node-input';
import type { NodeRecord } from '../../../../../lib/model/node-model';
import type { NodeSiteInput } from '../../../../../lib/model/node-site-input';
import { FULL, node, RASPIOS, SERVERS, SINGLE, SITE } from '../../../render/node/sample-input';

const CONFIG = '/etc/rancher/k3s/config.yaml.d/50-node.yaml';

function filesOf(one: NodeRecord, servers = SERVERS, site: NodeSiteInput = SITE, input: K3sNodeInput = FULL) {
  return Object.fromEntries(k3sIdentity(one, servers, site, input).files.map(({ path, text }) => [path, text]));
}
const envOf = (files: Record<string, string>): string[] =>
  (files['/etc/edgecdk/identity.env'] ?? '').trim().split('\n');
const configOf = (files: Record<string, string>) => parse(files[CONFIG] ?? '', { version: '1.1' });

test('a server of three knows its rank and its peers, and is told by apply.sh whom to join', () => {
  const files = filesOf(node(1));
  expect(envOf(files)).toEqual([
    'NODE_NAME=store-0412-box-2',
    'NODE_IP=10.0.0.11',
    'RANK=1',
    'GENERATION=0',
    'SERVER_URL=https://10.0.0.10:6443',
    'PEERS=https://10.0.0.10:6443 https://10.0.0.12:6443',
  ]);
  expect(configOf(files)).toEqual({
    'node-name': 'store-0412-box-2',
    'node-ip': ['10.0.0.11'],
    'node-label': ['edgecdk.dev/device-class=till', 'grocer.example/counter=yes'],
    'tls-san': ['k3s.example', 'store-0412.example'],
    'etcd-s3-folder': 'grocer/store-0412',
  });
});

test.each([
  ['grocer', 'grocer/store-0412'],
  ['/grocer/eu/', 'grocer/eu/store-0412'],
  ['/', 'store-0412'],
  [undefined, 'store-0412'],
])('snapshots of a site lie apart from those of all others, in the folder %s too', (folder, expected) => {
  const { backup } = FULL.cluster;
  if (backup.kind !== 's3') throw new Error('a bucket');
  const input = { ...FULL, cluster: { ...FULL.cluster, backup: { ...backup, folder } } };
  expect(configOf(filesOf(node(1), SERVERS, SITE, input))['etcd-s3-folder']).toBe(expected);
});

test.each([
  ['on a disk', { ...FULL.cluster, backup: { kind: 'disk' as const, path: '/mnt/backup', keep: 7 } }],
  ['that are not made', { ...FULL.cluster, datastore: 'sqlite' as const }],
])('snapshots %s have no folder in a bucket', (_what, cluster) => {
  expect(configOf(filesOf(node(0), SERVERS, SITE, { ...FULL, cluster }))).not.toHaveProperty('etcd-s3-folder');
});

test('an agent joins where its configuration says', () => {
  const files = filesOf(node(undefined));
  expect(envOf(files)).toEqual([
    'NODE_NAME=store-0412-till-1',
    'NODE_IP=10.0.0.20',
    'GENERATION=0',
    'SERVER_URL=https://10.0.0.10:6443',
  ]);
  expect(configOf(files)).toEqual({
    'node-name': 'store-0412-till-1',
    'node-ip': ['10.0.0.20'],
    'node-label': ['edgecdk.dev/device-class=till', 'grocer.example/counter=yes'],
    server: 'https://10.0.0.10:6443',
  });
});

test('pods of different machines meet on the interface of the machine, where it is known', () => {
  expect(configOf(filesOf(node(1, { nic: 'eth1' })))['flannel-iface']).toBe('eth1');
  expect(configOf(filesOf(node(undefined, { nic: 'eth1' })))['flannel-iface']).toBe('eth1');
  expect(configOf(filesOf(node(1)))).not.toHaveProperty('flannel-iface');
});

test('a single server joins nobody', () => {
  const files = filesOf(node(0, { address: { kind: 'dynamic' } }), [node(0)], { ...SITE, tlsSan: [] }, SINGLE);
  expect(envOf(files)).toEqual(['NODE_NAME=store-0412-box-1', 'RANK=0', 'GENERATION=0']);
  expect(Object.keys(configOf(files))).toEqual(['node-name', 'node-label']);
});

test('a registration address takes the place of a server, and is in the certificates', () => {
  const site = { ...SITE, registrationHost: 'k3s.store-0412.example' };
  expect(configOf(filesOf(node(undefined), SERVERS, site)).server).toBe('https://k3s.store-0412.example:6443');
  expect(configOf(filesOf(node(0), SERVERS, site))['tls-san']).toContain('k3s.store-0412.example');
});

test('an address of version 6 stands in brackets in a URL', () => {
  const servers = SERVERS.map((one, index) => ({
    ...one,
    address: { kind: 'reserved' as const, ip: `fd00::1${index}` },
  }));
  const [first, second] = servers;
  if (!first || !second) throw new Error('three servers');
  expect(envOf(filesOf(second, servers))).toContain('SERVER_URL=https://[fd00::10]:6443');
});

test.each([
  [FULL, ['/etc/chrony.d/50-edgecdk.conf', '/etc/chrony/conf.d/50-edgecdk.conf'], 'server ntp2.example iburst'],
  [
    { ...SINGLE, operatingSystem: RASPIOS },
    ['/etc/systemd/timesyncd.conf.d/50-edgecdk.conf'],
    'NTP=ntp1.example ntp2.example',
  ],
])('time servers are the site’s ($operatingSystem.name)', (input, paths, line) => {
  const files = filesOf(node(0), SERVERS, SITE, input);
  expect(Object.keys(files).filter((path) => /chrony|timesync/.test(path))).toEqual(paths);
  for (const path of paths) expect(files[path]?.split('\n')).toContain(line);
});

test('timers go in the site’s time, and no two servers of a site have their quiet hour in one night', () => {
  const path = '/etc/systemd/system/edgecdk-quiet-hour.timer.d/50-site.conf';
  const hours = [...SERVERS, node(undefined)].map((one) => filesOf(one)[path]?.trim().split('\n').slice(-2));
  expect(hours).toEqual(
    ['Mon ', 'Tue ', 'Wed ', ''].map((day) => ['OnCalendar=', `OnCalendar=${day}*-*-* 04:30:00 Europe/Berlin`]),
  );
  const [alone] = SERVERS;
  expect(filesOf(node(0), alone && [alone], { ...SITE, quietHour: '04:00' })[path]).toContain(
    'OnCalendar=*-*-* 04:00:00 Europe/Berlin\n',
  );
});
