import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Install, OperatingSystem } from 'edgecdk';
import { change, folderOf, mirror } from '../../support/change-fleet';
import { boxes, lockText, type NodeFleet, nodeFleet, shop, VERSION, withLock } from '../../support/node-fleet';
import { stamps, touched } from '../../support/stamps';

const trees = ['shop.agent.till', 'shop.server.box'];

describe('a changed mirror', () => {
  const { result, before, after, paths } = change(mirror('https://one.example'), mirror('https://two.example'));

  test('changes the trees, and nothing of a machine’s own', () => {
    expect(paths).toEqual(
      [
        'assembly.json',
        ...trees.flatMap((tree) =>
          ['files/etc/rancher/k3s/registries.yaml', 'manifest', 'node.json'].map((file) => `nodes/${tree}/${file}`),
        ),
        ...['shop-1', 'shop-2'].map((site) => `${folderOf(site)}/manifests/edgecdk-nodes.yaml`),
      ].sort(),
    );
  });

  test('is told with the machines that restart K3s', () => {
    expect(result.nodeChanges).toEqual([
      { path: '/etc/rancher/k3s/registries.yaml', effect: 'restart', nodes: 4, trees, distributions: ['K3s'] },
    ]);
    expect(result.identityChanges).toBe(0);
  });

  test('goes to the machines under another name, by the same DaemonSets', () => {
    const path = `${folderOf('shop-1')}/manifests/edgecdk-nodes.yaml`;
    const named = (text = '') =>
      [
        ...text.matchAll(
          /^kind: (\w+)\nmetadata:\n(?: {2}annotations:\n(?: {4}.*\n)+)?(?: {2}labels:\n(?: {4}.*\n)+)? {2}name: (\S+)/gm,
        ),
      ].map(([, kind, name]) => `${kind} ${name}`);
    const [had, has] = [named(before[path]), named(after[path])];
    const kept = ['DaemonSet edgecdk-agent-till', 'DaemonSet edgecdk-server-box'];
    expect(had.filter((object) => object.startsWith('DaemonSet')).sort()).toEqual(kept);
    expect(has.filter((object) => object.startsWith('DaemonSet')).sort()).toEqual(kept);
    const gone = had.filter((object) => !has.includes(object));
    expect(gone.sort()).toEqual([
      expect.stringMatching(/^ConfigMap edgecdk-agent-till-/),
      expect.stringMatching(/^ConfigMap edgecdk-server-box-/),
    ]);
    expect(after[path]).toContain(
      has.find((object) => object.startsWith('ConfigMap edgecdk-agent-till-'))?.split(' ')[1],
    );
  });
});

test('a secret that machines have not been given is told before they wait for it', () => {
  const login = { registries: { 'ghcr.io': { endpoints: ['https://one.example'], secret: 'ghcr-login' } } };
  expect(change({}, { cluster: login }).result.newSecrets).toEqual([{ name: 'ghcr-login', nodes: 4 }]);
});

test('a second run writes nothing, and no machine changes', () => {
  const { result, paths } = change({}, {});
  expect(paths).toEqual([]);
  expect(result).toMatchObject({ written: 0, removed: 0, nodeChanges: [], identityChanges: 0 });
});

describe('what a change asks of machines that run', () => {
  const till = (system: OperatingSystem): NodeFleet => ({ till: { operatingSystem: system } });
  test.each<[string, NodeFleet, NodeFleet, string[]]>([
    ['its medium', {}, { till: { storage: 'nvme' } }, ['/etc/systemd/journald.conf.d/50-edgecdk.conf live 2']],
    [
      'secrets at rest',
      {},
      { cluster: { secretsEncryption: true } },
      ['/etc/rancher/k3s/config.yaml.d/30-encryption.yaml once 2'],
    ],
    ['secrets at rest, given up', { cluster: { secretsEncryption: true } }, {}, []],
    [
      'a component less',
      {},
      { cluster: { disable: ['traefik'] } },
      ['/etc/rancher/k3s/config.yaml restart 2', '/etc/ufw/applications.d/edgecdk-k3s restart 2'],
    ],
    ['what is installed from where', {}, { cluster: { install: Install.mirror('https://m.example/k3s') } }, []],
    ['a label of its own', {}, { box: { nodeLabels: { 'shops.example/a': 'b' } } }, []],
    ['another system', till(OperatingSystem.raspios({ release: 'trixie' })), till(OperatingSystem.debian13()), []],
  ])('%s', (_what, first, then, expected) => {
    const { result } = change(first, then);
    expect(result.nodeChanges.map(({ path, effect, nodes }) => `${path} ${effect} ${nodes}`)).toEqual(expected);
  });

  test('is not told of machines that are new, in number or in name', () => {
    const two = mirror('https://two.example');
    const { result } = change(
      { sites: [shop(1)], nodes: boxes(1) },
      { ...two, sites: [shop(1, { clusterGeneration: 1 }), shop(2)] },
    );
    expect(result).toMatchObject({ nodeChanges: [], identityChanges: 0 });
    const grown = change(
      { sites: [shop(1, { tills: 1 })], nodes: boxes(1) },
      { ...two, sites: [shop(1, { tills: 3 })], nodes: boxes(1) },
    );
    expect(grown.result.nodeChanges).toMatchObject([{ nodes: 2 }]);
  });
});

test('a lock with other checksums changes what is installed, and restarts nothing', () => {
  withLock((root) => {
    const outDir = join(root, 'dist');
    nodeFleet(root).synth({ outDir });
    const before = stamps(outDir);
    writeFileSync(
      join(root, 'artifacts.lock.json'),
      lockText(VERSION).replaceAll(/"sha256": "[0-9a-f]/g, '"sha256": "0'),
    );
    const { nodeChanges } = nodeFleet(root).synth({ outDir });
    expect(nodeChanges).toEqual([]);
    const paths = touched(before, stamps(outDir)).filter(
      (path) => path.startsWith('nodes/') || path.includes('/nodes/'),
    );
    expect(paths).toEqual(trees.flatMap((tree) => ['manifest', 'settings'].map((file) => `nodes/${tree}/${file}`)));
  });
});
