import { posix } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { ARGO_CD } from '../../../../lib/engines/argo-cd/argo-cd';
import { siteBootstrap, siteFiles, siteRecord } from '../../../../lib/engines/argo-cd/site-shape';
import type { DeliveryCohort, DeliveryContent, SiteFacts } from '../../../../lib/model/delivery';
import { recordFolder } from '../../../../lib/model/folders';
import { fillTemplate } from '../../../../lib/model/hole-value';
import type { KubeObject } from '../../../../lib/model/kube-object';
import { printTemplate } from '../../../../lib/render/yaml-template';
import { contentOf, git, oci, type Sample, siteOf, tokens, waves } from './sample-content';

const atSites = (sample: Sample = {}) => contentOf({ ...sample, options: { shape: 'site', ...sample.options } });

function recordOf(content: DeliveryContent, site: SiteFacts): Record<string, KubeObject> {
  const files = siteRecord(content.cohorts[0] as DeliveryCohort, content);
  return Object.fromEntries(files.map(({ name, objects }) => [name, filled(objects, site)]));
}

function filled(objects: readonly KubeObject[], site: SiteFacts): KubeObject {
  const text = fillTemplate(
    printTemplate('', objects, tokens, () => false),
    site,
  );
  return parseAllDocuments(text)[0]?.toJS() as KubeObject;
}

test('a record names the Applications of the site, and lays its values over all of them', () => {
  const record = recordOf(atSites({ more: { waves } }), siteOf('store-1', { wave: 'canary' }));
  expect(record.kustomization).toEqual({
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    metadata: { name: 'edgecdk' },
    resources: [
      '../../../projects',
      '../../../workloads/edgecdk-cluster/store',
      '../../../workloads/metrics/default',
      '../../../workloads/pos/default',
    ],
    patches: [{ path: 'site.yaml', target: { kind: 'Application' } }],
  });
  expect(record.site).toMatchObject({
    kind: 'Application',
    metadata: { labels: { 'edgecdk.dev/site': 'store-1', 'edgecdk.dev/wave': 'canary' } },
    spec: {
      source: {
        targetRevision: 'wave-canary',
        helm: { values: '{"v":{"name":"store-1","values__port":"8080","values__store":"0042"}}' },
      },
    },
  });
});

test('without waves, the revision is that of the Applications', () => {
  expect(JSON.stringify(recordOf(atSites(), siteOf('store-1')).site)).not.toMatch(/targetRevision|wave/);
});

test('all that a record names is a folder with a kustomization, from where the record stands', () => {
  const content = atSites();
  const files = new Set(siteFiles(content).keys());
  const folder = recordFolder('argo-cd', 'store-1');
  const { resources } = recordOf(content, siteOf('store-1')).kustomization as unknown as { resources: string[] };
  for (const resource of resources) {
    const found = posix.join(folder, resource, 'kustomization.yaml').replace('delivery/argo-cd/', '');
    expect([...files]).toContain(found);
  }
});

test.each([
  [git, 'https://git.example/fleet.git', 'main'],
  [{ ...git, path: 'dist' }, 'https://git.example/fleet.git', 'main'],
  [oci, 'oci://registry.example/fleet/sites/<shard>', 'stable'],
])('a site begins with the address of its record: %j', (source, repoURL, revision) => {
  const [file] = siteBootstrap(atSites({ options: { source } }));
  const root = filled(file?.objects ?? [], siteOf('store-1')) as unknown as {
    spec: { source: Record<string, string>; destination: object };
    metadata: object;
  };
  const folder = recordFolder('argo-cd', 'store-1');
  const shard = folder.split('/')[3] ?? '';
  const top = 'path' in source && source.path !== '' ? `${source.path}/` : '';
  expect(root.spec.source).toEqual({
    repoURL: repoURL.replace('<shard>', shard),
    path: `${top}${folder}`,
    targetRevision: revision,
  });
  expect(root.metadata).toMatchObject({ name: 'edgecdk', namespace: 'argocd' });
});

test('what a site begins with stays the same whatever happens to the site', () => {
  const bootstrapOf = (content: DeliveryContent, site: SiteFacts) =>
    JSON.stringify(
      ARGO_CD.render?.(content)
        .bootstrap?.get('store-1')
        ?.map(({ objects }) => filled(objects, site)),
    );
  const before = bootstrapOf(atSites(), siteOf('store-1'));
  const changed = siteOf('store-1', { wave: 'rest', profile: 'pi', values: { store: 'x', port: 1, tags: [] } });
  const after = bootstrapOf(atSites({ has: { pos: 'gpu.k3s' }, more: { waves } }), changed);
  expect(after).toBe(before);
});

test('an Application of content goes with what it made; the root and charts of others leave all', () => {
  const files = siteFiles(atSites());
  const [pos] = (files.get('workloads/pos/default/application.yaml') ?? []) as KubeObject[];
  expect(pos?.metadata.finalizers).toEqual(['resources-finalizer.argocd.argoproj.io']);
  const [root] = siteBootstrap(atSites());
  expect(root?.objects[0]?.metadata.finalizers).toBeUndefined();
  expect(root?.retire).toBe('keep');
  const chart = ARGO_CD.render?.(atSites()).layers.get('metrics/default/templates/metrics.yaml');
  expect(chart).toContain('kind: Application');
  expect(chart).not.toContain('finalizers');
});

test('projects are at all sites and never pruned: an Application without one cannot be removed', () => {
  const files = siteFiles(atSites());
  const [kustomization] = files.get('projects/kustomization.yaml') as { resources: string[] }[];
  expect(kustomization?.resources).toEqual(['edgecdk.yaml', 'observers.yaml', 'store-apps-5a5e505a.yaml']);
  for (const file of kustomization?.resources ?? []) {
    const [project] = files.get(`projects/${file}`) as KubeObject[];
    expect(project?.metadata.annotations).toEqual({
      'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false',
      'argocd.argoproj.io/compare-options': 'IgnoreExtraneous',
      'argocd.argoproj.io/sync-wave': '-1',
    });
  }
});

test('a chart of others is made by a chart of ours, so that waves hold back its version and values', () => {
  const content = atSites();
  const [outer] = siteFiles(content).get('workloads/metrics/default/application.yaml') as KubeObject[];
  expect(outer?.spec).toMatchObject({
    project: 'edgecdk',
    source: { path: 'workloads/metrics/default' },
    destination: { namespace: 'argocd' },
  });
  const text = ARGO_CD.render?.(content).layers.get('metrics/default/templates/metrics.yaml') ?? '';
  expect(text).toContain('name: metrics.chart');
  expect(text).toContain('targetRevision: "1.2.3"');
  expect(text).toContain('site: "{{ .Values.v.name }}"');
  expect(text).toContain('port: {{ .Values.v.values__port }}');
  expect(text).toContain('project: observers');
});
