import type { KubeEdgeClusterModel } from '../../model/kubeedge-cluster-model';
import type { SharedContent, SharedFiles } from '../../model/shared-cluster';
import { cloudPart } from './cloud/cloud-part';

/** What stands in the folder of a KubeEdge cluster. */
export function renderSharedCluster(cluster: KubeEdgeClusterModel, { print }: SharedContent): SharedFiles {
  const { objects } = cloudPart(cluster, []);
  return { files: new Map([['objects.yaml', print(objects)]]), perSite: new Map(), problems: [] };
}
