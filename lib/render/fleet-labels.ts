import type { KubeObject } from '../model/kube-object';
import type { Plan, RenderUnit } from '../model/plan';
import type { SiteLabels } from '../model/prove-tokens';
import type { ModelSite } from '../model/site-context';

/**
 * Says on each object whose it is. On the object's own metadata only: a change of a pod template's labels would restart its pods, and one of a
 * selector is refused.
 */
export function withFleetLabels(
  object: KubeObject,
  unit: RenderUnit,
  plan: Plan,
  site: ModelSite,
  own: SiteLabels,
): KubeObject {
  const labels = {
    ...(object.metadata.labels as Record<string, string> | undefined),
    'edgecdk.dev/workload': unit.workload.id,
    ...(unit.workload.owner !== undefined && { 'edgecdk.dev/owner': unit.workload.owner }),
    'edgecdk.dev/site': own.name,
    'edgecdk.dev/profile': own.profile,
    ...valueLabels(unit, plan, site),
  };
  return { ...object, metadata: { ...object.metadata, labels } };
}

/** Site values that all blueprints of the unit name as labels. */
function valueLabels(unit: RenderUnit, plan: Plan, site: ModelSite): Record<string, string> {
  const paths = new Set(unit.sites.map((s) => s.blueprint));
  const [first, ...others] = plan.model.blueprints.filter((b) => paths.has(b.path));
  const common = (first?.labels ?? []).filter((name) => others.every((b) => b.labels.includes(name)));
  const values = site.values as Readonly<Record<string, string | number>>;
  return Object.fromEntries(
    common.map((name) => [`edgecdk.dev/${name}`, name in values ? `${values[name]}` : (site.json[name] ?? '')]),
  );
}
