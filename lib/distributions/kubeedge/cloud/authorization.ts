import { BEYOND_AUTHORIZATION } from '../../../catalog/kubeedge-cloud';
import type { KubeEdgeClusterModel } from '../../../model/kubeedge-cluster-model';
import { featuresOf } from './features-of';

type FeatureBeyond = keyof typeof BEYOND_AUTHORIZATION;

/** Whether cloudcore holds a node to the name in its certificate, and to what Kubernetes lets nodes do. */
export function authorizes(cluster: KubeEdgeClusterModel): boolean {
  return beyondAuthorization(cluster).length === 0;
}

/** Features of a cluster that end where cloudcore authorizes. */
export function beyondAuthorization(cluster: KubeEdgeClusterModel): FeatureBeyond[] {
  return featuresOf(cluster).filter((feature): feature is FeatureBeyond =>
    Object.hasOwn(BEYOND_AUTHORIZATION, feature),
  );
}
