import type { KubeObject } from '../../../lib/model/kube-object';
import type { Application } from './argo-cd-application';
import { type Files, joinPath, namesIn, objectAt, only, Refused } from './assembly-files';
import { fillGoTemplate } from './go-template';
import { type LabelSelector, type Labels, selects } from './selector';

interface ClusterGenerator {
  readonly clusters?: { readonly selector: LabelSelector };
  readonly matrix?: { readonly generators: readonly (ClusterGenerator & ListGenerator)[] };
}

interface ListGenerator {
  readonly list?: { readonly elements: readonly Readonly<Record<string, string>>[] };
}

export interface ApplicationSet extends KubeObject {
  readonly spec: {
    readonly goTemplate: boolean;
    readonly goTemplateOptions: readonly string[];
    readonly generators: readonly ClusterGenerator[];
    readonly syncPolicy: { readonly preserveResourcesOnDeletion: boolean };
    readonly template: unknown;
  };
}

/** What an ApplicationSet knows of a cluster. */
export interface Cluster {
  readonly name: string;
  readonly nameNormalized: string;
  readonly metadata: { readonly labels: Labels; readonly annotations: Readonly<Record<string, string>> };
}

/** The Applications that a set makes of a cluster. */
export function applicationsOf({ metadata, spec }: ApplicationSet, cluster: Cluster): Application[] {
  const made = spec.generators.flatMap((generator) => parametersOf(generator, cluster));
  const names = new Set<string>();
  return made.map((parameters) => {
    const filled = filledTree(spec.template, parameters) as Application & {
      readonly metadata: { readonly name: string };
    };
    const { name } = filled.metadata;
    if (names.has(name)) throw new Refused(`${metadata.name} makes ${name} twice`);
    names.add(name);
    return { ...filled, name };
  });
}

function parametersOf(generator: ClusterGenerator, cluster: Cluster): object[] {
  const { clusters, matrix } = only<ClusterGenerator>(generator, 'a generator', ['clusters', 'matrix']);
  if (clusters) return selects(clusters.selector, cluster.metadata.labels) ? [cluster] : [];
  const [first, second, ...more] = matrix?.generators ?? [];
  const elements = second?.list?.elements;
  if (!first || !elements || more.length > 0) throw new Refused('a matrix is not of clusters and a list');
  return parametersOf(first, cluster).flatMap((one) => elements.map((element) => ({ ...one, ...element })));
}

/** All sets of an assembly. */
export function applicationSets(files: Files): ApplicationSet[] {
  const folder = 'delivery/argo-cd/applicationsets';
  return namesIn(files, folder).map((name) => {
    const set = objectAt<ApplicationSet>(files, joinPath(folder, name));
    const { goTemplate, goTemplateOptions } = only<ApplicationSet['spec']>(set.spec, `the set ${name}`, [
      ...['goTemplate', 'goTemplateOptions', 'generators', 'syncPolicy', 'strategy', 'template'],
    ]);
    if (!goTemplate || goTemplateOptions.join() !== 'missingkey=error')
      throw new Refused(`${name} writes nothing where a value is missing`);
    return set;
  });
}

/** Each text for itself, as an ApplicationSet does. */
function filledTree(tree: unknown, cluster: unknown): unknown {
  if (typeof tree === 'string') return fillGoTemplate(tree, cluster);
  if (Array.isArray(tree)) return tree.map((one) => filledTree(one, cluster));
  if (typeof tree !== 'object' || tree === null) return tree;
  return Object.fromEntries(
    Object.entries(tree).map(([key, value]) => [fillGoTemplate(key, cluster), filledTree(value, cluster)]),
  );
}
