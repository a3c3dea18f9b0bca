import { parse } from 'yaml';
import { bundleFiles, fleetYaml } from '../../../../lib/engines/rancher-fleet/bundle';
import { RANCHER_FLEET } from '../../../../lib/engines/rancher-fleet/rancher-fleet';
import type { DeliveryContent } from '../../../../lib/model/delivery';
import type { Layer } from '../../../../lib/model/layer';
import {
  claim,
  cohortOf,
  configMap,
  contentOf,
  deliveryOf,
  helmLayer,
  hole,
  layerOf,
  site,
  variantOf,
} from './sample-content';

const model = deliveryOf();
const pos = layerOf('pos', [
  variantOf('default', [configMap('a', { a: hole.a, port: hole.port })]),
  variantOf('gpu', [configMap('a', {})]),
]);
const cluster: Layer = { ...layerOf('edgecdk-cluster', [variantOf('store', [])]), namespace: 'kube-system' };

/** As its readers see it. */
function bundle(layer: Layer, content: Partial<DeliveryContent> = {}, own = model) {
  return parse(bundleFiles(layer, own, contentOf(content)).get('fleet.yaml') ?? '');
}

test('a bundle and its release have the name of the layer and nothing else, whatever its variants and waves', () => {
  const { name, defaultNamespace, helm } = bundle(pos);
  expect([name, defaultNamespace, helm.releaseName]).toEqual(['pos', 'pos', 'pos']);
  const other = bundle(
    { ...pos, variants: [variantOf('other', [])] },
    { waves: [{ name: 'w', sites: 2, offline: 0 }] },
  );
  expect([other.name, other.helm.releaseName]).toEqual(['pos', 'pos']);
});

test('clusters with the label of the layer get it, and the label says which variant', () => {
  const { overrideTargets, targetCustomizations, targets } = bundle(pos);
  expect(targets).toBeUndefined();
  expect(overrideTargets).toEqual([
    { name: 'sites', clusterSelector: { matchExpressions: [{ key: 'workload.edgecdk.dev/pos', operator: 'Exists' }] } },
  ]);
  expect(targetCustomizations).toEqual([
    {
      name: 'default',
      clusterSelector: { matchLabels: { 'workload.edgecdk.dev/pos': 'default' } },
      helm: {
        chart: 'default',
        templateValues: {
          v: 'values__a: \u0024{ toJson .ClusterValues.v.values__a }\nvalues__port: \u0024{ toJson .ClusterValues.v.values__port }\n',
        },
      },
    },
    {
      name: 'gpu',
      clusterSelector: { matchLabels: { 'workload.edgecdk.dev/pos': 'gpu' } },
      helm: { chart: 'gpu' },
    },
  ]);
});

test('the chart that a customization names is a folder of the bundle, and so is the one that fails', () => {
  const files = [...bundleFiles(pos, model, contentOf({})).keys()];
  expect(files).toEqual([
    'fleet.yaml',
    '_no-variant/Chart.yaml',
    '_no-variant/templates/fail.yaml',
    'default/Chart.yaml',
    'default/templates/pos.yaml',
    'gpu/Chart.yaml',
    'gpu/templates/pos.yaml',
  ]);
  expect(bundle(pos).helm.chart).toBe('_no-variant');
});

test('what may hold data is kept when its bundle leaves a cluster', () => {
  expect([bundle(pos).keepResources, bundle({ ...pos, isStateful: true }).keepResources]).toEqual([undefined, true]);
});

test('an update is taken back where the program says after how long', () => {
  const own = { ...model, rollBackAfterSeconds: 600 };
  expect([bundle(pos).helm.atomic, bundle(pos).helm.timeoutSeconds]).toEqual([undefined, undefined]);
  expect(bundle(pos, {}, own).helm).toMatchObject({ atomic: true, timeoutSeconds: 600 });
});

test.each<[string, Readonly<Record<string, string>>[], boolean]>([
  ['all of its clusters have', [{ pos: 'default', 'edgecdk-cluster': 'store' }], true],
  ['one of its clusters lacks', [{ pos: 'default', 'edgecdk-cluster': 'store' }, { pos: 'gpu' }], false],
  ['a cluster without it lacks', [{ pos: 'default', 'edgecdk-cluster': 'store' }, {}], true],
  ['no cluster has', [{ pos: 'default' }], false],
])('a bundle waits for that of the cluster which %s: %p', (_, layersOf, waits) => {
  const layers = [cluster, pos];
  const cohorts = layersOf.map((own, i) => cohortOf(`c${i}`, layers, own, [site(`s${i}`)]));
  const { dependsOn } = bundle(pos, { layers, cohorts });
  expect(dependsOn).toEqual(
    waits ? [{ name: 'edgecdk-cluster', acceptedStates: ['Ready', 'NotReady', 'Modified'] }] : undefined,
  );
  expect(bundle(cluster, { layers, cohorts }).dependsOn).toBeUndefined();
});

test('waves are partitions in their order, with a last one for all else, and no limit is left to a default', () => {
  const waves = [
    { name: 'canary', sites: 5, offline: 0, maxUnavailable: 2 },
    { name: 'most', sites: 90, offline: 0 },
  ];
  const { rolloutStrategy } = bundle(pos, { waves });
  expect(rolloutStrategy).toEqual({
    maxUnavailable: '100%',
    maxUnavailablePartitions: 0,
    partitions: [
      { name: 'canary', maxUnavailable: 2, clusterSelector: { matchLabels: { 'edgecdk.dev/wave': 'canary' } } },
      { name: 'most', maxUnavailable: '10%', clusterSelector: { matchLabels: { 'edgecdk.dev/wave': 'most' } } },
      {
        name: '_no-wave',
        maxUnavailable: '10%',
        clusterSelector: {
          matchExpressions: [{ key: 'edgecdk.dev/wave', operator: 'NotIn', values: ['canary', 'most'] }],
        },
      },
    ],
  });
});

test('what is in no wave has a partition that no wave is called like', () => {
  const { partitions } = bundle(pos, { waves: [{ name: 'rest', sites: 9, offline: 0 }] }).rolloutStrategy;
  expect(partitions.map(({ name }: { name: string }) => name)).toEqual(['rest', '_no-wave']);
});

test('without waves, all clusters that have the layer are one partition', () => {
  const { partitions } = bundle(pos, {}, { ...model, maxUnavailable: 3 }).rolloutStrategy;
  expect(partitions).toEqual([
    {
      name: 'all',
      maxUnavailable: 3,
      clusterSelector: { matchExpressions: [{ key: 'workload.edgecdk.dev/pos', operator: 'Exists' }] },
    },
  ]);
});

test('a chart of others stands in the customizations alone, so that no variant has values of another', () => {
  const repo = 'https://charts.example';
  const grafana = helmLayer('grafana', {
    default: { chart: 'grafana', repo, version: '9', valuesContent: { a: 1, b: hole.a, c: '\u0024{X}' } },
    small: { chart: 'grafana', repo, version: '8' },
  });
  const { helm, targetCustomizations } = bundle(grafana);
  expect(helm).toEqual({ releaseName: 'grafana', chart: '_no-variant', takeOwnership: true });
  expect(targetCustomizations.map((one: { helm: unknown }) => one.helm)).toEqual([
    {
      repo,
      chart: 'grafana',
      version: '9',
      values: { a: 1 },
      templateValues: { b: '"\u0024{ .ClusterValues.v.values__a }"\n', c: '"\u0024{ "\u0024{" }X}"\n' },
    },
    { repo, chart: 'grafana', version: '8' },
  ]);
  expect([...bundleFiles(grafana, model, contentOf({})).keys()]).not.toContain('default/Chart.yaml');
});

test('no bundle says more for ten thousand sites than for ten', () => {
  const layers = [{ ...pos, isStateful: true, variants: [variantOf('default', [claim('a')])] }];
  const made = (count: number) => {
    const sites = Array.from({ length: count }, (_, i) => site(`s${i}`));
    const files = RANCHER_FLEET.render?.(
      contentOf({ layers, cohorts: [cohortOf('c', layers, { pos: 'default' }, sites)] }),
    );
    return [files?.files, files?.layers];
  };
  expect(made(10_000)).toEqual(made(10));
});

test('it is a plain object, fit for any writer', () => {
  const object = fleetYaml(pos, model, contentOf({}));
  expect(JSON.parse(JSON.stringify(object))).toEqual(object);
});
