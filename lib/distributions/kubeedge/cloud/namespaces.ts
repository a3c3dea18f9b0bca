import { OWN_NAMESPACES } from '../../../catalog/kubernetes';
import { sorted } from '../../../model/digest';
import type { KubeObject } from '../../../model/kube-object';
import type { SharedUnit } from '../../../model/shared-cluster';

/** Namespaces of workloads and rules that no workload makes itself, and those that come as they are. */
export function namespaces(
  units: readonly SharedUnit[],
  rules: readonly KubeObject[],
  others: readonly KubeObject[],
): KubeObject[] {
  const made = units.flatMap(({ objects }) => objects).filter(({ kind }) => kind === 'Namespace');
  const known = new Set(made.map(({ metadata }) => metadata.name));
  const wanted = [
    ...units.map(({ workload }) => workload.namespace),
    ...rules.map(({ metadata }) => metadata.namespace ?? 'default'),
  ].filter((name) => !OWN_NAMESPACES.has(name) && !known.has(name));
  const own = [...new Set(wanted)].map(
    (name): KubeObject => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }),
  );
  return sorted([...own, ...others.filter(({ kind }) => kind === 'Namespace')], ({ metadata }) => metadata.name);
}
