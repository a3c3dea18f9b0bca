import { DISTRIBUTION_RULES, type DistributionRule } from '../../../catalog/distribution-rules';
import type { KubeObject } from '../../../model/kube-object';
import { describeObject } from '../../../model/kube-object';
import { fields, hasPods, items, kindOf, podSpec } from './pod-bearing';

export interface EdgeHazard {
  readonly severity: 'error' | 'warning';
  readonly message: string;
  /** By which a program acknowledges it. @default - an error, which nothing takes away */
  readonly rule?: DistributionRule;
}

/** What of a workload's objects cannot work on edge nodes, or will not do what it seems to. */
export function edgeHazards(
  objects: readonly KubeObject[],
  { edgeMesh, metaServer }: { readonly edgeMesh: boolean; readonly metaServer: boolean },
): EdgeHazard[] {
  return objects.flatMap((object) => [
    ...podHazards(object, metaServer),
    ...kindHazards(object, edgeMesh),
    ...oldDeviceHazards(object),
  ]);
}

function podHazards(object: KubeObject, metaServer: boolean): EdgeHazard[] {
  if (!hasPods(object)) return [];
  const pod = podSpec(object) ?? {};
  const name = describeObject(object);
  return [
    ...(pod.runtimeClassName === undefined
      ? []
      : [
          refused(
            `${name} has runtimeClassName '${String(pod.runtimeClassName)}', which edgecore cannot look up, so that the pod never starts; make that runtime the default of the node's container runtime, and leave it out`,
          ),
        ]),
    ...(pod.serviceAccountName !== undefined && pod.serviceAccountName !== 'default' && !metaServer
      ? [
          hint(
            DISTRIBUTION_RULES.kubeEdgeAccount,
            `${name} has the service account '${String(pod.serviceAccountName)}', and its node has no Kubernetes API to use it with; switch the feature inClusterConfig on, or leave it out`,
          ),
        ]
      : []),
    ...(pod.nodeName === undefined
      ? []
      : [
          hint(
            DISTRIBUTION_RULES.kubeEdgeNodeName,
            `${name} is bound to a node by nodeName: where it is off, pods of a Deployment pile up as Terminating; select it by a label instead`,
          ),
        ]),
  ];
}

function kindHazards(object: KubeObject, edgeMesh: boolean): EdgeHazard[] {
  const name = describeObject(object);
  const kind = kindOf(object);
  if (kind === 'networking.k8s.io/v1/Ingress')
    return [
      refused(
        `${name} has nobody to act upon it: there is no ingress controller on an edge node; reach its pods in the network of their node (\`security.hostNetwork\`)`,
      ),
    ];
  if (kind === 'v1/Service' && !edgeMesh)
    return [
      hint(
        DISTRIBUTION_RULES.kubeEdgeService,
        `${name} leads nowhere on edge nodes, which have no kube-proxy; switch the feature edgeMesh on, or acknowledge it where nobody on a node asks for it, or asks pods in the network of their node (\`security.hostNetwork\`) instead`,
      ),
    ];
  if (kind.startsWith('helm.cattle.io/'))
    return [
      refused(
        `${name} needs the Helm controller of K3s, which the cluster in the cloud has not got; install the chart there by hand, or write its objects with a ChartWorkload`,
      ),
    ];
  if (kind === 'node.k8s.io/v1/RuntimeClass') return [refused(`${name} has no effect on edge nodes; leave it out`)];
  if (kind === 'v1/PersistentVolumeClaim' || items(fields(object.spec).volumeClaimTemplates).length > 0)
    return [
      hint(
        DISTRIBUTION_RULES.kubeEdgeClaim,
        `${name} needs a provisioner that works without the API server; a host path or a local volume does`,
      ),
    ];
  return [];
}

/** Cloudcore takes them, and they come out as nonsense. */
function oldDeviceHazards(object: KubeObject): EdgeHazard[] {
  const { apiVersion } = object;
  if (apiVersion === 'devices.kubeedge.io/v1alpha2' || apiVersion === 'devices.kubeedge.io/v1alpha1')
    return [
      refused(
        `${describeObject(object)} is of the old API ${apiVersion}, which is served and pruned to nothing; write it as devices.kubeedge.io/v1beta1`,
      ),
    ];
  if (apiVersion === 'operations.kubeedge.io/v1alpha1')
    return [
      refused(`${describeObject(object)} is of the old API ${apiVersion}; write it as operations.kubeedge.io/v1alpha2`),
    ];
  const own = ['ObjectSync', 'ClusterObjectSync', 'DeviceStatus', 'ServiceAccountAccess'];
  return own.includes(object.kind) && /\.kubeedge\.io\//.test(apiVersion)
    ? [refused(`${describeObject(object)} is written by cloudcore itself; leave it out`)]
    : [];
}

function refused(message: string): EdgeHazard {
  return { severity: 'error', message };
}

function hint(rule: DistributionRule, message: string): EdgeHazard {
  return { severity: 'warning', message, rule };
}
