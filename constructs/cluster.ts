import type { ClusterModel, NodeCountModel } from '../lib/model/distribution';
import type { Platform } from '../lib/model/platform';
import type { DistributionName } from '../lib/model/site-context';
import type { NodeCount } from './device-class';
import { model, type types } from './internal';

/** What a blueprint's sites run: `new K3sCluster(...)`. */
export interface Cluster<out P extends Platform = Platform> {
  readonly distribution: DistributionName;
  readonly [types]: { readonly platform: P };
  readonly [model]: ClusterModel;
}

/** A cluster that no class of its own stands for. Its platforms exist for the compiler alone. */
export function clusterOf<P extends Platform>(record: ClusterModel): Cluster<P> {
  return { distribution: record.distribution.name, [model]: record } as Cluster<P>;
}

/** Those that run the control plane first. */
export function nodeCounts(servers: NodeCount, agents: NodeCount | readonly NodeCount[] = []): NodeCountModel[] {
  const others = [agents].flat();
  return [
    { ...servers[model], role: 'server' },
    ...others.map((count): NodeCountModel => ({ ...count[model], role: 'agent' })),
  ];
}
