import { openPorts } from '../../distributions/k3s/node/firewall';
import { type IdentityInput, k3sIdentity } from '../../distributions/k3s/node/identity';
import type { K3sSiteInput } from '../../model/k3s-node-input';
import type { NodeRecord } from '../../model/node-model';
import type { NodeTreePlan, SitePlan } from '../../model/plan';
import type { NodeAccess } from '../../model/seed-input';
import type { RenderedTree } from '../../model/template';
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
  site: K3sSiteInput,
  access: NodeAccess,
): ReadonlyMap<string, string> {
  const nodes = nodesOf(members);
  const servers = nodes.filter(({ role }) => role === 'server');
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
          ...(input.operatingSystem.seedMedium !== 'none' && below('seed', seed())),
        });
      }),
    ),
  };
  return new Map(Object.entries(folder).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The same paths without the texts, which cost much more. */
export function siteFolderNames(members: readonly Member[], site: K3sSiteInput): readonly string[] {
  const nodes = nodesOf(members);
  const servers = nodes.filter(({ role }) => role === 'server');
  const folder = {
    'match.tsv': '',
    'README.txt': '',
    ...(hasCommonSeed(members) && below('seed', seedOf('', '', networkConfig(nodesOf(members.filter(readsSeed)))))),
    ...Object.assign(
      {},
      ...members.map(({ node, plan: { input } }) => {
        const identity = identityFolder(k3sIdentity(node, servers, site, identityInput(input)));
        return below(node.name, {
          ...below('identity', identity),
          ...(input.operatingSystem.seedMedium !== 'none' && below('seed', seedOf('', '', networkConfig([node])))),
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

function readsSeed({ plan }: Member): boolean {
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
    const key = `${operatingSystem.name} ${operatingSystem.seedMedium} ${dataMount ?? ''}`;
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
        backupFolder: backupFolder(plan),
        registrationHost,
        secrets: unique(
          ofKind.map(({ tree }) => tree.tree.secrets),
          ({ name }) => name,
        ),
        secretsFrom: plan.input.secretsFrom,
        ports: unique(
          ofKind.map(({ plan: p }) => openPorts(p.input.cluster, p.role)),
          ({ port }) => port,
        ),
      });
    })
    .join('\n');
}

function backupFolder({ input }: NodeTreePlan): string | undefined {
  const { backup } = input.cluster;
  return backup.kind === 'disk' ? backup.path : undefined;
}

/** All that an identity takes from its tree. */
export function identityInput({ cluster, deviceClass, operatingSystem }: NodeTreePlan['input']): IdentityInput {
  const { datastore, servers, tlsSan, backup } = cluster;
  return {
    cluster: { datastore, servers, tlsSan, backup },
    deviceClass: { id: deviceClass.id, nodeLabels: deviceClass.nodeLabels },
    operatingSystem: { timeSync: operatingSystem.timeSync },
  };
}
