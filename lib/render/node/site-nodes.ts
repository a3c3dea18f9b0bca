import { sha256 } from '../../model/digest';
import { canonicalJson } from '../../model/hole-value';
import type { K3sSiteInput } from '../../model/k3s-node-input';
import { siteInput } from '../../model/k3s-site-texts';
import type { NodeRecord } from '../../model/node-model';
import type { NodeTreePlan, Plan, SitePlan } from '../../model/plan';
import { error, type Problem } from '../../model/problem';
import type { NodeAccess } from '../../model/seed-input';
import type { RenderedTree, SiteNodes } from '../../model/template';
import { bootFiles } from './boot';
import { below, type Folder, identityFolder } from './folder';
import { openPorts } from './k3s/firewall';
import { type IdentityInput, k3sIdentity } from './k3s/identity';
import { matchTable } from './seed/match-table';
import { metaData, siteMetaData } from './seed/meta-data';
import { networkConfig, withoutCard } from './seed/network-config';
import { technicianReadme } from './seed/readme';
import { siteUserData, userData } from './seed/user-data';

/** A machine with the tree that it has. */
interface Member {
  readonly node: NodeRecord;
  readonly plan: NodeTreePlan;
  readonly tree: RenderedTree;
}

/** What stands in the folder `nodes` of sites: who each machine is, and its first boot. */
export function siteNodes(
  plan: Plan,
  trees: ReadonlyMap<string, RenderedTree>,
): (site: SitePlan) => SiteNodes | undefined {
  const clusters = new Map(plan.cohorts.map((cohort) => [cohort.id, cohort.cluster]));
  const boot = sha256(canonicalJson(bootFiles()));
  return (site) => {
    const nodes = plan.nodes.get(site.name) ?? [];
    const k3s = clusters.get(site.cohort)?.k3s;
    const members = nodes.flatMap((node): Member[] => {
      const [of, tree] = [plan.trees.get(node.tree ?? ''), trees.get(node.tree ?? '')];
      return of && tree ? [{ node, plan: of, tree }] : [];
    });
    if (!k3s || members.length === 0) return undefined;
    const known = siteInput(site, k3s, plan.tokens);
    const used = [...new Map(members.map((member) => [member.plan.name, member])).values()];
    const inputs = used.map((member) => [member.plan.name, dependsOn(member.plan, member.tree)]);
    const digest = sha256(canonicalJson([boot, known, nodes, k3s.access, inputs]));
    return {
      digest,
      nodes,
      names: () => namesOf(members, known),
      files: () => filesOf(site, members, known, k3s.access),
    };
  };
}

/** All that the files of a site's machines take from their tree: they stay as they are when a mirror changes. */
function dependsOn({ input }: NodeTreePlan, { tree }: RenderedTree) {
  const { dataMount, operatingSystem, cluster } = input;
  const { secrets } = tree;
  return { ...identityInput(input), operatingSystem, dataMount, secrets, ports: openPorts(cluster, tree.role) };
}

function identityInput({ cluster, deviceClass, operatingSystem }: NodeTreePlan['input']): IdentityInput {
  const { datastore, servers, tlsSan, backup } = cluster;
  return {
    cluster: { datastore, servers, tlsSan, backup },
    deviceClass: { id: deviceClass.id, nodeLabels: deviceClass.nodeLabels },
    operatingSystem: { timeSync: operatingSystem.timeSync },
  };
}

function filesOf(
  { name }: SitePlan,
  members: readonly Member[],
  site: K3sSiteInput,
  access: NodeAccess,
): ReadonlyMap<string, string> {
  const servers = members.map(({ node }) => node).filter(({ role }) => role === 'server');
  const nodes = members.map(({ node }) => node);
  const folder: Folder = {
    'match.tsv': matchTable(members.map(({ node, plan }) => ({ node, treeName: plan.name }))),
    'README.txt': sheets(name, members),
    // One medium for all machines of a site: each finds out who it is.
    ...below('seed', seedOf(siteMetaData(name, nodes), siteUserData(access), networkConfig(nodes))),
    ...Object.assign(
      {},
      ...members.map(({ node, plan: { name: treeName, input } }) => {
        const identity = k3sIdentity(node, servers, site, identityInput(input));
        const user = userData({ node, identity, treeName, access, dataMount: input.dataMount });
        const own = {
          ...below('identity', identityFolder(identity)),
          ...below('seed', seedOf(metaData(node), user, networkConfig([node]))),
        };
        return below(node.name, own);
      }),
    ),
  };
  return new Map(Object.entries(folder).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function namesOf(members: readonly Member[], site: K3sSiteInput): readonly string[] {
  const nodes = members.map(({ node }) => node);
  const servers = nodes.filter(({ role }) => role === 'server');
  const folder = {
    'match.tsv': '',
    'README.txt': '',
    ...below('seed', seedOf('', '', networkConfig(nodes))),
    ...Object.assign(
      {},
      ...members.map(({ node, plan: { input } }) => {
        const identity = identityFolder(k3sIdentity(node, servers, site, identityInput(input)));
        return below(node.name, {
          ...below('identity', identity),
          ...below('seed', seedOf('', '', networkConfig([node]))),
        });
      }),
    ),
  };
  return Object.keys(folder).sort();
}

function seedOf(meta: string, user: string, network: string | undefined): Folder {
  return { 'meta-data': meta, 'user-data': user, ...(network !== undefined && { 'network-config': network }) };
}

/** The technician's sheet, with a part for the machines of each operating system. */
function sheets(site: string, members: readonly Member[]): string {
  const kinds = new Map<string, Member[]>();
  for (const member of members) {
    const { operatingSystem, dataMount } = member.plan.input;
    const key = `${operatingSystem.name} ${dataMount ?? ''}`;
    kinds.set(key, [...(kinds.get(key) ?? []), member]);
  }
  return [...kinds.values()]
    .map((ofKind) => {
      const [{ plan }] = ofKind as [Member, ...Member[]];
      const unique = <T>(lists: readonly (readonly T[])[], key: (item: T) => string) => [
        ...new Map(lists.flat().map((item) => [key(item), item])).values(),
      ];
      return technicianReadme({
        site,
        nodes: ofKind.map(({ node }) => node),
        operatingSystem: plan.input.operatingSystem,
        dataMount: plan.input.dataMount,
        secrets: unique(
          ofKind.map(({ tree }) => tree.tree.secrets),
          ({ name }) => name,
        ),
        ports: unique(
          ofKind.map(({ plan: p }) => openPorts(p.input.cluster, p.role)),
          ({ port }) => port,
        ),
      });
    })
    .join('\n');
}

/** Sites with machines whose network card nothing tells, once per blueprint. */
export function cardProblems({ sites, nodes }: Plan): Problem[] {
  const affected = new Map<string, string[]>();
  for (const site of sites) {
    const own = (nodes.get(site.name) ?? []).filter(({ tree }) => tree !== undefined);
    const without = withoutCard(own);
    if (without.length === 0) continue;
    const named = `${site.name}: ${without.map(({ slot }) => slot).join(' ')}`;
    affected.set(site.path, [...(affected.get(site.path) ?? []), named]);
  }
  return [...affected].map(([path, named]) =>
    error(
      path,
      'has machines with a static address and nothing that tells their network card; give each its mac, or where a medium serves one machine its nic',
      { sites: named },
    ),
  );
}
