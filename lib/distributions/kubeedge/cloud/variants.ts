import { canonicalJson } from '../../../model/hole-value';
import type { KubeObject } from '../../../model/kube-object';
import { listSome } from '../../../model/problem';
import type { SharedUnit } from '../../../model/shared-cluster';
import type { WorkloadModel } from '../../../model/workload-model';
import type { Where } from './autonomy';
import { withoutClasses, withoutSiteLabels } from './bare-objects';
import { type ClusterGroup, classId } from './cluster-groups';
import { DEVICE_CLASS_LABEL, SITE_GROUP_LABEL } from './node-groups';

/** Objects that are the same in several units, with the sites of all of them. */
export interface Variant {
  readonly objects: readonly KubeObject[];
  readonly sites: ReadonlySet<string>;
  readonly groups: readonly ClusterGroup[];
}

export function variantsOf(
  workload: WorkloadModel,
  units: readonly SharedUnit[],
  groups: readonly ClusterGroup[],
): Variant[] {
  const variants = new Map<string, { objects: readonly KubeObject[]; sites: Set<string>; groups: Set<ClusterGroup> }>();
  // The one without a name is what the others are variants of.
  const rank = ({ variant, id }: SharedUnit) => `${variant === 'default' ? 0 : 1} ${id}`;
  const ordered = [...units].sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
  for (const unit of ordered) {
    const { objects, classes } = withoutClasses(unit.objects.map(withoutSiteLabels));
    const key = canonicalJson(objects);
    const known = variants.get(key) ?? { objects, sites: new Set<string>(), groups: new Set<ClusterGroup>() };
    for (const site of unit.sites) known.sites.add(site);
    const sites = new Set(unit.sites);
    const meant = workload.placement.onNodes?.map(classId);
    for (const group of groups)
      if (
        (classes?.includes(group.deviceClass) ?? true) &&
        (meant?.includes(group.deviceClass) ?? true) &&
        group.open.some((site) => sites.has(site))
      )
        known.groups.add(group);
    variants.set(key, known);
  }
  return [...variants.values()].map((variant) => ({
    ...variant,
    groups: groups.filter((group) => variant.groups.has(group)),
  }));
}

/** A node group has no part that could be left out. */
export function notWhole({ sites, groups }: Variant): string[] {
  if (groups.length === 0) return ['no node of its sites is of a class that it is meant for'];
  const parts = groups.filter((group) => group.open.some((site) => !sites.has(site)));
  return parts.length === 0
    ? []
    : [`it goes to some sites of ${listSome(parts.map(({ name }) => name))} alone, or is another one there`];
}

export function whatIsTwice(variants: readonly Variant[]): string[] {
  const all = variants.flatMap(({ groups }) => groups);
  return new Set(all).size < all.length ? ['sites of one node group have different variants of it'] : [];
}

/** Where nobody acts upon node groups, two labels must say which are meant: all of these classes at all of these site groups. */
export function notNamed({ groups }: Variant, all: readonly ClusterGroup[]): string[] {
  const classes = new Set(groups.map(({ deviceClass }) => deviceClass));
  const siteGroups = new Set(groups.map(({ siteGroup }) => siteGroup));
  const named = all.filter((group) => classes.has(group.deviceClass) && siteGroups.has(group.siteGroup));
  return named.length === groups.length
    ? []
    : ['node groups are not switched on, and no labels of nodes say which of them are meant'];
}

/** Where nobody acts upon node groups, the labels that nodes register with say which are meant. */
export function nodeLabels({ groups }: Variant, all: readonly ClusterGroup[]): Where['labels'] {
  if (groups.length === all.length) return [];
  const classes = [...new Set(groups.map(({ deviceClass }) => deviceClass))];
  const siteGroups = [...new Set(groups.map(({ siteGroup }) => siteGroup))];
  return [
    { key: DEVICE_CLASS_LABEL, values: classes },
    { key: SITE_GROUP_LABEL, values: siteGroups },
  ];
}
