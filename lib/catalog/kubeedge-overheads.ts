import { guessed, type Minimum, type Overhead, published } from '../model/figure';

const SCALE_TEST = 'KubeEdge blog, Test Report on KubeEdge Support for 100,000 Edge Nodes, 2022';

/** Of edgecore alone. No figure of a release after 2022 is published. */
const EDGECORE = {
  memoryMiB: published(70, SCALE_TEST),
  cpuMillicores: guessed(50, 'EdgeCDK estimate: KubeEdge publishes no figure'),
} as const satisfies Overhead;

/** The container runtime is the machine's own; another than containerd is taken to need as much. */
const RUNTIME = {
  memoryMiB: guessed(60, 'EdgeCDK estimate, of containerd'),
  cpuMillicores: guessed(20, 'EdgeCDK estimate, of containerd'),
} as const satisfies Overhead;

/** What the cloud puts beside it where it is asked for. @see requests of the charts of KubeEdge 1.23 and EdgeMesh 1.17 */
const EXTRAS = {
  mosquitto: {
    memoryMiB: published(50, 'kubeedge/kubeedge, manifests/charts/cloudcore/values.yaml'),
    cpuMillicores: published(100, 'kubeedge/kubeedge, manifests/charts/cloudcore/values.yaml'),
  },
  edgeMeshAgent: {
    memoryMiB: published(128, 'kubeedge/edgemesh, build/helm/edgemesh/values.yaml'),
    cpuMillicores: guessed(100, 'EdgeCDK estimate'),
  },
} as const satisfies Readonly<Record<string, Overhead>>;

export type KubeEdgeExtra = keyof typeof EXTRAS;

/** What edgecore, a container runtime and what runs beside them take from a node. */
export function kubeEdgeOverhead(extras: readonly KubeEdgeExtra[]): Overhead {
  const parts: readonly Overhead[] = [EDGECORE, RUNTIME, ...extras.map((name) => EXTRAS[name])];
  const sum = (of: keyof Overhead) =>
    guessed(
      parts.reduce((total, part) => total + part[of].value, 0),
      [...new Set(parts.map((part) => part[of].source))].join('; '),
    );
  return { memoryMiB: sum('memoryMiB'), cpuMillicores: sum('cpuMillicores') };
}

/** What keadm asks of a machine; EdgeMesh alone has half of its memory. @see kubeedge/kubeedge, keadm/cmd/keadm/app/cmd/common/constant.go */
export function kubeEdgeMinimum(extras: readonly KubeEdgeExtra[]): Minimum {
  return {
    cores: published(1, 'keadm debug check'),
    memoryMiB: extras.includes('edgeMeshAgent')
      ? guessed(512, 'EdgeCDK estimate, with EdgeMesh')
      : published(256, 'keadm debug check'),
  };
}

/** What the kubelet keeps free for edgecore and the runtime. */
export const EDGECORE_KUBE_RESERVED = guessed(150, 'EdgeCDK estimate: edgecore as published, and containerd');

/**
 * The largest that was ever shown: without containers, devices, lost packets or storms of reconnects. Above it, nobody knows.
 */
export const KUBEEDGE_SCALE = {
  nodes: published(100_000, SCALE_TEST),
  pods: published(1_000_000, SCALE_TEST),
  podsPerNamespace: published(2_500, SCALE_TEST),
  nodesPerCloudcore: published(30_000, SCALE_TEST),
  /** Of cloudcore with the chart's own limits, 200m and 1 GiB: the chart's own number of nodes. */
  nodesWithChartLimits: guessed(
    1_000,
    'kubeedge/kubeedge, manifests/charts/cloudcore/values.yaml; issues 4133 and 4326',
  ),
  /** etcd holds some million objects at 8 GB at most. */
  objects: guessed(1_000_000, 'etcd documentation, System limits: 8 GiB of storage is the suggested most'),
} as const;
