import { guessed, published } from '../model/figure';

const SCALE_TEST = 'KubeEdge blog, Test Report on KubeEdge Support for 100,000 Edge Nodes, 2022';

/** What edgecore takes from a node; the container runtime comes on top. No figure of a release after 2022 is published. */
export const EDGECORE_OVERHEAD = {
  memoryMiB: published(70, SCALE_TEST),
  cpuMillicores: guessed(50, 'EdgeCDK estimate: KubeEdge publishes no figure'),
} as const;

/** What runs beside it where it is asked for. @see requests of the charts of KubeEdge 1.23 and EdgeMesh 1.17 */
export const KUBEEDGE_EXTRAS = {
  containerd: { memoryMiB: guessed(60, 'EdgeCDK estimate'), cpuMillicores: guessed(20, 'EdgeCDK estimate') },
  mosquitto: {
    memoryMiB: published(50, 'kubeedge/kubeedge, manifests/charts/cloudcore/values.yaml'),
    cpuMillicores: published(100, 'kubeedge/kubeedge, manifests/charts/cloudcore/values.yaml'),
  },
  edgeMeshAgent: {
    memoryMiB: published(128, 'kubeedge/edgemesh, build/helm/edgemesh/values.yaml'),
    cpuMillicores: guessed(100, 'EdgeCDK estimate'),
  },
} as const;

/** What keadm asks of a machine. @see kubeedge/kubeedge, keadm/cmd/keadm/app/cmd/common/constant.go */
export const EDGECORE_MINIMUM = {
  cores: published(1, 'keadm debug check'),
  memoryMiB: published(256, 'keadm debug check'),
} as const;

/** Memory that a device class should have with EdgeMesh or mappers. */
export const EDGECORE_MINIMUM_WITH_EXTRAS = guessed(512, 'EdgeCDK estimate');

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
