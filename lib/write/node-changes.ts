import type { TreeRecord } from '../model/assembly-record';
import { sorted } from '../model/digest';
import type { NodeEffect } from '../model/node-tree';
import type { Plan } from '../model/plan';
import type { Problem } from '../model/problem';
import type { AssemblyIndex, PreviousSites } from './assembly-index';
import { Findings } from './findings';
import { livesOn, readSlot } from './node-records';
import { releaseProblems } from './release-changes';
import { siteProblems } from './site-changes';

/** What the change of a file asks of machines that run already. */
export interface NodeChange {
  /** Path on the machine. */
  readonly path: string;
  readonly effect: NodeEffect;
  /** Machines to which the change comes. */
  readonly nodes: number;
  /** Names of their node trees, sorted. */
  readonly trees: readonly string[];
  /** What Kubernetes is called on them, such as `K3s`, sorted. */
  readonly distributions: readonly string[];
}

/** A secret without which machines that run already will not take their changed tree. */
export interface NewSecret {
  readonly name: string;
  /** Machines that need it. */
  readonly nodes: number;
}

export interface NodeComparison {
  /** Sorted by path. */
  readonly changes: readonly NodeChange[];
  /** Sorted by name. */
  readonly secrets: readonly NewSecret[];
  /** What cannot be done on machines that run, and what is not done by itself. */
  readonly problems: readonly Problem[];
}

/** Machines that had one tree and have another now, or the same with other content. */
interface Move {
  readonly from: string;
  readonly to: string;
  /** Without those of paused sites, to which the change comes when they go on: then nobody would know any more what they had. */
  nodes: number;
  readonly sites: Set<string>;
}

/**
 * Compares machines with what the last run made of them. Machines that are new, have another generation, or whose site begins a new cluster, are set up from
 * a medium: nothing is changed on them.
 */
export function compareNodes(
  plan: Plan,
  index: AssemblyIndex,
  before: PreviousSites,
  allowRemovals = false,
): NodeComparison {
  const findings = new Findings();
  const moves = new Map<string, Move>();
  for (const [i, site] of plan.sites.entries()) {
    const now = index.sites[i];
    const was = before.get(site.name);
    if (!now?.nodes || !was?.nodes) continue;
    if (!livesOn(was, site)) continue;
    for (const [slot, text] of Object.entries(now.nodes.slots)) {
      const old = was.nodes.slots[slot];
      if (old === undefined) continue;
      const [from, to] = [readSlot(old), readSlot(text)];
      if (to.generation < from.generation)
        findings.add(
          site.path,
          'has machines whose generation goes back; their names were those of other machines: give them the generation that they had, or a higher one',
          `${site.name}: ${slot} ${from.generation} -> ${to.generation}`,
        );
      if (to.generation !== from.generation) continue;
      const key = `${from.tree} ${to.tree}`;
      const move = moves.get(key) ?? { from: from.tree, to: to.tree, nodes: 0, sites: new Set<string>() };
      if (site.state !== 'paused') move.nodes++;
      move.sites.add(site.name);
      moves.set(key, move);
    }
  }
  const changes = new Map<string, NodeChange & { nodes: number; trees: string[]; distributions: string[] }>();
  const secrets = new Map<string, number>();
  for (const move of moves.values()) {
    const [from, to] = [before.trees[move.from], index.record.trees[move.to]];
    if (!from || !to || from.digest === to.digest) continue;
    // That machines have another distribution is said for their whole site.
    if (from.distribution !== to.distribution) continue;
    const title = plan.trees.get(move.to)?.distribution.title ?? to.distribution;
    refuse(from, to, { ...move, title }, findings);
    if (move.nodes === 0) continue;
    for (const name of to.secrets.filter((secret) => !from.secrets.includes(secret)))
      secrets.set(name, (secrets.get(name) ?? 0) + move.nodes);
    for (const { path, effect } of changedFiles(from, to)) {
      const change = changes.get(path) ?? { path, effect, nodes: 0, trees: [], distributions: [] };
      change.nodes += move.nodes;
      change.trees.push(move.to);
      change.distributions.push(title);
      changes.set(path, change);
    }
  }
  return {
    changes: sorted(changes.values(), ({ path }) => path).map((change) => ({
      ...change,
      trees: [...new Set(change.trees)].sort(),
      distributions: [...new Set(change.distributions)].sort(),
    })),
    secrets: sorted(secrets, ([name]) => name).map(([name, nodes]) => ({ name, nodes })),
    problems: [
      ...findings.problems,
      ...siteProblems(plan, index, before, allowRemovals),
      ...releaseProblems(plan, index, before),
    ],
  };
}

function changedFiles(from: TreeRecord, to: TreeRecord): { readonly path: string; readonly effect: NodeEffect }[] {
  const paths = [...new Set([...Object.keys(from.files), ...Object.keys(to.files)])];
  return paths.flatMap((path) => {
    const [old, now] = [from.files[path], to.files[path]];
    if (old?.digest === now?.digest) return [];
    const effect = now?.effect ?? old?.effect ?? 'live';
    // Such a file stays when it leaves the tree, and is not written again.
    return effect === 'once' && old !== undefined ? [] : [{ path, effect }];
  });
}

/** What no script can do to a cluster that lives. */
function refuse(
  from: TreeRecord,
  to: TreeRecord,
  { sites, title }: Move & { readonly title: string },
  findings: Findings,
): void {
  const remedy =
    'take the change back, or count the clusterGeneration of these sites up: that begins a new, empty cluster on newly set-up machines';
  if (from.role !== to.role)
    findings.add(
      to.blueprint,
      `gives machines another role under the names that they have (${to.deviceClass}); count the generation of these machines up and set them up anew`,
      ...sites,
    );
  else if (from.datastore !== to.datastore)
    findings.add(
      to.blueprint,
      `moves from ${from.datastore} to ${to.datastore}, which ${title} cannot do while the cluster lives; ${remedy}`,
      ...sites,
    );
  if (from.role === to.role && from.dataMount !== to.dataMount)
    findings.add(
      to.blueprint,
      `moves the data of ${to.deviceClass} from ${from.dataMount ?? 'the system disk'} to ${to.dataMount ?? 'the system disk'}, and no script moves what is there; take the change back, or count the generation of these machines up and set them up anew`,
      ...sites,
    );
  for (const { path, effect } of changedFiles(from, to))
    if (effect === 'once' && from.role === to.role && (to.servers ?? 0) > 1)
      // K3s 7195, 4838: each of several servers makes a key of its own, and they cannot read each other's secrets.
      findings.add(
        to.blueprint,
        `adds ${path}, which several servers cannot take one after the other while their cluster lives; ${remedy}`,
        ...sites,
      );
    else if (effect === 'reprovision' && from.role === to.role)
      findings.add(
        to.blueprint,
        `changes ${path}, which holds what cannot be changed while the cluster lives; ${remedy}`,
        ...sites,
      );
}
