import { sha256 } from '../../model/digest';
import { canonicalJson } from '../../model/hole-value';
import type { K3sSiteInput } from '../../model/k3s-node-input';
import { siteInput } from '../../model/k3s-site-texts';
import type { NodeRecord } from '../../model/node-model';
import type { NodeTreePlan, Plan, SitePlan } from '../../model/plan';
import { error, type Problem, warning } from '../../model/problem';
import type { NodeAccess } from '../../model/seed-input';
import type { RenderedTree, SiteNodes } from '../../model/template';
import { below, type Folder, identityFolder } from './folder';
import { openPorts } from './k3s/firewall';
import { type IdentityInput, k3sIdentity } from './k3s/identity';
import { SAMPLE_SITE, sampleMachine } from './sample-machine';
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
  const forms = new Map<string, string>();
  return (site) => {
    const nodes = plan.nodes.get(site.name) ?? [];
    const k3s = clusters.get(site.cohort)?.k3s;
    const members = nodes.flatMap((node): Member[] => {
      const [of, tree] = [plan.trees.get(node.tree ?? ''), trees.get(node.tree ?? '')];
      return of && tree ? [{ node, plan: of, tree }] : [];
    });
    if (!k3s || members.length === 0) return undefined;
    const known = siteInput(site, k3s, plan.tokens);
    const inputs = [...new Map(members.map((member) => [member.plan.name, member])).values()].map((member) => {
      const form = forms.get(member.plan.name) ?? formOf(member, k3s.access);
      forms.set(member.plan.name, form);
      return [member.plan.name, form, dependsOn(member.plan, member.tree)];
    });
    // Where a row stands in its file changes with every row above it.
    const machines = nodes.map((node) => ({ ...node, source: undefined }));
    const digest = sha256(canonicalJson([known, machines, k3s.access, inputs]));
    return {
      digest,
      nodes,
      names: () => namesOf(members, known),
      files: () => filesOf(site, members, known, k3s.access),
    };
  };
}

/** Another release of EdgeCDK may make other files of the same: then these are others too. */
function formOf({ plan, tree }: Member, access: NodeAccess): string {
  const node = sampleMachine(plan.role, plan.name);
  return sha256(JSON.stringify([...filesOf(SAMPLE_SITE, [{ node, plan, tree }], SAMPLE_SITE, access)]));
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
  { name }: Pick<SitePlan, 'name'>,
  members: readonly Member[],
  site: K3sSiteInput,
  access: NodeAccess,
): ReadonlyMap<string, string> {
  const servers = members.map(({ node }) => node).filter(({ role }) => role === 'server');
  const nodes = members.map(({ node }) => node);
  const folder: Folder = {
    'match.tsv': matchTable(members.map(({ node, plan }) => ({ node, treeName: plan.name }))),
    'README.txt': sheets(name, members),
    ...(hasCommonSeed(members) &&
      below('seed', seedOf(siteMetaData(name, nodes), siteUserData(access), networkConfig(nodes)))),
    ...Object.assign(
      {},
      ...members.map(({ node, plan: { name: treeName, input } }) => {
        const identity = k3sIdentity(node, servers, site, identityInput(input));
        const seed = () =>
          seedOf(
            metaData(node),
            userData({ node, identity, treeName, access, dataMount: input.dataMount }),
            networkConfig([node]),
          );
        return below(node.name, {
          ...below('identity', identityFolder(identity)),
          ...(input.operatingSystem.cloudInit && below('seed', seed())),
        });
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
    ...(hasCommonSeed(members) && below('seed', seedOf('', '', networkConfig(nodes)))),
    ...Object.assign(
      {},
      ...members.map(({ node, plan: { input } }) => {
        const identity = identityFolder(k3sIdentity(node, servers, site, identityInput(input)));
        return below(node.name, {
          ...below('identity', identity),
          ...(input.operatingSystem.cloudInit && below('seed', seedOf('', '', networkConfig([node])))),
        });
      }),
    ),
  };
  return Object.keys(folder).sort();
}

/** One medium for all machines of a site, where each finds out who it is. It cannot say which disk of which machine is to be mounted. */
function hasCommonSeed(members: readonly Member[]): boolean {
  return (
    members.some(({ plan }) => plan.input.operatingSystem.cloudInit) &&
    !members.some(({ node, plan }) => node.disk !== undefined && plan.input.dataMount !== undefined)
  );
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

/** Static addresses that no machine would come to have, once per group of sites. */
export function addressProblems({ sites, nodes, trees }: Plan): Problem[] {
  const [withoutCards, byHand] = [new Map<string, string[]>(), new Map<string, string[]>()];
  for (const site of sites) {
    const own = (nodes.get(site.name) ?? []).filter(({ tree }) => tree !== undefined);
    const add = (to: Map<string, string[]>, found: readonly NodeRecord[]): void => {
      if (found.length === 0) return;
      to.set(site.path, [...(to.get(site.path) ?? []), `${site.name}: ${found.map(({ slot }) => slot).join(' ')}`]);
    };
    const seeded = (node: NodeRecord) => trees.get(node.tree ?? '')?.input.operatingSystem.cloudInit !== false;
    add(withoutCards, withoutCard(own.filter(seeded)));
    add(
      byHand,
      own.filter((node) => node.address.kind === 'static' && !seeded(node)),
    );
  }
  const cards =
    'has machines with a static address and nothing that tells their network card; give each its mac, or where a medium serves one machine its nic';
  const hand =
    'has machines with a static address whose image has no cloud-init, so that nothing configures it; set it up in the image, and write the address without a prefix';
  return [
    ...[...withoutCards].map(([path, named]) => error(path, cards, { sites: named })),
    ...[...byHand].map(([path, named]) => warning(path, hand, { sites: named })),
  ];
}
