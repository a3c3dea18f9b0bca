import type { RenderUnit } from './plan';
import type { ClusterFacts } from './site-context';

/** What content and rules may ask of the clusters that a unit goes to. */
export function clusterFacts(unit: Pick<RenderUnit, 'distribution' | 'kubernetes' | 'deviceClasses'>): ClusterFacts {
  return {
    distribution: unit.distribution.name,
    kubernetes: unit.kubernetes,
    has: (deviceClass) => unit.deviceClasses.includes(deviceClass.node.path),
  };
}
