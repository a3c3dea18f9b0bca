import type { PlacementModel, SiteMatchModel } from '../model/placement-model';
import type { SitePlan } from '../model/plan';
import type { DistributionName } from '../model/site-context';

/** The facts of a site that placements and variants decide on. */
export type PlacedSite = Pick<SitePlan, 'path' | 'blueprint' | 'values' | 'nodes'> & {
  readonly distribution: DistributionName;
};

/** Why a placement does not select a site; undefined if it does. */
export function whyNot(placement: PlacementModel, site: PlacedSite): string | undefined {
  if (placement.on && !placement.on.some((path) => isOf(site, path)))
    return 'it is of none of the blueprints, groups and sites of the placement';
  if (placement.anyOf?.every((other) => whyNot(other, site) !== undefined)) return 'none that it follows is there';
  if (!placement.where.every((match) => matches(match, site))) return 'it does not match `where`';
  if (placement.except.some((out) => (typeof out === 'string' ? isOf(site, out) : matches(out, site))))
    return 'it is excepted';
  return undefined;
}

export function matches(match: SiteMatchModel, site: PlacedSite): boolean {
  if (match.distributions.length > 0 && !match.distributions.includes(site.distribution)) return false;
  for (const name in match.values) if (!match.values[name]?.includes(site.values[name])) return false;
  return match.has.every((path) => site.nodes.some((n) => n.deviceClass === path && n.count > 0));
}

export function isOf(site: PlacedSite, path: string): boolean {
  return site.blueprint === path || site.path === path;
}
