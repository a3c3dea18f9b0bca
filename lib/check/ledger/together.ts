import type { Cohort, SitePlan } from '../../model/plan';
import { listSome, type Problem } from '../../model/problem';
import { describeDeductions, left, type NodeClass, type View } from './node-class';
import { type NodeCount, pack, type SitePod, type Unplaced } from './pack';
import { type PodDemand, replicasAt } from './pod-demand';
import { amountOf, bareAmount, shortage } from './shortage';

export type PlacedPod = PodDemand & { readonly eligible: readonly NodeClass[] };

/** Workloads that find no room beside the others, for each number of nodes that sites of a cohort have. */
export function togetherProblems(
  cohort: Cohort,
  pods: readonly PlacedPod[],
  classes: readonly NodeClass[],
  /** Ids of workloads whose pods are not known. */
  unknown: readonly string[],
): Problem[] {
  const worst = new Map<string, Shortage>();
  for (const { counts, sites } of nodeCounts(cohort, classes)) {
    const sitePods = pods.map((pod): SitePod => ({ ...pod, count: replicasAt(pod, sites) }));
    for (const found of shortages(sitePods, counts, sites)) {
      const key = JSON.stringify([found.unplaced.pod.unit.workload.path, found.unplaced.resource, found.certain]);
      const known = worst.get(key);
      const all = [...(known?.sites ?? []), ...found.sites];
      worst.set(key, { ...(known && isWorse(known, found) ? known : found), sites: all });
    }
  }
  return [...worst.values()].map((found) => describe(found, unknown));
}

interface Shortage {
  readonly unplaced: Unplaced;
  readonly counts: readonly NodeCount[];
  /** What pods that cannot go elsewhere ask of the nodes that were tried, and what these have. */
  readonly asked: number;
  readonly likely: number;
  readonly total: number;
  readonly certain: boolean;
  /** Other workloads without room, for the same want. */
  readonly others: readonly string[];
  /** What takes most. */
  readonly largest: readonly string[];
  readonly sites: readonly string[];
}

function isWorse(a: Shortage, b: Shortage): boolean {
  return a.asked - a.likely >= b.asked - b.likely;
}

function shortages(pods: readonly SitePod[], counts: readonly NodeCount[], sites: readonly SitePlan[]): Shortage[] {
  const byWant = new Map<string, Unplaced[]>();
  for (const unplaced of pack(pods, counts, 'likely')) {
    const want = [unplaced.resource, ...unplaced.tried.map((cls) => `${cls.name} ${cls.role}`)].join('\n');
    byWant.set(want, [...(byWant.get(want) ?? []), unplaced]);
  }
  return [...byWant.values()].flatMap(([unplaced, ...others]) => {
    if (!unplaced) return [];
    const { resource, tried } = unplaced;
    const consumers = askedOf(pods, counts, unplaced);
    const asked = consumers.reduce((sum, { amount }) => sum + amount, 0);
    const has = (of: (cls: NodeClass) => number) =>
      counts.reduce((sum, { cls, count }) => sum + (tried.includes(cls) ? of(cls) * count : 0), 0);
    const room = (view: View) => has((cls) => left(cls, resource, view));
    return [
      {
        unplaced,
        counts,
        asked,
        likely: room('likely'),
        total: has((cls) => cls.accounts.get(resource)?.total ?? 0),
        certain: asked > room('sure'),
        others: [...new Set(others.map(({ pod }) => pod.unit.workload.id))].filter(
          (id) => id !== unplaced.pod.unit.workload.id,
        ),
        largest: consumers
          .sort((a, b) => b.amount - a.amount)
          .map(({ pod, amount }) => `${pod.unit.workload.id} ${bareAmount(resource, amount)}`),
        sites: sites.map((site) => site.name),
      },
    ];
  });
}

/** What is asked of the nodes that were tried by pods that run on each of them, or that may run nowhere else. */
function askedOf(pods: readonly SitePod[], counts: readonly NodeCount[], { pod, resource, tried }: Unplaced) {
  return pods
    .map((other) => {
      const own = counts.filter(({ cls, count }) => count > 0 && other.eligible.includes(cls));
      const inside = own.filter(({ cls }) => tried.includes(cls));
      let copies = inside.length === own.length ? other.count : 0;
      if (other.runs === 'on-each-node') copies = inside.reduce((sum, { count }) => sum + count, 0);
      if (other.runs === 'for-a-while') copies = other === pod ? 1 : 0;
      return { pod: other, amount: copies * (other.needs.get(resource) ?? 0) };
    })
    .filter(({ amount }) => amount > 0);
}

function describe(found: Shortage, unknown: readonly string[]): Problem {
  const { unplaced, counts, asked, likely, total, certain, others, largest, sites } = found;
  const { pod, resource, nearest, free, tried } = unplaced;
  const nodes = counts.filter(({ count }) => count > 0).map(({ cls, count }) => `${count} ${cls.deviceClass.id}`);
  const deductions = tried
    .filter((cls) => cls.accounts.get(resource)?.deductions.length)
    .map((cls) => `${cls.name}: ${describeDeductions(cls, resource)}`);
  const why =
    asked > likely
      ? `workloads ask for ${bareAmount(resource, asked)} of the nodes that it may run on, and ${certain ? '' : 'about '}${bareAmount(resource, likely)} is left of ${bareAmount(resource, total)}`
      : `the most that one node has left is ${bareAmount(resource, free)}, on ${nearest.name}`;
  const message = [
    `${pod.object} needs ${amountOf(resource, pod.needs.get(resource) ?? 0)}${pod.count > 1 ? ` for each of ${pod.count} pods` : ''} and finds no room at a site with ${nodes.join(', ')}: ${why}`,
    ...(deductions.length > 0 ? [` (taken off per node of ${deductions.join('; of ')})`] : []),
    `; most is asked by ${listSome(largest, 4)}`,
    ...(others.length > 0 ? [`; ${listSome(others)} finds none either`] : []),
    ...(unknown.length > 0 ? [`; what ${listSome(unknown)} asks for is not known and not counted`] : []),
    `; ask for less, place less there, or take larger or more nodes`,
  ].join('');
  return shortage(pod.unit.workload.path, message, certain, sites);
}

interface SiteKind {
  readonly counts: readonly NodeCount[];
  readonly sites: readonly SitePlan[];
}

/** Sites by how many nodes they have of each class. */
function nodeCounts(cohort: Cohort, classes: readonly NodeClass[]): SiteKind[] {
  const kinds = new Map<string, { readonly counts: NodeCount[]; readonly sites: SitePlan[] }>();
  for (const site of cohort.sites) {
    const counts = site.nodes.flatMap(({ deviceClass, role, count }) => {
      const cls = classes.find((c) => c.deviceClass.path === deviceClass && c.role === role);
      return cls && Number.isInteger(count) && count > 0 && count <= 1000 ? [{ cls, count }] : [];
    });
    const key = JSON.stringify(counts.map(({ cls, count }) => [cls.deviceClass.path, cls.role, count]));
    const kind = kinds.get(key) ?? { counts, sites: [] };
    kind.sites.push(site);
    kinds.set(key, kind);
  }
  return [...kinds.values()];
}
