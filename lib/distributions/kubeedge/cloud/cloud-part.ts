import { NODE_LIMIT_WITHOUT_DRIFT } from '../../../catalog/kubeedge-cloud';
import type { Tree } from '../../../model/dotted-paths';
import type { KubeObject } from '../../../model/kube-object';
import type { KubeEdgeClusterModel } from '../../../model/kubeedge-cluster-model';
import { yamlText } from '../../../render/node/yaml-text';
import { authorizes } from './authorization';
import { chartValues } from './chart-values';
import { cloudRoles } from './cloud-roles';
import { cloudcoreConfig } from './cloudcore-config';
import { keepOffEdge } from './cluster-daemon-sets';
import { edgeMeshPatches, edgeMeshValues } from './edge-mesh';
import { featuresOf } from './features-of';
import { type NodeGroupInput, nodeGroups } from './node-groups';

/** What stands in the folder of a KubeEdge cluster, once and not per site. */
export interface CloudPart {
  /** Charts that the cluster's operator or its delivery engine installs, in this order. */
  readonly charts: readonly CloudChart[];
  /** Objects that are ours, to be applied after the charts' definitions. */
  readonly objects: readonly KubeObject[];
  /** Strategic merge patches on objects that others own: before the first node joins. */
  readonly patches: readonly KubeObject[];
}

export interface CloudChart {
  readonly name: string;
  /** Folder of the chart in its project. */
  readonly from: string;
  readonly version: string;
  readonly namespace: string;
  readonly values: Tree;
  /** Values that are secret, by path, and where they are; never in `values`. */
  readonly secretValues: Readonly<Record<string, { readonly name: string; readonly key: string }>>;
  /** Patches on what the chart renders, before it is applied. */
  readonly postRender: readonly KubeObject[];
}

export function cloudPart(cluster: KubeEdgeClusterModel, groups: readonly NodeGroupInput[]): CloudPart {
  const { edgeMesh } = cluster;
  return {
    charts: [
      {
        name: 'cloudcore',
        from: 'kubeedge/kubeedge, manifests/charts/cloudcore',
        version: cluster.version,
        namespace: 'kubeedge',
        values: chartValues(cluster),
        secretValues: {},
        postRender: configMapPatch(cluster),
      },
      ...(edgeMesh === undefined
        ? []
        : [
            {
              name: 'edgemesh',
              from: 'kubeedge/edgemesh, build/helm/edgemesh',
              version: 'v1.17.0',
              namespace: 'kubeedge',
              values: edgeMeshValues(cluster, edgeMesh),
              // The chart's own key is public.
              secretValues: { 'agent.psk': edgeMesh.psk },
              postRender: [],
            },
          ]),
    ],
    objects: [...cloudRoles(cluster), ...(featuresOf(cluster).includes('nodeGroups') ? nodeGroups(groups) : [])],
    patches: [...cluster.cloudDaemonSets.map(keepOffEdge), ...edgeMeshPatches(cluster)],
  };
}

/**
 * The chart knows neither authorization nor the numbers that cloudcore sets right by itself; so its ConfigMap is replaced by one in which they are right. It
 * names no namespace, and a patch that does is of another object.
 *
 * @see kubeedge/kubeedge, manifests/charts/cloudcore/templates/configmap_cloudcore.yaml
 */
function configMapPatch(cluster: KubeEdgeClusterModel): KubeObject[] {
  if (cluster.nodeLimit === NODE_LIMIT_WITHOUT_DRIFT && !authorizes(cluster)) return [];
  return [
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'cloudcore' },
      data: { 'cloudcore.yaml': yamlText(cloudcoreConfig(cluster)) },
    },
  ];
}
