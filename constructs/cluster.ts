import type { ClusterModel } from '../lib/model/distribution';
import type { Platform } from '../lib/model/platform';
import type { DistributionName } from '../lib/model/site-context';
import type { model, types } from './internal';

/** What a blueprint's sites run: `new K3sCluster(...)`. */
export interface Cluster<out P extends Platform = Platform> {
  readonly distribution: DistributionName;
  readonly [types]: { readonly platform: P };
  readonly [model]: ClusterModel;
}
