import { MICROK8S_NETWORK_DEFAULTS, parseMicroK8sChannel } from '../../catalog/microk8s';
import { MICROK8S_MINIMUM_MIB, MICROK8S_OVERHEAD } from '../../catalog/microk8s-overheads';
import type { ClusterModel, Distribution, Machines } from '../../model/distribution';
import { guessed } from '../../model/figure';
import type { MicroK8sClusterModel, MicroK8sNodesModel } from '../../model/microk8s-cluster-model';
import type { MicroK8sNodeInput } from '../../model/microk8s-node-input';
import type { NodeInput } from '../../model/node-input';
import type { NodesModel } from '../../model/nodes-model';
import { microk8sClusterProblems, microk8sReleaseChange } from './cluster-problems';
import { microk8sIdentity } from './node/identity';
import { microk8sNodeRefusals, microk8sNodeWarnings } from './node/refusals';
import { microk8sTree } from './node/tree';
import { microk8sTreeInput } from './tree-input';

// The run gives back what this distribution made.
const own = (cluster: ClusterModel) => cluster as MicroK8sClusterModel;
const ownNodes = (nodes: NodesModel) => nodes as MicroK8sNodesModel;
const ownInput = (input: NodeInput) => input as MicroK8sNodeInput;

const machines: Machines = {
  addresses: 'all',
  database: 'dqlite',
  networks: (nodes) => {
    const { clusterCidr, serviceCidr, clusterDns } = { ...MICROK8S_NETWORK_DEFAULTS, ...ownNodes(nodes).network };
    return {
      pods: { prop: 'clusterCidr', texts: [clusterCidr] },
      services: { prop: 'serviceCidr', texts: [serviceCidr] },
      dns: { prop: 'clusterDns', texts: [clusterDns] },
    };
  },
  textProblems: () => [],
  siteProblems: () => [],
  releases: (cluster, link) => {
    const { mode } = own(cluster).machines.install;
    return [
      {
        member: 'microk8s',
        version: cluster.version,
        ...(mode === 'online' && link.kind !== 'offline' && { fromStore: true }),
      },
    ];
  },
  treeInput: microk8sTreeInput,
  refusals: (input) => microk8sNodeRefusals(ownInput(input)),
  warnings: (input, role) => microk8sNodeWarnings(ownInput(input), role),
  tree: (input, role) => microk8sTree(ownInput(input), role),
  identity: ({ node, input }, site, all) => {
    const labels = all.map((machine) => ({
      node: machine.node.name,
      labels: {
        ...machine.input.deviceClass.nodeLabels,
        'edgecdk.dev/device-class': machine.input.deviceClass.id,
      },
    }));
    return microk8sIdentity(
      node,
      all.map((machine) => machine.node),
      labels,
      site,
      ownInput(input),
    );
  },
  identityInput: (input) => {
    const { cluster, deviceClass, operatingSystem } = ownInput(input);
    return {
      cluster: { servers: cluster.servers, network: cluster.network },
      deviceClass: { id: deviceClass.id, nodeLabels: deviceClass.nodeLabels },
      operatingSystem: { timeSync: operatingSystem.timeSync },
    };
  },
};

/** MicroK8s, a cluster of each site's own. */
export const MICROK8S: Distribution = {
  name: 'microk8s',
  title: 'MicroK8s',
  kubernetes: ({ version }) => parseMicroK8sChannel(version)?.minor,
  problems: microk8sClusterProblems,
  overhead: (role) => MICROK8S_OVERHEAD[role],
  minimum: () => ({ cores: guessed(1, 'EdgeCDK estimate: MicroK8s asks for none'), memoryMiB: MICROK8S_MINIMUM_MIB }),
  clusterFiles: () => [],
  fileProblems: () => [],
  missing: () => [],
  hasImage: () => false,
  withdraws: false,
  releaseChange: microk8sReleaseChange,
  machines,
};
