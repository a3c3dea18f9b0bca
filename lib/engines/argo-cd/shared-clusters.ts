import { ARGO_CD_API } from '../../catalog/argo-cd';
import type { DeliveryContent, DeliverySharedCluster } from '../../model/delivery';
import type { KubeObject } from '../../model/kube-object';
import { folderAnnotations, syncPolicy } from './application';
import { modelOf } from './model';
import { CLUSTER_LABEL, GO_TEMPLATE, SHARED_PROJECT } from './names';
import { ownRef, sharedClusterPlace } from './sources';

/** A folder of a cluster that is an Application of its own. */
interface SharedPart {
  /** Ends the name of the Application. */
  readonly part: string;
  /** Below that of the cluster. */
  readonly folder: string;
}

/** What all sites of a cluster have, and what each adds, by shard: an Application lists all its objects in itself, so that one for all sites would not do. */
export function partsOf({ siteShards = [] }: DeliverySharedCluster): SharedPart[] {
  return [
    { part: 'manifests', folder: 'manifests' },
    ...siteShards.map((shard) => ({ part: `sites-${shard}`, folder: `sites/${shard}` })),
  ];
}

/** Plain objects for a cluster that sites share. Nothing in them says what holds data, so nothing is pruned. */
export function sharedClusterSet(cluster: DeliverySharedCluster, content: DeliveryContent): KubeObject {
  const model = modelOf(content.delivery);
  const name = sharedName(cluster.id);
  const clusters = { clusters: { selector: { matchLabels: { [CLUSTER_LABEL]: cluster.id } } } };
  return {
    apiVersion: ARGO_CD_API,
    kind: 'ApplicationSet',
    metadata: { name, namespace: model.namespace },
    spec: {
      ...GO_TEMPLATE,
      generators: [{ matrix: { generators: [clusters, { list: { elements: partsOf(cluster) } }] } }],
      syncPolicy: { preserveResourcesOnDeletion: true },
      template: {
        metadata: {
          name: `${name}-{{ .part }}`,
          labels: { [CLUSTER_LABEL]: cluster.id },
          annotations: folderAnnotations(model.source),
        },
        spec: partSpec(cluster, '{{ .folder }}', content, '{{ .name }}'),
      },
    },
  };
}

/** No workload has a point in its name, so no layer is called so. */
export function sharedName(id: string): string {
  return `cluster.${id}`;
}

/** Of an Application; `folder`: of its part, `name`: the cluster, as Argo CD calls it. */
export function partSpec(
  cluster: DeliverySharedCluster,
  folder: string,
  { delivery }: Pick<DeliveryContent, 'delivery'>,
  name: string,
) {
  const model = modelOf(delivery);
  return {
    project: SHARED_PROJECT,
    source: {
      ...sharedClusterPlace(model.source, cluster.folder, folder),
      targetRevision: ownRef(model),
      directory: { recurse: true },
    },
    destination: { name, namespace: 'default' },
    syncPolicy: syncPolicy({ prune: false }),
  };
}
