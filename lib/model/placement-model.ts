import type { DistributionName } from './site-context';

/** A condition on sites; all parts must hold, and any entry of a list will do. */
export interface SiteMatchModel {
  readonly values: Readonly<Record<string, readonly unknown[]>>;
  readonly distributions: readonly DistributionName[];
  /** Paths of device classes, all of which the site must have. */
  readonly has: readonly string[];
}

/** The rule that selects sites and nodes. */
export interface PlacementModel {
  /** Paths of blueprints, groups and sites; undefined: everywhere. */
  readonly on?: readonly string[];
  readonly where: readonly SiteMatchModel[];
  readonly except: readonly (string | SiteMatchModel)[];
  /** Only sites that one of these selects. @default - no further condition */
  readonly anyOf?: readonly PlacementModel[];
  /** Paths of the device classes whose nodes alone will do. @default - any node */
  readonly onNodes?: readonly string[];
}
