import type { KubeObject } from '../model/kube-object';
import type { Plan, SitePlan } from '../model/plan';
import type { Rendering } from '../model/template';

/** Objects with tokens, and the sites whose values fill them: what a render unit, or a cluster, brings. */
export interface ObjectSet {
  /** Path of the workload or blueprint that they come from. */
  readonly path: string;
  readonly objects: readonly KubeObject[];
  readonly sites: readonly SitePlan[];
}

export function objectSets(plan: Plan, rendering: Rendering): ObjectSet[] {
  const units = plan.units.map((unit) => ({
    path: unit.workload.path,
    objects: (rendering.units.get(unit.id)?.files ?? []).flatMap((file) => file.objects),
    sites: unit.sites,
  }));
  const clusters = plan.cohorts.map((cohort) => ({
    path: cohort.blueprint.path,
    objects: (rendering.clusters.get(cohort.id) ?? []).flatMap((file) => file.objects),
    sites: cohort.sites,
  }));
  return [...units, ...clusters];
}
