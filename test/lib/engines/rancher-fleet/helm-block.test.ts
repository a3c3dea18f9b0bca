import { foreignChart, foreignChartProblems } from '../../../../lib/engines/rancher-fleet/helm-block';
import type { KubeObject } from '../../../../lib/model/kube-object';
import { hole, tokens } from './sample-content';

const chart = (spec: object): KubeObject => ({
  apiVersion: 'helm.cattle.io/v1',
  kind: 'HelmChart',
  metadata: { name: 'a', namespace: 'kube-system' },
  spec: { chart: 'a', repo: 'https://charts.example', version: '1.0.0', ...spec },
});

test('a chart in a registry has the whole address as repo, and a chart that is no folder of the bundle', () => {
  const block = foreignChart(chart({ chart: 'oci://registry.example/charts/a', repo: undefined }), tokens);
  expect(block).toEqual({ repo: 'oci://registry.example/charts/a', chart: 'a', version: '1.0.0' });
});

test.each<[string, unknown, 'values' | 'templateValues']>([
  ['a plain value', 'yes', 'values'],
  ['a tree without holes', { a: [1, { b: '{{ x }}' }] }, 'values'],
  ['a hole', hole.a, 'templateValues'],
  ['a number that is a hole', hole.port, 'templateValues'],
  ['a tree with a hole in it', { a: [{ b: `x${hole.a}` }] }, 'templateValues'],
  ['what Rancher Fleet takes for a template', 'a \u0024{B}', 'templateValues'],
  ['a key that it takes for one', { '\u0024{a}': 1 }, 'templateValues'],
  ['what it takes for a label', ['global.fleet.clusterLabels.a'], 'templateValues'],
])('%s stands in the part that leaves it as it is', (_, value, part) => {
  const block = foreignChart(chart({ valuesContent: { key: value } }), tokens);
  expect(Object.keys(block[part] ?? {})).toEqual(['key']);
  expect(Object.keys(block).filter((name) => /values/i.test(name))).toEqual([part]);
});

test.each<[string, object, RegExp]>([
  ['a field of another controller', { bootstrap: true }, /^sets spec\.bootstrap of its HelmChart/],
  ['a site value as a name at the top', { valuesContent: { [`a-${hole.a}`]: 1 } }, /at the top/],
  ['a template as a name at the top', { valuesContent: { '\u0024{a}': 1 } }, /at the top/],
])('%s is told', (_, spec, problem) => {
  expect(foreignChartProblems(chart(spec))).toEqual([expect.stringMatching(problem)]);
});

test('nothing is told of a usual chart', () => {
  expect(foreignChartProblems(chart({ targetNamespace: 'a', valuesContent: { a: { [hole.a]: 1 } } }))).toEqual([]);
});
