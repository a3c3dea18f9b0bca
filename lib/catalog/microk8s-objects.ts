import type { MicroK8sMinor } from './microk8s';
import type { MicroK8sAddonName } from './microk8s-addons';

/** Image for what carries node trees: it has `sh` and `nsenter`, for amd64 and arm64. @see docker-library/busybox, tag 1.37.0 */
export const MICROK8S_CARRIER_IMAGE = 'docker.io/library/busybox:1.37.0';

/** What MicroK8s labels nodes with a control plane with. @see canonical/microk8s, microk8s-resources/default-args/kubelet */
export const MICROK8S_SERVER_LABEL = {
  name: 'node.kubernetes.io/microk8s-controlplane',
  value: 'microk8s-controlplane',
} as const;

/** Storage class of the addon hostpath-storage. @see canonical/microk8s-core-addons, hostpath-storage/storage.yaml */
export const MICROK8S_STORAGE_CLASS = 'microk8s-hostpath';

/**
 * Classes of the addon ingress; the first is the default. From 1.35 on its controller is Traefik.
 *
 * @see canonical/microk8s-core-addons, ingress of each branch
 */
export function ingressClasses(minor: MicroK8sMinor): readonly string[] {
  return BEFORE_TRAEFIK.includes(minor) ? ['public', 'nginx'] : ['public', 'nginx', 'traefik'];
}

const BEFORE_TRAEFIK: readonly MicroK8sMinor[] = ['1.27', '1.28', '1.29', '1.30', '1.31', '1.32', '1.33', '1.34'];

/**
 * Objects that MicroK8s makes itself, as `group/Kind namespace/name`: always, and with an addon. Those that others are likely to make, too; objects behind
 * a name of an addon's own, such as its roles, are left out.
 *
 * @see canonical/microk8s, upgrade-scripts and microk8s-resources (Calico); canonical/microk8s-core-addons, manifests of each addon
 */
export const MICROK8S_OBJECTS: Readonly<Partial<Record<MicroK8sAddonName | 'always', readonly string[]>>> = {
  always: [
    'apps/DaemonSet kube-system/calico-node',
    'apps/Deployment kube-system/calico-kube-controllers',
    '/ConfigMap kube-system/calico-config',
  ],
  dns: ['apps/Deployment kube-system/coredns', '/ConfigMap kube-system/coredns', '/Service kube-system/kube-dns'],
  'hostpath-storage': [
    `storage.k8s.io/StorageClass ${MICROK8S_STORAGE_CLASS}`,
    'apps/Deployment kube-system/hostpath-provisioner',
  ],
  ingress: [
    'networking.k8s.io/IngressClass public',
    'networking.k8s.io/IngressClass nginx',
    'apps/DaemonSet ingress/nginx-ingress-microk8s-controller',
    '/ConfigMap ingress/nginx-load-balancer-microk8s-conf',
    '/ConfigMap ingress/nginx-ingress-tcp-microk8s-conf',
    '/ConfigMap ingress/nginx-ingress-udp-microk8s-conf',
  ],
  metallb: [
    'apps/DaemonSet metallb-system/speaker',
    'apps/Deployment metallb-system/controller',
    'metallb.io/IPAddressPool metallb-system/default-addresspool',
    'metallb.io/L2Advertisement metallb-system/default-advertise-all-pools',
  ],
  'metrics-server': [
    'apps/Deployment kube-system/metrics-server',
    '/Service kube-system/metrics-server',
    'apiregistration.k8s.io/APIService v1beta1.metrics.k8s.io',
  ],
  nvidia: ['node.k8s.io/RuntimeClass nvidia'],
  gpu: ['node.k8s.io/RuntimeClass nvidia'],
  registry: [
    'apps/Deployment container-registry/registry',
    '/Service container-registry/registry',
    '/PersistentVolumeClaim container-registry/registry-claim',
  ],
};
