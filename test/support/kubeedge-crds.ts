const OVERRIDERS = [
  'replicas',
  'imageOverriders[].component',
  'imageOverriders[].operator',
  'imageOverriders[].predicate.path',
  'imageOverriders[].value',
  'envOverriders[].containerName',
  'envOverriders[].operator',
  'envOverriders[].value',
  'argsOverriders[].containerName',
  'argsOverriders[].operator',
  'argsOverriders[].value',
  'commandOverriders[].containerName',
  'commandOverriders[].operator',
  'commandOverriders[].value',
  'resourcesOverriders[].containerName',
  'resourcesOverriders[].value',
] as const;

const JOB = ['concurrency', 'failureTolerate', 'labelSelector', 'nodeNames', 'timeoutSeconds'] as const;

/**
 * Fields of `spec` that KubeEdge's own kinds have, as far down as their definitions say what is below. An API server takes others and forgets them, so that
 * a misspelt one is silent.
 *
 * @see kubeedge/kubeedge, build/crds, of 1.23.1
 */
const KUBEEDGE_CRD_FIELDS: Readonly<Record<string, readonly string[]>> = {
  'apps.kubeedge.io/v1alpha1/NodeGroup': ['matchLabels', 'nodes', 'topologyEnabled'],
  'apps.kubeedge.io/v1alpha1/EdgeApplication': [
    'workloadScope.targetNodeGroups[].name',
    ...OVERRIDERS.map((path) => `workloadScope.targetNodeGroups[].overriders.${path}`),
    'workloadScope.targetNodeLabels[].labelSelector',
    ...OVERRIDERS.map((path) => `workloadScope.targetNodeLabels[].overriders.${path}`),
    'workloadTemplate.manifests',
  ],
  'operations.kubeedge.io/v1alpha2/NodeUpgradeJob': [
    ...JOB,
    'checkItems',
    'image',
    'imageDigestGatter.amd64',
    'imageDigestGatter.arm64',
    'imageDigestGatter.registryAPI.host',
    'imageDigestGatter.registryAPI.token',
    'requireConfirmation',
    'version',
  ],
  'operations.kubeedge.io/v1alpha2/ImagePrePullJob': [
    ...[...JOB, 'checkItems', 'imageSecrets', 'images', 'retryTimes'].map((path) => `imagePrePullTemplate.${path}`),
  ],
  'operations.kubeedge.io/v1alpha2/ConfigUpdateJob': [...JOB, 'updateFields'],
  'rules.kubeedge.io/v1/RuleEndpoint': ['properties', 'ruleEndpointType'],
  'rules.kubeedge.io/v1/Rule': ['source', 'sourceResource', 'target', 'targetResource'],
};

/** Of those, the kinds that stand in no namespace; their names are of the whole cluster. */
export const KUBEEDGE_CLUSTER_KINDS: readonly string[] = [
  'NodeGroup',
  'NodeUpgradeJob',
  'ImagePrePullJob',
  'ConfigUpdateJob',
];

/** Fields of an object that its kind does not have. */
export function unknownFields(kind: string, spec: unknown): string[] {
  const known = KUBEEDGE_CRD_FIELDS[kind];
  if (known === undefined) return [`${kind} is no kind of KubeEdge that EdgeCDK writes`];
  const found: string[] = [];
  const visit = (value: unknown, path: string): void => {
    if (path !== '' && known.includes(path)) return;
    if (Array.isArray(value)) {
      for (const item of value) visit(item, `${path}[]`);
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, item] of Object.entries(value)) visit(item, path === '' ? key : `${path}.${key}`);
    } else found.push(path);
  };
  visit(spec, '');
  return found;
}
