import { isKnownMinor, K3S_RELEASES, type K3sRelease, parseK3sVersion } from '../catalog/k3s';
import type { BlueprintModel, ClusterModel, FleetModel } from '../model/fleet-model';
import { siteValue } from '../model/hole-value';
import type { SiteNodes, SitePlan } from '../model/plan';
import { error, type Problem } from '../model/problem';
import { type Proven, proveTokens } from '../model/prove-tokens';
import { commonHoles } from '../model/site-view';
import { numberHole, type TokenTable } from '../model/token';

/** A blueprint's cluster, described once for all of its sites; node counts may be tokens. */
export interface BlueprintCluster {
  readonly cluster: ClusterModel;
  readonly kubernetes: `${number}.${number}`;
}

/** What a site is before its cluster is known. */
type SiteValuesOf = Pick<SitePlan, 'name' | 'holes' | 'values'>;

export function describeCluster(
  blueprint: BlueprintModel,
  sites: readonly SiteValuesOf[],
  tokens: TokenTable,
): BlueprintCluster | { readonly problems: readonly Problem[] } {
  let proven: Proven<ClusterModel>;
  try {
    proven = proveTokens({ sites, holes: commonHoles(sites), tokens }, (site) => blueprint.cluster(site));
  } catch (e) {
    return { problems: [error(blueprint.path, `has a cluster that cannot be made: ${(e as Error).message}`)] };
  }
  if ('wrong' in proven)
    return { problems: proven.wrong.map((what) => error(blueprint.path, `has a cluster that ${what}`)) };
  const cluster = proven.made;
  const release = parseK3sVersion(cluster.version);
  const problems = clusterProblems(blueprint, cluster);
  if (!release || problems.length > 0) return { problems };
  return { cluster, kubernetes: `${release.major}.${release.minor}` as const };
}

function clusterProblems(blueprint: BlueprintModel, cluster: ClusterModel): Problem[] {
  const problems: Problem[] = [];
  const wrong = (message: string) => problems.push(error(blueprint.path, message));
  const release = parseK3sVersion(cluster.version);
  const known = Object.keys(K3S_RELEASES);
  if (!release)
    wrong(
      `has ${JSON.stringify(cluster.version)} as version of K3s; write a release by its full name, such as ${K3S_RELEASES['1.33']}`,
    );
  else if (!isKnownMinor(`${release.major}.${release.minor}`))
    wrong(`has K3s ${cluster.version}; this EdgeCDK knows Kubernetes ${known[0]} to ${known.at(-1)}`);
  if (release && cluster.movesTo !== undefined) problems.push(...moveProblems(blueprint, release, cluster.movesTo));
  const servers = cluster.nodes.filter((n) => n.role === 'server').reduce((sum, n) => sum + n.count, 0);
  if (![1, 3, 5].includes(servers))
    wrong(
      `has ${servers} servers; K3s takes one (SQLite), or three or five (etcd): an even number survives no more than one less`,
    );
  const classes = cluster.nodes.map((n) => n.deviceClass);
  const twice = classes.find(
    (path, i) => classes.indexOf(path) !== i && cluster.nodes[i]?.role === cluster.nodes[classes.indexOf(path)]?.role,
  );
  if (twice) wrong(`counts the device class ${twice} twice in one role; add the counts`);
  if (cluster.disable.includes('traefik') && cluster.packagedValues.traefik)
    wrong('has values for traefik and disables it; do one of them');
  return problems;
}

/** K3s goes from a minor to the next one, and never back. */
function moveProblems(blueprint: BlueprintModel, from: K3sRelease, text: string): Problem[] {
  const wrong = (message: string) => [error(blueprint.path, message)];
  const to = parseK3sVersion(text);
  if (!to) return wrong(`moves to ${JSON.stringify(text)}, which is no release of K3s; write its full name`);
  if (!isKnownMinor(`${to.major}.${to.minor}`)) return wrong(`moves to K3s ${text}, which this EdgeCDK does not know`);
  const steps = to.minor - from.minor;
  const isLater = steps > 0 || (steps === 0 && (to.patch - from.patch || to.k3s - from.k3s) > 0);
  if (to.major !== from.major || !isLater) return wrong(`moves to K3s ${text}, which is not later than what it has`);
  if (steps > 1)
    return wrong(
      `moves ${steps} minors at once, to K3s ${text}; K3s goes one minor at a time: move to 1.${from.minor + 1} first`,
    );
  return [];
}

/** A site's own counts. */
export function siteNodes(cluster: ClusterModel, site: SiteValuesOf, tokens: TokenTable): SiteNodes[] {
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
export function profileOf(blueprint: BlueprintModel, nodes: readonly SiteNodes[], model: FleetModel): string {
  if (blueprint.profile !== undefined) return blueprint.profile;
  const names = nodes
    .filter((n) => n.count > 0)
    .map((n) => model.deviceClasses.find((c) => c.path === n.deviceClass)?.hardware.name ?? '');
  return [...new Set(names)].sort().join('+');
}
