import { sha256, sorted } from '../model/digest';
import type { FleetModel } from '../model/fleet-model';
import { canonicalJson } from '../model/hole-value';
import { leafNodeHole } from '../model/leaf-node';
import type { Plan, SitePlan } from '../model/plan';
import { hasErrors, Problems } from '../model/problem';
import { TokenTable } from '../model/token';
import { type BlueprintCluster, countProblems, countsOf, describeCluster, profileOf } from './clusters';
import { assignCohorts } from './cohorts';
import { deliveryProblems } from './deliveries';
import { emptyChoices, overrideValueProblems } from './empty-choices';
import { leafNodesOf } from './leaf-nodes';
import { networkProblems } from './node-trees/network-problems';
import { resolveTrees } from './node-trees/resolve-trees';
import { siteTextProblems } from './node-trees/site-text-problems';
import { textProblems } from './node-trees/text-problems';
import { resolveNodes } from './nodes';
import { countNodes } from './nodes/slots';
import { readLock } from './read-lock';
import { Shapes, valueNameProblems } from './shape';
import { resolveSites } from './sites';
import { validateModel } from './validate-model';
import { assignWaves } from './waves';

/** Decides what runs where, from declared facts alone. Reads the inventories that the program names. */
export function resolve(model: FleetModel): Plan {
  const problems = new Problems();
  problems.add(...model.problems, ...validateModel(model));

  const inventory = resolveSites(model);
  problems.add(...inventory.problems);

  const shapes = new Shapes();
  const shaped = sorted(inventory.sites, (site) => site.name).map((site) => ({
    ...site,
    holes: shapes.of(site.values),
  }));
  problems.add(...valueNameProblems(model, shaped));
  const leafDevices = model.workloads.filter((workload) => workload.kind === 'leaf-device');
  const leafHoles = leafDevices.map(({ id }) => leafNodeHole(id));
  const tokens = new TokenTable([
    ...shapes.holes,
    'node.name',
    'node.ordinal',
    'site.profile',
    'site.timeZone',
    'site.wave',
    'site.shard',
    ...new Set(leafHoles),
  ]);

  const clusters = new Map<string, BlueprintCluster>();
  for (const blueprint of model.blueprints) {
    const sites = shaped.filter((site) => site.blueprint === blueprint.path);
    const described =
      sites.length > 0 ? describeCluster(blueprint, sites, tokens, model.sharedClusters, model.mirrors) : undefined;
    if (described && 'problems' in described) problems.add(...described.problems);
    else if (described) clusters.set(blueprint.path, described);
  }

  const counted = shaped.flatMap((site) => {
    const described = clusters.get(site.blueprint);
    return described ? [{ ...site, nodes: countsOf(described.cluster, site, tokens) }] : [];
  });
  problems.add(...countProblems(counted));
  const known = resolveNodes({
    model,
    sites: counted,
    closed: inventory.closed,
    incomplete: counted.length < shaped.length || hasErrors(inventory.problems),
    clusters: new Map([...clusters].map(([path, { cluster }]) => [path, cluster])),
    tokens,
  });
  problems.add(...known.problems);
  const usesLock = model.deviceClasses.some((deviceClass) => deviceClass.operatingSystem);
  const { lock, problems: lockProblems } = usesLock ? readLock(model) : { problems: [] };
  problems.add(...lockProblems);
  const {
    trees,
    nodes,
    problems: treeProblems,
  } = resolveTrees({ model, clusters, sites: counted, nodes: known.nodes, lock });
  if (lockProblems.length === 0) problems.add(...treeProblems);

  const sized = counted.flatMap((site) => {
    const cluster = clusters.get(site.blueprint)?.cluster;
    if (!cluster) return [];
    // Rows of nodes may have other classes than the blueprint counts.
    const own = nodes.get(site.name);
    const isOther = own?.some(({ source }) => source !== undefined);
    const counts = own && isOther ? countNodes(own, cluster) : site.nodes;
    return [{ site: { ...site, nodes: counts }, distribution: cluster.distribution.name }];
  });
  // Where sites are missing because their rows or their cluster are wrong, nothing follows from an empty choice.
  const complete = !hasErrors(inventory.problems) && counted.length === shaped.length;
  const waves = assignWaves(
    model,
    sized.map(({ site, distribution }) => ({ ...site, distribution })),
    complete,
  );
  problems.add(...waves.problems, ...deliveryProblems(model, (path) => clusters.get(path)?.cluster));

  const sites = sized.flatMap(({ site, distribution }): Omit<SitePlan, 'cohort'>[] => {
    const blueprint = model.blueprints.find((b) => b.path === site.blueprint);
    if (!blueprint) return [];
    const profile = profileOf(blueprint, site.nodes, model);
    const leafNodes = leafNodesOf(leafDevices, { ...site, distribution }, nodes.get(site.name) ?? []);
    const wave = waves.waveOf.get(site.name);
    const facts = [site.name, profile, site.timeZone, site.values, ...(wave === undefined ? [] : [wave])];
    return [
      {
        ...site,
        profile,
        ...(wave !== undefined && { wave }),
        ...(leafNodes && { leafNodes }),
        digest: sha256(canonicalJson(leafNodes ? [...facts, leafNodes] : facts)),
      },
    ];
  });

  const treesOf = (site: string) => [...new Set(nodes.get(site)?.flatMap(({ tree }) => tree ?? []))].sort();
  const assignment = assignCohorts(model, sites, clusters, treesOf, tokens);
  const plan: Plan = {
    model,
    ...assignment,
    nodes,
    trees,
    waves: waves.plans,
    tokens,
    closed: inventory.closed,
    problems: [],
  };
  problems.add(
    ...overrideValueProblems(plan),
    ...siteTextProblems(plan),
    ...networkProblems(plan),
    ...textProblems(plan),
  );
  if (complete) problems.add(...emptyChoices(plan));
  return { ...plan, problems: problems.list };
}
