import { sorted } from '../model/digest';
import type { SharedClusterModel } from '../model/distribution';
import { clusterFolder } from '../model/folders';
import type { KubeObject } from '../model/kube-object';
import type { RenderedTree } from '../model/node-tree';
import type { Plan, RenderUnit } from '../model/plan';
import type { Problem } from '../model/problem';
import type { SharedContent, SharedSite, SharedUnit } from '../model/shared-cluster';
import { groupOf } from '../model/site-texts';
import { printYaml } from './yaml-template';

/** What clusters that sites share hold. */
export interface RenderedClusters {
  /** Text by path in the assembly. */
  readonly files: ReadonlyMap<string, string>;
  /** Objects that each site adds, by unit; a unit of such a cluster that is not there is in `files` as a whole. */
  readonly perSite: ReadonlyMap<string, readonly KubeObject[]>;
  /** What makes pods of workloads for all sites, by id of the cluster and of the workload. */
  readonly podKinds: ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>;
  readonly problems: readonly Problem[];
}

/** Makes each cluster once, however many sites are in it. `objects`: of the units that could be rendered. */
export function renderSharedClusters(
  plan: Plan,
  objects: ReadonlyMap<string, readonly KubeObject[]>,
  trees: ReadonlyMap<string, RenderedTree>,
): RenderedClusters {
  const files = new Map<string, string>();
  const perSite = new Map<string, readonly KubeObject[]>();
  const podKinds = new Map<string, ReadonlyMap<string, readonly string[]>>();
  const problems: Problem[] = [];
  for (const cluster of plan.model.sharedClusters) {
    const made = cluster.distribution.renderShared?.(cluster, contentOf(cluster, plan, objects, trees));
    if (!made) continue;
    for (const [path, text] of sorted(made.files, ([name]) => name))
      files.set(`${clusterFolder(cluster.id)}/${path}`, text);
    for (const [unit, own] of made.perSite) perSite.set(unit, own);
    if (made.podKinds) podKinds.set(cluster.id, made.podKinds);
    problems.push(...made.problems);
  }
  return { files, perSite, podKinds, problems };
}

function contentOf(
  { path }: SharedClusterModel,
  plan: Plan,
  objects: ReadonlyMap<string, readonly KubeObject[]>,
  trees: ReadonlyMap<string, RenderedTree>,
): SharedContent {
  const cohorts = plan.cohorts.filter(({ cluster }) => cluster.shared === path);
  const ids = new Set(cohorts.map(({ id }) => id));
  const names = new Set(cohorts.flatMap((cohort) => cohort.trees));
  return {
    sites: plan.sites
      .filter(({ cohort }) => ids.has(cohort))
      .map(
        (site): SharedSite => ({
          name: site.name,
          group: groupOf(site),
          blueprint: site.blueprint,
          nodes: plan.nodes.get(site.name) ?? [],
          ...(site.state === 'closing' && { isClosing: true }),
        }),
      ),
    units: plan.units.filter(({ shared }) => shared === path).flatMap((unit) => sharedUnit(unit, objects)),
    trees: new Map([...trees].filter(([name]) => names.has(name))),
    tokens: plan.tokens,
    print: (documents) => documents.map((one) => printYaml(one, plan.tokens, () => false)).join('---\n'),
  };
}

function sharedUnit(
  { id, workload, variant, sites }: RenderUnit,
  rendered: ReadonlyMap<string, readonly KubeObject[]>,
): SharedUnit[] {
  const objects = rendered.get(id);
  return objects ? [{ id, workload, variant, objects, sites: sites.map(({ name }) => name).sort() }] : [];
}
