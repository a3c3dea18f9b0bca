import type { RancherFleetModel } from '../../../../lib/engines/rancher-fleet/model';
import { type RancherFleetOptions, rancherFleetDelivery } from '../../../../lib/engines/rancher-fleet/rancher-fleet';
import type { DeliveryCohort, DeliveryContent, SiteFacts } from '../../../../lib/model/delivery';
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

export const GIT = { url: 'https://git.example/grocer.git' };

export function deliveryOf(said: Partial<RancherFleetOptions> = {}): RancherFleetModel {
  return rancherFleetDelivery({ git: GIT, ...said });
}

export function site(name: string, facts: Partial<SiteFacts> = {}): SiteFacts {
  return {
    name,
    path: 'grocer/stores',
    state: 'active',
    profile: 'n100-16gb',
    timeZone: 'Europe/Rome',
    link: { kind: 'online' },
    values: { a: 'x', b: 'y', port: 8080, tags: ['t'] },
    ...facts,
  };
}

export function variantOf(name: string, objects: readonly KubeObject[]): LayerVariant {
  return { name, objects, variables: variablesOf(printTemplate('', objects, tokens, () => false).holes) };
}

export function layerOf(name: string, variants: readonly LayerVariant[], more: Partial<Layer> = {}): Layer {
  const workload = { kind: 'manifest', path: `grocer/${name}`, id: name, namespace: name } as unknown as WorkloadModel;
  return { name, workload, namespace: name, isStateful: false, variants, ...more };
}

/** A HelmWorkload's layer: its one object is neutral, with values as a tree. */
export function helmLayer(name: string, variants: Readonly<Record<string, object>>): Layer {
  const workload = { kind: 'helm', path: `grocer/${name}`, id: name, namespace: name } as unknown as WorkloadModel;
  const charts = Object.entries(variants).map(([variant, spec]) => variantOf(variant, [helmChart(name, spec)]));
  return { name, workload, namespace: name, isStateful: true, variants: charts };
}

function helmChart(name: string, spec: object): KubeObject {
  return {
    apiVersion: 'helm.cattle.io/v1',
    kind: 'HelmChart',
    metadata: { name, namespace: 'kube-system' },
    spec: { targetNamespace: name, ...spec },
  };
}

export function configMap(name: string, data: Readonly<Record<string, unknown>>): KubeObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'pos' }, data };
}

export function claim(name: string): KubeObject {
  return { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name, namespace: 'pos' }, spec: {} };
}

export function cohortOf(
  id: string,
  layers: readonly Layer[],
  variants: Readonly<Record<string, string>>,
  sites: readonly SiteFacts[],
  labels: readonly string[] = [],
): DeliveryCohort {
  const own = Object.entries(variants).flatMap(
    ([layer, variant]) =>
      layers.find(({ name }) => name === layer)?.variants.find(({ name }) => name === variant)?.variables ?? [],
  );
  return {
    cohort: {
      id,
      blueprint: { path: 'grocer/store', id: 'store', labels },
      cluster: { distribution: { name: 'k3s', title: 'K3s' } },
      sites,
    },
    layers: new Map(Object.entries(variants)),
    namespaces: [],
    variables: variablesOf(own.map(({ use }) => use)),
  };
}

export function contentOf(more: Partial<DeliveryContent>): DeliveryContent {
  return {
    fleet: 'grocer',
    delivery: deliveryOf(),
    layers: [],
    cohorts: [],
    sharedClusters: [],
    waves: [],
    tokens,
    workloadsFolder: 'workloads',
    print: (documents) => documents.map((one) => printYaml(one, tokens, () => false)).join('---\n'),
    ...more,
  };
}
