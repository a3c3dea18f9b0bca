import { KEPT_KINDS } from '../../catalog/kubernetes';
import type { KubeObject } from '../../model/kube-object';
import { NAMESPACE } from './names';

/** Without it Flux deletes an object that its folder no longer has. @see fluxcd/kustomize-controller, docs/spec/v1/kustomizations.md, Prune */
const unpruned = { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' };

/** The same object, of which Flux deletes nothing that holds data: not when its workload goes, nor with the whole Kustomization. */
export function withKept<T extends KubeObject>(object: T): T {
  return KEPT_KINDS.has(object.kind) ? unprunedObject(object) : object;
}

export function unprunedObject<T extends KubeObject>(object: T): T {
  const annotations = object.metadata.annotations as Readonly<Record<string, string>> | undefined;
  return { ...object, metadata: { ...object.metadata, annotations: { ...annotations, ...unpruned } } };
}

export function namespaceObject(name: string): KubeObject {
  return withKept({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
}

/** A patch that says the same of objects which somebody else wrote. */
export function keepingPatch(annotations: Readonly<Record<string, string>> = unpruned) {
  return {
    target: { kind: `(${[...KEPT_KINDS].join('|')})` },
    // Kustomize gives the patch the kind and name of each object that it is for.
    patch: JSON.stringify({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE, annotations } }),
  };
}
