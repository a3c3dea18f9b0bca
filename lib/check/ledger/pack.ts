import { left, type NodeClass, type View } from './node-class';
import type { PodDemand } from './pod-demand';

/** A pod of one kind of site, and where it may run there. */
export interface SitePod extends PodDemand {
  readonly eligible: readonly NodeClass[];
  readonly count: number;
}

export interface NodeCount {
  readonly cls: NodeClass;
  readonly count: number;
}

/** A pod for which no room was found. */
export interface Unplaced {
  readonly pod: SitePod;
  /** What is short on the node that comes nearest. */
  readonly resource: string;
  readonly nearest: NodeClass;
  /** What that node had left of it. */
  readonly free: number;
  /** Classes of the nodes that were tried. */
  readonly tried: readonly NodeClass[];
}

interface Node {
  readonly cls: NodeClass;
  readonly free: Map<string, number>;
}

/**
 * Puts pods on nodes: those of every node first, then the largest first, each on the first node with room (first-fit decreasing). What ends by itself
 * comes last and one at a time, since it need not run when others of its kind do. A scheduler may choose otherwise, so what is not placed here *may* be
 * without room; what is certain is a matter of sums (`together.ts`).
 */
export function pack(pods: readonly SitePod[], counts: readonly NodeCount[], view: View): Unplaced[] {
  const nodes = counts.flatMap(({ cls, count }) => Array.from({ length: count }, (): Node => nodeOf(cls, view)));
  const ordered = [...pods].filter((pod) => pod.needs.size > 0 && pod.count > 0).sort(largestFirst);
  const of = (runs: SitePod['runs']) => ordered.filter((pod) => pod.runs === runs);
  return [
    ...of('on-each-node').flatMap((pod) => placeOnEach(pod, nodes)),
    ...of('always').flatMap((pod) => placeCopies(pod, nodes)),
    ...of('for-a-while').flatMap((pod) => {
      const candidates = nodes.filter(({ cls }) => pod.eligible.includes(cls));
      return candidates.some((node) => lacking(pod, node).length === 0) ? [] : unplaced(pod, candidates);
    }),
  ];
}

function nodeOf(cls: NodeClass, view: View): Node {
  return { cls, free: new Map([...cls.accounts.keys()].map((resource) => [resource, left(cls, resource, view)])) };
}

function largestFirst(a: SitePod, b: SitePod): number {
  const by = (resource: string) => (b.needs.get(resource) ?? 0) - (a.needs.get(resource) ?? 0);
  return by('memory') || by('cpu') || (nameOf(a) < nameOf(b) ? -1 : 1);
}

function nameOf({ unit, object }: PodDemand): string {
  return `${unit.workload.path} ${object}`;
}

function placeOnEach(pod: SitePod, nodes: readonly Node[]): Unplaced[] {
  return pod.eligible.flatMap((cls) => {
    const own = nodes.filter((node) => node.cls === cls);
    const full = own.filter((node) => lacking(pod, node).length > 0);
    for (const node of own) if (!full.includes(node)) take(pod, node);
    return full.length > 0 ? unplaced(pod, full) : [];
  });
}

function placeCopies(pod: SitePod, nodes: readonly Node[]): Unplaced[] {
  const candidates = nodes.filter(({ cls }) => pod.eligible.includes(cls));
  for (let copy = 0; copy < pod.count; copy++) {
    const node = candidates.find((candidate) => lacking(pod, candidate).length === 0);
    if (!node) return unplaced(pod, candidates);
    take(pod, node);
  }
  return [];
}

/** Nothing for a pod without any node to run on: there it is no matter of room. */
function unplaced(pod: SitePod, candidates: readonly Node[]): Unplaced[] {
  const near = (node: Node) => lacking(pod, node).length;
  const [first, ...others] = candidates;
  if (!first) return [];
  const nearest = others.reduce((a, b) => {
    const closer = near(b) - near(a) || (a.free.get('memory') ?? 0) - (b.free.get('memory') ?? 0);
    return closer < 0 ? b : a;
  }, first);
  const resource = lacking(pod, nearest)[0] ?? 'memory';
  const tried = [...new Set(candidates.map(({ cls }) => cls))];
  return [{ pod, resource, nearest: nearest.cls, free: nearest.free.get(resource) ?? 0, tried }];
}

function lacking({ needs }: SitePod, { free }: Node): string[] {
  return [...needs].filter(([resource, need]) => need > (free.get(resource) ?? 0) + 1e-6).map(([resource]) => resource);
}

function take({ needs }: SitePod, { free }: Node): void {
  for (const [resource, need] of needs) free.set(resource, (free.get(resource) ?? 0) - need);
}
