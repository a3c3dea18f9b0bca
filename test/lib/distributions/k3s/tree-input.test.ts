import { K3S } from '../../../../lib/distributions/k3s/k3s';
import { k3sTreeInput } from '../../../../lib/distributions/k3s/tree-input';
import type { ArtifactLock } from '../../../../lib/model/artifact-lock';
import type { TreeSource } from '../../../../lib/model/distribution';
import type { K3sClusterModel, K3sNodesModel } from '../../../../lib/model/k3s-cluster-model';
import { parseArtifactLock } from '../../../../lib/model/lock/parse';
import { deviceClass } from '../../../support/check-plan';
import { lockText, VERSION } from '../../../support/node-fleet';
import { UBUNTU } from '../../render/node/sample-input';

const k3s: K3sNodesModel = {
  tlsSans: [],
  network: {},
  registries: [],
  onlyMirrors: false,
  secretsEncryption: false,
  hardening: false,
  unchecked: {},
  backup: { kind: 'none' },
  install: { mode: 'online' },
  tokens: { server: 'k3s-token', agent: 'k3s-agent-token' },
  secretsFrom: { kind: 'medium' },
  access: { sshKeys: [] },
};

const server = (count: number) => ({ role: 'server' as const, deviceClass: 'fleet/box', count });
const agents = { role: 'agent' as const, deviceClass: 'fleet/till', count: 0 };

function clusterOf(nodes: TreeSource['cluster']['nodes'], own: Partial<K3sNodesModel>): K3sClusterModel {
  const machines = { ...k3s, ...own };
  return { distribution: K3S, version: VERSION, nodes, disable: [], packagedValues: {}, machines };
}

function source(
  more: Partial<TreeSource> = {},
  own: Partial<K3sNodesModel> = {},
  nodes: TreeSource['cluster']['nodes'] = [server(1)],
): TreeSource {
  return {
    cluster: clusterOf(nodes, own),
    deviceClass: deviceClass('box', { storage: ['nvme', 'ssd'], sharedWithAcceleratorMiB: 100 }),
    operatingSystem: UBUNTU,
    role: 'server',
    link: { kind: 'online' },
    lock: parseArtifactLock(lockText(VERSION)) as ArtifactLock,
    ...more,
  };
}

function treeInputOf(from: TreeSource) {
  return k3sTreeInput(from, from.cluster as K3sClusterModel);
}

function inputOf(...args: Parameters<typeof source>) {
  const input = treeInputOf(source(...args));
  if ('missing' in input) throw new Error(input.missing);
  return input;
}

describe('secrets', () => {
  const external = { kind: 'external', secret: 'db' } as const;
  test.each<[string, Partial<K3sNodesModel>, TreeSource['cluster']['nodes'], object]>([
    ['a single server needs none', {}, [server(1)], {}],
    ['etcd on a single server needs none', { datastore: { kind: 'etcd' } }, [server(1)], {}],
    ['agents that may come need both', {}, [server(1), agents], { token: 'k3s-token', agentToken: 'k3s-agent-token' }],
    ['servers alone need theirs', {}, [server(3)], { token: 'k3s-token' }],
    ['a database needs both of its own', { datastore: external }, [server(1)], { token: 'k3s-token', datastore: 'db' }],
    [
      'names are the program’s',
      { tokens: { server: 's', agent: 'a' } },
      [server(1), agents],
      { token: 's', agentToken: 'a' },
    ],
  ])('%s', (_what, own, nodes, secrets) => {
    expect(inputOf({}, own, nodes).secrets).toEqual(secrets);
  });
});

test.each<[string, Partial<K3sNodesModel>, number, string]>([
  ['one server', {}, 1, 'sqlite'],
  ['several servers', {}, 3, 'etcd'],
  ['one server that is said to have etcd', { datastore: { kind: 'etcd' } }, 1, 'etcd'],
  ['a database', { datastore: { kind: 'external', secret: 'db' } }, 3, 'external'],
])('the datastore of %s', (_what, own, count, datastore) => {
  expect(inputOf({}, own, [server(count)]).cluster).toMatchObject({ servers: count, datastore });
});

describe('where K3s comes from', () => {
  const release = 'https://k3s.example/v1.33.5%2Bk3s1';
  test.each<[string, K3sNodesModel['install'], TreeSource['link'], object]>([
    ['the folder that was locked', { mode: 'online' }, { kind: 'online' }, { mode: 'online', baseUrl: release }],
    [
      'a folder of a mirror',
      { mode: 'mirror', base: 'https://m.example/k3s' },
      { kind: 'online' },
      { mode: 'mirror', baseUrl: 'https://m.example/k3s/v1.33.5%2Bk3s1' },
    ],
    [
      'a medium',
      { mode: 'preloaded', mediumLabel: 'STICK' },
      { kind: 'online' },
      { mode: 'preloaded', mediumLabel: 'STICK' },
    ],
    [
      'a medium, at a site without a link',
      { mode: 'online' },
      { kind: 'offline' },
      { mode: 'preloaded', mediumLabel: 'EDGECDK' },
    ],
    [
      'a medium, at a site without a link whatever the mirror',
      { mode: 'mirror', base: 'https://m.example' },
      { kind: 'offline' },
      { mode: 'preloaded', mediumLabel: 'EDGECDK' },
    ],
  ])('%s', (_what, install, link, expected) => {
    const input = inputOf({ link }, { install });
    expect(input.install).toEqual(expected);
    expect('imagesSha256' in input.artifacts).toBe(input.install.mode === 'preloaded');
  });

  test('links that break off for some time share the trees of those that do not', () => {
    const intermittent = inputOf({ link: { kind: 'intermittent' } as TreeSource['link'] });
    expect(intermittent).toEqual(inputOf());
  });
});

describe('memory that is kept free', () => {
  const reserves = {
    osMiB: 300,
    sharedWithAcceleratorMiB: 50,
    otherMiB: 20,
    kubernetesMiB: 700,
    evictionFloorMiB: 150,
  };
  test.each<[string, Partial<TreeSource>, object]>([
    ['is estimated for a server', {}, { kubeReservedMiB: 600, systemReservedMiB: 200 + 100, evictionFloorMiB: 100 }],
    ['is less for an agent', { role: 'agent' }, { kubeReservedMiB: 200 }],
    [
      'is what the class says',
      { deviceClass: deviceClass('box', {}, { reserves }) },
      { kubeReservedMiB: 700, systemReservedMiB: 370, evictionFloorMiB: 150 },
    ],
    [
      'counts the system of the hardware',
      { deviceClass: deviceClass('box', { osMiB: 1000 }) },
      { systemReservedMiB: 1000 },
    ],
  ])('%s', (_what, more, expected) => {
    expect(inputOf(more).deviceClass).toMatchObject(expected);
  });
});

test.each<[string, Partial<TreeSource>, string]>([
  ['its own', { deviceClass: { ...deviceClass('box', { storage: ['sd'] }), storage: 'ssd' } }, 'ssd'],
  ['what the hardware usually has', {}, 'nvme'],
  ['an SSD where nothing is known', { deviceClass: deviceClass('box') }, 'ssd'],
])('the medium of a class is %s', (_what, more, storage) => {
  expect(inputOf(more).deviceClass.storage).toBe(storage);
});

describe('what is missing', () => {
  test.each<[string, Partial<TreeSource>, RegExp]>([
    [
      'a lock',
      { lock: undefined },
      /^has nodes of box, and no K3s v1\.33\.5\+k3s1 for amd64 is locked; run `edgecdk lock`/,
    ],
    ['the release in it', { lock: parseArtifactLock(lockText('v1.34.1+k3s1')) as ArtifactLock }, /for amd64 is locked/],
    [
      'the architecture in it',
      { deviceClass: deviceClass('box', { platforms: ['linux/arm/v7'] }) },
      /for arm is locked/,
    ],
    [
      'a release at all',
      { deviceClass: deviceClass('box', { platforms: ['linux/riscv64' as 'linux/arm64'] }) },
      /^has nodes of box, and K3s is not released for linux\/riscv64$/,
    ],
  ])('%s', (_what, more, message) => {
    expect(treeInputOf(source(more))).toEqual({ missing: expect.stringMatching(message) });
  });
});
