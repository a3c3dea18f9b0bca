import type { Construct } from 'constructs';
import type { Transform } from '../lib/model/kube-object';
import type { Platform } from '../lib/model/platform';
import type { WorkloadModel } from '../lib/model/workload-model';
import { Fleet } from './fleet';
import { model } from './internal';
import { type Placement, type SiteMatch, siteMatch } from './placement';

/** What every kind of workload has. */
export interface WorkloadProps<V, N extends readonly [Platform]> {
  /** Where it runs. A placement that selects no site is an error. */
  readonly placement: Placement<V, N>;
  /** Namespace of its objects; made where it does not exist. @default - the fleet's */
  readonly namespace?: string;
  /** Who answers for it: a label on its objects. @default - the fleet's */
  readonly owner?: string;
  /** Last word on this workload's objects. @default - none */
  readonly transform?: Transform<V>;
}

/** Other content for some sites: the first that matches wins. The name must be a DNS label, and not `default`. */
export type Variants<V, Content> = { readonly [name: string]: { readonly when: SiteMatch<V> } & Partial<Content> };

/** The part of a workload's record that all kinds share. */
export function workloadBase<V, N extends readonly [Platform]>(
  construct: Construct,
  id: string,
  props: WorkloadProps<V, N>,
) {
  const fleet = Fleet.of(construct);
  return {
    path: construct.node.path,
    id,
    owner: props.owner ?? fleet.owner,
    namespace: props.namespace ?? fleet.namespace,
    placement: props.placement[model],
    transform: props.transform as WorkloadModel['transform'],
  };
}

export function variantModels<V, C extends object, M>(
  variants: Variants<V, C> | undefined,
  toModel: (content: Partial<C>) => Partial<M>,
) {
  return Object.entries(variants ?? {}).map(([name, { when, ...content }]) => ({
    name,
    when: siteMatch(when),
    content: toModel(content as unknown as Partial<C>),
  }));
}
