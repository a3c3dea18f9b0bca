import { CNI_PLUGINS_VERSION } from '../../catalog/cni-plugins';
import { EDGECORE_MINIMUM, EDGECORE_OVERHEAD } from '../../catalog/kubeedge-overheads';
import type { ClusterModel, Distribution, KubernetesMinor, Machines } from '../../model/distribution';
import type { KubeEdgeClusterModel, KubeEdgeJoinModel, KubeEdgeNodesModel } from '../../model/kubeedge-cluster-model';
import type { KubeEdgeNodeInput } from '../../model/kubeedge-node-input';
import type { NodeInput } from '../../model/node-input';
import { kubeEdgeIdentity } from './node/identity';
import { kubeEdgeNodeRefusals } from './node/refusals';
import { kubeEdgeTree } from './node/tree';
import { kubeEdgeReplaceSteps } from './replace-steps';
import { renderSharedCluster } from './shared';
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
  textProblems: () => [],
  siteProblems: () => [],
  releases: ({ version }) => [
    { member: 'kubeedge', version },
    { member: 'cniPlugins', version: CNI_PLUGINS_VERSION },
  ],
  treeInput: kubeEdgeTreeInput,
  refusals: (input) => kubeEdgeNodeRefusals(ownInput(input)),
  warnings: () => [],
  tree: (input) => kubeEdgeTree(ownInput(input)),
  identity: ({ node, input }, site) => kubeEdgeIdentity(node, site, input),
  identityInput: ({ operatingSystem }) => ({ operatingSystem: { timeSync: operatingSystem.timeSync } }),
};

/** Whatever it is, renderShared tells what is wrong with it. */
function minorOf({ kubernetes }: Pick<KubeEdgeClusterModel, 'kubernetes'>): KubernetesMinor | undefined {
  return /^\d+\.\d+$/.test(kubernetes) ? (kubernetes as KubernetesMinor) : undefined;
}

/** KubeEdge: nodes at sites that join a cluster in the cloud. */
export const KUBEEDGE: Distribution = {
  name: 'kubeedge',
  title: 'KubeEdge',
  kubernetes: (cluster) => minorOf(own(cluster).machines.cloud),
  // What is wrong with the cluster in the cloud is told once, and not for each blueprint.
  problems: () => [],
  overhead: () => EDGECORE_OVERHEAD,
  minimum: () => EDGECORE_MINIMUM,
  clusterFiles: () => [],
  fileProblems: () => [],
  missing: () => [],
  hasImage: () => false,
  withdraws: false,
  manifests: 'stand in clusters/<cluster>, and are applied to the cluster in the cloud',
  releaseChange: () => undefined,
  replaceSteps: (node, cluster) => kubeEdgeReplaceSteps(node, own(cluster)),
  machines,
  renderShared: (cluster, content) => renderSharedCluster(cluster as KubeEdgeClusterModel, content),
};
