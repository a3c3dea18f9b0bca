import { K3S } from '../../lib/distributions/k3s/k3s';
import { sha256, sorted } from '../../lib/model/digest';
import { canonicalJson } from '../../lib/model/hole-value';
import type { NodeRecord } from '../../lib/model/node-model';
import type { NodeEffect, NodeFile, RenderedTree } from '../../lib/model/node-tree';
import type { NodeTreePlan, Plan } from '../../lib/model/plan';
import type { Rendering } from '../../lib/model/template';

/** A node tree, by hand: what stands on the machines that have it. */
export interface DescribedTree {
  /** Effect and text by path on the machine. */
  readonly files: Readonly<Record<string, readonly [effect: NodeEffect, text: string]>>;
  /** @default 'server' */
  readonly role?: 'server' | 'agent';
  /** @default 'sqlite' */
  readonly datastore?: 'sqlite' | 'etcd';
  /** @default 'v1.33.5+k3s1' */
  readonly version?: string;
}

export interface DescribedMachine {
  /** Name of its tree. */
  readonly tree: string;
  /** What stands in its identity. @default 'a' */
  readonly text?: string;
  /** @default 0 */
  readonly generation?: number;
}

/** Machines of a site by slot. */
export type DescribedMachines = Readonly<Record<string, DescribedMachine>>;

type Trees = Readonly<Record<string, DescribedTree>>;

/** What of a plan and its rendering belongs to machines. */
export function machinesOf(
  trees: Trees,
  sites: ReadonlyMap<string, DescribedMachines>,
): Pick<Plan, 'nodes' | 'trees'> & Pick<Rendering, 'files' | 'siteNodes'> & { readonly rendered: Rendering['trees'] } {
  const nodes = new Map([...sites].map(([site, machines]) => [site, nodesOf(site, machines)]));
  const names = Object.keys(trees).sort();
  return {
    nodes,
    trees: new Map(names.map((name) => [name, treePlan(name, trees[name])])),
    rendered: new Map(names.map((name) => [name, renderedTree(trees[name])])),
    files: new Map(names.flatMap((name) => filesOf(name, trees[name]))),
    siteNodes: ({ name }) => {
      const own = nodes.get(name) ?? [];
      if (own.length === 0) return undefined;
      const files = siteFiles(own, sites.get(name) ?? {});
      return {
        digest: sha256(canonicalJson([...files])),
        nodes: own,
        names: () => [...files.keys()],
        files: () => files,
      };
    },
  };
}

function nodesOf(site: string, machines: DescribedMachines): NodeRecord[] {
  return Object.entries(machines).map(([slot, { tree, generation = 0 }]) => ({
    name: `${site}-${slot}${generation > 0 ? `-g${generation}` : ''}`,
    site,
    slot,
    deviceClass: 'fleet/box',
    role: 'server',
    generation,
    address: { kind: 'dynamic' },
    tree,
  }));
}

function siteFiles(nodes: readonly NodeRecord[], machines: DescribedMachines): ReadonlyMap<string, string> {
  const files = nodes.flatMap(({ name, slot }) => [
    [`${name}/identity/files/etc/hostname`, `${name} ${machines[slot]?.text ?? 'a'}\n`] as const,
    [`${name}/seed/user-data`, `${name}\n`] as const,
  ]);
  const table = nodes.map(({ name, tree }) => `${name}\t${tree}\n`).join('');
  return new Map(sorted([['match.tsv', table], ...files], ([path]) => path));
}

function treePlan(
  name: string,
  { role = 'server', datastore = 'sqlite' }: DescribedTree = { files: {} },
): NodeTreePlan {
  const input = { cluster: { datastore } } as NodeTreePlan['input'];
  return { name, blueprint: 'fleet/store', role, deviceClass: 'fleet/box', distribution: K3S, input };
}

function renderedTree(described: DescribedTree = { files: {} }): RenderedTree {
  const { role = 'server', version = 'v1.33.5+k3s1' } = described;
  const files = Object.entries(described.files).map(
    ([path, [effect, text]]): NodeFile => ({ path, mode: '0644', owner: 'root:root', effect, text, secrets: [] }),
  );
  return {
    tree: { role, distribution: 'k3s', version, files, settings: '', script: '', secrets: [], ports: [] },
    deviceClass: 'box',
    digest: sha256(canonicalJson(described)),
  };
}

function filesOf(name: string, { files }: DescribedTree = { files: {} }): [string, string][] {
  return Object.entries(files).map(([path, [, text]]) => [`nodes/${name}/files${path}`, text]);
}
