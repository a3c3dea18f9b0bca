import { Construct } from 'constructs';
import type { Platform } from '../lib/model/platform';
import { type ContainerContent, containerContent, partialContent } from './container-content';
import { type Description, model } from './internal';
import type { Fits } from './placement';
import { type Variants, variantModels, type WorkloadProps, workloadBase } from './workload';

export interface ContainerWorkloadProps<V, N extends readonly [Platform], P extends Platform>
  extends WorkloadProps<V, N>,
    ContainerContent<V, P> {
  /** @default - none */
  readonly variants?: Variants<V, ContainerContent<V, P>>;
}

/**
 * One container image and what it needs. Its objects bear its id, a DNS label unique in the fleet, as their name.
 *
 * Defaults are for small machines on bad links: images are pulled only if absent, an update never needs room for two copies, pods stay with a node
 * that is away for a week, nothing runs as root, and nothing has a service-account token.
 *
 * @example
 * new ContainerWorkload(fleet, 'pos', {
 *   image: 'ghcr.io/acme/pos:1.4.2',
 *   platforms: ['linux/arm64'],
 *   resources: { cpu: Cpu.millis(250), memory: Size.mebibytes(256) },
 *   env: ({ site }) => ({ STORE_ID: site.values.storeId }),
 *   placement: Placement.on(store),
 * });
 */
export class ContainerWorkload<
  V = unknown,
  N extends readonly [Platform] = readonly [Platform],
  const P extends Platform = Platform,
> extends Construct {
  readonly [model]: Description;

  constructor(scope: Construct, id: string, props: ContainerWorkloadProps<V, N, P> & Fits<N, P>) {
    super(scope, id);
    this[model] = {
      as: 'workload',
      record: {
        kind: 'container',
        ...workloadBase<V, N>(this, id, props),
        content: containerContent<V, P>(props),
        variants: variantModels(props.variants as Variants<V, ContainerContent<V, P>> | undefined, partialContent),
      },
    };
  }
}
