import { type FluxOptions, fluxDelivery } from '../../../../lib/engines/flux/flux';
import type { DeliveryContent, DeliveryFiles, SiteFacts } from '../../../../lib/model/delivery';
import { fillTemplate } from '../../../../lib/model/hole-value';
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
  'site.values.a',
  'site.values.b',
  'site.values.port',
  'site.json.tags',
]);

export const hole = {
  site: tokens.text('site.name'),
  a: tokens.text('site.values.a'),
  b: tokens.text('site.values.b'),
  port: tokens.number('site.values.port'),
};

export const git = { kind: 'git', url: 'https://git.example/fleet.git', branch: 'main', path: 'dist' } as const;
export const oci = { kind: 'oci', url: 'oci://registry.example/fleet', tag: 'stable' } as const;

export function site(name: string, facts: Partial<SiteFacts> = {}): SiteFacts {
  return {
    name,
    path: 'grocer/stores',
    state: 'active',
    profile: 'n100+pi',
    timeZone: 'Europe/Rome',
    link: { kind: 'online' },
    values: { a: '0042', b: 'yes', port: 8080, tags: ['x', 'y'] },
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
        metadata: { name, namespace: 'kube-system', labels: { 'edgecdk.dev/site': hole.site } },
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

export const claim: KubeObject = {
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name: 'journal', namespace: 'shop' },
  spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
};

export const pos = layerOf(
  'pos',
  [
    variantOf('default', [configMap('pos', { store: hole.a, motd: 'a \u0024{X} and $$' }), claim]),
    variantOf('gpu.k3s', [configMap('pos', { store: hole.a, port: `p${hole.port}` })]),
  ],
  { owner: 'Store.Apps' },
);

export const metrics = helmLayer('metrics', {
  default: {
    repo: 'https://charts.example/stable',
    chart: 'metrics',
    version: '1.2.3',
    valuesContent: { site: hole.site, port: hole.port, format: '\u0024{X}' },
  },
  old: { chart: 'oci://registry.example/charts/metrics', version: '1.1.0+build.1' },
});

export const carrier = layerOf('edgecdk-cluster', [variantOf('store', [configMap('edgecdk', { a: 'b' })])], {
  workload: undefined,
  namespace: 'kube-system',
});

export interface Sample {
  readonly options?: Partial<FluxOptions>;
  readonly layers?: readonly Layer[];
  /** Name of the variant by name of the layer. */
  readonly has?: Readonly<Record<string, string>>;
  readonly sites?: readonly SiteFacts[];
  readonly labels?: readonly string[];
  readonly more?: Partial<DeliveryContent>;
}

/** One cohort, `store-1`. */
export function contentOf(sample: Sample = {}): DeliveryContent {
  const { options, layers = [carrier, metrics, pos], sites = [site('store-1'), site('store-2')] } = sample;
  const has = sample.has ?? { 'edgecdk-cluster': 'store', metrics: 'default', pos: 'default' };
  const variants = layers.flatMap((layer) => layer.variants.filter(({ name }) => name === has[layer.name]));
  return {
    fleet: 'grocer',
    delivery: fluxDelivery({ source: oci, ...options }),
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
        namespaces: ['metrics', 'shop'],
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
  { name: 'canary', sites: 1, offline: 0 },
  { name: 'rest', sites: 1, offline: 0 },
];

export function made(sample: Sample = {}): DeliveryFiles {
  const content = contentOf(sample);
  const files = content.delivery.engine.render?.(content);
  if (!files) throw new Error('nothing was made');
  return files;
}

/** Files of the record of a site, by name. */
export function recordOf({ records }: DeliveryFiles, own: SiteFacts): Readonly<Record<string, string>> {
  const files = records.get('store-1') ?? [];
  return Object.fromEntries(files.map(({ name, objects }) => [`${name}.yaml`, filled(objects, own)]));
}

/** The file of a site with these objects. */
export function filled(objects: readonly KubeObject[], own: SiteFacts): string {
  return fillTemplate(
    printTemplate('# Made by EdgeCDK from [grocer/store].\n', objects, tokens, () => false),
    own,
  );
}
