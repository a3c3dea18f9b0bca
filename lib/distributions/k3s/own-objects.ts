import { K3S_HELM_CHARTS, K3S_PACKAGED_ADDONS, K3S_RUNTIME_CLASSES } from '../../catalog/k3s';
import type { FileContent } from '../../model/file-content';
import type { K3sClusterModel } from '../../model/k3s-cluster-model';
import { apiGroup, describeObject, type KubeObject } from '../../model/kube-object';

/** Files and objects that K3s makes itself, and file names that it does not take. */
export function k3sFileProblems(file: Pick<FileContent, 'name' | 'objects'>, cluster: K3sClusterModel): string[] {
  return [...nameProblems(file.name), ...file.objects.flatMap((object) => objectProblems(object, cluster.disable))];
}

const addons: ReadonlySet<string> = new Set(K3S_PACKAGED_ADDONS);

/** K3s names an AddOn after its file. @see https://docs.k3s.io/installation/packaged-components */
function nameProblems(name: string): string[] {
  if (addons.has(name)) {
    const message = `makes the file ${name}.yaml, which is K3s' own: it would overwrite or delete it; take another id, such as ${name}-site`;
    return [message];
  }
  // No period: K3s cuts the name there, so that two files would be one AddOn.
  if (name.length <= 240 && /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(name)) return [];
  return [`makes the file ${name}.yaml; K3s takes up to 240 lower-case letters, digits and '-' as name`];
}

const runtimeClasses: ReadonlySet<string> = new Set(K3S_RUNTIME_CLASSES);

/** Objects of packaged components that are not switched off: K3s and the site's file would take turns in writing them. */
function objectProblems(object: KubeObject, disabled: readonly string[]): string[] {
  const kind = `${apiGroup(object.apiVersion)}/${object.kind}`;
  const { name, namespace } = object.metadata;
  if (kind === 'node.k8s.io/RuntimeClass' && runtimeClasses.has(name) && !disabled.includes('runtimes')) {
    const remedy = "refer to it as it is, give yours another name, or disable 'runtimes'";
    return [`makes ${describeObject(object)}, which K3s makes itself; ${remedy}`];
  }
  const addon = (K3S_HELM_CHARTS as Readonly<Record<string, string>>)[name];
  if (kind === 'helm.cattle.io/HelmChart' && namespace === 'kube-system' && addon && !disabled.includes(addon)) {
    const remedy = `change its values with packagedValues of the cluster, or disable '${addon}'`;
    return [`makes ${describeObject(object)}, which K3s makes itself; ${remedy}`];
  }
  return [];
}
