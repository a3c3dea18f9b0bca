import { KEPT_KINDS } from '../../../catalog/kubernetes';
import type { KubeObject } from '../../../model/kube-object';

/** What makes pods of what all sites share. What makes others of these comes first, or they would be made anew. */
export const POD_KINDS = ['edgeapplications.apps.kubeedge.io', 'deployments.apps', 'daemonsets.apps'];

/**
 * All that a workload may have had, whatever there is now: with its workload, a kind may be gone from the folder and not from the cluster. Each is known to
 * every cluster with cloudcore's chart, since `kubectl delete` does nothing at all where it does not know one of them.
 */
export const WORKLOAD_KINDS: readonly string[] = [
  ...POD_KINDS,
  'statefulsets.apps',
  'cronjobs.batch',
  'jobs.batch',
  'services',
  'configmaps',
  'secrets',
  'serviceaccounts',
  'roles.rbac.authorization.k8s.io',
  'rolebindings.rbac.authorization.k8s.io',
  'clusterroles.rbac.authorization.k8s.io',
  'clusterrolebindings.rbac.authorization.k8s.io',
  'networkpolicies.networking.k8s.io',
  'poddisruptionbudgets.policy',
  'horizontalpodautoscalers.autoscaling',
  'devices.devices.kubeedge.io',
  'devicemodels.devices.kubeedge.io',
];

/** Those, and what these objects are beside: deleted by hand alone is what holds data. */
export function deletedKinds(objects: readonly KubeObject[]): string {
  const others = objects.filter(
    ({ apiVersion, kind }) => !KEPT_KINDS.has(kind) && !WORKLOAD_KINDS.includes(plural(apiVersion, kind)),
  );
  return [
    ...WORKLOAD_KINDS,
    ...new Set(others.map(({ apiVersion, kind }) => resourceOf(apiVersion, kind)).sort()),
  ].join(',');
}

/** What of `POD_KINDS` is among objects. */
export function podKindsOf(objects: readonly KubeObject[]): string[] {
  const kinds = new Set(objects.map(({ apiVersion, kind }) => plural(apiVersion, kind)));
  return POD_KINDS.filter((kind) => kinds.has(kind));
}

/** Of the kinds above, all of which end in the usual way: `jobs.batch`. */
function plural(apiVersion: string, kind: string): string {
  const name = kind.toLowerCase().replace(/y$/, 'ie');
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
  return group === '' ? `${name}s` : `${name}s.${group}`;
}

/** As kubectl takes it without a doubt: `certificate.v1.cert-manager.io`. */
function resourceOf(apiVersion: string, kind: string): string {
  const [group, version] = apiVersion.includes('/') ? apiVersion.split('/') : ['', apiVersion];
  return group === '' ? kind.toLowerCase() : `${kind.toLowerCase()}.${version}.${group}`;
}
