import type { BlueprintModel, NodeContextModel } from '../model/fleet-model';
import { fillText, siteValue } from '../model/hole-value';
import type { HoleKinds, NodePlan, Plan, SiteNodes, SitePlan } from '../model/plan';
import { error, type Problem, Problems } from '../model/problem';
import { proveTokens } from '../model/prove-tokens';
import type { ModelSite } from '../model/site-context';
import { commonHoles, tokenSite } from '../model/site-view';

const dnsName = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/;
const address = /^[A-Za-z0-9.:-]{1,253}$/;

/** Name and address of the nodes of one class, as texts with tokens. */
interface NodeTexts {
  readonly name: string;
  readonly address?: string;
}

/** The nodes of sites with their names and addresses, in the order of the cluster's description. */
export function nodeNames(plan: Plan): (site: SitePlan) => NodePlan[] {
  const blueprints = new Map(plan.model.blueprints.map((b) => [b.path, b]));
  const ids = new Map(plan.model.deviceClasses.map((c) => [c.path, c.id]));
  const known = new Map<HoleKinds, Map<string, NodeTexts>>(); // the user's functions run per shape, not per site
  const textsOf = (blueprint: BlueprintModel, holes: HoleKinds, deviceClass: string): NodeTexts => {
    const ofShape = known.get(holes) ?? new Map<string, NodeTexts>();
    const key = `${blueprint.path} ${deviceClass}`;
    const texts = ofShape.get(key) ?? nodeTexts(plan, blueprint, holes, ids.get(deviceClass) ?? deviceClass);
    known.set(holes, ofShape.set(key, texts));
    return texts;
  };
  return (site) => {
    const blueprint = blueprints.get(site.blueprint);
    if (!blueprint) return [];
    return site.nodes.flatMap((nodes) =>
      fillNodes(plan, site, nodes, textsOf(blueprint, site.holes, nodes.deviceClass)),
    );
  };
}

/** What is wrong with a blueprint's functions for nodes: they must pass on what they are given, as content must. */
function unprovenNodes(plan: Plan, blueprint: BlueprintModel): Problem[] {
  const sites = plan.sites.filter((site) => site.blueprint === blueprint.path);
  const classes = new Set(sites.flatMap((site) => site.nodes.map((n) => n.deviceClass)));
  const source = { sites, holes: commonHoles(sites), tokens: plan.tokens };
  const problems = new Problems();
  for (const path of classes) {
    const deviceClass = plan.model.deviceClasses.find((c) => c.path === path)?.id ?? path;
    const textsFor = (site: ModelSite, node: NodeContextModel['node']) => ({
      name: blueprint.nodeName?.({ site, node }) ?? '',
      address: blueprint.nodeAddress?.({ site, node }) ?? '',
    });
    for (const ordinal of [1, 2, 12]) {
      const node = { name: `name-${ordinal}`, deviceClass, ordinal };
      const proven = proveTokens(source, (site) => textsFor(site, node));
      if ('wrong' in proven) {
        problems.add(
          ...proven.wrong.map((what) => error(blueprint.path, `has a nodeName or nodeAddress that ${what}`)),
        );
        break;
      }
      const texts = nodeTexts(plan, blueprint, source.holes, deviceClass);
      const filled = (text: string) =>
        fillText(
          text,
          (hole) => (hole === 'node.name' ? node.name : hole === 'node.ordinal' ? ordinal : plan.tokens.text(hole)),
          plan.tokens,
        );
      const asText = (text: string) => fillText(text, (hole) => plan.tokens.text(hole), plan.tokens);
      if (
        (blueprint.nodeName && filled(texts.name) !== asText(proven.made.name)) ||
        filled(texts.address ?? '') !== asText(proven.made.address)
      ) {
        problems.add(
          error(
            blueprint.path,
            'has a nodeName or nodeAddress that calculates with node.ordinal, or changes node.name; use them as they are',
          ),
        );
      }
    }
  }
  return [...problems.list];
}

function nodeTexts(plan: Plan, blueprint: BlueprintModel, holes: HoleKinds, deviceClass: string): NodeTexts {
  const site = tokenSite(holes, plan.tokens);
  const node = { name: plan.tokens.text('node.name'), deviceClass, ordinal: plan.tokens.number('node.ordinal') };
  return {
    name: blueprint.nodeName?.({ site, node }) ?? `${site.name}-${deviceClass}-${node.ordinal}`,
    address: blueprint.nodeAddress?.({ site, node }),
  };
}

function fillNodes(plan: Plan, site: SitePlan, { deviceClass, role, count }: SiteNodes, texts: NodeTexts): NodePlan[] {
  return Array.from({ length: count }, (_, i) => {
    const fill = (text: string, name: string) =>
      fillText(
        text,
        (hole) => (hole === 'node.name' ? name : hole === 'node.ordinal' ? i + 1 : siteValue(site, hole)),
        plan.tokens,
      );
    const name = fill(texts.name, '');
    return { name, deviceClass, role, ordinal: i + 1, address: texts.address && fill(texts.address, name) };
  });
}

/** Names that Kubernetes refuses, or that two nodes of a site share; addresses that are missing or impossible. Once per blueprint. */
export function nodeProblems(plan: Plan): Problem[] {
  const problems = new Problems();
  const affected = new Map<string, { path: string; message: string; sites: string[] }>();
  const add = (path: string, message: string, site: string) => {
    const entry = affected.get(`${path} ${message}`) ?? { path, message, sites: [] };
    entry.sites.push(site);
    affected.set(`${path} ${message}`, entry);
  };
  const nodesOf = nodeNames(plan);
  const unproven = new Set<string>();
  for (const blueprint of plan.model.blueprints) {
    try {
      const found = unprovenNodes(plan, blueprint);
      if (found.length > 0) unproven.add(blueprint.path);
      problems.add(...found);
    } catch (e) {
      unproven.add(blueprint.path);
      problems.add(error(blueprint.path, `has a nodeName or nodeAddress that throws: ${(e as Error).message}`));
    }
  }
  for (const site of plan.sites) {
    let nodes: NodePlan[];
    if (unproven.has(site.blueprint)) continue;
    try {
      if (site.nodes.some((n) => !Number.isInteger(n.count) || n.count < 0 || n.count > 1000)) continue;
      nodes = nodesOf(site);
    } catch (e) {
      problems.add(error(site.blueprint, `has a nodeName or nodeAddress that throws: ${(e as Error).message}`));
      continue;
    }
    const names = nodes.map((n) => n.name);
    const wrong = names.find((name) => !dnsName.test(name) || name.length > 63);
    if (wrong !== undefined)
      add(
        site.blueprint,
        `gives names to nodes that Kubernetes refuses; up to 63 lower-case letters, digits and '-' (nodeName)`,
        `${site.name}: ${wrong}`,
      );
    if (new Set(names).size < names.length)
      add(
        site.blueprint,
        'gives two nodes of one site the same name; use node.ordinal and node.deviceClass in nodeName',
        site.name,
      );
    if (nodes.length > 1 && nodes.some((n) => !n.address))
      add(
        site.blueprint,
        'has sites with several nodes and no nodeAddress; say where other nodes reach a node',
        site.name,
      );
    const unreachable = nodes.find((n) => n.address && !address.test(n.address));
    if (unreachable)
      add(
        site.blueprint,
        'gives addresses to nodes that are neither a DNS name nor an IP address (nodeAddress)',
        `${site.name}: ${unreachable.address}`,
      );
  }
  for (const { path, message, sites } of affected.values()) problems.add(error(path, message, { sites }));
  return [...problems.list];
}
