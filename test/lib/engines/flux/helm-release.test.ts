import { fluxDelivery } from '../../../../lib/engines/flux/flux';
import { helmRelease } from '../../../../lib/engines/flux/helm-release';
import type { KubeObject } from '../../../../lib/model/kube-object';
import { helmLayer, hole, oci } from './sample-content';

function made(spec: object, more: { readonly owner?: string } = {}): readonly KubeObject[] {
  const layer = helmLayer('metrics', { default: spec }, more);
  const chart = layer.variants[0]?.objects[0] as KubeObject;
  return helmRelease(chart, layer, fluxDelivery({ source: oci, serviceAccounts: true }));
}

const fromRepo = { repo: 'https://charts.example', chart: 'm', version: '1.2.3', valuesContent: { a: hole.a } };

test('a chart of a repository is a HelmRepository and a release of the workload’s name, where the workload is', () => {
  const [source, release] = made(fromRepo);
  expect([source?.kind, source?.metadata]).toEqual(['HelmRepository', { name: 'metrics', namespace: 'metrics' }]);
  expect(source?.spec).toMatchObject({ url: 'https://charts.example' });
  expect(release?.spec).toMatchObject({
    releaseName: 'metrics',
    targetNamespace: 'metrics',
    storageNamespace: 'metrics',
    chart: { spec: { chart: 'm', version: '1.2.3', sourceRef: { kind: 'HelmRepository', name: 'metrics' } } },
    values: { a: hole.a },
  });
});

test.each([
  ['1.2.3', { tag: '1.2.3' }],
  ['v1.2.3-rc.1+build.7', { tag: 'v1.2.3-rc.1_build.7' }],
  ['^1.2', { semver: '^1.2' }],
  ['>=1.0.0 <2.0.0', { semver: '>=1.0.0 <2.0.0' }],
])('a chart of a registry of version %s', (version, ref) => {
  const [source, release] = made({ chart: 'oci://registry.example/charts/m', version });
  expect([source?.kind, source?.spec]).toEqual([
    'OCIRepository',
    expect.objectContaining({ url: 'oci://registry.example/charts/m', ref }),
  ]);
  expect(release?.spec).toMatchObject({ chartRef: { kind: 'OCIRepository', name: 'metrics' } });
});

test('an update that fails is taken back, and what holds data stays', () => {
  const spec = made(fromRepo)[1]?.spec;
  expect(spec).toMatchObject({
    install: { remediation: { retries: 3 } },
    upgrade: { remediation: { retries: 3, strategy: 'rollback', remediateLastFailure: true } },
  });
  expect(JSON.stringify(spec)).toContain('helm.sh/resource-policy');
});

test('a release acts as its owner, where it has one', () => {
  expect(made(fromRepo, { owner: 'observers' })[1]?.spec).toMatchObject({ serviceAccountName: 'owner-observers' });
  expect(made(fromRepo)[1]?.spec).not.toHaveProperty('serviceAccountName');
});

test('labels and annotations of the chart go on to the release', () => {
  expect(made(fromRepo)[1]?.metadata.labels).toEqual({ 'edgecdk.dev/site': hole.site });
});
