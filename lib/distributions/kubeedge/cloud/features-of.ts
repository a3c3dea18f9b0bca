import { withNeeds } from '../../../catalog/kubeedge-features';
import type { KubeEdgeClusterModel } from '../../../model/kubeedge-cluster-model';
import type { KubeEdgeFeature } from '../../../model/kubeedge-feature';

/** What is switched on, with all that it needs: EdgeMesh is a feature, too. */
export function featuresOf(cluster: Pick<KubeEdgeClusterModel, 'features' | 'edgeMesh'>): KubeEdgeFeature[] {
  return withNeeds([...cluster.features, ...(cluster.edgeMesh === undefined ? [] : (['edgeMesh'] as const))]);
}
