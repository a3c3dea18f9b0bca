import type { KubeObject } from '../../model/kube-object';
import { clusterLayer, type Layer } from '../../model/layer';
import { FLUX_CONSTANTS } from './flux-text';
import type { FluxModel } from './model';
import { accountName, NAMESPACE, SITE_VALUES } from './names';
import type { Place } from './sources';

/** Until when objects must be healthy; Flux looks again after the shorter time. One workload that waits holds up one of its four workers. */
const TIMES = { timeout: '5m', retryInterval: '2m' };

interface KustomizationSpec extends Place {
  readonly wait: boolean;
  readonly [more: string]: unknown;
}

export function kustomization(
  name: string,
  { intervalMinutes }: FluxModel,
  { sourceRef, path, ...spec }: KustomizationSpec,
  labels?: Readonly<Record<string, string>>,
): KubeObject {
  return {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { name, namespace: NAMESPACE, ...(labels && { labels }) },
    spec: { interval: `${intervalMinutes}m`, ...TIMES, sourceRef, path, prune: true, ...spec },
  };
}

/**
 * What applies a layer at a site. Its name is the layer's alone, so a site that gets another variant keeps what both have. What clusters have is
 * applied before all else, but nothing waits for its health: one machine that is down would hold up all workloads.
 */
export function layerKustomization(layer: Layer, place: Place, model: FluxModel): KubeObject {
  const { name, owner } = layer;
  const isCluster = name === clusterLayer;
  return kustomization(
    name,
    model,
    {
      ...place,
      wait: !isCluster,
      ...(model.serviceAccounts && owner !== undefined && { serviceAccountName: accountName(owner) }),
      postBuild: { substitute: FLUX_CONSTANTS, substituteFrom: [{ kind: 'ConfigMap', name: SITE_VALUES }] },
      ...(model.decryption && { decryption: { provider: 'sops', secretRef: { name: model.decryption.secret } } }),
    },
    {
      'edgecdk.dev/layer': isCluster ? 'cluster' : 'workload',
      ...(!isCluster && { 'edgecdk.dev/workload': name }),
      ...(owner !== undefined && { 'edgecdk.dev/owner': owner }),
    },
  );
}

/** A folder of files for Kustomize. */
export function kustomizeFolder(resources: readonly string[], more: Readonly<Record<string, unknown>> = {}) {
  return { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', resources, ...more };
}
