import type { KubeObject } from '../model/kube-object';
import type { RenderUnit } from '../model/plan';

/**
 * Says on each object whose it is. On the object's own metadata only: a change of a pod template's labels would restart its pods, and one of a
 * selector is refused.
 */
export function withFleetLabels(
  object: KubeObject,
  unit: RenderUnit,
  site: { readonly name: string; readonly profile: string },
): KubeObject {
  const labels = {
    ...(object.metadata.labels as Record<string, string> | undefined),
    'edgecdk.dev/workload': unit.workload.id,
    ...(unit.workload.owner !== undefined && { 'edgecdk.dev/owner': unit.workload.owner }),
    'edgecdk.dev/site': site.name,
    'edgecdk.dev/profile': site.profile,
  };
  return { ...object, metadata: { ...object.metadata, labels } };
}
