import type { Node } from 'constructs';
import type { Platform } from '../lib/model/platform';
import type { types } from './internal';

/** Stands for sites in a placement: a blueprint (all of its sites), a group, a site. */
// biome-ignore lint/suspicious/noExplicitAny: any values, since a value type is neither co- nor contravariant here
export interface Sites<out V = any, out P extends Platform = Platform> {
  readonly node: Node;
  readonly [types]: { readonly values: V; readonly platform: P };
}

/** The site values of a blueprint, for helpers: `SiteContext<ValuesOf<typeof store>>`. */
export type ValuesOf<T> = T extends Sites<infer V> ? V : never;
