import type { KubeObject } from '../../../model/kube-object';
import type { ContainerWorkloadModel } from '../../../model/workload-model';

/** Fields of a Kubernetes object that are no object of their own. Undefined members do not reach the output. */
export type Fields = Readonly<Record<string, unknown>>;

/** Metadata of a workload's object: its id as name, or with a suffix where a kind has several. */
export function metadataOf(workload: ContainerWorkloadModel, suffix?: string): KubeObject['metadata'] {
  const name = suffix === undefined ? workload.id : `${workload.id}-${suffix}`;
  return { name, namespace: workload.namespace, labels: podLabels(workload) };
}

/** Labels of the pods and what selects them: fixed for ever, since Kubernetes does not change a selector. */
export function podLabels(workload: ContainerWorkloadModel): Readonly<Record<string, string>> {
  return { 'app.kubernetes.io/name': workload.id };
}

/** A list, or nothing where it would be empty. */
export function nonEmpty<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length > 0 ? list : undefined;
}
