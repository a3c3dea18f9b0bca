import { describeObject } from '../../model/kube-object';
import type { Plan } from '../../model/plan';
import { type Problem, warning } from '../../model/problem';
import type { Rendering } from '../../model/template';

/** Id of the findings on what needs a packaged component that the cluster leaves out. */
export const DISABLED_COMPONENT = 'edgecdk-disabled-component';

/** Objects that wait for ever for a component that their cluster has not got. */
export function disabledComponentProblems(plan: Plan, rendering: Rendering): Problem[] {
  const workloads = new Map(plan.units.map((unit) => [unit.id, unit.workload.path]));
  // A chart is installed by the engine that brings it.
  const installed = new Set(
    plan.units
      .filter(({ workload, delivery }) => workload.kind === 'helm' && delivery.engine.pulls)
      .map(({ id }) => id),
  );
  return plan.cohorts.flatMap(({ cluster, sites, units }) =>
    units
      .filter((id) => !installed.has(id))
      .flatMap((id) => {
        const objects = (rendering.units.get(id)?.files ?? []).flatMap((file) => file.objects);
        const names = sites.map((site) => site.name);
        return objects.flatMap((object) =>
          (cluster.distribution.missing?.(object, cluster) ?? []).map(({ what, because }) =>
            warning(workloads.get(id) ?? id, `${describeObject(object)} ${what}, and ${because}`, {
              rule: DISABLED_COMPONENT,
              sites: names,
            }),
          ),
        );
      }),
  );
}
