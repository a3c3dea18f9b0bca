import { guessed, type Overhead, published } from '../model/figure';
import { kubernetesArch, type Platform } from '../model/platform';

/** Linux without a desktop, and what it needs to be reached: SSH, time, logs. */
export const OS_OVERHEAD = {
  memoryMiB: guessed(200, 'EdgeCDK estimate: single readings of Raspberry Pi OS Lite give 100 to 125 MiB when idle'),
  cpuMillicores: guessed(100, 'EdgeCDK estimate'),
} as const satisfies Overhead;

/**
 * Memory below which the kubelet evicts pods. K3s does not set this signal by itself, so it is written out.
 *
 * @see Kubernetes documentation, Node-pressure Eviction, Default hard eviction thresholds
 */
export const EVICTION_FLOOR_MIB = published(
  100,
  'Kubernetes documentation, Node-pressure Eviction, Default hard eviction thresholds',
);

export type K3sRole = 'server-sqlite' | 'server-etcd' | 'agent';

const PROFILING = 'K3s documentation, Resource Profiling, v1.26.5';

/*
 * The only figures that K3s publishes, the 95th percentile of steady operation. They warn and never make an error:
 * - an old release, on two machines (Xeon 8375C and Raspberry Pi 4B), with all packaged components on;
 * - the page says that workloads are not in the figures, and that it read memory with `kubectl top node`, which
 *   counts the whole machine: Prometheus, Grafana, a sample workload and the operating system may be in them;
 * - stripped of packaged components, K3s has been reported to idle at about a third of it;
 * - `M` is taken as MiB, the larger reading.
 *
 * A server runs workloads unless told otherwise, so its row is the one with a workload, not the smaller one of a
 * server that leaves them to an agent. More servers need no more memory each: the page saw no difference with three.
 */
const K3S = {
  'server-sqlite': {
    amd64: { memoryMiB: published(1596, PROFILING), cpuMillicores: published(60, PROFILING) },
    arm: { memoryMiB: published(1588, PROFILING), cpuMillicores: published(300, PROFILING) },
  },
  'server-etcd': {
    amd64: { memoryMiB: published(1606, PROFILING), cpuMillicores: published(60, PROFILING) },
    arm: { memoryMiB: published(1613, PROFILING), cpuMillicores: published(300, PROFILING) },
  },
  agent: {
    amd64: { memoryMiB: published(275, PROFILING), cpuMillicores: published(30, PROFILING) },
    // The page's summary says 10 % of a core, its detail table 5 %: the larger.
    arm: { memoryMiB: published(268, PROFILING), cpuMillicores: published(100, PROFILING) },
  },
} as const satisfies Readonly<Record<K3sRole, Readonly<Record<'amd64' | 'arm', Overhead>>>>;

/** What K3s with all packaged components takes from a node. Everything but amd64 has the figures of a Raspberry Pi. */
export function k3sOverhead(role: K3sRole, platform: Platform): Overhead {
  return K3S[role][kubernetesArch(platform) === 'amd64' ? 'amd64' : 'arm'];
}

/**
 * What the kubelet keeps free for Kubernetes where nobody said how much. Less than the published figures above: these count the whole machine, and a node
 * that kept so much free would refuse pods that it can bear.
 */
export const K3S_KUBE_RESERVED = {
  server: guessed(600, 'EdgeCDK estimate: about a third of the published figure, as K3s is reported to idle'),
  agent: guessed(200, 'EdgeCDK estimate: somewhat less than the published figure'),
} as const;

const REQUIREMENTS = 'K3s documentation, Requirements, Hardware';

/** Installed memory and cores that K3s asks for; workloads come on top. */
export const K3S_MINIMUM = {
  server: { cores: published(2, REQUIREMENTS), memoryMiB: published(2048, REQUIREMENTS) },
  agent: { cores: published(1, REQUIREMENTS), memoryMiB: published(512, REQUIREMENTS) },
} as const;
