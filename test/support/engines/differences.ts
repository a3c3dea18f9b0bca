import type { KubeObject } from '../../../lib/model/kube-object';

/** In what objects that an engine delivers are not, byte for byte, what the same site has as files of its own. Nothing else may differ. */
export interface Difference {
  readonly engines: readonly ('flux' | 'rancher-fleet' | 'argo-cd')[];
  /** Annotation that an engine is told something with. @default - no annotation: what `meaning` says */
  readonly annotation?: string;
  /** Words of its value, which are between commas. */
  readonly words?: readonly string[];
  /** Kinds that bear it. */
  readonly kinds?: readonly string[];
  /** For people, with its full stop. */
  readonly meaning: string;
}

const HOLDING_DATA = ['Namespace', 'PersistentVolume', 'PersistentVolumeClaim', 'CustomResourceDefinition'];

export const DIFFERENCES: readonly Difference[] = [
  {
    engines: ['rancher-fleet', 'argo-cd'],
    annotation: 'helm.sh/resource-policy',
    words: ['keep'],
    kinds: HOLDING_DATA,
    meaning: 'Helm leaves the object when it leaves its release.',
  },
  {
    engines: ['argo-cd'],
    annotation: 'argocd.argoproj.io/sync-options',
    words: ['Prune=false', 'Delete=false'],
    kinds: HOLDING_DATA,
    meaning: 'Argo CD leaves the object when it leaves its Application, or goes with it.',
  },
  {
    engines: ['argo-cd'],
    annotation: 'argocd.argoproj.io/compare-options',
    words: ['IgnoreExtraneous'],
    kinds: HOLDING_DATA,
    meaning: 'One that was left does not make its Application out of sync.',
  },
  {
    engines: ['flux'],
    annotation: 'kustomize.toolkit.fluxcd.io/prune',
    words: ['disabled'],
    kinds: HOLDING_DATA,
    meaning: 'Flux leaves the object when it leaves its Kustomization.',
  },
  {
    engines: ['rancher-fleet', 'argo-cd'],
    meaning:
      'Namespaces of workloads are made by the engine where they are missing, and are no objects of the assembly.',
  },
  {
    engines: ['flux', 'rancher-fleet', 'argo-cd'],
    meaning:
      "A Helm chart of others is what the engine has for it, with the same chart, version, namespace, release and values; with local delivery it is K3s' HelmChart.",
  },
  {
    engines: ['flux', 'argo-cd'],
    meaning:
      'What the engine itself goes by stands beside: with Flux its Kustomizations and sources, the ConfigMap `edgecdk-site` and, where asked for, accounts of owners; with an Argo CD at each site its Applications and projects.',
  },
  {
    engines: ['flux', 'rancher-fleet', 'argo-cd'],
    meaning: 'The engine marks what it applies with labels and annotations of its own.',
  },
];

/** An object as local delivery has it. */
export function withoutDifferences(object: KubeObject): KubeObject {
  const annotations = object.metadata.annotations as Readonly<Record<string, string>> | undefined;
  if (!annotations) return object;
  let left = { ...annotations };
  for (const { annotation, words = [], kinds = [] } of DIFFERENCES) {
    const value = annotation === undefined ? undefined : left[annotation];
    if (annotation === undefined || value === undefined || !kinds.includes(object.kind)) continue;
    const others = value.split(',').filter((word) => !words.includes(word));
    const { [annotation]: _, ...rest } = left;
    left = others.length === 0 ? rest : { ...rest, [annotation]: others.join(',') };
  }
  if (JSON.stringify(left) === JSON.stringify(annotations)) return object;
  const { annotations: _, ...metadata } = object.metadata;
  return { ...object, metadata: { ...metadata, ...(Object.keys(left).length > 0 && { annotations: left }) } as never };
}
