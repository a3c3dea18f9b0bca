import { eligibleClasses } from '../../model/eligible-nodes';
import type { Cohort, Plan } from '../../model/plan';
import { error, type Problem } from '../../model/problem';
import type { Rendering } from '../../model/template';
import { aloneProblem, roomyClasses } from './alone';
import { type NodeClass, nodeClassesOf } from './node-class';
import { mixedPlatformProblems, placementProblems } from './platforms';
import { type PodDemand, podDemands } from './pod-demand';
import { shortage } from './shortage';
import { type PlacedPod, togetherProblems } from './together';

/**
 * Whether what is placed on nodes can run there: platform, memory, CPU and devices, after what the operating system and the distribution take. From rendered
 * objects, since what charts ask for is known only then.
 *
 * A shortage that holds with nothing taken off but what was measured or given is an error; one that rests on published or guessed figures warns.
 */
export function capacityProblems(plan: Plan, rendering: Rendering): Problem[] {
  const misplaced = new Map(plan.units.map((unit) => [unit.id, placementProblems(unit, plan.model)]));
  const pods = new Map(
    plan.units
      .filter((unit) => misplaced.get(unit.id)?.length === 0)
      .map((unit) => [unit.id, podDemands(unit, rendering, plan.tokens)]),
  );
  return [...[...misplaced.values()].flat(), ...plan.cohorts.flatMap((cohort) => cohortProblems(cohort, plan, pods))];
}

function cohortProblems(cohort: Cohort, plan: Plan, demands: ReadonlyMap<string, readonly PodDemand[]>): Problem[] {
  const classes = nodeClassesOf(cohort, plan.model);
  const sites = cohort.sites.map((site) => site.name);
  const problems = classes.flatMap((cls) => [
    ...platformProblem(cohort, cls, sites),
    ...minimumProblem(cohort, cls, sites),
  ]);
  const fitting: PlacedPod[] = [];
  for (const pod of cohort.units.flatMap((id) => demands.get(id) ?? [])) {
    const eligible = eligibleClasses(pod.spec, classes, plan.model.deviceClasses);
    problems.push(...mixedPlatformProblems(pod, eligible));
    const problem = aloneProblem(pod, eligible, classes, sites);
    if (problem) problems.push(problem);
    else fitting.push({ ...pod, eligible: roomyClasses(pod, eligible) });
  }
  const unknown = plan.units.filter((unit) => unit.workload.kind === 'helm' && cohort.units.includes(unit.id));
  return [
    ...problems,
    ...togetherProblems(
      cohort,
      fitting,
      classes,
      unknown.map((unit) => unit.workload.id),
    ),
  ];
}

/** Nodes for which there is no release, whoever sets them up. */
function platformProblem(
  { blueprint, cluster }: Cohort,
  { deviceClass: { id, hardware } }: NodeClass,
  sites: readonly string[],
): Problem[] {
  const { platforms, title } = cluster.distribution;
  if (platforms === undefined || hardware.platforms.some((platform) => platforms.includes(platform))) return [];
  const message = `has nodes of ${id}, and ${title} is not released for ${hardware.platforms.join(', ')}; take hardware of ${platforms.join(' or ')}`;
  return [error(blueprint.path, message, { sites })];
}

/** Nodes of less than the distribution asks for, whatever runs on them. */
function minimumProblem(cohort: Cohort, { deviceClass, role, name }: NodeClass, sites: readonly string[]): Problem[] {
  const { distribution } = cohort.cluster;
  const { cores, memoryMiB } = distribution.minimum(role, cohort.cluster);
  const { hardware } = deviceClass;
  if (hardware.memoryMiB >= memoryMiB.value && hardware.cores >= cores.value) return [];
  const message =
    `has ${name} as ${role} of ${distribution.title}, with ${hardware.memoryMiB} MiB and ${hardware.cores} cores; ` +
    `${distribution.title} asks for ${memoryMiB.value} MiB and ${cores.value} (${memoryMiB.source}), so take a larger one`;
  return [shortage(cohort.blueprint.path, message, false, sites)];
}
