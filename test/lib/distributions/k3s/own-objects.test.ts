import { ownFileProblems } from '../../../../lib/check/own-files';
import { checkPlan, type TestWorkload } from '../../../support/check-plan';

function problemsOf(workload: Partial<TestWorkload>, disable: readonly string[] = []) {
  const { plan, rendering } = checkPlan({ workloads: [{ id: 'p', ...workload }] });
  const cohorts = plan.cohorts.map((cohort) => ({ ...cohort, cluster: { ...cohort.cluster, disable } }));
  return ownFileProblems({ ...plan, cohorts }, rendering);
}

test.each(['traefik', 'coredns', 'servicelb'])('%s.yaml is a file of K3s', (fileName) => {
  expect(problemsOf({ fileName })).toMatchObject([{ message: expect.stringContaining("which is K3s' own") }]);
});

test.each(['a.b', 'A', 'a_b', '-a', 'x'.repeat(241)])('%s is no name of an AddOn', (fileName) => {
  expect(problemsOf({ fileName })).toMatchObject([{ path: 'fleet/p', severity: 'error' }]);
});

const runtimeClass = (name: string) => ({ apiVersion: 'node.k8s.io/v1', kind: 'RuntimeClass', metadata: { name } });
const helmChart = (name: string, namespace = 'kube-system') => ({
  apiVersion: 'helm.cattle.io/v1',
  kind: 'HelmChart',
  metadata: { name, namespace },
});

test.each<[object, string, string]>([
  [runtimeClass('nvidia'), 'runtimes', 'makes RuntimeClass nvidia, which K3s makes itself'],
  [helmChart('traefik'), 'traefik', 'makes HelmChart kube-system/traefik, which K3s makes itself; change its values'],
  [helmChart('traefik-crd'), 'traefik', 'makes HelmChart kube-system/traefik-crd'],
])('%j is an object of K3s, unless %s is disabled', (object, component, message) => {
  const objects = () => [object];
  expect(problemsOf({ objects })).toMatchObject([{ path: 'fleet/p', message: expect.stringContaining(message) }]);
  expect(problemsOf({ objects }, [component])).toEqual([]);
});

test.each([runtimeClass('kata'), helmChart('vector'), helmChart('traefik', 'web')])('%j is none', (object) => {
  expect(problemsOf({ objects: () => [object] })).toEqual([]);
});
