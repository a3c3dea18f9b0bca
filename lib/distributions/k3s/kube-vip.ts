import type { KubeObject } from '../../model/kube-object';

export interface KubeVipInput {
  /** The address that the servers share, on the network of their own addresses; may be a token. It must be in their certificates (`tls-san`). */
  readonly address: string;
  /** Interface that gets it. @default - the one with the default route */
  readonly interface?: string;
  readonly image: string;
}

const name = 'kube-vip';
const namespace = 'kube-system';
const labels = { 'app.kubernetes.io/name': name };

/** Where kube-vip agrees on which server has the address: its own default. */
const lease = 'plndr-cp-lock';

/**
 * A fixed registration address for a cluster of several servers, without a balancer: one server after another holds it and says so by ARP. It serves the
 * API of Kubernetes alone, and no Services, which K3s has a balancer of its own for; so all that it asks of the API is the lease. Written for v1.2.
 *
 * @see https://kube-vip.io/docs/usage/k3s/
 */
export function kubeVip(input: KubeVipInput): KubeObject[] {
  const group = 'rbac.authorization.k8s.io';
  const metadata = { name, namespace };
  return [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata },
    {
      apiVersion: `${group}/v1`,
      kind: 'Role',
      metadata,
      rules: [
        // A lease cannot be created by name.
        { apiGroups: ['coordination.k8s.io'], resources: ['leases'], verbs: ['create'] },
        {
          apiGroups: ['coordination.k8s.io'],
          resources: ['leases'],
          resourceNames: [lease],
          verbs: ['get', 'list', 'watch', 'update', 'patch'],
        },
      ],
    },
    {
      apiVersion: `${group}/v1`,
      kind: 'RoleBinding',
      metadata,
      roleRef: { apiGroup: group, kind: 'Role', name },
      subjects: [{ kind: 'ServiceAccount', name, namespace }],
    },
    daemonSet(input),
  ];
}

function daemonSet(input: KubeVipInput): KubeObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name, namespace, labels },
    spec: {
      revisionHistoryLimit: 2,
      selector: { matchLabels: labels },
      updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } },
      template: {
        metadata: { labels },
        spec: {
          nodeSelector: { 'node-role.kubernetes.io/control-plane': 'true' },
          tolerations: [{ operator: 'Exists' }],
          priorityClassName: 'system-node-critical',
          serviceAccountName: name,
          enableServiceLinks: false,
          hostNetwork: true,
          dnsPolicy: 'ClusterFirstWithHostNet',
          containers: [
            {
              name,
              image: input.image,
              imagePullPolicy: 'IfNotPresent',
              args: ['manager'],
              env: environment(input),
              securityContext: {
                allowPrivilegeEscalation: false,
                capabilities: { add: ['NET_ADMIN', 'NET_RAW'], drop: ['ALL'] },
                seccompProfile: { type: 'RuntimeDefault' },
              },
              resources: { requests: { cpu: '10m', memory: '32Mi' }, limits: { memory: '128Mi' } },
            },
          ],
        },
      },
    },
  };
}

function environment(input: KubeVipInput): readonly unknown[] {
  const values: Readonly<Record<string, string | undefined>> = {
    address: input.address,
    cp_enable: 'true',
    cp_namespace: namespace,
    port: '6443',
    // It listens on all addresses otherwise, and nothing here asks for its figures.
    prometheus_server: '127.0.0.1:2112',
    vip_arp: 'true',
    vip_interface: input.interface,
    vip_leaderelection: 'true',
    // Twice its own: on a slow disk, an API that is busy must not move the address about.
    vip_leaseduration: '30',
    vip_leasename: lease,
    vip_renewdeadline: '20',
    vip_retryperiod: '4',
  };
  return [
    ...Object.entries(values).flatMap(([key, value]) => (value === undefined ? [] : [{ name: key, value }])),
    { name: 'vip_nodename', valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: 'spec.nodeName' } } },
  ];
}
