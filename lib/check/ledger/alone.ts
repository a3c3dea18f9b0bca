import { error, type Problem } from '../../model/problem';
import { describeDeductions, left, type NodeClass, type View } from './node-class';
import type { PodDemand } from './pod-demand';
import { amountOf, bareAmount, shortage } from './shortage';

/** A pod that no node of its sites could run if it were the only one there. */
export function aloneProblem(
  pod: PodDemand,
  eligible: readonly NodeClass[],
  all: readonly NodeClass[],
  sites: readonly string[],
): Problem | undefined {
  const { path } = pod.unit.workload;
  if (eligible.length === 0) {
    if (pod.runs === 'on-each-node') return undefined; // on none, then
    const nodes = namesOf(all) || 'no nodes';
    return error(
      path,
      `${pod.object} may run on no node: its node selector or affinity matches none of ${nodes}; mend it, or place the workload elsewhere`,
      { sites },
    );
  }
  const certain = firstShort(pod, eligible, 'sure');
  const short = certain ?? firstShort(pod, eligible, 'likely');
  return short && shortage(path, describe(pod, short), certain !== undefined, sites);
}

/** The classes whose empty node has room for the pod. One of every node goes to each all the same. */
export function roomyClasses(pod: PodDemand, eligible: readonly NodeClass[]): readonly NodeClass[] {
  if (pod.runs === 'on-each-node') return eligible;
  return eligible.filter((cls) => firstShort(pod, [cls], 'sure') === undefined);
}

interface Short {
  readonly resource: string;
  readonly need: number;
  /** Of those that have all that came before, the one with most of it. */
  readonly best: NodeClass;
  readonly view: View;
}

/** Rules node classes out, resource by resource, until none is left. */
function firstShort({ needs }: PodDemand, eligible: readonly NodeClass[], view: View): Short | undefined {
  let candidates = eligible;
  for (const [resource, need] of devicesFirst(needs)) {
    const fitting = candidates.filter((cls) => left(cls, resource, view) >= need);
    if (fitting.length === 0) {
      const best = candidates.reduce((a, b) => (left(b, resource, view) > left(a, resource, view) ? b : a));
      return { resource, need, best, view };
    }
    candidates = fitting;
  }
  return undefined;
}

function devicesFirst(needs: ReadonlyMap<string, number>): (readonly [string, number])[] {
  const order = ['memory', 'cpu'];
  return [...needs].sort(([a], [b]) => order.indexOf(a) - order.indexOf(b));
}

function describe({ object }: PodDemand, { resource, need, best, view }: Short): string {
  const account = best.accounts.get(resource);
  const asked = `${object} needs ${amountOf(resource, need)} on one node`;
  if (!account) {
    return `${asked}, which none of its nodes has, ${best.name} neither; place it on nodes that have it, or describe the hardware with accelerators`;
  }
  const free = left(best, resource, view);
  const deductions = account.deductions.length > 0 ? describeDeductions(best, resource) : '';
  const has =
    free === account.total
      ? `and the most that one has is ${bareAmount(resource, free)}, ${best.name}`
      : `and ${best.name} has ${view === 'likely' ? 'about ' : ''}${bareAmount(resource, free)} left of ${bareAmount(resource, account.total)} after ${deductions}`;
  const remedy =
    view === 'likely'
      ? 'ask for less, place it on larger nodes, or give the device class the reserves that you measured'
      : 'ask for less, or place it on larger nodes';
  return `${asked}, ${has}: ${bareAmount(resource, Math.ceil(need - free))} short; ${remedy}`;
}

function namesOf(classes: readonly NodeClass[]): string {
  return classes.map((cls) => `${cls.name}, ${cls.deviceClass.hardware.platforms.join(' or ')}`).join('; ');
}
