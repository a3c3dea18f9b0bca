import type { Plan } from '../model/plan';
import { error, type Problem } from '../model/problem';
import type { Rendering } from '../model/template';

/** Files and objects of workloads that the distribution makes itself or does not take, and names that are ours. */
export function ownFileProblems(plan: Plan, rendering: Rendering): Problem[] {
  const workloads = new Map(plan.units.map((unit) => [unit.id, unit.workload.path]));
  return plan.cohorts.flatMap(({ cluster, units }) =>
    units.flatMap((id) => {
      const path = workloads.get(id) ?? id;
      return (rendering.units.get(id)?.files ?? []).flatMap((file) =>
        [...ourNames(file.name), ...(cluster.distribution.fileProblems?.(file, cluster) ?? [])].map((message) =>
          error(path, message),
        ),
      );
    }),
  );
}

function ourNames(name: string): string[] {
  if (!name.startsWith('edgecdk-')) return [];
  return [
    `makes the file ${name}.yaml; names that begin with edgecdk- are those of files for the machines themselves, take another id`,
  ];
}
