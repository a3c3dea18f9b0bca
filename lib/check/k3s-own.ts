import { K3S_HELM_CHARTS, K3S_PACKAGED_ADDONS, K3S_RUNTIME_CLASSES } from '../catalog/k3s';
import { apiGroup, describeObject, type KubeObject } from '../model/kube-object';
import type { Plan } from '../model/plan';
import { error, type Problem } from '../model/problem';
import type { RenderedFile, Rendering } from '../model/template';

/** Files and objects that K3s makes itself, and file names that it does not take. */
export function k3sOwnProblems(plan: Plan, rendering: Rendering): Problem[] {
  const workloads = new Map(plan.units.map((unit) => [unit.id, unit.workload.path]));
  return plan.cohorts.flatMap((cohort) =>
    cohort.units.flatMap((id) => {
      const path = workloads.get(id) ?? id;
      return (rendering.units.get(id)?.files ?? []).flatMap((file) => [
        ...fileProblems(path, file),
        ...file.objects.flatMap((object) => objectProblems(path, object, cohort.cluster.disable)),
      ]);
    }),
  );
}

const addons: ReadonlySet<string> = new Set(K3S_PACKAGED_ADDONS);

/** K3s names an AddOn after its file. @see https://docs.k3s.io/installation/packaged-components */
function fileProblems(path: string, { name }: RenderedFile): Problem[] {
  if (addons.has(name)) {
    const message = `makes the file ${name}.yaml, which is K3s' own: it would overwrite or delete it; take another id, such as ${name}-site`;
    return [error(path, message)];
  }
  if (name.startsWith('edgecdk-')) {
    const message = `makes the file ${name}.yaml; names that begin with edgecdk- are those of files for the machines themselves, take another id`;
    return [error(path, message)];
  }
  // No period: K3s cuts the name there, so that two files would be one AddOn.
  if (name.length <= 240 && /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(name)) return [];
  return [error(path, `makes the file ${name}.yaml; K3s takes up to 240 lower-case letters, digits and '-' as name`)];
}

const runtimeClasses: ReadonlySet<string> = new Set(K3S_RUNTIME_CLASSES);

/** Objects of packaged components that are not switched off: K3s and the site's file would take turns in writing them. */
function objectProblems(path: string, object: KubeObject, disabled: readonly string[]): Problem[] {
  const kind = `${apiGroup(object.apiVersion)}/${object.kind}`;
  const { name, namespace } = object.metadata;
  if (kind === 'node.k8s.io/RuntimeClass' && runtimeClasses.has(name) && !disabled.includes('runtimes')) {
    const remedy = "refer to it as it is, give yours another name, or disable 'runtimes'";
    return [error(path, `makes ${describeObject(object)}, which K3s makes itself; ${remedy}`)];
  }
  const addon = (K3S_HELM_CHARTS as Readonly<Record<string, string>>)[name];
  if (kind === 'helm.cattle.io/HelmChart' && namespace === 'kube-system' && addon && !disabled.includes(addon)) {
    const remedy = `change its values with packagedValues of the cluster, or disable '${addon}'`;
    return [error(path, `makes ${describeObject(object)}, which K3s makes itself; ${remedy}`)];
  }
  return [];
}
