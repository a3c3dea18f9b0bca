export type Scope = 'Cluster' | 'Namespaced';

/** Namespaces that every cluster has. @see Kubernetes documentation, Namespaces, Initial namespaces */
export const OWN_NAMESPACES: ReadonlySet<string> = new Set([
  'default',
  'kube-system',
  'kube-public',
  'kube-node-lease',
]);

/*
 * Every kind that the API server of some Kubernetes 1.27 to 1.36 serves with all groups and versions turned on,
 * by group ('' is core). No kind changed its scope in that range, so neither minor nor version matters here; whether
 * a version is served is the schemas' business.
 *
 * Sources: kubernetes/kubernetes, api/discovery, of 1.29 to 1.36; k8s.io/api, client markers, of 1.27 and 1.28. Reviews and bindings are in it too: they are never stored, but have a scope all the same.
 */
const KINDS: Readonly<Record<string, Readonly<Record<Scope, string>>>> = {
  '': {
    Cluster: 'ComponentStatus Namespace Node PersistentVolume',
    Namespaced:
      'Binding ConfigMap Endpoints Event LimitRange PersistentVolumeClaim Pod PodTemplate ReplicationController ' +
      'ResourceQuota Secret Service ServiceAccount',
  },
  'admissionregistration.k8s.io': {
    Cluster:
      'MutatingAdmissionPolicy MutatingAdmissionPolicyBinding MutatingWebhookConfiguration ' +
      'ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding ValidatingWebhookConfiguration',
    Namespaced: '',
  },
  'apiextensions.k8s.io': { Cluster: 'CustomResourceDefinition', Namespaced: '' },
  'apiregistration.k8s.io': { Cluster: 'APIService', Namespaced: '' },
  apps: { Cluster: '', Namespaced: 'ControllerRevision DaemonSet Deployment ReplicaSet StatefulSet' },
  'authentication.k8s.io': { Cluster: 'SelfSubjectReview TokenReview', Namespaced: '' },
  'authorization.k8s.io': {
    Cluster: 'SelfSubjectAccessReview SelfSubjectRulesReview SubjectAccessReview',
    Namespaced: 'LocalSubjectAccessReview',
  },
  autoscaling: { Cluster: '', Namespaced: 'HorizontalPodAutoscaler' },
  batch: { Cluster: '', Namespaced: 'CronJob Job' },
  'certificates.k8s.io': {
    Cluster: 'CertificateSigningRequest ClusterTrustBundle',
    Namespaced: 'PodCertificateRequest',
  },
  'coordination.k8s.io': { Cluster: '', Namespaced: 'Lease LeaseCandidate' },
  'discovery.k8s.io': { Cluster: '', Namespaced: 'EndpointSlice' },
  'events.k8s.io': { Cluster: '', Namespaced: 'Event' },
  'flowcontrol.apiserver.k8s.io': { Cluster: 'FlowSchema PriorityLevelConfiguration', Namespaced: '' },
  'internal.apiserver.k8s.io': { Cluster: 'StorageVersion', Namespaced: '' },
  'networking.k8s.io': {
    Cluster: 'ClusterCIDR IPAddress IngressClass ServiceCIDR',
    Namespaced: 'Ingress NetworkPolicy',
  },
  'node.k8s.io': { Cluster: 'RuntimeClass', Namespaced: '' },
  policy: { Cluster: '', Namespaced: 'PodDisruptionBudget' },
  'rbac.authorization.k8s.io': { Cluster: 'ClusterRole ClusterRoleBinding', Namespaced: 'Role RoleBinding' },
  'resource.k8s.io': {
    Cluster: 'DeviceClass DeviceTaintRule ResourceClass ResourcePoolStatusRequest ResourceSlice',
    Namespaced:
      'PodSchedulingContext ResourceClaim ResourceClaimParameters ResourceClaimTemplate ResourceClassParameters',
  },
  'scheduling.k8s.io': { Cluster: 'PriorityClass', Namespaced: 'PodGroup Workload' },
  'storage.k8s.io': {
    Cluster: 'CSIDriver CSINode StorageClass VolumeAttachment VolumeAttributesClass',
    Namespaced: 'CSIStorageCapacity',
  },
  'storagemigration.k8s.io': { Cluster: 'StorageVersionMigration', Namespaced: '' },
};

const SCOPES: ReadonlyMap<string, Scope> = new Map(
  Object.entries(KINDS).flatMap(([group, kinds]) =>
    (['Cluster', 'Namespaced'] as const).flatMap((scope) =>
      kinds[scope]
        .split(' ')
        .filter((kind) => kind !== '')
        .map((kind) => [`${group}/${kind}`, scope] as const),
    ),
  ),
);

/**
 * Whether objects of a built-in kind live in a namespace. Undefined: not built in, so a custom resource whose
 * definition alone knows, or a misspelling.
 */
export function scopeOf(apiVersion: string, kind: string): Scope | undefined {
  if (apiVersion === 'v1') return SCOPES.get(`/${kind}`);
  const slash = apiVersion.indexOf('/');
  return slash > 0 ? SCOPES.get(`${apiVersion.slice(0, slash)}/${kind}`) : undefined;
}

/** Kinds whose removal takes data or everything inside them along: whoever prunes, leaves these. */
export const KEPT_KINDS: ReadonlySet<string> = new Set([
  'Namespace',
  'PersistentVolume',
  'PersistentVolumeClaim',
  'CustomResourceDefinition',
]);
