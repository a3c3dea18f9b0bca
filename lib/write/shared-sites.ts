import type { SiteRecord } from '../model/assembly-record';
import type { SharedClusterModel } from '../model/distribution';
import type { Plan, SitePlan } from '../model/plan';
import type { AssemblyIndex, PreviousSites } from './assembly-index';

/** A site as the last run had it in a cluster that it shares with others, and as it is now. */
export interface SharedSiteChange {
  readonly name: string;
  readonly was: SiteRecord;
  /** Id of the cluster. */
  readonly from: string;
  /** @default - it is gone */
  readonly site?: SitePlan;
  readonly now?: SiteRecord;
  /** @default - it is gone, or has a cluster of its own */
  readonly to?: SharedClusterModel;
}

/** Clusters that sites share, by the ids of cohorts that are planned. */
export function sharedOf({ cohorts, model }: Plan): Map<string, SharedClusterModel> {
  const clusters = new Map(model.sharedClusters.map((cluster) => [cluster.path, cluster]));
  return new Map(
    cohorts.flatMap(({ id, cluster }) => {
      const shared = cluster.shared === undefined ? undefined : clusters.get(cluster.shared);
      return shared ? [[id, shared] as const] : [];
    }),
  );
}

/** All that were in such a cluster; but what was only described has no nodes there. */
export function sharedSiteChanges(plan: Plan, index: AssemblyIndex, before: PreviousSites): SharedSiteChange[] {
  const clusters = sharedOf(plan);
  const places = new Map(plan.sites.map((site, i) => [site.name, i]));
  return before.names.flatMap((name) => {
    const was = before.get(name);
    const from = was && was.state !== 'planned' ? before.cohort(was.cohort).shared : undefined;
    if (was === undefined || from === undefined) return [];
    const place = places.get(name);
    const site = place === undefined ? undefined : plan.sites[place];
    if (place === undefined || site === undefined) return [{ name, was, from }];
    const to = clusters.get(site.cohort);
    return [{ name, was, from, site, now: index.sites[place], ...(to && { to }) }];
  });
}
