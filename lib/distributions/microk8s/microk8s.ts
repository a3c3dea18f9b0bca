import { MICROK8S_ARCHITECTURES, MICROK8S_NETWORK_DEFAULTS, parseMicroK8sChannel } from '../../catalog/microk8s';
import { MICROK8S_MINIMUM_MIB, microk8sOverhead } from '../../catalog/microk8s-overheads';
import type { ClusterModel, Distribution, Machines } from '../../model/distribution';
import { guessed } from '../../model/figure';
import { anyManifestsFolder } from '../../model/folders';
import type { MicroK8sClusterModel, MicroK8sNodesModel } from '../../model/microk8s-cluster-model';
import type { MicroK8sNodeInput } from '../../model/microk8s-node-input';
import type { NodeInput } from '../../model/node-input';
import type { NodesModel } from '../../model/nodes-model';
import { microk8sClusterProblems, microk8sReleaseChange } from './cluster-problems';
import { microk8sMachineFiles } from './machine-files';
import { microk8sMissing } from './missing-components';
import { microk8sIdentity } from './node/identity';
import { microk8sNodeRefusals, microk8sNodeWarnings } from './node/refusals';
import { microk8sTree } from './node/tree';
import { microk8sWorkloadSecrets } from './node/workload-secrets';
import { microk8sFileProblems } from './own-objects';
import { microk8sReplaceSteps } from './replace-steps';
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
  releases: (cluster, link) => {
    const mode = own(cluster).machines?.install.mode;
    return [
      {
        member: 'microk8s',
        version: cluster.version,
        ...(mode === 'online' && link.kind !== 'offline' && { fromStore: true }),
      },
    ];
  },
  treeInput: (source) => microk8sTreeInput(source, own(source.cluster)),
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
    const ownMirrors = cluster.registries.some(({ perSite }) => perSite);
    return {
      cluster: {
        servers: cluster.servers,
        network: cluster.network,
        ...(ownMirrors && { onlyMirrors: cluster.onlyMirrors }),
      },
      deviceClass: { id: deviceClass.id, nodeLabels: deviceClass.nodeLabels },
      operatingSystem: { timeSync: operatingSystem.timeSync },
    };
  },
  workloadSecrets: microk8sWorkloadSecrets,
};

/** MicroK8s, a cluster of each site's own. */
export const MICROK8S: Distribution = {
  name: 'microk8s',
  title: 'MicroK8s',
  kubernetes: ({ version }) => parseMicroK8sChannel(version)?.minor,
  problems: microk8sClusterProblems,
  overhead: (role, _servers, _platform, cluster) =>
    microk8sOverhead(
      role,
      own(cluster).addons.map(({ name }) => name),
    ),
  platforms: MICROK8S_ARCHITECTURES.map((name) => `linux/${name}` as const),
  minimum: () => ({ cores: guessed(1, 'EdgeCDK estimate: MicroK8s asks for none'), memoryMiB: MICROK8S_MINIMUM_MIB }),
  clusterFiles: microk8sMachineFiles,
  fileProblems: (file, cluster) => microk8sFileProblems(file, own(cluster)),
  missing: (object, cluster) => microk8sMissing(object, own(cluster)),
  // The snap brings none, and what is in the archive that was made for a site nobody tells.
  hasImage: () => false,
  withdraws: false,
  kubectl: 'sudo microk8s kubectl',
  manifests: `MicroK8s: the manifests of a site are in ${anyManifestsFolder()}, and are applied by \`microk8s kubectl apply\`, or by a delivery engine.`,
  releaseChange: microk8sReleaseChange,
  replaceSteps: microk8sReplaceSteps,
  machines,
};
