import { lacksDeviceStatusRole } from '../../../catalog/kubeedge';
import { NODE_LIMIT_WITHOUT_DRIFT } from '../../../catalog/kubeedge-cloud';
import type { Tree } from '../../../model/dotted-paths';
import type { KubeObject } from '../../../model/kube-object';
import type { KubeEdgeClusterModel } from '../../../model/kubeedge-cluster-model';
import { yamlText } from '../../../render/node/yaml-text';
import { chartValues } from './chart-values';
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
    objects: [
      ...(lacksDeviceStatusRole(cluster.version) ? [deviceStatusRole()] : []),
      ...(featuresOf(cluster).includes('nodeGroups') ? nodeGroups(groups) : []),
    ],
    patches: [...cluster.cloudDaemonSets.map(keepOffEdge), ...edgeMeshPatches(cluster)],
  };
}

/** The chart knows none of the numbers that cloudcore sets right by itself; so its ConfigMap is replaced by one in which they are right. */
function configMapPatch(cluster: KubeEdgeClusterModel): KubeObject[] {
  if (cluster.nodeLimit === NODE_LIMIT_WITHOUT_DRIFT) return [];
  return [
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'cloudcore', namespace: 'kubeedge' },
      data: { 'cloudcore.yaml': yamlText(cloudcoreConfig(cluster)) },
    },
  ];
}

/** Without it, cloudcore may not read the state of devices, and no device reaches its node. @see kubeedge/kubeedge issue 6862 */
function deviceStatusRole(): KubeObject {
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: { name: 'edgecdk-cloudcore-device-statuses', labels: { 'rbac/aggregate-to-cloudcore': 'true' } },
    rules: [
      {
        apiGroups: ['devices.kubeedge.io'],
        resources: ['devicestatuses', 'devicestatuses/status'],
        verbs: ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'],
      },
    ],
  };
}
