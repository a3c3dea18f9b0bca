import { type Overhead, published } from '../model/figure';

const MANIFESTS =
  'fluxcd/flux2, manifests/install: requests of source-controller (50m), kustomize-controller (100m) and helm-controller (100m), 64Mi each';

/** Three controllers of Flux, and no more: nothing at a site needs the others. */
export const FLUX_OVERHEAD = {
  memoryMiB: published(192, MANIFESTS),
  cpuMillicores: published(250, MANIFESTS),
} as const satisfies Overhead;

/** On a ConfigMap: its Kustomizations look at it when it changes, and not after their interval. @see fluxcd/kustomize-controller, docs/README.md, watch-configs-label-selector */
export const FLUX_WATCHED = { 'reconcile.fluxcd.io/watch': 'Enabled' } as const;

/** `texts`: a map of texts; `tree`: any values below; `duration`: as Go writes it; others by name. A name in brackets is that of all members of a list. */
export interface FluxField {
  readonly type: 'string' | 'boolean' | 'integer' | 'duration' | 'strings' | 'texts' | 'tree';
  readonly values?: readonly string[];
  readonly source: string;
}

type Fields = Readonly<Record<string, FluxField>>;

const META = 'kubernetes/apimachinery, pkg/apis/meta/v1/types.go';
const KUSTOMIZATION = 'fluxcd/kustomize-controller, api/v1/kustomization_types.go, v1.9.6';
const OCI = 'fluxcd/source-controller, api/v1/ocirepository_types.go, v1.9.6';
const GIT = 'fluxcd/source-controller, api/v1/gitrepository_types.go, v1.9.6';
const CHARTS = 'fluxcd/source-controller, api/v1/helmrepository_types.go, v1.9.6';
const RELEASE = 'fluxcd/helm-controller, api/v2/helmrelease_types.go, v1.6.5';
const PATCH = 'fluxcd/pkg, apis/kustomize/kustomize_types.go, v1.19.2';
const FOLDER = 'kubernetes-sigs/kustomize, api/types/kustomization.go, v0.21.1';

const OBJECT: Fields = {
  apiVersion: { type: 'string', source: META },
  kind: { type: 'string', source: META },
  'metadata.name': { type: 'string', source: META },
  'metadata.namespace': { type: 'string', source: META },
  'metadata.labels': { type: 'texts', source: META },
  'metadata.annotations': { type: 'texts', source: META },
};

/** Every field of what is written for Flux and Kustomize, by group and kind and by path. Whoever reads it drops a field that it does not know. */
export const FLUX_FIELDS: Readonly<Record<string, Fields>> = {
  'kustomize.config.k8s.io/v1beta1/Kustomization': {
    apiVersion: { type: 'string', source: FOLDER },
    kind: { type: 'string', source: FOLDER },
    'metadata.name': { type: 'string', source: FOLDER },
    resources: { type: 'strings', source: FOLDER },
    'patches[].target.kind': { type: 'string', source: FOLDER },
    'patches[].target.labelSelector': { type: 'string', source: FOLDER },
    'patches[].patch': { type: 'string', source: FOLDER },
  },
  'kustomize.toolkit.fluxcd.io/v1/Kustomization': {
    ...OBJECT,
    'spec.interval': { type: 'duration', source: KUSTOMIZATION },
    'spec.retryInterval': { type: 'duration', source: KUSTOMIZATION },
    'spec.timeout': { type: 'duration', source: KUSTOMIZATION },
    'spec.sourceRef.kind': {
      type: 'string',
      values: ['OCIRepository', 'GitRepository'],
      source: 'fluxcd/kustomize-controller, api/v1/reference_types.go, v1.9.6',
    },
    'spec.sourceRef.name': { type: 'string', source: KUSTOMIZATION },
    'spec.path': { type: 'string', source: KUSTOMIZATION },
    'spec.prune': { type: 'boolean', source: KUSTOMIZATION },
    'spec.wait': { type: 'boolean', source: KUSTOMIZATION },
    'spec.deletionPolicy': {
      type: 'string',
      values: ['MirrorPrune', 'Delete', 'WaitForTermination', 'Orphan'],
      source: KUSTOMIZATION,
    },
    'spec.serviceAccountName': { type: 'string', source: KUSTOMIZATION },
    'spec.dependsOn[].name': { type: 'string', source: KUSTOMIZATION },
    'spec.postBuild.substitute': { type: 'texts', source: KUSTOMIZATION },
    'spec.postBuild.substituteFrom[].kind': { type: 'string', values: ['Secret', 'ConfigMap'], source: KUSTOMIZATION },
    'spec.postBuild.substituteFrom[].name': { type: 'string', source: KUSTOMIZATION },
    'spec.decryption.provider': { type: 'string', values: ['sops'], source: KUSTOMIZATION },
    'spec.decryption.secretRef.name': { type: 'string', source: KUSTOMIZATION },
    'spec.patches[].target.kind': { type: 'string', source: PATCH },
    'spec.patches[].patch': { type: 'string', source: PATCH },
  },
  'source.toolkit.fluxcd.io/v1/OCIRepository': {
    ...OBJECT,
    'spec.interval': { type: 'duration', source: OCI },
    'spec.url': { type: 'string', source: OCI },
    'spec.ref.tag': { type: 'string', source: OCI },
    'spec.ref.semver': { type: 'string', source: OCI },
    'spec.layerSelector.mediaType': { type: 'string', source: OCI },
    'spec.layerSelector.operation': { type: 'string', values: ['extract', 'copy'], source: OCI },
    'spec.secretRef.name': { type: 'string', source: OCI },
    'spec.verify.provider': {
      type: 'string',
      values: ['cosign', 'notation'],
      source: 'fluxcd/source-controller, api/v1/ociverification_types.go, v1.9.6',
    },
    'spec.verify.secretRef.name': {
      type: 'string',
      source: 'fluxcd/source-controller, api/v1/ociverification_types.go, v1.9.6',
    },
    'spec.insecure': { type: 'boolean', source: OCI },
  },
  'source.toolkit.fluxcd.io/v1/GitRepository': {
    ...OBJECT,
    'spec.interval': { type: 'duration', source: GIT },
    'spec.url': { type: 'string', source: GIT },
    'spec.ref.branch': { type: 'string', source: GIT },
    'spec.sparseCheckout': { type: 'strings', source: GIT },
    'spec.secretRef.name': { type: 'string', source: GIT },
  },
  'source.toolkit.fluxcd.io/v1/HelmRepository': {
    ...OBJECT,
    'spec.interval': { type: 'duration', source: CHARTS },
    'spec.url': { type: 'string', source: CHARTS },
  },
  'helm.toolkit.fluxcd.io/v2/HelmRelease': {
    ...OBJECT,
    'spec.interval': { type: 'duration', source: RELEASE },
    'spec.releaseName': { type: 'string', source: RELEASE },
    'spec.targetNamespace': { type: 'string', source: RELEASE },
    'spec.storageNamespace': { type: 'string', source: RELEASE },
    'spec.serviceAccountName': { type: 'string', source: RELEASE },
    'spec.chart.spec.chart': { type: 'string', source: RELEASE },
    'spec.chart.spec.version': { type: 'string', source: RELEASE },
    'spec.chart.spec.interval': { type: 'duration', source: RELEASE },
    'spec.chart.spec.sourceRef.kind': { type: 'string', values: ['HelmRepository'], source: RELEASE },
    'spec.chart.spec.sourceRef.name': { type: 'string', source: RELEASE },
    'spec.chartRef.kind': { type: 'string', values: ['OCIRepository'], source: RELEASE },
    'spec.chartRef.name': { type: 'string', source: RELEASE },
    'spec.install.remediation.retries': { type: 'integer', source: RELEASE },
    'spec.upgrade.remediation.retries': { type: 'integer', source: RELEASE },
    'spec.upgrade.remediation.remediateLastFailure': { type: 'boolean', source: RELEASE },
    'spec.upgrade.remediation.strategy': { type: 'string', values: ['rollback', 'uninstall'], source: RELEASE },
    'spec.driftDetection.mode': { type: 'string', values: ['enabled', 'warn', 'disabled'], source: RELEASE },
    'spec.postRenderers[].kustomize.patches[].target.kind': { type: 'string', source: PATCH },
    'spec.postRenderers[].kustomize.patches[].patch': { type: 'string', source: PATCH },
    'spec.values': { type: 'tree', source: RELEASE },
  },
};
