import { CNI_PLUGINS_VERSION } from '../../catalog/cni-plugins';
import { KUBEEDGE_CARRIER_IMAGE, KUBEEDGE_PAUSE_IMAGE } from '../../catalog/kubeedge-images';
import { type KubeEdgeExtra, kubeEdgeMinimum, kubeEdgeOverhead } from '../../catalog/kubeedge-overheads';
import type { ClusterModel, Distribution, KubernetesMinor, Machines } from '../../model/distribution';
import { anyManifestsFolder, clusterFolder } from '../../model/folders';
import type { KubeEdgeClusterModel, KubeEdgeJoinModel, KubeEdgeNodesModel } from '../../model/kubeedge-cluster-model';
import type { KubeEdgeNodeInput } from '../../model/kubeedge-node-input';
import type { NodeInput } from '../../model/node-input';
import { featuresOf } from './cloud/features-of';
import { kubeEdgeIdentity } from './node/identity';
import { kubeEdgeNodeRefusals } from './node/refusals';
import { kubeEdgeTree } from './node/tree';
import { kubeEdgeReplaceSteps } from './replace-steps';
import { renderSharedCluster } from './shared';
import { KUBEEDGE_CHANGES } from './shared-changes';
import { kubeEdgeTreeInput } from './tree-input';

// The run gives back what this distribution made.
const own = (cluster: ClusterModel) => cluster as KubeEdgeJoinModel;
const ownInput = (input: NodeInput) => input as KubeEdgeNodeInput;

const machines: Machines = {
  // They dial, and are never dialled.
  addresses: 'none',
  networks: (nodes) => {
    const { podCidr, clusterDns } = (nodes as KubeEdgeNodesModel).cloud.network;
    return { pods: { prop: 'podCidr', texts: [podCidr] }, dns: { prop: 'clusterDns', texts: clusterDns ?? [] } };
  },
  releases: ({ version }) => [
    { member: 'kubeedge', version },
    { member: 'cniPlugins', version: CNI_PLUGINS_VERSION },
  ],
  treeInput: (source) => kubeEdgeTreeInput(source, own(source.cluster)),
  refusals: (input) => kubeEdgeNodeRefusals(ownInput(input)),
  tree: (input) => kubeEdgeTree(ownInput(input)),
  identity: ({ node, input }, site) => kubeEdgeIdentity(node, site, ownInput(input)),
  identityInput: (input) => {
    const { cluster, operatingSystem, runtime } = ownInput(input);
    const ownMirrors = cluster.registries.some(({ perSite }) => perSite);
    return {
      operatingSystem: { timeSync: operatingSystem.timeSync },
      ...(ownMirrors && { mirrors: { runtime, onlyMirrors: cluster.onlyMirrors } }),
    };
  },
};

/** Whatever it is, renderShared tells what is wrong with it. */
function minorOf({ kubernetes }: Pick<KubeEdgeClusterModel, 'kubernetes'>): KubernetesMinor | undefined {
  return /^\d+\.\d+$/.test(kubernetes) ? (kubernetes as KubernetesMinor) : undefined;
}

/** A broker that the machine has itself is in what its device class reserves. */
function extrasOf({ machines: { cloud } }: KubeEdgeJoinModel): KubeEdgeExtra[] {
  return [
    ...(cloud.broker.kind === 'mosquitto' ? (['mosquitto'] as const) : []),
    ...(featuresOf(cloud).includes('edgeMesh') ? (['edgeMeshAgent'] as const) : []),
  ];
}

/** KubeEdge: nodes at sites that join a cluster in the cloud. */
export const KUBEEDGE: Distribution = {
  name: 'kubeedge',
  title: 'KubeEdge',
  kubernetes: (cluster) => minorOf(own(cluster).machines.cloud),
  // What is wrong with the cluster in the cloud is told once, and not for each blueprint.
  problems: () => [],
  overhead: (_role, _servers, _platform, cluster) => kubeEdgeOverhead(extrasOf(own(cluster))),
  minimum: (_role, cluster) => kubeEdgeMinimum(extrasOf(own(cluster))),
  clusterFiles: () => [],
  hasImage: () => false,
  // What carries changed trees stands in the shared cluster.
  machineImages: () => [KUBEEDGE_CARRIER_IMAGE.value, KUBEEDGE_PAUSE_IMAGE.value],
  withdraws: false,
  manifests: `KubeEdge: what sites share is in ${clusterFolder('<cluster>')}, what a site adds in ${anyManifestsFolder('<cluster>')}; both are applied to the cluster in the cloud.`,
  releaseChange: () => undefined,
  replaceSteps: (node, cluster) => kubeEdgeReplaceSteps(node, own(cluster)),
  machines,
  renderShared: (cluster, content) => renderSharedCluster(cluster as KubeEdgeClusterModel, content),
  sharedChanges: KUBEEDGE_CHANGES,
};
