import { type KubeEdgeFeature, withNeeds } from '../../../catalog/kubeedge-features';
import type { KubeEdgeClusterModel } from '../../../model/kubeedge-cluster-model';

/** What is switched on, with all that it needs: EdgeMesh is a feature, too. */
export function featuresOf(cluster: Pick<KubeEdgeClusterModel, 'features' | 'edgeMesh'>): KubeEdgeFeature[] {
  return withNeeds([...cluster.features, ...(cluster.edgeMesh === undefined ? [] : (['edgeMesh'] as const))]);
}
