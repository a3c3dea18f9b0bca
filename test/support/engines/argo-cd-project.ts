import { apiGroup, type KubeObject } from '../../../lib/model/kube-object';
import type { Application } from './argo-cd-application';
import { Refused } from './assembly-files';
import { keyOf, RELEASE } from './held';

interface Project {
  readonly sourceRepos: readonly string[];
  readonly clusterResourceWhitelist: readonly { readonly group: string; readonly kind: string }[];
  readonly destinations: readonly { readonly name?: string; readonly server?: string; readonly namespace: string }[];
}

interface Cluster {
  readonly name: string;
  readonly server?: string;
}

/** What Argo CD asks of the project of an Application before it does anything. */
export function checkProject(project: KubeObject, { name, spec }: Application, cluster: Cluster): void {
  const { sourceRepos } = project.spec as Project;
  const { source, destination } = spec;
  if (!sourceRepos.some((pattern) => matches(pattern, source.repoURL)))
    throw new Refused(`${name}: the project ${project.metadata.name} takes nothing from ${source.repoURL}`);
  const goesTo = destination.name ?? destination.server;
  if (goesTo !== cluster.name && goesTo !== cluster.server) throw new Refused(`${name} goes to ${goesTo}`);
  if (!isOpen(project, cluster, destination.namespace))
    throw new Refused(`${name}: the project ${project.metadata.name} goes not to ${destination.namespace}`);
}

/** What it asks of each object, once it has them. */
export function checkObjects(project: KubeObject, objects: readonly KubeObject[], cluster: Cluster): void {
  const { clusterResourceWhitelist: kinds } = project.spec as Project;
  for (const object of objects.filter(({ kind }) => kind !== RELEASE)) {
    const { apiVersion, kind, metadata } = object;
    const isTaken =
      metadata.namespace === undefined
        ? kinds.some((one) => matches(one.group, apiGroup(apiVersion)) && matches(one.kind, kind))
        : isOpen(project, cluster, metadata.namespace);
    if (!isTaken) throw new Refused(`the project ${project.metadata.name} takes no ${keyOf(object)}`);
  }
}

function isOpen({ spec }: KubeObject, cluster: Cluster, namespace: string): boolean {
  return (spec as Project).destinations.some(
    (one) =>
      ((one.name !== undefined && matches(one.name, cluster.name)) ||
        (one.server !== undefined && matches(one.server, cluster.server ?? ''))) &&
      matches(one.namespace, namespace),
  );
}

function matches(pattern: string, text: string): boolean {
  if (pattern.startsWith('!')) return !matches(pattern.slice(1), text);
  const escaped = pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');
  return new RegExp(`^${escaped}$`).test(text);
}
