import { projectName } from '../../../../lib/engines/argo-cd/names';
import { projectsOf } from '../../../../lib/engines/argo-cd/projects';
import { contentOf, hole, layerOf, oci, type Sample, variantOf } from './sample-content';

const specOf = (name: string, sample: Sample = {}) => projectsOf(contentOf(sample)).get(name)?.spec;

test.each([
  ['observers', 'observers'],
  [undefined, 'edgecdk'],
  ['default', 'default-37a8eec1'],
  ['edgecdk', 'edgecdk-cfa61fcd'],
  ['Store.Apps_1', 'store-apps-1-6dc4c0a5'],
])('the project of %j is %s', (owner, name) => {
  expect(projectName(owner)).toMatch(new RegExp(`^${name.replace(/-[0-9a-f]{8}$/, '-[0-9a-f]{8}')}$`));
});

test('owners that differ in case alone have different projects', () => {
  expect(projectName('Shop')).not.toBe(projectName('SHOP'));
});

test('an owner may take from its sources to its namespaces at any site, and not to the hub', () => {
  expect(specOf('store-apps-5a5e505a')).toEqual({
    description: 'What EdgeCDK delivers for Store.Apps',
    sourceRepos: ['https://git.example/fleet.git'],
    destinations: [{ name: '!in-cluster', namespace: 'shop' }],
    clusterResourceWhitelist: [{ group: '', kind: 'Namespace' }],
  });
});

test('with a registry, an owner may take its own artifacts alone', () => {
  expect(specOf('store-apps-5a5e505a', { options: { source: oci } })).toMatchObject({
    sourceRepos: ['oci://registry.example/fleet/workloads/pos'],
  });
});

test('a chart of others may make what it wants, from the repositories of all its variants', () => {
  expect(specOf('observers')).toMatchObject({
    sourceRepos: ['https://charts.example/stable', 'registry.example/charts'],
    destinations: [{ name: '!in-cluster', namespace: 'metrics' }],
    clusterResourceWhitelist: [{ group: '*', kind: '*' }],
  });
});

test('kinds without a namespace are allowed by name, and namespaces of values by their pattern', () => {
  const agent = layerOf(
    'agent',
    [
      variantOf('default', [
        { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: 'agent' } },
        { apiVersion: 'example.org/v1', kind: 'Gadget', metadata: { name: 'g' } },
        { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c', namespace: `till-${hole.store}` } },
        { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'in-the-workload-s-own' } },
      ]),
    ],
    { owner: 'agents' },
  );
  expect(specOf('agents', { layers: [agent], has: { agent: 'default' } })).toMatchObject({
    destinations: [
      { name: '!in-cluster', namespace: 'shop' },
      { name: '!in-cluster', namespace: 'till-*' },
    ],
    clusterResourceWhitelist: [
      { group: '', kind: 'Namespace' },
      { group: 'example.org', kind: 'Gadget' },
      { group: 'rbac.authorization.k8s.io', kind: 'ClusterRole' },
    ],
  });
});

test('windows are of all projects, or of one owner', () => {
  const all = { kind: 'allow', schedule: '0 1 * * *', duration: '3h', timeZone: 'UTC' } as const;
  const one = { ...all, kind: 'deny', owner: 'observers' } as const;
  const sample = { options: { syncWindows: [all, one] } };
  const shown = ({ kind }: { readonly kind: string }) => ({ ...all, kind, applications: ['*'] });
  expect(specOf('edgecdk', sample)).toMatchObject({ syncWindows: [shown(all)] });
  expect(specOf('observers', sample)).toMatchObject({ syncWindows: [shown(all), shown(one)] });
});

test('at a site, only the cluster itself is allowed, and only layers of no owner may make Applications', () => {
  const sample = { options: { shape: 'site' } } as const;
  const here = 'https://kubernetes.default.svc';
  expect(specOf('store-apps-5a5e505a', sample)).toMatchObject({ destinations: [{ server: here, namespace: 'shop' }] });
  expect(specOf('edgecdk', sample)).toMatchObject({
    destinations: [
      { server: here, namespace: 'argocd' },
      { server: here, namespace: 'kube-system' },
      { server: here, namespace: 'shop' },
    ],
  });
});
