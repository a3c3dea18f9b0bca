import { Construct } from 'constructs';
import type { Platform } from '../lib/model/platform';
import { type Description, model } from './internal';
import { type Variants, variantModels, type WorkloadProps, workloadBase } from './workload';

export interface ManifestContent {
  /** YAML files of Kubernetes objects, relative to the fleet's `root`. Read at synth, as Kubernetes reads them (YAML 1.1). */
  readonly files: readonly string[];
}

export interface ManifestWorkloadProps<V, N extends readonly [Platform]> extends WorkloadProps<V, N>, ManifestContent {
  /** @default - none */
  readonly variants?: Variants<V, ManifestContent>;
}

/**
 * YAML that exists, kept object for object, custom resources too. Site values come in by `transform`.
 *
 * @example
 * new ManifestWorkload(fleet, 'dock-doors', { files: ['dock-doors.yaml'], placement: Placement.on(store) });
 */
export class ManifestWorkload<V = unknown, N extends readonly [Platform] = readonly [Platform]> extends Construct {
  readonly [model]: Description;

  constructor(scope: Construct, id: string, props: ManifestWorkloadProps<V, N>) {
    super(scope, id);
    this[model] = {
      as: 'workload',
      record: {
        kind: 'manifest',
        ...workloadBase(this, id, props),
        content: { files: [...props.files] },
        variants: variantModels(props.variants, (content) => ({ ...content })),
      },
    };
  }
}
