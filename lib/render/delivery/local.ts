import { KEPT_KINDS } from '../../catalog/kubernetes';
import { sha256 } from '../../model/digest';
import type { FileContent } from '../../model/file-content';
import type { KubeObject } from '../../model/kube-object';
import { hasToken } from '../../model/token';
import type { WorkloadModel } from '../../model/workload-model';

/**
 * One file per workload: what the auto-deploy folder of K3s takes for an AddOn, whose missing objects it removes, and what others take too. What holds data
 * stands in a file of its own, one per object: such a file is dropped and never emptied, so that nothing removes a volume claim or a namespace.
 * @see https://docs.k3s.io/installation/packaged-components
 */
export function localFiles(
  workload: Pick<WorkloadModel, 'id' | 'namespace'>,
  objects: readonly KubeObject[],
  nameOf: (object: KubeObject) => string = ({ metadata }) => metadata.name,
): FileContent[] {
  const keep = objects.filter((object) => KEPT_KINDS.has(object.kind));
  const rest = objects.filter((object) => !KEPT_KINDS.has(object.kind));
  return [
    ...keep.map(
      (object): FileContent => ({
        name: keptName(workload, object, nameOf(object)),
        retire: 'keep',
        objects: [object],
      }),
    ),
    ...(rest.length > 0 ? [{ name: workload.id, retire: 'withdraw', objects: rest } as const] : []),
  ];
}

/** Files are applied by name, so that namespaces come before what is in them; K3s cuts an AddOn's name at the first period. */
function keptName(workload: Pick<WorkloadModel, 'id' | 'namespace'>, object: KubeObject, name: string): string {
  if (object.kind === 'Namespace' && !hasToken(object.metadata.name)) return namespaceFile(object.metadata.name);
  const kind = object.kind === 'PersistentVolumeClaim' ? 'claim' : object.kind.toLowerCase();
  const { namespace } = object.metadata;
  // Of two claims of one name in two namespaces, one is not in the workload's own.
  const elsewhere =
    namespace === undefined || namespace === workload.namespace ? '' : `-${sha256(namespace).slice(0, 8)}`;
  return `${workload.id}-${kind}-${/^[a-z0-9-]+$/.test(name) ? name : sha256(name).slice(0, 8)}${elsewhere}`;
}

export function namespaceFile(namespace: string): string {
  return `00-namespace-${namespace}`;
}
