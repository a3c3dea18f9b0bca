import type { WhereUnsaid } from '../../../lib/catalog/config-key';

const DEFAULTS = 'canonical/microk8s, microk8s-resources/default-args of each branch';
const LAUNCH = 'canonical/microk8s, microk8s-resources/microk8s.default.yaml';
const KUBELET = 'Kubernetes documentation, kubelet';
const CNI = 'canonical/microk8s, microk8s-resources/default-args/cni-env';

/** Every argument and variable that EdgeCDK writes by itself, by key of the launch configuration; all others are what a program says in `launch`. */
export const MICROK8S_WRITTEN_ARGUMENTS = {
  extraKubeletArgs: {
    '--cluster-dns': { type: 'text', default: '10.152.183.10', source: LAUNCH },
    '--cluster-domain': { type: 'text', default: 'cluster.local', source: LAUNCH },
    '--eviction-hard': {
      type: 'text',
      default: '"memory.available<100Mi,nodefs.available<1Gi,imagefs.available<1Gi"',
      source: DEFAULTS,
    },
    '--kube-reserved': { type: 'text', unset: 'nothing is kept free', source: KUBELET },
    '--node-ip': { type: 'text', unset: 'the address of the default route', source: KUBELET },
    '--system-reserved': { type: 'text', unset: 'nothing is kept free', source: KUBELET },
  },
  extraCNIEnv: {
    CALICO_VETH_MTU: { type: 'text', unset: 'Calico measures it', source: CNI },
    IPv4_CLUSTER_CIDR: { type: 'text', default: '10.1.0.0/16', source: CNI },
    IPv4_SERVICE_CIDR: { type: 'text', default: '10.152.183.0/24', source: CNI },
    IPv4_SUPPORT: { type: 'text', default: 'true', source: CNI },
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, MicroK8sWrittenArgument>>>>;

type MicroK8sWrittenArgument = { readonly type: 'text'; readonly source: string } & WhereUnsaid;
