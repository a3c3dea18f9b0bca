import type { ClusterModel, KubernetesMinor, NodeCountModel, SharedClusterModel } from '../model/distribution';
import type { BlueprintModel, FleetModel } from '../model/fleet-model';
import { siteValue } from '../model/hole-value';
import type { FleetMirrors } from '../model/nodes-model';
import type { SitePlan } from '../model/plan';
import { error, type Problem } from '../model/problem';
import { type Proven, proveTokens } from '../model/prove-tokens';
import { withFleetMirrors } from '../model/registry-mirrors';
import { commonHoles } from '../model/site-view';
import { numberHole, type TokenTable } from '../model/token';

/** A blueprint's cluster, described once for all of its sites; node counts may be tokens. */
export interface BlueprintCluster {
  readonly cluster: ClusterModel;
  readonly kubernetes: KubernetesMinor;
}

/** What a site is before its cluster is known. */
type SiteValuesOf = Pick<SitePlan, 'name' | 'holes' | 'values'>;

export function describeCluster(
  blueprint: BlueprintModel,
  sites: readonly SiteValuesOf[],
  tokens: TokenTable,
  sharedClusters: readonly Pick<SharedClusterModel, 'path'>[],
  mirrors?: FleetMirrors,
): BlueprintCluster | { readonly problems: readonly Problem[] } {
  let proven: Proven<ClusterModel>;
  try {
    proven = proveTokens({ sites, holes: commonHoles(sites), tokens }, (site) => blueprint.cluster(site));
  } catch (e) {
    return { problems: [error(blueprint.path, `has a cluster that cannot be made: ${(e as Error).message}`)] };
  }
  if ('wrong' in proven)
    return { problems: proven.wrong.map((what) => error(blueprint.path, `has a cluster that ${what}`)) };
  const { made } = proven;
  const { machines } = made;
  const cluster = machines && mirrors ? { ...made, machines: withFleetMirrors(machines, mirrors) } : made;
  const kubernetes = cluster.distribution.kubernetes(cluster);
  const problems = [...clusterProblems(blueprint, cluster), ...joinProblems(blueprint, cluster, sharedClusters)];
  if (!kubernetes || problems.length > 0) return { problems };
  return { cluster, kubernetes };
}

/** What is wrong with a description whatever its sites: with its counts, and what its distribution says. */
function clusterProblems({ path }: BlueprintModel, cluster: ClusterModel): Problem[] {
  const classes = cluster.nodes.map((n) => n.deviceClass);
  const twice = classes.find(
    (deviceClass, i) =>
      classes.indexOf(deviceClass) !== i &&
      cluster.nodes[i]?.role === cluster.nodes[classes.indexOf(deviceClass)]?.role,
  );
  return [
    ...cluster.distribution.problems(cluster),
    ...(twice === undefined ? [] : [`counts the device class ${twice} twice in one role; add the counts`]),
  ].map((message) => error(path, message));
}

/** What nobody renders would be lost without a word: a cluster of another fleet has its folder there. */
function joinProblems(
  { path }: BlueprintModel,
  { shared }: ClusterModel,
  sharedClusters: readonly Pick<SharedClusterModel, 'path'>[],
): Problem[] {
  if (shared === undefined || sharedClusters.some((known) => known.path === shared)) return [];
  return [error(path, `joins the cluster [${shared}], which is not of this fleet; make both under one Fleet`)];
}

/** A site's own counts. */
export function countsOf(cluster: ClusterModel, site: SiteValuesOf, tokens: TokenTable): NodeCountModel[] {
  return cluster.nodes.map((n) => {
    const use = numberHole(n.count, tokens);
    return { ...n, count: use ? Number(siteValue({ ...site, profile: '' }, use.hole)) : n.count };
  });
}

/** Counts that are no counts, said once per blueprint and device class. */
export function countProblems(sites: readonly Pick<SitePlan, 'name' | 'blueprint' | 'nodes'>[]): Problem[] {
  const wrong = new Map<string, { blueprint: string; deviceClass: string; count: number; sites: string[] }>();
  for (const site of sites) {
    for (const { deviceClass, count } of site.nodes) {
      if (Number.isInteger(count) && count >= 0 && count <= 1000) continue;
      const key = `${site.blueprint} ${deviceClass} ${count}`;
      const entry = wrong.get(key) ?? { blueprint: site.blueprint, deviceClass, count, sites: [] };
      entry.sites.push(site.name);
      wrong.set(key, entry);
    }
  }
  return [...wrong.values()].map(({ blueprint, deviceClass, count, sites: names }) =>
    error(blueprint, `counts ${count} nodes of ${deviceClass}; a count is a whole number from 0 to 1000`, {
      sites: names,
    }),
  );
}

/** Hardware profile of a site: the sorted set of the hardware of its nodes. */
export function profileOf(blueprint: BlueprintModel, nodes: readonly NodeCountModel[], model: FleetModel): string {
  if (blueprint.profile !== undefined) return blueprint.profile;
  const names = nodes
    .filter((n) => n.count > 0)
    .map((n) => model.deviceClasses.find((c) => c.path === n.deviceClass)?.hardware.name ?? '');
  return [...new Set(names)].sort().join('+');
}
