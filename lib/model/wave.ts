import type { SiteMatchModel } from './placement-model';

/** One step of a rollout, as the program describes it: which sites it has. */
export interface WaveModel {
  /** A DNS label of at most 40 characters: `wave-<name>` is a label value, a tag and part of a branch. */
  readonly name: string;
  readonly sites: WaveSites;
  /** How many of its sites may be changing or unavailable at a time, for engines that count: a number, or `10%`. @default - as the delivery says */
  readonly maxUnavailable?: number | string;
}

export type WaveSites =
  /** Paths of sites, groups and blueprints. */
  | { readonly kind: 'on'; readonly paths: readonly string[] }
  | { readonly kind: 'where'; readonly match: SiteMatchModel }
  /** So much of the sites that no wave names by `on` or `where`, with the shares before it: 5, then 50. */
  | { readonly kind: 'share'; readonly percent: number }
  | { readonly kind: 'rest' };

/** A wave with what it has. */
export interface WavePlan {
  readonly name: string;
  readonly sites: number;
  /** Of these, how many have a link that is down at times or always. */
  readonly offline: number;
  readonly maxUnavailable?: number | string;
}
