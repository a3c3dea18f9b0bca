import { describeObject, type KubeObject } from '../../model/kube-object';
import type { Plan } from '../../model/plan';
import { type Problem, warning } from '../../model/problem';
import type { Rendering } from '../../model/template';

/** Id of the findings on what needs a packaged component that the cluster leaves out. */
export const DISABLED_COMPONENT = 'edgecdk-disabled-component';

/** Objects that wait for ever where a packaged component of K3s is disabled and nothing else takes its place. */
export function disabledComponentProblems(plan: Plan, rendering: Rendering): Problem[] {
  const workloads = new Map(plan.units.map((unit) => [unit.id, unit.workload.path]));
  return plan.cohorts.flatMap((cohort) =>
    cohort.units.flatMap((id) => {
      const objects = (rendering.units.get(id)?.files ?? []).flatMap((file) => file.objects);
      const sites = cohort.sites.map((site) => site.name);
      return objects.flatMap((object) =>
        needs(object)
          .filter(({ component }) => cohort.cluster.disable.includes(component))
          .map(({ component, what }) =>
            warning(
              workloads.get(id) ?? id,
              `${describeObject(object)} ${what}, and its cluster disables ${component}; leave that on, or acknowledge what does its work`,
              { rule: DISABLED_COMPONENT, sites },
            ),
          ),
      );
    }),
  );
}

interface Need {
  readonly component: string;
  readonly what: string;
}

function needs(object: KubeObject): Need[] {
  const spec = (object.spec ?? {}) as {
    readonly ingressClassName?: string;
    readonly storageClassName?: string;
    readonly type?: string;
    readonly volumeClaimTemplates?: readonly { readonly spec?: { readonly storageClassName?: string } }[];
  };
  const claims =
    object.kind === 'PersistentVolumeClaim' ? [spec] : (spec.volumeClaimTemplates ?? []).map((c) => c.spec ?? {});
  return [
    ...(object.kind === 'Ingress' && (spec.ingressClassName ?? 'traefik') === 'traefik'
      ? [{ component: 'traefik', what: 'needs an ingress controller' }]
      : []),
    ...(object.kind === 'Service' && spec.type === 'LoadBalancer'
      ? [{ component: 'servicelb', what: 'needs a load balancer' }]
      : []),
    ...(claims.some((claim) => (claim.storageClassName ?? 'local-path') === 'local-path')
      ? [{ component: 'local-storage', what: 'needs a storage class' }]
      : []),
  ];
}
