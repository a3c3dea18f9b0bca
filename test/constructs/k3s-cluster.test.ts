import {
  DeviceClass,
  Fleet,
  Hardware,
  Install,
  K3sBackup,
  K3sCluster,
  type K3sClusterProps,
  K3sDatastore,
  OperatingSystem,
  RegistrationAddress,
  Size,
} from 'edgecdk';
import { collect } from '../../constructs/collect';
import { model } from '../../constructs/internal';
import { K3S } from '../../lib/distributions/k3s/k3s';
import type { ClusterModel } from '../../lib/model/distribution';

const fleet = new Fleet('shops');
const hardware = Hardware.n100MiniPc({ memory: Size.gibibytes(16) });
const box = new DeviceClass(fleet, 'box', { hardware });

type Props = Partial<K3sClusterProps<'linux/amd64'>>;

function clusterOf(props: Props = {}): ClusterModel {
  return new K3sCluster({ version: 'v1.33.5+k3s1', servers: box.count(1), ...props })[model];
}

test('a cluster that says little of its machines has the defaults', () => {
  expect(clusterOf()).toEqual({
    distribution: K3S,
    version: 'v1.33.5+k3s1',
    nodes: [{ deviceClass: 'shops/box', count: 1, role: 'server' }],
    disable: [],
    packagedValues: {},
    machines: {
      datastore: undefined,
      registration: undefined,
      tlsSans: [],
      network: {},
      registries: [],
      embeddedRegistry: false,
      secretsEncryption: false,
      hardening: false,
      unchecked: {},
      backup: { kind: 'none' },
      install: { mode: 'online' },
      tokens: { server: 'k3s-token', agent: 'k3s-agent-token' },
      certificateAuthority: undefined,
      secretsFrom: { kind: 'medium' },
      access: { sshKeys: [] },
      ntpServers: undefined,
      quietHour: undefined,
      upgradeWindow: undefined,
    },
  });
});

test.each<[string, Props, object]>([
  ['etcd on servers', { datastore: K3sDatastore.embeddedEtcd() }, { datastore: { kind: 'etcd' } }],
  [
    'a database',
    { datastore: K3sDatastore.external({ secret: 'db' }) },
    { datastore: { kind: 'external', secret: 'db' } },
  ],
  [
    'a host to register at',
    { registrationAddress: RegistrationAddress.host('k3s.example') },
    { registration: { kind: 'host', host: 'k3s.example' } },
  ],
  [
    'a virtual IP',
    { registrationAddress: RegistrationAddress.virtualIp('10.0.0.9', { nic: 'eth0' }) },
    { registration: { kind: 'virtual-ip', address: '10.0.0.9', nic: 'eth0' } },
  ],
  [
    'a mirror of K3s, without the slashes at its end',
    { install: Install.mirror('https://m.example/k3s//') },
    { install: { mode: 'mirror', base: 'https://m.example/k3s' } },
  ],
  ['a medium', { install: Install.preloaded() }, { install: { mode: 'preloaded', mediumLabel: 'EDGECDK' } }],
  [
    'a medium of another label',
    { install: Install.preloaded({ mediumLabel: 'STICK' }) },
    { install: { mode: 'preloaded', mediumLabel: 'STICK' } },
  ],
  [
    'copies on a disk',
    { backup: K3sBackup.toDisk('/mnt/backup/') },
    { backup: { kind: 'disk', path: '/mnt/backup', keep: 7 } },
  ],
  [
    'fewer copies on a disk',
    { backup: K3sBackup.toDisk('/', { keep: 2 }) },
    { backup: { kind: 'disk', path: '/', keep: 2 } },
  ],
  [
    'copies in a bucket',
    { backup: K3sBackup.toS3({ endpoint: 's3.example', bucket: 'b', region: 'r', secret: 's' }) },
    { backup: { kind: 's3', endpoint: 's3.example', bucket: 'b', region: 'r', credentials: 's', keep: 7 } },
  ],
  [
    'mirrors of registries, with the names of their secrets',
    {
      registries: {
        'docker.io': { endpoints: ['https://m.example'], secret: 'login' },
        '*': { endpoints: ['https://n.example'] },
      },
      onlyMirrors: true,
    },
    {
      registries: [
        { registry: 'docker.io', endpoints: ['https://m.example'], credentials: 'login' },
        { registry: '*', endpoints: ['https://n.example'] },
      ],
      onlyMirrors: true,
    },
  ],
  [
    'tokens, one of them by another name',
    { tokens: { agent: 'other' } },
    { tokens: { server: 'k3s-token', agent: 'other' } },
  ],
  [
    'who may log in',
    { access: { breakGlass: { name: 'rescue', sshKeys: ['ssh-ed25519 AAAA vault'] } } },
    { access: { sshKeys: [], breakGlass: { name: 'rescue', sshKeys: ['ssh-ed25519 AAAA vault'] } } },
  ],
  ['a network', { network: { flannelBackend: 'host-gw' } }, { network: { flannelBackend: 'host-gw' } }],
])('a cluster has %s', (_what, props, k3s) => {
  expect(clusterOf(props).machines).toMatchObject(k3s);
});

test('a cluster that moves sets machines up with what it has until the move is over', () => {
  expect(clusterOf({ version: { from: 'v1.33.5+k3s1', to: 'v1.34.9+k3s1' } })).toMatchObject({
    version: 'v1.33.5+k3s1',
    movesTo: 'v1.34.9+k3s1',
  });
  expect(clusterOf()).not.toHaveProperty('movesTo');
});

test('agents may be one count or several', () => {
  const counts = (agents: Props['agents']) => clusterOf({ agents }).nodes.map(({ role, count }) => `${role} ${count}`);
  expect(counts(box.count(2))).toEqual(['server 1', 'agent 2']);
  expect(counts([box.count(2), box.count(3)])).toEqual(['server 1', 'agent 2', 'agent 3']);
});

test('a list that the program changes later changes no cluster', () => {
  const tlsSans = ['a.example'];
  const cluster = clusterOf({ tlsSans });
  tlsSans.push('b.example');
  expect(cluster.machines?.tlsSans).toEqual(['a.example']);
});

test('a cluster that was there already says nothing of machines', () => {
  const cluster = K3sCluster.existing({ version: 'v1.33.5+k3s1', servers: box.count(3), disable: ['traefik'] })[model];
  expect(cluster).toEqual({
    ...clusterOf({ disable: ['traefik'] }),
    nodes: [{ deviceClass: 'shops/box', count: 3, role: 'server' }],
    machines: undefined,
  });
  expect('machines' in cluster).toBe(false);
});

test('a device class says what its machines run, from which medium, and where their data disk is', () => {
  const own = new Fleet('own');
  const kiosk = {
    hardware,
    operatingSystem: OperatingSystem.debian13(),
    storage: 'nvme',
    dataMount: '/var/lib/rancher',
    reserves: { kubernetes: Size.mebibytes(500) },
  } as const;
  new DeviceClass(own, 'kiosk', kiosk);
  new DeviceClass(own, 'plain', { hardware });
  expect(collect(own, own[model]).deviceClasses).toMatchObject([
    {
      operatingSystem: { name: 'debian-13' },
      storage: 'nvme',
      dataMount: '/var/lib/rancher',
      reserves: { kubernetesMiB: 500 },
    },
    { operatingSystem: undefined, storage: undefined, dataMount: undefined },
  ]);
});
