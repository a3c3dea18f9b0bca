import { Construct } from 'constructs';
import type { Platform } from '../lib/model/platform';
import type { PerSite } from '../lib/model/site-context';
import type { HelmContent as ContentModel } from '../lib/model/workload-model';
import { type Description, model } from './internal';
import { type Variants, variantModels, type WorkloadProps, workloadBase } from './workload';

export interface HelmContent<V> {
  /** Name of the chart in its repository, or the whole address of a chart in an OCI registry: `oci://ghcr.io/acme/charts/vector`. */
  readonly chart: string;
  /** Address of the chart repository. Must be absent for an OCI chart. @default - none */
  readonly repo?: string;
  /** Exact version: what a range resolves to would change without a change here. */
  readonly version: string;
  /** @default - the chart's */
  readonly values?: PerSite<Readonly<Record<string, unknown>>, V>;
}

export interface HelmWorkloadProps<V, N extends readonly [Platform]> extends WorkloadProps<V, N>, HelmContent<V> {
  /** @default - none */
  readonly variants?: Variants<V, HelmContent<V>>;
}

/**
 * A Helm chart that the site's own engine installs: on K3s, a HelmChart object. What it asks of the hardware is not known at synth.
 * The release bears the workload's id. @see https://docs.k3s.io/helm
 *
 * @example
 * new HelmWorkload(fleet, 'metrics', {
 *   chart: 'vector', repo: 'https://helm.vector.dev', version: '0.37.0',
 *   values: ({ site }) => ({ role: 'Agent', customConfig: { site: site.name } }),
 *   placement: Placement.on(store),
 * });
 */
export class HelmWorkload<V = unknown, N extends readonly [Platform] = readonly [Platform]> extends Construct {
  readonly [model]: Description;

  constructor(scope: Construct, id: string, props: HelmWorkloadProps<V, N>) {
    super(scope, id);
    const { chart, repo, version, values } = props;
    this[model] = {
      as: 'workload',
      record: {
        kind: 'helm',
        ...workloadBase(this, id, props),
        content: { chart, repo, version, values: values as ContentModel['values'] },
        variants: variantModels(props.variants, (content) => ({ ...content }) as Partial<ContentModel>),
      },
    };
  }
}
