import type { DeliveryCohort, DeliveryContent } from '../../model/delivery';
import { sorted } from '../../model/digest';
import type { KubeObject } from '../../model/kube-object';
import { unprunedObject } from './kept';
import { modelOf } from './model';
import { accountName, NAMESPACE } from './names';

/**
 * Accounts of owners, with all rights in the namespaces of their workloads at these sites and none elsewhere: one beside the Kustomizations that act as it, and
 * one in each of the namespaces, for releases of Helm. They stay when the last workload of their owner goes: who is no more deletes nothing, and it would run on.
 * @see fluxcd/kustomize-controller, internal/controller/kustomization_controller.go, finalize
 */
export function accountObjects(cohort: DeliveryCohort, { delivery, layers }: DeliveryContent): KubeObject[] {
  if (!modelOf(delivery).serviceAccounts) return [];
  const namespaces = new Map<string, Set<string>>();
  for (const { name, owner, namespace } of layers)
    if (owner !== undefined && cohort.layers.has(name))
      namespaces.set(owner, new Set([...(namespaces.get(owner) ?? []), namespace]));
  const accounts = sorted(namespaces, ([owner]) => owner).flatMap(([owner, own]) => {
    const name = accountName(owner);
    return [
      serviceAccount(name, NAMESPACE),
      ...sorted(own, (namespace) => namespace).flatMap((namespace) => [
        ...(namespace === NAMESPACE ? [] : [serviceAccount(name, namespace)]),
        roleBinding(name, namespace),
      ]),
    ];
  });
  return accounts.map(unprunedObject);
}

function serviceAccount(name: string, namespace: string): KubeObject {
  return { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace } };
}

/** In one namespace, `cluster-admin` is all rights there. */
function roleBinding(name: string, namespace: string): KubeObject {
  const subject = (of: string) => ({ kind: 'ServiceAccount', name, namespace: of });
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: { name: `edgecdk-${name}`, namespace },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
    subjects: [subject(NAMESPACE), ...(namespace === NAMESPACE ? [] : [subject(namespace)])],
  };
}
