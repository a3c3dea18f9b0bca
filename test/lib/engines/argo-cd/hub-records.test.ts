import { parseAllDocuments } from 'yaml';
import { hubRecord } from '../../../../lib/engines/argo-cd/hub-records';
import type { DeliveryCohort, SiteFacts } from '../../../../lib/model/delivery';
import { applyFilters } from '../../../../lib/model/filter';
import { fillTemplate } from '../../../../lib/model/hole-value';
import type { KubeObject } from '../../../../lib/model/kube-object';
import { printTemplate } from '../../../../lib/render/yaml-template';
import { contentOf, type Sample, siteOf, tokens, waves } from './sample-content';

function secretOf(site: SiteFacts, sample: Sample = {}): KubeObject {
  const content = contentOf({ ...sample, sites: [site] });
  const [record] = hubRecord(content.cohorts[0] as DeliveryCohort, content);
  const template = printTemplate('', record?.objects ?? [], tokens, () => false);
  const [document] = parseAllDocuments(fillTemplate(template, site));
  return document?.toJS() as KubeObject;
}

function valuesOf({ metadata }: KubeObject): unknown {
  return JSON.parse((metadata.annotations as Record<string, string>)['edgecdk.dev/values'] ?? '');
}

test('the record is metadata of the Secret that registers the cluster, and nothing else', () => {
  expect(secretOf(siteOf('store-1', { wave: 'canary' }), { more: { waves }, labels: ['store', 'gone'] })).toEqual({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name: 'cluster-store-1',
      namespace: 'argocd',
      labels: {
        'workload.edgecdk.dev/edgecdk-cluster': 'store',
        'workload.edgecdk.dev/metrics': 'default',
        'workload.edgecdk.dev/pos': 'default',
        'edgecdk.dev/site': 'store-1',
        'edgecdk.dev/profile': 'n100_pi',
        'edgecdk.dev/wave': 'canary',
        'edgecdk.dev/store': '0042',
      },
      annotations: { 'edgecdk.dev/values': '{"v":{"name":"store-1","values__port":"8080","values__store":"0042"}}' },
    },
  });
});

test.each(['0042', 'yes', '1e3', 'a"b', 'a\\b', 'line\nbreak', '{{ x }}', `\${x}`, 'ü\u0007\u2028', ''])(
  'the value %j is in the JSON as it stands between double quotes of content',
  (store) => {
    const record = secretOf(siteOf('store-1', { values: { store, port: 1, tags: [] } }));
    expect(valuesOf(record)).toEqual({
      v: { name: 'store-1', values__port: '1', values__store: applyFilters(store, ['j']) },
    });
  },
);

test('a layer that the site no longer has is no label of it', () => {
  const { metadata } = secretOf(siteOf('store-1'), { has: { pos: 'gpu.k3s' } });
  const labels = Object.keys(metadata.labels as object).filter((label) => label.startsWith('workload.'));
  expect(labels).toEqual(['workload.edgecdk.dev/pos']);
});
