import { join } from 'node:path';
import { stringify } from 'yaml';
import type { Assembly } from '../assembly/read-assembly';
import type { SiteRecord } from '../model/assembly-record';
import { compareText, sha256 } from '../model/digest';
import { nodesFolder } from '../model/folders';
import { readIfThere } from './manifest-folder';
import { readNameValues } from './name-values';
import { readIdentity, readSiteNodes, type SiteNode } from './site-nodes';

/** A machine as Ansible sees it. */
export interface AnsibleHost {
  readonly name: string;
  readonly site: string;
  readonly tree: string;
  /** Path of its identity in the assembly. */
  readonly identity: string;
  /** Its fixed address, if no other machine has it. @default - Ansible looks its name up */
  readonly address?: string;
  /** Serial number and MAC address, as far as they are known. */
  readonly knownBy: readonly string[];
  /** When it is its turn among the machines of its site, from 1: servers by rank, then agents by name. */
  readonly turn: number;
}

/** The machines of sites, site by site. A site without files for its nodes has none. */
export function ansibleHosts(assembly: Assembly, sites: Iterable<SiteRecord>): AnsibleHost[] {
  const roles = new Map<string, string>();
  const roleOf = (tree: string): string => {
    const known = roles.get(tree);
    if (known !== undefined) return known;
    const settings = readIfThere(join(assembly.outDir, 'nodes', tree, 'settings'))?.toString('utf8') ?? '';
    const role = readNameValues(settings).get('ROLE') ?? '';
    roles.set(tree, role);
    return role;
  };
  const hosts: AnsibleHost[] = [];
  for (const { name: site } of sites) {
    const nodes = readSiteNodes(assembly, site).map((node) => ({ node, identity: readIdentity(assembly, node) }));
    const inOrder = nodes
      .map(({ node, identity }) => ({ node, identity, order: orderOf(node, identity, roleOf(node.tree)) }))
      .sort((a, b) => compareText(a.order, b.order));
    for (const [index, { node, identity }] of inOrder.entries())
      hosts.push({
        name: node.name,
        site,
        tree: node.tree,
        identity: `${nodesFolder(site)}/${node.name}/identity`,
        address: identity.get('NODE_IP'),
        knownBy: node.knownBy,
        turn: index + 1,
      });
  }
  return withoutSharedAddresses(hosts);
}

/** Private networks repeat from site to site: an address that several machines have leads to any of them, so names must tell them apart. */
function withoutSharedAddresses(hosts: readonly AnsibleHost[]): AnsibleHost[] {
  const counts = new Map<string, number>();
  for (const { address } of hosts) if (address !== undefined) counts.set(address, (counts.get(address) ?? 0) + 1);
  return hosts.map((host) => (counts.get(host.address ?? '') === 1 ? host : { ...host, address: undefined }));
}

function orderOf({ name }: SiteNode, identity: ReadonlyMap<string, string>, role: string): string {
  const rank = (identity.get('RANK') ?? '').padStart(4, '0');
  return `${role === 'server' ? `0 ${rank}` : '1'} ${name}`;
}

/** `inventory.yaml`: a group for each site, each tree and each turn. */
export function ansibleInventory(hosts: readonly AnsibleHost[]): string {
  const groups = groupNames(hosts);
  const members = new Map<string, string[]>();
  for (const { name, site, tree, turn } of hosts)
    for (const group of [groups.site(site), groups.tree(tree), turnGroup(turn)]) {
      const own = members.get(group);
      if (own) own.push(name);
      else members.set(group, [name]);
    }
  const inventory = {
    all: {
      hosts: Object.fromEntries(
        hosts.map(({ name, site, tree, identity, address, knownBy }) => [
          name,
          {
            ...(address === undefined ? {} : { ansible_host: address }),
            edgecdk_site: groups.site(site),
            edgecdk_tree: tree,
            edgecdk_identity: identity,
            ...(knownBy.length === 0 ? {} : { edgecdk_known_by: knownBy }),
          },
        ]),
      ),
      children: Object.fromEntries(
        [...members]
          .sort(([a], [b]) => compareText(a, b))
          .map(([group, names]) => [group, { hosts: Object.fromEntries(names.map((name) => [name, {}])) }]),
      ),
    },
  };
  return `# Written by edgecdk export --ansible.\n${stringify(inventory, { lineWidth: 0 })}`;
}

export function turnGroup(turn: number): string {
  return `turn_${String(turn).padStart(2, '0')}`;
}

/** Ansible wants letters, digits and `_`. Two names that come out as one are told apart. */
function groupNames(hosts: readonly AnsibleHost[]) {
  const names = new Map<string, string>();
  const nameOf = (prefix: string, name: string): string => {
    const plain = `${prefix}_${name.replace(/[^A-Za-z0-9_]/g, '_')}`;
    const owner = names.get(plain) ?? name;
    names.set(plain, owner);
    return owner === name ? plain : `${plain}_${sha256(name).slice(0, 8)}`;
  };
  // In order, so that which of two keeps the plain name does not hang on how they are looked up.
  for (const { site, tree } of hosts) {
    nameOf('site', site);
    nameOf('tree', tree);
  }
  return { site: (site: string) => nameOf('site', site), tree: (tree: string) => nameOf('tree', tree) };
}
