import { canonicalJson } from '../../../model/hole-value';
import type { KubeObject } from '../../../model/kube-object';
import type { KubeEdgeClusterModel } from '../../../model/kubeedge-cluster-model';
import type { PlacementFacts } from '../../../model/kubeedge-placement';
import type { SharedUnit } from '../../../model/shared-cluster';
import type { WorkloadModel } from '../../../model/workload-model';
import { hasHoles, withoutSiteLabels } from './bare-objects';
import type { ClusterGroup } from './cluster-groups';
import { overriderRefusals, whyNoEdgeApplication } from './edge-application';
import { featuresOf } from './features-of';
import { byClockOf, isOfOneSite } from './per-site';
import { DIFFERS, placeWorkload } from './place-workload';
import { hasPods } from './pod-bearing';
import { overridersFor } from './variant-overriders';
import { nodeLabels, notNamed, notWhole, type Variant, variantsOf, whatIsTwice } from './variants';

/** A workload in a cluster, with all of its units. */
export interface PlacedUnits {
  readonly workload: WorkloadModel;
  readonly units: readonly SharedUnit[];
  readonly form: 'edge-application' | 'plain' | 'per-site';
  /** Why it is no EdgeApplication. */
  readonly why: readonly string[];
  /** What stands in the cluster once. */
  readonly shared: readonly KubeObject[];
  /** Of a unit of which each site has its own: as they are, and with the site behind their names. */
  readonly perSite: ReadonlyMap<string, { readonly own: readonly KubeObject[]; readonly named: readonly KubeObject[] }>;
  readonly refusals: readonly string[];
}

/** What of a cluster placement depends on. */
export interface PlacementCluster {
  readonly cluster: KubeEdgeClusterModel;
  readonly groups: readonly ClusterGroup[];
  /** Token of a site's name. */
  readonly site: string;
  /** Token of its time zone. */
  readonly timeZone: string;
}

/** Chooses the form of one workload. `units`: all of it that the cluster has. */
export function placeUnits(
  workload: WorkloadModel,
  units: readonly SharedUnit[],
  where: PlacementCluster,
): PlacedUnits {
  const variants = variantsOf(workload, units, where.groups);
  const facts = factsOf(workload, variants, where);
  const differs = [
    ...variants.flatMap(notWhole),
    ...whatIsTwice(variants),
    ...(facts.nodeGroups ? [] : variants.flatMap((variant) => notNamed(variant, where.groups))),
  ];
  const [first] = variants;
  const ofSites = variants.some(({ objects }) => objects.some((object) => hasHoles(object) || isOfOneSite(object)));
  if (!first || ofSites || differs.length > 0) return perSite(workload, units, where, facts, differs);
  const overridden = withOverriders(variants, facts);
  if (!overridden) {
    const why = ['its variants differ in more than an EdgeApplication can override'];
    return perSite(workload, units, where, facts, why);
  }
  const placed = placeWorkload(first.objects, overridden, facts.nodeGroups ? [] : nodeLabels(first, where.groups));
  if (placed.form === 'per-site') return perSite(workload, units, where, facts, placed.why);
  const refusals =
    placed.form === 'edge-application' ? overriderRefusals(first.objects.filter(hasPods), overridden) : [];
  return { workload, units, form: placed.form, why: placed.why, shared: placed.shared, perSite: new Map(), refusals };
}

function factsOf(
  workload: WorkloadModel,
  variants: readonly Variant[],
  { cluster, groups }: PlacementCluster,
): PlacementFacts {
  const features = featuresOf(cluster);
  return {
    workload: workload.id,
    namespace: workload.namespace,
    groups: variants.flatMap((variant) => variant.groups.map(placementGroup)),
    allGroups: groups.length,
    hasHoles: false,
    sites: new Set(variants.flatMap((variant) => variant.groups.flatMap((group) => group.sites))).size,
    nodeGroups: features.includes('nodeGroups'),
    edgeMesh: features.includes('edgeMesh'),
    ...(cluster.taint && { taint: cluster.taint }),
  };
}

/** A site that closes keeps what is shared until its nodes are deleted: else one pod less might be that of any other. */
function placementGroup({ name, sites, nodes }: ClusterGroup): PlacementFacts['groups'][number] {
  return { name, sites: sites.length, nodes };
}

/** The facts with what the variants change of the first; undefined where it cannot be said. */
function withOverriders(variants: readonly Variant[], facts: PlacementFacts): PlacementFacts | undefined {
  const [first, ...others] = variants;
  if (!first || others.length === 0) return facts;
  if (whyNoEdgeApplication(first.objects, facts).length > 0) return undefined;
  const groups = [];
  for (const variant of variants) {
    const overriders = overridersFor(first.objects, variant.objects);
    if (!overriders) return undefined;
    const own = Object.keys(overriders).length > 0 && { overriders };
    groups.push(...variant.groups.map((group) => ({ ...placementGroup(group), ...own })));
  }
  return { ...facts, groups };
}

function perSite(
  workload: WorkloadModel,
  units: readonly SharedUnit[],
  { site, timeZone }: PlacementCluster,
  facts: PlacementFacts,
  differs: readonly string[],
): PlacedUnits {
  const common = commonObjects(units);
  const kept = units.map(({ id, objects }) => ({
    id,
    own: objects.filter((object) => !common.has(keyOf(object))),
  }));
  const holes = kept.some(({ own }) => own.map(withoutSiteLabels).some(hasHoles));
  const why = new Set(differs);
  const own = kept.map((unit) => {
    const placed = placeWorkload(unit.own, { ...facts, hasHoles: true }, []);
    if (placed.form !== 'per-site') throw new Error(`${workload.id} is not of one site`);
    for (const reason of placed.why) if (holes || reason !== DIFFERS) why.add(reason);
    const named = placed.perSite(site).map((object) => byClockOf(object, timeZone));
    return [unit.id, { own: unit.own, named }] as const;
  });
  return {
    workload,
    units,
    form: 'per-site',
    why: [...why],
    shared: [...common.values()],
    perSite: new Map(own),
    refusals: [],
  };
}

/** What all units have alike, and no site has for itself, stays one: such as a role, or a file without site values. */
function commonObjects(units: readonly SharedUnit[]): Map<string, KubeObject> {
  const common = new Map<string, KubeObject>();
  const mixed = new Set<string>();
  for (const { objects } of units)
    for (const object of objects.map(withoutSiteLabels)) {
      const key = keyOf(object);
      const known = common.get(key);
      if (hasPods(object) || isOfOneSite(object) || hasHoles(object)) mixed.add(key);
      else if (known && canonicalJson(known) !== canonicalJson(object)) mixed.add(key);
      else common.set(key, object);
    }
  for (const key of mixed) common.delete(key);
  return common;
}

function keyOf({ apiVersion, kind, metadata }: KubeObject): string {
  return `${apiVersion} ${kind} ${metadata.namespace ?? ''} ${metadata.name}`;
}
