import type { KubeObject } from '../../../model/kube-object';
import type { WorkloadName } from '../../../model/kubeedge-cluster-model';

/** What KubeEdge's own nodes are known by; its value must be empty. */
export const EDGE_ROLE = 'node-role.kubernetes.io/edge';

/**
 * DaemonSets that clusters usually have, none of which can run on an edge node: edgecore ends or starts anew for ever where kube-proxy or a network
 * plug-in lands there. Before the first node joins, all that the cluster has must be among them.
 *
 * @see kubeedge/kubeedge issues 5987, 5136, 4927 and 3691
 */
export const USUAL_DAEMON_SETS: readonly WorkloadName[] = [
  { namespace: 'kube-system', name: 'kube-proxy' },
  { namespace: 'kube-flannel', name: 'kube-flannel-ds' },
  { namespace: 'kube-system', name: 'calico-node' },
  { namespace: 'calico-system', name: 'calico-node' },
  { namespace: 'kube-system', name: 'cilium' },
  { namespace: 'kube-system', name: 'node-local-dns' },
];

/**
 * A strategic merge patch that keeps a DaemonSet away from edge nodes. Its list of terms takes the place of the one that the DaemonSet has: who has an
 * affinity of its own must be patched by hand.
 */
export function keepOffEdge({ namespace, name }: WorkloadName): KubeObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name, namespace },
    spec: { template: { spec: { affinity: { nodeAffinity: offEdge() } } } },
  };
}

function offEdge(): unknown {
  return {
    requiredDuringSchedulingIgnoredDuringExecution: {
      nodeSelectorTerms: [{ matchExpressions: [{ key: EDGE_ROLE, operator: 'DoesNotExist' }] }],
    },
  };
}
