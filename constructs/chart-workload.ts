import type { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import type { Platform } from '../lib/model/platform';
import type { PerSite, SiteContext } from '../lib/model/site-context';
import type { ChartContent as ContentModel } from '../lib/model/workload-model';
import { type Description, model } from './internal';
import type { Fits } from './placement';
import { type Variants, variantModels, type WorkloadProps, workloadBase } from './workload';

/** A class of charts: cdk8s' `Chart` or your own. */
export type ChartClass<Props> = new (scope: Construct, id: string, props: Props) => Chart;

/** A chart class with its props, or a function that fills an empty chart. */
export type ChartContent<V, Props> =
  | { readonly chart: ChartClass<Props>; readonly props: PerSite<Props, V> }
  | { readonly content: (chart: Chart, context: SiteContext<V>) => void };

export interface ChartVariantContent<V, Props> {
  /** Other props, for a chart class. */
  readonly props: PerSite<Props, V>;
  /** Another function, for a chart filled by one. */
  readonly content: (chart: Chart, context: SiteContext<V>) => void;
}

export interface ChartWorkloadOptions<V, P extends Platform, Props> {
  /** What its images are built for. @default - unknown: a warning */
  readonly platforms?: readonly P[];
  /** @default - none */
  readonly variants?: Variants<V, ChartVariantContent<V, Props>>;
}

export type ChartWorkloadProps<V, N extends readonly [Platform], P extends Platform, Props> = WorkloadProps<V, N> &
  ChartContent<V, Props> &
  ChartWorkloadOptions<V, P, Props>;

/**
 * Any cdk8s or cdk8s-plus chart, unchanged: it is rendered once for all sites that have the same content, with holes where site values go.
 *
 * @example
 * new ChartWorkload(fleet, 'prices', {
 *   chart: PriceList,
 *   props: ({ site }) => ({ store: site.values.storeId, lanes: site.values.tills }),
 *   placement: Placement.on(store),
 * });
 */
export class ChartWorkload<
  V = unknown,
  N extends readonly [Platform] = readonly [Platform],
  const P extends Platform = Platform,
  Props = unknown,
> extends Construct {
  readonly [model]: Description;

  constructor(scope: Construct, id: string, props: ChartWorkloadProps<V, N, P, Props> & Fits<N, P>) {
    super(scope, id);
    const given: WorkloadProps<V, N> & ChartWorkloadOptions<V, P, Props> & Partial<ContentModel> = props as never;
    this[model] = {
      as: 'workload',
      record: {
        kind: 'chart',
        ...workloadBase<V, N>(this, id, given),
        content: { platforms: given.platforms, chart: given.chart, props: given.props, content: given.content },
        variants: variantModels(given.variants, (content) => ({ ...content }) as Partial<ContentModel>),
      },
    };
  }
}
