import type { PlacementModel, SiteMatchModel } from '../lib/model/placement-model';
import type { Platform } from '../lib/model/platform';
import type { DistributionName } from '../lib/model/site-context';
import type { DeviceClass } from './device-class';
import { model, types } from './internal';
import type { Sites, ValuesOf } from './sites';

/** A condition on sites, for placements and variants. All parts must hold; a list means any of it. */
export interface SiteMatch<V> {
  /** Site values by name. @default - any */
  readonly values?: { readonly [K in keyof V]?: V[K] | readonly V[K][] };
  /** @default - any */
  readonly distribution?: DistributionName | readonly DistributionName[];
  /** The site has a node of this class. @default - any nodes */
  readonly has?: DeviceClass;
}

/**
 * The sites and nodes that a workload is meant for. It selects; it never drops a site because its hardware is too small: that is an error.
 * Each method returns a new placement.
 *
 * @example
 * const placement = Placement.on(store, superstore).where({ values: { format: 'super' } }).onNodes(till);
 */
export class Placement<V = unknown, N extends readonly [Platform] = never> {
  /** All sites of these blueprints and groups, and these sites. */
  static on<const T extends readonly [Sites, ...Sites[]]>(
    ...sites: T
  ): Placement<ValuesOf<T[number]>, Needs<T[number]>> {
    return new Placement({ ...nowhereElse, on: sites.map((s) => s.node.path) });
  }

  /** Every site of the fleet. No site value is common to all, so content sees none. */
  static everywhere(): Placement<unknown, never> {
    return new Placement(nowhereElse);
  }

  declare readonly [types]: { readonly values: V; readonly needs: N };
  readonly [model]: PlacementModel;

  private constructor(placement: PlacementModel) {
    this[model] = placement;
  }

  /** Only sites that match; twice means both. */
  where(match: SiteMatch<V>): Placement<V, N> {
    return new Placement({ ...this[model], where: [...this[model].where, siteMatch(match)] });
  }

  /** Not these sites. */
  except(match: Sites | SiteMatch<V>): Placement<V, N> {
    const out = 'node' in match ? match.node.path : siteMatch(match);
    return new Placement({ ...this[model], except: [...this[model].except, out] });
  }

  /** Only on nodes of these classes. Every selected site must have a node of one of them, and the image must be built for each. */
  onNodes<const C extends readonly [DeviceClass, ...DeviceClass[]]>(
    ...classes: C
  ): Placement<V, PlatformsOf<C[number]>> {
    return new Placement({ ...this[model], onNodes: classes.map((c) => c.node.path) });
  }
}

const nowhereElse: PlacementModel = { where: [], except: [] };

/** One entry per blueprint: the image must run on at least one of its classes. */
type Needs<T> = T extends Sites<infer _, infer P> ? [P] : never;
/** One entry per named class. */
type PlatformsOf<C> = C extends DeviceClass<infer P> ? [P] : never;
type Missing<N, P extends Platform> = N extends readonly [infer Q] ? ([Q & P] extends [never] ? Q : never) : never;

/** Laid over a workload's props. The message is a property name: that is the only text of ours that the compiler prints. */
export type Fits<N, P extends Platform> = [Missing<N, P>] extends [never]
  ? unknown
  : {
      readonly platforms: {
        readonly [K in `no image for ${Missing<N, P> & string}, which this placement needs`]: never;
      };
    };

export function siteMatch<V>(match: SiteMatch<V>): SiteMatchModel {
  const values = Object.entries(match.values ?? {}).map(([name, wanted]) => [name, listOf(wanted)] as const);
  return {
    values: Object.fromEntries(values),
    distributions: listOf(match.distribution ?? []) as DistributionName[],
    has: match.has ? [match.has.node.path] : [],
  };
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}
