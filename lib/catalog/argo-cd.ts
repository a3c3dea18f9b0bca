import { guessed, type Overhead } from '../model/figure';

export const ARGO_CD_API = 'argoproj.io/v1alpha1';

/** On an Application: what it made is removed before it is. @see argoproj/argo-cd, pkg/apis/application/v1alpha1/application_defaults.go */
export const ARGO_CD_FINALIZER = 'resources-finalizer.argocd.argoproj.io';

/** @see argoproj/argo-cd, gitops-engine/pkg/sync/common/types.go */
export const ARGO_CD_SYNC_OPTIONS = 'argocd.argoproj.io/sync-options';
export const ARGO_CD_COMPARE_OPTIONS = 'argocd.argoproj.io/compare-options';
export const ARGO_CD_SYNC_WAVE = 'argocd.argoproj.io/sync-wave';

/** Name and address of the cluster in which Argo CD itself runs. @see argoproj/argo-cd, pkg/apis/application/v1alpha1/application_defaults.go */
export const IN_CLUSTER = { name: 'in-cluster', server: 'https://kubernetes.default.svc' } as const;

/** The largest published setup of one hub. @see https://cnoe.io/blog/argo-cd-application-scalability */
export const ARGO_CD_MOST_SITES = 500;

/** What it takes from one node of a site: nothing where it runs on a hub. Its own manifests ask for nothing. */
export const ARGO_CD_OVERHEAD: Readonly<Record<'hub' | 'site', Overhead>> = {
  hub: { memoryMiB: guessed(0, 'it runs on the hub'), cpuMillicores: guessed(0, 'it runs on the hub') },
  site: {
    memoryMiB: guessed(
      600,
      'core install: application controller 300, repo server 150, redis 50, ApplicationSet controller 100',
    ),
    cpuMillicores: guessed(200, 'core install, ten Applications, polling each three minutes'),
  },
};

/**
 * `tree`: any values below; `text-or-number`: as Kubernetes' IntOrString; `texts`: a map of texts; `list`: of objects, or with `[]` behind its path of scalars.
 */
export interface ArgoCdField {
  readonly type: 'string' | 'integer' | 'boolean' | 'object' | 'list' | 'texts' | 'tree' | 'text-or-number';
  readonly values?: readonly string[];
  readonly source: string;
}

/** By path; `[]` stands for each entry of a list. The API server drops a field that it does not know without a word, so each list is closed. */
export type ArgoCdFields = Readonly<Record<string, ArgoCdField>>;

const APPLICATION = 'argoproj/argo-cd, manifests/crds/application-crd.yaml, v3.5.1';
const SET = 'argoproj/argo-cd, manifests/crds/applicationset-crd.yaml, v3.5.1';
const PROJECT = 'argoproj/argo-cd, manifests/crds/appproject-crd.yaml, v3.5.1';
const META = 'kubernetes/kubernetes, api/openapi-spec, ObjectMeta';
const KUSTOMIZE = 'kubernetes-sigs/kustomize, api/types/kustomization.go';

function metadata(more: ArgoCdFields = {}): ArgoCdFields {
  return {
    apiVersion: { type: 'string', source: META },
    kind: { type: 'string', source: META },
    metadata: { type: 'object', source: META },
    'metadata.name': { type: 'string', source: META },
    'metadata.namespace': { type: 'string', source: META },
    'metadata.labels': { type: 'texts', source: META },
    'metadata.annotations': { type: 'texts', source: META },
    ...more,
  };
}

/** Of an Application's spec, where it stands: in an Application, or as the template of an ApplicationSet. */
function applicationSpec(spec: string, source: string): ArgoCdFields {
  const types: Readonly<Record<string, ArgoCdField['type']>> = {
    project: 'string',
    source: 'object',
    'source.repoURL': 'string',
    'source.path': 'string',
    'source.targetRevision': 'string',
    'source.chart': 'string',
    'source.helm': 'object',
    'source.helm.releaseName': 'string',
    'source.helm.values': 'string',
    'source.directory': 'object',
    'source.directory.recurse': 'boolean',
    destination: 'object',
    'destination.name': 'string',
    'destination.namespace': 'string',
    syncPolicy: 'object',
    'syncPolicy.automated': 'object',
    'syncPolicy.automated.prune': 'boolean',
    'syncPolicy.automated.selfHeal': 'boolean',
    'syncPolicy.retry': 'object',
    'syncPolicy.retry.limit': 'integer',
    'syncPolicy.retry.refresh': 'boolean',
    'syncPolicy.retry.backoff': 'object',
    'syncPolicy.retry.backoff.duration': 'string',
    'syncPolicy.retry.backoff.factor': 'integer',
    'syncPolicy.retry.backoff.maxDuration': 'string',
    'syncPolicy.syncOptions': 'list',
    'syncPolicy.syncOptions[]': 'string',
  };
  return {
    [spec]: { type: 'object', source },
    ...Object.fromEntries(Object.entries(types).map(([path, type]) => [`${spec}.${path}`, { type, source }])),
  };
}

const APPLICATION_FIELDS: ArgoCdFields = metadata({
  'metadata.finalizers': { type: 'list', source: META },
  'metadata.finalizers[]': { type: 'string', source: META },
  ...applicationSpec('spec', APPLICATION),
  'spec.source.helm.valuesObject': { type: 'tree', source: APPLICATION },
  'spec.destination.server': { type: 'string', source: APPLICATION },
});

const steps = 'spec.strategy.rollingSync.steps';
const generators = 'spec.generators';

const APPLICATION_SET_FIELDS: ArgoCdFields = metadata({
  spec: { type: 'object', source: SET },
  'spec.goTemplate': { type: 'boolean', source: SET },
  'spec.goTemplateOptions': { type: 'list', source: SET },
  'spec.goTemplateOptions[]': { type: 'string', source: SET },
  [generators]: { type: 'list', source: SET },
  [`${generators}[].clusters`]: { type: 'object', source: SET },
  [`${generators}[].clusters.selector`]: { type: 'object', source: SET },
  [`${generators}[].clusters.selector.matchExpressions`]: { type: 'list', source: SET },
  [`${generators}[].clusters.selector.matchExpressions[].key`]: { type: 'string', source: SET },
  [`${generators}[].clusters.selector.matchExpressions[].operator`]: {
    type: 'string',
    values: ['In', 'NotIn', 'Exists', 'DoesNotExist'],
    source: SET,
  },
  [`${generators}[].matrix`]: { type: 'object', source: SET },
  [`${generators}[].matrix.generators`]: { type: 'list', source: SET },
  [`${generators}[].matrix.generators[].clusters`]: { type: 'object', source: SET },
  [`${generators}[].matrix.generators[].clusters.selector`]: { type: 'object', source: SET },
  [`${generators}[].matrix.generators[].clusters.selector.matchLabels`]: { type: 'texts', source: SET },
  [`${generators}[].matrix.generators[].list`]: { type: 'object', source: SET },
  [`${generators}[].matrix.generators[].list.elements`]: { type: 'list', source: SET },
  [`${generators}[].matrix.generators[].list.elements[]`]: { type: 'texts', source: SET },
  'spec.syncPolicy': { type: 'object', source: SET },
  'spec.syncPolicy.preserveResourcesOnDeletion': { type: 'boolean', source: SET },
  'spec.strategy': { type: 'object', source: SET },
  'spec.strategy.type': { type: 'string', values: ['AllAtOnce', 'RollingSync'], source: SET },
  'spec.strategy.rollingSync': { type: 'object', source: SET },
  [steps]: { type: 'list', source: SET },
  [`${steps}[].matchExpressions`]: { type: 'list', source: SET },
  [`${steps}[].matchExpressions[].key`]: { type: 'string', source: SET },
  [`${steps}[].matchExpressions[].operator`]: { type: 'string', values: ['In', 'NotIn'], source: SET },
  [`${steps}[].matchExpressions[].values`]: { type: 'list', source: SET },
  [`${steps}[].matchExpressions[].values[]`]: { type: 'string', source: SET },
  [`${steps}[].maxUpdate`]: { type: 'text-or-number', source: SET },
  'spec.template': { type: 'object', source: SET },
  'spec.template.metadata': { type: 'object', source: SET },
  'spec.template.metadata.name': { type: 'string', source: SET },
  'spec.template.metadata.labels': { type: 'texts', source: SET },
  'spec.template.metadata.annotations': { type: 'texts', source: SET },
  ...applicationSpec('spec.template.spec', SET),
});

const windows = 'spec.syncWindows';

const APP_PROJECT_FIELDS: ArgoCdFields = metadata({
  spec: { type: 'object', source: PROJECT },
  'spec.description': { type: 'string', source: PROJECT },
  'spec.sourceRepos': { type: 'list', source: PROJECT },
  'spec.sourceRepos[]': { type: 'string', source: PROJECT },
  'spec.destinations': { type: 'list', source: PROJECT },
  'spec.destinations[].name': { type: 'string', source: PROJECT },
  'spec.destinations[].server': { type: 'string', source: PROJECT },
  'spec.destinations[].namespace': { type: 'string', source: PROJECT },
  'spec.clusterResourceWhitelist': { type: 'list', source: PROJECT },
  'spec.clusterResourceWhitelist[].group': { type: 'string', source: PROJECT },
  'spec.clusterResourceWhitelist[].kind': { type: 'string', source: PROJECT },
  [windows]: { type: 'list', source: PROJECT },
  [`${windows}[].kind`]: { type: 'string', values: ['allow', 'deny'], source: PROJECT },
  [`${windows}[].schedule`]: { type: 'string', source: PROJECT },
  [`${windows}[].duration`]: { type: 'string', source: PROJECT },
  [`${windows}[].timeZone`]: { type: 'string', source: PROJECT },
  [`${windows}[].applications`]: { type: 'list', source: PROJECT },
  [`${windows}[].applications[]`]: { type: 'string', source: PROJECT },
});

/** Of the Secret that makes a cluster known: what is ours of it. Whoever registers the cluster adds the rest. */
const CLUSTER_SECRET_FIELDS: ArgoCdFields = metadata();

const KUSTOMIZATION_FIELDS: ArgoCdFields = metadata({
  resources: { type: 'list', source: KUSTOMIZE },
  'resources[]': { type: 'string', source: KUSTOMIZE },
  patches: { type: 'list', source: KUSTOMIZE },
  'patches[].path': { type: 'string', source: KUSTOMIZE },
  'patches[].target': { type: 'object', source: KUSTOMIZE },
  'patches[].target.kind': { type: 'string', source: KUSTOMIZE },
});

/** By kind: all that is written for Argo CD. */
export const ARGO_CD_FIELDS: Readonly<Record<string, ArgoCdFields>> = {
  Application: APPLICATION_FIELDS,
  ApplicationSet: APPLICATION_SET_FIELDS,
  AppProject: APP_PROJECT_FIELDS,
  Kustomization: KUSTOMIZATION_FIELDS,
  Secret: CLUSTER_SECRET_FIELDS,
};
