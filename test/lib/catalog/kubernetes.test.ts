import { scopeOf } from '../../../lib/catalog/kubernetes';

test.each([
  ['v1', 'Pod', 'Namespaced'],
  ['v1', 'Event', 'Namespaced'],
  ['v1', 'Namespace', 'Cluster'],
  ['v1', 'PersistentVolume', 'Cluster'],
  ['v1', 'PersistentVolumeClaim', 'Namespaced'],
  ['apps/v1', 'DaemonSet', 'Namespaced'],
  ['batch/v1', 'CronJob', 'Namespaced'],
  ['autoscaling/v2', 'HorizontalPodAutoscaler', 'Namespaced'],
  ['networking.k8s.io/v1', 'Ingress', 'Namespaced'],
  ['networking.k8s.io/v1', 'IngressClass', 'Cluster'],
  ['networking.k8s.io/v1alpha1', 'ClusterCIDR', 'Cluster'],
  ['rbac.authorization.k8s.io/v1', 'Role', 'Namespaced'],
  ['rbac.authorization.k8s.io/v1', 'ClusterRole', 'Cluster'],
  ['authorization.k8s.io/v1', 'LocalSubjectAccessReview', 'Namespaced'],
  ['authorization.k8s.io/v1', 'SubjectAccessReview', 'Cluster'],
  ['apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'Cluster'],
  ['admissionregistration.k8s.io/v1', 'ValidatingAdmissionPolicy', 'Cluster'],
  ['storage.k8s.io/v1', 'StorageClass', 'Cluster'],
  ['storage.k8s.io/v1', 'CSIStorageCapacity', 'Namespaced'],
  ['node.k8s.io/v1', 'RuntimeClass', 'Cluster'],
  ['scheduling.k8s.io/v1', 'PriorityClass', 'Cluster'],
  ['policy/v1', 'PodDisruptionBudget', 'Namespaced'],
  ['resource.k8s.io/v1', 'DeviceClass', 'Cluster'],
  ['resource.k8s.io/v1beta1', 'ResourceClaim', 'Namespaced'],
  ['resource.k8s.io/v1alpha2', 'ResourceClassParameters', 'Namespaced'],
] as const)('%s %s is of scope %s', (apiVersion, kind, scope) => {
  expect(scopeOf(apiVersion, kind)).toBe(scope);
});

test.each([
  ['helm.cattle.io/v1', 'HelmChart'],
  ['devices.kubeedge.io/v1beta1', 'Device'],
  ['monitoring.coreos.com/v1', 'Pod'],
  ['v1', 'Deployment'],
  ['apps/v1', 'Pod'],
  ['apps', 'Deployment'],
  ['/v1', 'Pod'],
  ['', 'Pod'],
  ['v1', 'pod'],
  ['v1', ''],
  ['apps/v1', ''],
  ['v1', 'List'],
  ['constructor/v1', 'name'],
])('%j %j is not built in', (apiVersion, kind) => {
  expect(scopeOf(apiVersion, kind)).toBeUndefined();
});
