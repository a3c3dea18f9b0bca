import type { Overhead } from '../model/figure';
import { guessed, published } from '../model/figure';

const COMPARE = 'microk8s.io, Compare: MicroK8s vs K3s vs minikube';

/*
 * One figure is published, a requirement and no measurement: 540 MB, whatever the role. Single readings on a Raspberry Pi 5 lie at 620 to 760 MB for an
 * idle server without addons, so the larger is what a server is guessed at.
 */
export const MICROK8S_OVERHEAD = {
  server: {
    memoryMiB: guessed(760, 'EdgeCDK estimate: the largest of single readings, a Raspberry Pi 5 without addons'),
    cpuMillicores: guessed(300, 'EdgeCDK estimate: as K3s on a Raspberry Pi 4B'),
  },
  agent: {
    memoryMiB: guessed(400, 'EdgeCDK estimate: kubelet, proxy and Calico without the API server and its database'),
    cpuMillicores: guessed(150, 'EdgeCDK estimate'),
  },
} as const satisfies Readonly<Record<'server' | 'agent', Overhead>>;

const ADDONS = 'canonical/microk8s-core-addons, requests in the manifest of the addon';

/** What addons ask for beside, of those that say it. Which of several servers has them is not known: each is counted with them. */
const ADDON_REQUESTS: Readonly<Record<string, Overhead>> = {
  dns: { memoryMiB: published(70, ADDONS), cpuMillicores: published(100, ADDONS) },
  'metrics-server': { memoryMiB: published(200, ADDONS), cpuMillicores: published(100, ADDONS) },
};

/** What MicroK8s takes from a node, with the addons of its cluster by name. */
export function microk8sOverhead(role: 'server' | 'agent', addons: readonly string[]): Overhead {
  const own: Overhead = MICROK8S_OVERHEAD[role];
  const asked = role === 'agent' ? [] : addons.flatMap((name) => ADDON_REQUESTS[name] ?? []);
  if (asked.length === 0) return own;
  const sum = (of: keyof Overhead) => asked.reduce((total, request) => total + request[of].value, own[of].value);
  const source = (of: keyof Overhead) => `${own[of].source}; ${ADDONS}`;
  return {
    memoryMiB: guessed(sum('memoryMiB'), source('memoryMiB')),
    cpuMillicores: guessed(sum('cpuMillicores'), source('cpuMillicores')),
  };
}

/** Memory that MicroK8s asks for; workloads come on top. */
export const MICROK8S_MINIMUM_MIB = published(540, COMPARE);

/** What the kubelet keeps free for Kubernetes where nobody said how much: less than the figures above, which count page cache too. */
export const MICROK8S_KUBE_RESERVED = {
  server: guessed(600, 'EdgeCDK estimate: somewhat less than an idle server'),
  agent: guessed(300, 'EdgeCDK estimate: somewhat less than an idle worker'),
} as const;
