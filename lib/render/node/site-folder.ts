import type { NodeRecord } from '../../model/node-model';
import type { NodeSiteInput } from '../../model/node-site-input';
import type { NodeIdentityFiles, RenderedTree } from '../../model/node-tree';
import type { NodeTreePlan, SitePlan } from '../../model/plan';
import type { NodeAccess } from '../../model/seed-input';
import { below, type Folder, identityFolder } from './folder';
import { matchTable } from './seed/match-table';
import { metaData, siteMetaData } from './seed/meta-data';
import { networkConfig, shareNetworkConfig } from './seed/network-config';
import { technicianReadme } from './seed/readme';
import { siteUserData, userData } from './seed/user-data';

/** A machine with the tree that it has. */
export interface Member {
  readonly node: NodeRecord;
  readonly plan: NodeTreePlan;
  readonly tree: RenderedTree;
}

/** Text by path in the folder `nodes` of a site, sorted. */
export function siteFolder(
  { name }: Pick<SitePlan, 'name'>,
  members: readonly Member[],
  site: NodeSiteInput,
  access: NodeAccess,
): ReadonlyMap<string, string> {
  const nodes = nodesOf(members);
  const folder: Folder = {
    'match.tsv': matchTable(members.map(({ node, plan }) => ({ node, treeName: plan.name }))),
    'README.txt': sheets(name, members, site.registrationHost),
    ...(hasCommonSeed(members) &&
      below(
        'seed',
        seedOf(siteMetaData(name, nodes), siteUserData(access), networkConfig(nodesOf(members.filter(readsSeed)))),
      )),
    ...Object.assign(
      {},
      ...members.map((member) => {
        const { node, plan } = member;
        const { name: treeName, input } = plan;
        const identity = identityOf(member, members, site);
        const seed = () =>
          seedOf(
            metaData(node),
            userData({ node, identity, treeName, access, dataMount: input.dataMount }),
            networkConfig([node]),
          );
        return below(node.name, {
          ...below('identity', identityFolder(identity)),
          ...(readsSeed({ plan }) && below('seed', seed())),
        });
      }),
    ),
  };
  return new Map(Object.entries(folder).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The same paths without the texts, which cost much more. */
export function siteFolderNames(members: readonly Member[], site: NodeSiteInput): readonly string[] {
  const folder = {
    'match.tsv': '',
    'README.txt': '',
    ...(hasCommonSeed(members) && below('seed', seedOf('', '', networkConfig(nodesOf(members.filter(readsSeed)))))),
    ...Object.assign(
      {},
      ...members.map((member) => {
        const { node, plan } = member;
        const identity = identityFolder(identityOf(member, members, site));
        return below(node.name, {
          ...below('identity', identity),
          ...(readsSeed({ plan }) && below('seed', seedOf('', '', networkConfig([node])))),
        });
      }),
    ),
  };
  return Object.keys(folder).sort();
}

/** One medium for all machines of a site, where each finds out who it is. It cannot say which disk of which machine is to be mounted. */
function hasCommonSeed(members: readonly Member[]): boolean {
  const seeded = members.filter(readsSeed);
  return (
    seeded.length > 0 &&
    !seeded.some(({ node, plan }) => node.disk !== undefined && plan.input.dataMount !== undefined) &&
    shareNetworkConfig(nodesOf(seeded))
  );
}

function identityOf({ node, plan }: Member, members: readonly Member[], site: NodeSiteInput): NodeIdentityFiles {
  const all = members.map((member) => ({ node: member.node, input: member.plan.input }));
  return plan.distribution.machines.identity({ node, input: plan.input }, site, all);
}

function readsSeed({ plan }: Pick<Member, 'plan'>): boolean {
  return plan.input.operatingSystem.seedMedium !== 'none';
}

function nodesOf(members: readonly Member[]): NodeRecord[] {
  return members.map(({ node }) => node);
}

function seedOf(meta: string, user: string, network: string | undefined): Folder {
  return { 'meta-data': meta, 'user-data': user, ...(network !== undefined && { 'network-config': network }) };
}

/** The technician's sheet, with a part for the machines of each operating system. */
function sheets(site: string, members: readonly Member[], registrationHost: string | undefined): string {
  const kinds = new Map<string, Member[]>();
  for (const member of members) {
    const { operatingSystem, dataMount } = member.plan.input;
    const { onImage = '' } = member.tree.tree.kit ?? {};
    const key = `${operatingSystem.name} ${operatingSystem.seedMedium} ${dataMount ?? ''} ${onImage}`;
    kinds.set(key, [...(kinds.get(key) ?? []), member]);
  }
  return [...kinds.values()]
    .map((ofKind) => {
      const [{ plan, tree }] = ofKind as [Member, ...Member[]];
      const unique = <T>(lists: readonly (readonly T[])[], key: (item: T) => string) => [
        ...new Map(lists.flat().map((item) => [key(item), item])).values(),
      ];
      return technicianReadme({
        site,
        nodes: ofKind.map(({ node }) => node),
        operatingSystem: plan.input.operatingSystem,
        onImage: tree.tree.kit?.onImage,
        dataMount: plan.input.dataMount,
        backupFolder: tree.tree.backupFolder,
        registrationHost,
        secrets: unique(
          ofKind.map(({ tree }) => tree.tree.secrets),
          ({ name }) => name,
        ),
        secretsFrom: plan.input.secretsFrom,
        ports: unique(
          ofKind.map((member) => member.tree.tree.ports),
          ({ port }) => port,
        ),
        dials: unique(
          ofKind.map((member) => member.tree.tree.dials ?? []),
          ({ address }) => address,
        ),
      });
    })
    .join('\n');
}
