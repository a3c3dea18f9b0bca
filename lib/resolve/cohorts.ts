import type { DeliveryModel } from '../model/delivery';
import { sha256, sorted } from '../model/digest';
import type { ClusterModel } from '../model/distribution';
import { fixedValues } from '../model/fixed-values';
import type { BlueprintModel, FleetModel, OverrideModel } from '../model/fleet-model';
import { canonicalJson } from '../model/hole-value';
import type { Cohort, RenderUnit, SitePlan } from '../model/plan';
import { type TokenTable, withHoleNames } from '../model/token';
import type { WorkloadModel } from '../model/workload-model';
import type { BlueprintCluster } from './clusters';
import { type PlacedSite, whyNot } from './placement';
import { contentFor, variantFor, variantName } from './variants';

/** Sites, each with the units that it uses, gathered by what they have in common. */
export interface Assignment {
  readonly sites: readonly SitePlan[];
  readonly cohorts: readonly Cohort[];
  readonly units: readonly RenderUnit[];
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type GrowingUnit = Omit<RenderUnit, 'sites'> & { readonly sites: SitePlan[] };
type GrowingCohort = Omit<Cohort, 'sites'> & { readonly sites: SitePlan[] };

/** Chooses each site's workloads and variants, and puts sites with equal choices into one cohort. */
export function assignCohorts(
  model: FleetModel,
  sites: readonly Omit<SitePlan, 'cohort'>[],
  clusters: ReadonlyMap<string, BlueprintCluster>,
  treesOf: (site: string) => readonly string[],
  tokens: TokenTable,
): Assignment {
  const units = new Map<string, GrowingUnit>();
  const cohorts = new Map<string, GrowingCohort>();
  const blueprints = new Map(model.blueprints.map((b) => [b.path, b]));
  const plans: SitePlan[] = [];
  for (const raw of sites) {
    const blueprint = blueprints.get(raw.blueprint);
    const described = clusters.get(raw.blueprint);
    if (!blueprint || !described) continue; // its problems are known
    const { cluster, kubernetes } = described;
    const delivery = deliveryOf(blueprint, cluster, model);
    const site: Mutable<SitePlan> = { ...raw, cohort: '' };
    const deviceClasses = [...new Set(site.nodes.filter((n) => n.count > 0).map((n) => n.deviceClass))].sort();
    const chosen =
      site.state === 'closing' ? [] : chooseUnits(model, site, { cluster, kubernetes, delivery }, deviceClasses, units);
    const ids = chosen.map((unit) => unit.id).sort();
    // Node counts, and all that is a site's own, stay out: a cohort is what sites have in common. What machines are made with is behind the names of trees:
    // another mirror makes no other cohort, and no line of the index changes.
    const trees = treesOf(site.name);
    const { engine } = delivery;
    const content = {
      ...cluster,
      machines: undefined,
      distribution: cluster.distribution.name,
      ...(engine.pulls && { engine: engine.name }),
    };
    const key = withHoleNames(canonicalJson([blueprint.path, content, deviceClasses, trees, ids]), tokens);
    const cohort = cohorts.get(key) ?? {
      id: `${blueprint.id}-${sha256(key).slice(0, 8)}`,
      blueprint,
      cluster,
      delivery,
      kubernetes,
      deviceClasses,
      trees,
      units: ids,
      sites: [],
    };
    cohorts.set(key, cohort);
    site.cohort = cohort.id;
    cohort.sites.push(site);
    for (const unit of chosen) unit.sites.push(seenBy(unit, site));
    plans.push(site);
  }
  return { sites: plans, cohorts: sorted(cohorts.values(), (c) => c.id), units: sorted(units.values(), (u) => u.id) };
}

/** How a site gets what it runs: where its nodes join a cluster elsewhere, as that does. */
export function deliveryOf(
  blueprint: Pick<BlueprintModel, 'delivery'>,
  { shared }: Pick<ClusterModel, 'shared'>,
  model: Pick<FleetModel, 'delivery' | 'sharedClusters'>,
): DeliveryModel {
  const of = shared === undefined ? blueprint : model.sharedClusters.find(({ path }) => path === shared);
  return of?.delivery ?? model.delivery;
}

/** A site as a unit sees it: with the values that its overrides set. */
function seenBy(unit: Pick<RenderUnit, 'overrides'>, site: SitePlan): SitePlan {
  const values = fixedValues(unit.overrides);
  return Object.keys(values).length === 0 ? site : { ...site, values: { ...site.values, ...values } };
}

function chooseUnits(
  model: FleetModel,
  site: SitePlan,
  described: BlueprintCluster & { readonly delivery: DeliveryModel },
  deviceClasses: readonly string[],
  units: Map<string, GrowingUnit>,
): GrowingUnit[] {
  const { shared, distribution } = described.cluster;
  const { delivery } = described;
  const placed: PlacedSite = {
    path: site.path,
    blueprint: site.blueprint,
    values: site.values,
    nodes: site.nodes,
    distribution: distribution.name,
  };
  return model.workloads
    .filter((workload) => whyNot(workload.placement, placed) === undefined)
    .map((workload) => {
      const variant = variantFor(workload, placed);
      const overrides = overridesFor(model, workload, placed);
      const id = [
        workload.id,
        variantName(variant, overrides),
        `${distribution.name}-${described.kubernetes}`,
        ...(delivery.engine.pulls ? [delivery.engine.name] : []),
        ...(shared === undefined ? [] : [shared]),
        deviceClasses.map((p) => p.slice(p.indexOf('/') + 1)).join('+'),
      ].join(' ');
      const unit = units.get(id) ?? {
        id,
        workload,
        variant: variantName(variant, overrides),
        content: contentFor(workload, variant, overrides),
        overrides,
        distribution,
        delivery,
        ...(shared !== undefined && { shared }),
        kubernetes: described.kubernetes,
        deviceClasses,
        sites: [],
      };
      units.set(id, unit);
      return unit;
    });
}

function overridesFor(model: FleetModel, workload: WorkloadModel, site: PlacedSite): OverrideModel[] {
  return model.overrides.filter((o) => o.workload === workload.path && whyNot(o.placement, site) === undefined);
}
