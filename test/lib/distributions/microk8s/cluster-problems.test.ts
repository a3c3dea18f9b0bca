import {
  microk8sClusterProblems,
  microk8sReleaseChange,
} from '../../../../lib/distributions/microk8s/cluster-problems';
import { MICROK8S } from '../../../../lib/distributions/microk8s/microk8s';
import type { MicroK8sClusterModel } from '../../../../lib/model/microk8s-cluster-model';

function cluster(version: string, servers: number, addons: readonly string[] = []): MicroK8sClusterModel {
  const nodes = [{ deviceClass: 'f/box', role: 'server', count: servers }] as const;
  return { distribution: MICROK8S, version, nodes, addons: addons.map((name) => ({ name, arguments: [] })) };
}

test.each([
  [
    'latest/stable',
    1,
    [/^has "latest\/stable" as channel of MicroK8s; write a track and a risk, such as 1\.33\/stable/],
  ],
  ['1.99/stable', 3, [/with a track of 1\.27, /]],
  ['1.33/stable', 2, [/^has 2 nodes of the control plane; MicroK8s takes one, or three or five/]],
  ['1.33/stable', 0, [/^has 0 nodes of the control plane/]],
  ['1.33/stable', 5, []],
  ['1.33-strict/edge', 1, []],
])('of the channel %s with %d servers is said what is wrong', (version, servers, expected) => {
  expect(microk8sClusterProblems(cluster(version, servers))).toEqual(
    expected.map((message) => expect.stringMatching(message)),
  );
});

test.each<[string, string, boolean | undefined, RegExp]>([
  ['1.33/stable', '1.33/stable', undefined, /^$/],
  ['1.33/stable', '1.33/candidate', false, /^moves machines from MicroK8s 1\.33\/stable to 1\.33\/candidate/],
  ['1.33/stable', '1.34/stable', false, /one server at a time/],
  ['1.33/stable', '1.35/stable', true, /move to 1\.34 first$/],
  ['1.33/stable', '1.32/stable', true, /does not go back; take the change back$/],
  ['1.33/stable', '1.33-strict/stable', true, /cannot go from classic to strict; .*count the clusterGeneration/],
])('from %s to %s machines go, or not', (was, now, isRefused, message) => {
  const change = microk8sReleaseChange(was, now);
  expect(change?.isRefused).toBe(isRefused);
  expect(change?.message ?? '').toMatch(message);
});

test('a server is counted with what its addons ask for, and a worker is not', () => {
  const memory = (role: 'server' | 'agent', addons: readonly string[]) =>
    MICROK8S.overhead(role, 1, 'linux/amd64', cluster('1.33/stable', 1, addons)).memoryMiB.value;
  expect(memory('server', ['dns', 'metrics-server']) - memory('server', ['rbac'])).toBe(270);
  expect(memory('agent', ['dns', 'metrics-server'])).toBe(memory('agent', []));
});
