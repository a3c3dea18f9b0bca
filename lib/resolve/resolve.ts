import { sha256, sorted } from '../model/digest';
import type { FleetModel } from '../model/fleet-model';
import { canonicalJson } from '../model/hole-value';
import type { Plan, SitePlan } from '../model/plan';
import { hasErrors, Problems } from '../model/problem';
import { TokenTable } from '../model/token';
import { type BlueprintCluster, countProblems, describeCluster, profileOf, siteNodes } from './clusters';
import { assignCohorts } from './cohorts';
import { emptyChoices, overrideValueProblems } from './empty-choices';
import { resolveNodes } from './nodes';
import { countNodes } from './nodes/slots';
import { Shapes, valueNameProblems } from './shape';
import { resolveSites } from './sites';
import { validateModel } from './validate-model';

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
  const tokens = new TokenTable([...shapes.holes, 'node.name', 'node.ordinal', 'site.profile']);

  const clusters = new Map<string, BlueprintCluster>();
  for (const blueprint of model.blueprints) {
    const sites = shaped.filter((site) => site.blueprint === blueprint.path);
    const described = sites.length > 0 ? describeCluster(blueprint, sites, tokens) : undefined;
    if (described && 'problems' in described) problems.add(...described.problems);
    else if (described) clusters.set(blueprint.path, described);
  }

  const counted = shaped.flatMap((site) => {
    const described = clusters.get(site.blueprint);
    return described ? [{ ...site, nodes: siteNodes(described.cluster, site, tokens) }] : [];
  });
  problems.add(...countProblems(counted));
  const { nodes: nodesOf, problems: nodeProblems } = resolveNodes({
    model,
    sites: counted,
    closed: inventory.closed,
    incomplete: counted.length < shaped.length || hasErrors(inventory.problems),
    tokens,
  });
  problems.add(...nodeProblems);

  const sites = counted.flatMap((site): Omit<SitePlan, 'cohort'>[] => {
    const blueprint = model.blueprints.find((b) => b.path === site.blueprint);
    const described = clusters.get(site.blueprint);
    if (!blueprint || !described) return [];
    const known = nodesOf.get(site.name);
    const isOther = known?.some(({ source }) => source !== undefined);
    const nodes = known && isOther ? countNodes(known, described.cluster) : site.nodes;
    const profile = profileOf(blueprint, nodes, model);
    return [{ ...site, nodes, profile, digest: sha256(canonicalJson([site.name, profile, site.values])) }];
  });

  const assignment = assignCohorts(model, sites, clusters, tokens);
  const plan: Plan = { model, ...assignment, nodes: nodesOf, tokens, closed: inventory.closed, problems: [] };
  problems.add(...overrideValueProblems(plan));
  // Where sites are missing because their rows are wrong, nothing follows from an empty choice.
  if (!hasErrors(inventory.problems)) problems.add(...emptyChoices(plan));
  return { ...plan, problems: problems.list };
}
