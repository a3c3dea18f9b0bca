import { k3sAgentTree, k3sServerTree } from '../../../../lib/distributions/k3s/node/tree';
import type { KubeObject } from '../../../../lib/model/kube-object';
import type { NodeFile } from '../../../../lib/model/node-tree';
import { carrierFolder, carrierNamespace, carrierObjects } from '../../../../lib/render/carrier/carrier';
import type { CarrierCluster } from '../../../../lib/render/carrier/carrier-cluster';
import { nodeFile } from '../../../../lib/render/node/node-file';
import { ContentError } from '../../../../lib/render/render-context';
import { throughGeneratedClasses } from '../kubernetes-fields';
import { FULL, SINGLE } from '../node/sample-input';
import { daemonSetOf, mounted } from './mounted';

const server = k3sServerTree(SINGLE);
const cluster: CarrierCluster = {
  image: 'registry.example/busybox:1',
  idle: { image: 'registry.example/pause:1' },
  serverLabel: { name: 'node-role.kubernetes.io/control-plane', value: 'true' },
};
const input = { treeName: 'store.server.box', tree: server, deviceClassId: 'box', cluster };
const withFiles = (...files: readonly NodeFile[]) => ({
  ...input,
  tree: { ...server, files: [...server.files, ...files] },
});
const names = (objects: readonly KubeObject[]) => objects.map((o) => `${o.kind} ${o.metadata.name}`);

test('all fields of a carrier are fields of Kubernetes', () => {
  const agent = { ...input, tree: k3sAgentTree(FULL) };
  const objects = [...carrierNamespace(), ...carrierObjects(input), ...carrierObjects(agent)];
  for (const object of objects) expect(throughGeneratedClasses(object)).toEqual(object);
});

test('the pod finds in its volume what the folder holds, byte for byte', () => {
  const odd = nodeFile('/etc/odd', 'live', ['$', '{NAME} {{ name }} $$ $(x)\r\n \u00e4\t%{X}% \n\n'].join(''));
  const { tree } = withFiles(odd, nodeFile('/etc/empty', 'live', ''));
  const objects = carrierObjects({ ...input, tree });
  expect(mounted(objects)).toEqual(carrierFolder(tree));
  expect(JSON.stringify(objects)).not.toContain('{NAME}');
});

test('paths that would share a key are told apart', () => {
  const { tree } = withFiles(nodeFile('/etc/a@b', 'live', 'one'), nodeFile('/etc/a+b', 'live', 'two'));
  expect(mounted(carrierObjects({ ...input, tree }))).toEqual(carrierFolder(tree));
});

test('a tree that is too large for one ConfigMap is spread over several, each small enough for an annotation', () => {
  const { tree } = withFiles(...[1, 2, 3].map((n) => nodeFile(`/etc/large-${n}`, 'live', `${n}`.repeat(100_000))));
  const objects = carrierObjects({ ...input, tree });
  const maps = objects.filter((o) => o.kind === 'ConfigMap');
  expect(maps.length).toBeGreaterThan(1);
  for (const map of maps) expect(JSON.stringify(map).length).toBeLessThan(256 * 1024);
  expect(mounted(objects)).toEqual(carrierFolder(tree));
});

test('a file that no ConfigMap takes is refused by its name', () => {
  const huge = withFiles(nodeFile('/etc/huge', 'live', 'x'.repeat(1024 * 1024 + 1)));
  expect(() => carrierObjects(huge)).toThrow(ContentError);
  expect(() => carrierObjects(huge)).toThrow(/tree\/files\/etc\/huge of 1025 KiB/);
});

test('an equal tree makes equal objects, and a changed one a new ConfigMap under the same DaemonSet', () => {
  const before = carrierObjects(input);
  expect(carrierObjects({ ...input, tree: k3sServerTree(SINGLE) })).toEqual(before);
  const after = carrierObjects(withFiles(nodeFile('/etc/motd', 'live', 'changed\n')));
  expect(names(after).at(-1)).toBe('DaemonSet edgecdk-server-box');
  expect(names(before).at(-1)).toBe('DaemonSet edgecdk-server-box');
  expect(names(after)[0]).toBe(names(before)[0]); // the scripts, which all trees share
  expect(names(after)[1]).not.toBe(names(before)[1]);
  expect(JSON.stringify(daemonSetOf(after).spec)).not.toBe(JSON.stringify(daemonSetOf(before).spec));
});

test('the name of a tree changes no pod', () => {
  const offline = carrierObjects({ ...input, treeName: 'store.server.box.offline' });
  expect(daemonSetOf(offline).spec).toEqual(daemonSetOf(carrierObjects(input)).spec);
});

test("servers and agents of one class have carriers that select each other's machines never", () => {
  const [one, other] = [input, { ...input, tree: k3sAgentTree(FULL) }].map((i) => daemonSetOf(carrierObjects(i)));
  expect(one?.spec.template.spec.nodeSelector).toEqual({
    'edgecdk.dev/device-class': 'box',
    'node-role.kubernetes.io/control-plane': 'true',
  });
  expect(other?.spec.template.spec.nodeSelector).toEqual({ 'edgecdk.dev/device-class': 'box' });
  expect(JSON.stringify(other?.spec.template.spec.affinity)).toContain(
    '{"key":"node-role.kubernetes.io/control-plane","operator":"DoesNotExist"}',
  );
  expect(one?.spec.selector).not.toEqual(other?.spec.selector);
});

test('one machine at a time, wherever it is', () => {
  const { spec } = daemonSetOf(carrierObjects(input));
  expect(spec.updateStrategy).toEqual({ type: 'RollingUpdate', rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } });
  expect(spec.template.spec.tolerations).toEqual([{ operator: 'Exists' }]);
});
