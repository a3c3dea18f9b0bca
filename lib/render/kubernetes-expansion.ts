import { type KubeObject, mapScalars } from '../model/kube-object';
import { withFilter } from '../model/token';

/**
 * The kubelet replaces `$(NAME)` in these fields and writes `$$` as `$`, so a site value with a dollar sign would arrive changed.
 * @see https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/
 */
export function protectFromExpansion(object: KubeObject): KubeObject {
  return mapScalars(object, (value, path, isKey) =>
    typeof value === 'string' && !isKey && isExpanded(path) ? withFilter(value, 'd') : value,
  ) as KubeObject;
}

function isExpanded(path: readonly (string | number)[]): boolean {
  const at = path.findIndex((part) => part === 'containers' || part === 'initContainers');
  if (at === -1 || typeof path[at + 1] !== 'number') return false;
  const field = path[at + 2];
  return field === 'command' || field === 'args' || (field === 'env' && path.at(-1) === 'value');
}
