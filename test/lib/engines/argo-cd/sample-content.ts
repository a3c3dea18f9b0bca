import { type ArgoCdOptions, argoCdDelivery } from '../../../../lib/engines/argo-cd/argo-cd';
import type { DeliveryContent, SiteFacts } from '../../../../lib/model/delivery';
import type { KubeObject } from '../../../../lib/model/kube-object';
import type { Layer, LayerVariant } from '../../../../lib/model/layer';
import { TokenTable } from '../../../../lib/model/token';
import { variablesOf } from '../../../../lib/model/variable';
import type { WorkloadModel } from '../../../../lib/model/workload-model';
import { printTemplate, printYaml } from '../../../../lib/render/yaml-template';

export const tokens = new TokenTable([
  'site.name',
  'site.profile',
  'site.wave',
  'site.shard',
  'site.values.store',
  'site.values.port',
  'site.json.tags',
]);

export const hole = {
  site: tokens.text('site.name'),
  store: tokens.text('site.values.store'),
  port: tokens.number('site.values.port'),
};

export const git = { kind: 'git', url: 'https://git.example/fleet.git', branch: 'main', path: '' } as const;
export const oci = { kind: 'oci', url: 'oci://registry.example/fleet', tag: 'stable' } as const;

export function siteOf(name: string, facts: Partial<SiteFacts> = {}): SiteFacts {
  return {
    name,
    path: 'grocer/stores',
    state: 'active',
    profile: 'n100+pi',
    timeZone: 'Europe/Rome',
    link: { kind: 'online' },
    values: { store: '0042', port: 8080, tags: ['a'] },
    ...facts,
  };
}

export function variantOf(name: string, objects: readonly KubeObject[]): LayerVariant {
  return { name, objects, variables: variablesOf(printTemplate('', objects, tokens, () => false).holes) };
}

export function layerOf(name: string, variants: readonly LayerVariant[], more: Partial<Layer> = {}): Layer {
  return { name, workload: workload('manifest', name), namespace: 'shop', isStateful: false, variants, ...more };
}

export function helmLayer(name: string, specs: Readonly<Record<string, object>>, more: Partial<Layer> = {}): Layer {
  const variants = Object.entries(specs).map(([variant, spec]) =>
    variantOf(variant, [
      {
        apiVersion: 'helm.cattle.io/v1',
        kind: 'HelmChart',
        metadata: { name, namespace: 'kube-system' },
        spec: { targetNamespace: 'metrics', ...spec },
      },
    ]),
  );
  return { name, workload: workload('helm', name), namespace: 'metrics', isStateful: true, variants, ...more };
}

function workload(kind: string, id: string): WorkloadModel {
  return { kind, path: `grocer/${id}`, id } as unknown as WorkloadModel;
}

export function configMap(name: string, data: Readonly<Record<string, unknown>>): KubeObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'shop' }, data };
}

const claim: KubeObject = {
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name: 'journal', namespace: 'shop' },
  spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
};

export const pos = layerOf(
  'pos',
  [
    variantOf('default', [configMap('pos', { store: hole.store, motd: `a \${x} and {{ y }}` }), claim]),
    variantOf('gpu.k3s', [configMap('pos', { store: hole.store, port: `p${hole.port}` })]),
  ],
  { owner: 'Store.Apps' },
);

export const metrics = helmLayer(
  'metrics',
  {
    default: {
      repo: 'https://charts.example/stable',
      chart: 'metrics',
      version: '1.2.3',
      valuesContent: { site: hole.site, port: hole.port, format: '{{ .x }}' },
    },
    old: { chart: 'oci://registry.example/charts/metrics', version: '1.1.0' },
  },
  { owner: 'observers' },
);

export const carrier = layerOf('edgecdk-cluster', [variantOf('store', [{ ...configMap('edgecdk', { a: 'b' }) }])], {
  workload: undefined,
  namespace: 'kube-system',
});

export interface Sample {
  readonly options?: Partial<ArgoCdOptions>;
  readonly layers?: readonly Layer[];
  /** Name of the variant by name of the layer. */
  readonly has?: Readonly<Record<string, string>>;
  readonly sites?: readonly SiteFacts[];
  readonly labels?: readonly string[];
  readonly more?: Partial<DeliveryContent>;
}

/** One cohort, `store-1`. */
export function contentOf(sample: Sample = {}): DeliveryContent {
  const { options, layers = [carrier, metrics, pos], sites = [siteOf('store-1'), siteOf('store-2')] } = sample;
  const has = sample.has ?? { 'edgecdk-cluster': 'store', metrics: 'default', pos: 'default' };
  const variants = layers.flatMap((layer) => layer.variants.filter(({ name }) => name === has[layer.name]));
  return {
    fleet: 'grocer',
    delivery: argoCdDelivery({ source: git, ...options }),
    layers,
    cohorts: [
      {
        cohort: {
          id: 'store-1',
          blueprint: { path: 'grocer/store', id: 'store', labels: sample.labels ?? [] },
          cluster: { distribution: { name: 'k3s', title: 'K3s' } },
          sites,
        },
        layers: new Map(Object.entries(has)),
        namespaces: ['shop'],
        variables: variablesOf(variants.flatMap(({ variables }) => variables.map(({ use }) => use))),
      },
    ],
    sharedClusters: [],
    waves: [],
    tokens,
    workloadsFolder: 'workloads',
    print: (documents) => documents.map((one) => printYaml(one, tokens, () => false)).join('---\n'),
    ...sample.more,
  };
}

export const waves = [
  { name: 'canary', sites: 1, offline: 0, maxUnavailable: 1 },
  { name: 'rest', sites: 1, offline: 0 },
];
