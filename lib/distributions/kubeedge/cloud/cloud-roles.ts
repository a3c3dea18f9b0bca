import { lacksDeviceStatusRole, parseKubeEdgeVersion } from '../../../catalog/kubeedge';
import type { KubeObject } from '../../../model/kube-object';
import type { KubeEdgeClusterModel } from '../../../model/kubeedge-cluster-model';
import { authorizes } from './authorization';

const RBAC = 'rbac.authorization.k8s.io';
const NODES = 'system:nodes';

/** Rights that cloudcore and nodes need, and the chart does not give. */
export function cloudRoles(cluster: KubeEdgeClusterModel): KubeObject[] {
  return [
    ...(lacksDeviceStatusRole(cluster.version) ? [deviceStatusRole()] : []),
    ...(authorizes(cluster) ? [authorizationRole(), ...nodeDeviceRoles(cluster.version)] : []),
  ];
}

/** Without it, cloudcore may not read the state of devices, and no device reaches its node. @see kubeedge/kubeedge issue 6862 */
function deviceStatusRole(): KubeObject {
  return ofCloudcore('edgecdk-cloudcore-device-statuses', [
    {
      apiGroups: ['devices.kubeedge.io'],
      resources: ['devicestatuses', 'devicestatuses/status'],
      verbs: ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'],
    },
  ]);
}

/**
 * With authorization, cloudcore speaks for a node in that node's name, and knows by pods and volumes what a node may read. Names of users cannot be held to a
 * prefix; but it may make tokens of every service account anyway.
 *
 * @see kubeedge/kubeedge, cloud/pkg/common/context/context.go, and cloud/pkg/cloudhub/authorization/config.go
 */
function authorizationRole(): KubeObject {
  return ofCloudcore('edgecdk-cloudcore-authorization', [
    { apiGroups: [''], resources: ['users'], verbs: ['impersonate'] },
    { apiGroups: [''], resources: ['groups'], resourceNames: [NODES], verbs: ['impersonate'] },
    { apiGroups: ['storage.k8s.io'], resources: ['volumeattachments'], verbs: ['get', 'list', 'watch'] },
  ]);
}

function ofCloudcore(name: string, rules: readonly unknown[]): KubeObject {
  return {
    apiVersion: `${RBAC}/v1`,
    kind: 'ClusterRole',
    metadata: { name, labels: { 'rbac/aggregate-to-cloudcore': 'true' } },
    rules,
  };
}

/** What a device reports is written in the name of its node, which Kubernetes itself gives no right to it. @see kubeedge/kubeedge, devicecontroller/controller/upstream.go */
function nodeDeviceRoles(version: string): KubeObject[] {
  const name = 'edgecdk-node-devices';
  // Until 1.22 the state of a device stands in the device itself.
  const isInDevice = ['1.21', '1.22'].includes(parseKubeEdgeVersion(version)?.minor ?? '');
  return [
    {
      apiVersion: `${RBAC}/v1`,
      kind: 'ClusterRole',
      metadata: { name },
      rules: [
        {
          apiGroups: ['devices.kubeedge.io'],
          resources: [isInDevice ? 'devices' : 'devicestatuses'],
          verbs: ['patch'],
        },
      ],
    },
    {
      apiVersion: `${RBAC}/v1`,
      kind: 'ClusterRoleBinding',
      metadata: { name },
      roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name },
      subjects: [{ apiGroup: RBAC, kind: 'Group', name: NODES }],
    },
  ];
}
