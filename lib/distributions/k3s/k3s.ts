import { K3S_NETWORK_DEFAULTS } from '../../catalog/k3s-config';
import { isInK3sArchive } from '../../catalog/k3s-images';
import { K3S_MINIMUM, k3sOverhead } from '../../catalog/overheads';
import type { ClusterModel, Distribution, Machines } from '../../model/distribution';
import { anyManifestsFolder } from '../../model/folders';
import type { K3sClusterModel, K3sNodesModel } from '../../model/k3s-cluster-model';
import type { K3sNodeInput } from '../../model/k3s-node-input';
import type { NodeInput } from '../../model/node-input';
import type { NodesModel } from '../../model/nodes-model';
import { k3sClusterProblems, k3sMinor } from './cluster-problems';
import { k3sMachineFiles } from './machine-files';
import { k3sMissing } from './missing-components';
import { k3sIdentity, k3sIdentityInput } from './node/identity';
import { k3sNodeRefusals, k3sNodeWarnings } from './node/refusals';
import { hasOwnContainerd } from './node/runtime';
import { k3sAgentTree, k3sServerTree } from './node/tree';
import { k3sWorkloadSecrets } from './node/workload-secrets';
import { k3sFileProblems } from './own-objects';
import { packagedValueFiles } from './packaged-values';
import { k3sReleaseChange } from './release-change';
import { k3sReplaceSteps } from './replace-steps';
import { k3sSiteProblems, k3sTextProblems } from './text-problems';
import { k3sTreeInput } from './tree-input';

// The run gives back what this distribution made.
const own = (cluster: ClusterModel) => cluster as K3sClusterModel;
const ownNodes = (machines: NodesModel) => machines as K3sNodesModel;
const ownInput = (input: NodeInput) => input as K3sNodeInput;

const machines: Machines = {
  addresses: 'servers',
  database: 'etcd',
  networks: (nodes) => {
    const { clusterCidr, serviceCidr, clusterDns } = ownNodes(nodes).network;
    return {
      pods: { prop: 'clusterCidr', texts: clusterCidr ?? [K3S_NETWORK_DEFAULTS.clusterCidr] },
      services: { prop: 'serviceCidr', texts: serviceCidr ?? [K3S_NETWORK_DEFAULTS.serviceCidr] },
      dns: { prop: 'clusterDns', texts: clusterDns ?? [] },
    };
  },
  textProblems: (cluster) => k3sTextProblems(own(cluster)),
  siteProblems: (cluster, site) => k3sSiteProblems(own(cluster), site),
  releases: ({ version }) => [{ member: 'k3s', version }],
  treeInput: (source) => k3sTreeInput(source, own(source.cluster)),
  refusals: (input, role) => k3sNodeRefusals(ownInput(input), role),
  warnings: (input, role) => k3sNodeWarnings(ownInput(input), role),
  tree: (input, role) => (role === 'server' ? k3sServerTree(ownInput(input)) : k3sAgentTree(ownInput(input))),
  identity: ({ node, input }, site, all) => {
    const servers = all.map((machine) => machine.node).filter(({ role }) => role === 'server');
    return k3sIdentity(node, servers, site, k3sIdentityInput(ownInput(input)));
  },
  identityInput: (input) => k3sIdentityInput(ownInput(input)),
  workloadSecrets: k3sWorkloadSecrets,
};

/** K3s, a cluster of each site's own. */
export const K3S: Distribution = {
  name: 'k3s',
  title: 'K3s',
  kubernetes: k3sMinor,
  problems: (cluster) => k3sClusterProblems(own(cluster)),
  overhead: (role, servers, platform) =>
    k3sOverhead(role === 'agent' ? 'agent' : servers > 1 ? 'server-etcd' : 'server-sqlite', platform),
  minimum: (role) => K3S_MINIMUM[role],
  clusterFiles: (input) => [
    ...packagedValueFiles(own(input.cluster), input.printValues),
    ...k3sMachineFiles(input, own(input.cluster)),
  ],
  fileProblems: (file, cluster) => k3sFileProblems(file, own(cluster)),
  missing: (object, cluster) => k3sMissing(object, own(cluster)),
  // It gives them to its own containerd alone.
  hasImage: (image, { version }, runtimes) =>
    runtimes.every((runtime) => hasOwnContainerd({ runtime })) && isInK3sArchive(image, version),
  withdraws: true,
  manifests: `K3s: the manifests of a site are in ${anyManifestsFolder()}, and go to /var/lib/rancher/k3s/server/manifests.`,
  releaseChange: k3sReleaseChange,
  replaceSteps: (node, cluster) => k3sReplaceSteps(node, own(cluster)),
  machines,
};
