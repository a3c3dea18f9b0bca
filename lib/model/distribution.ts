import type { ArtifactLock, ReleaseNeed } from './artifact-lock';
import type { ContainerRuntime } from './container-runtime';
import type { DeliveryModel } from './delivery';
import type { DeviceClassModel } from './device-class-model';
import type { Minimum, Overhead } from './figure';
import type { FileContent } from './file-content';
import type { KubeObject } from './kube-object';
import type { LinkModel } from './link-model';
import type { NodeInput } from './node-input';
import type { NodeRecord, OperatingSystemModel } from './node-model';
import type { NodeSiteInput } from './node-site-input';
import type { NodeFile, NodeIdentityFiles, NodeTree, RenderedTree } from './node-tree';
import type { NodesModel } from './nodes-model';
import type { Platform } from './platform';
import type { ReplacedNode, ReplaceSteps } from './replaced-node';
import type { SecretRecord } from './secret-record';
import type { SharedChangeWords } from './shared-changes';
import type { SharedContent, SharedFiles } from './shared-cluster';
import type { DistributionName } from './site-context';
import type { TokenTable } from './token';

/** One control plane with its nodes. Counts may be number tokens until a site fills them. A distribution adds what is its own, and alone reads it. */
export interface ClusterModel {
  readonly distribution: Distribution;
  /** As the distribution writes it: `v1.33.5+k3s1`. */
  readonly version: string;
  /** The later release to which its nodes move. @default - it stays */
  readonly movesTo?: string;
  readonly nodes: readonly NodeCountModel[];
  /** What its machines are set up with. @default - they are not ours: workloads only */
  readonly machines?: NodesModel;
  /** Path of the cluster that its nodes join, where many sites are nodes of one. @default - a cluster of the site's own */
  readonly shared?: string;
}

/** A cluster that the nodes of many sites join, such as KubeEdge's. What else is in it, and in what belongs to it, its distribution alone reads. */
export interface SharedClusterModel {
  readonly path: string;
  /** Names its folder in the assembly; unique in the fleet. */
  readonly id: string;
  readonly distribution: Distribution;
  /** How what it holds gets into it. @default - as the fleet says */
  readonly delivery?: DeliveryModel;
  /** What a program says of it beside its sites, such as jobs. */
  readonly parts: readonly SharedClusterPart[];
}

export interface SharedClusterPart {
  readonly path: string;
  /** Path of the cluster. */
  readonly cluster: string;
}

export interface NodeCountModel {
  /** Path of the device class. */
  readonly deviceClass: string;
  readonly role: NodeRole;
  readonly count: number;
}

export type NodeRole = 'server' | 'agent';
export type KubernetesMinor = `${number}.${number}`;

/**
 * All that a distribution of Kubernetes is to the run. A cluster's description brings it along, so no step knows which there are. Sentences about what is wrong
 * follow the path of a blueprint: "has ...".
 */
export interface Distribution {
  readonly name: DistributionName;
  /** As people write it: `K3s`. */
  readonly title: string;
  /** Minor of Kubernetes that a cluster runs; undefined where its version is none, of which `problems` tells. */
  readonly kubernetes: (cluster: ClusterModel) => KubernetesMinor | undefined;
  /** What is wrong with a cluster whatever its sites. */
  readonly problems: (cluster: ClusterModel) => readonly string[];
  /** What it takes from a node before any workload runs. `servers`: how many the cluster has. */
  readonly overhead: (role: NodeRole, servers: number, platform: Platform, cluster: ClusterModel) => Overhead;
  /** What it asks of a node's hardware. */
  readonly minimum: (role: NodeRole, cluster: ClusterModel) => Minimum;
  /** What it is released for. @default - all that hardware may be */
  readonly platforms?: readonly Platform[];
  /** What a cluster holds whatever its workloads are. */
  readonly clusterFiles: (input: ClusterFilesInput) => readonly FileContent[];
  /** What is wrong with a file of a workload: a name that it does not take, an object that it makes itself. @default - none */
  readonly fileProblems?: (file: Pick<FileContent, 'name' | 'objects'>, cluster: ClusterModel) => readonly string[];
  /** What an object waits for in vain in this cluster. @default - none */
  readonly missing?: (object: KubeObject, cluster: ClusterModel) => readonly MissingComponent[];
  /** Whether an image, by its whole name, comes with the release to machines with any of these container runtimes. */
  readonly hasImage: (image: string, cluster: ClusterModel, runtimes: readonly ContainerRuntime[]) => boolean;
  /** Images that its machines run whatever their workloads, and that stand in no object of a site. @default - none */
  readonly machineImages?: (cluster: ClusterModel) => readonly string[];
  /** Whether its clusters remove the objects of a file that has lost them; else the file goes, and who applied it removes them. */
  readonly withdraws: boolean;
  /** How `kubectl` is called on a server of a site, for people who remove what nothing withdraws. @default 'kubectl' */
  readonly kubectl?: string;
  /** Where the manifests of a site are in the assembly, and how they come into its cluster: a sentence for people, with its full stop. */
  readonly manifests: string;
  /** What it means for machines that run that their cluster is described with another release; undefined where nothing has to be said. */
  readonly releaseChange: (was: string, now: string) => ReleaseChange | undefined;
  /** What people do, beside what is the same everywhere, when a machine takes the place of another. @default - empty it, and delete its node object */
  readonly replaceSteps?: (node: ReplacedNode, cluster: ClusterModel) => ReplaceSteps;
  readonly machines: Machines;
  /** Makes what many sites share. @default - each site has a cluster of its own */
  readonly renderShared?: (cluster: SharedClusterModel, content: SharedContent) => SharedFiles;
  /** What people are told when such a cluster is another than before. @default - nothing */
  readonly sharedChanges?: SharedChangeWords;
}

export interface ClusterFilesInput {
  readonly cluster: ClusterModel;
  /** Path of the blueprint. */
  readonly blueprint: string;
  readonly link: LinkModel;
  /** Node trees of its machines by name. */
  readonly trees: ReadonlyMap<string, RenderedTree>;
  readonly tokens: TokenTable;
  /** YAML of a tree of values with tokens, as text that stands in an object. */
  readonly printValues: (values: Readonly<Record<string, unknown>>) => string;
}

export interface MissingComponent {
  /** `needs an ingress controller` */
  readonly what: string;
  /** `its cluster disables traefik; leave that on, or ...` */
  readonly because: string;
}

export interface ReleaseChange {
  readonly message: string;
  readonly isRefused: boolean;
}

/** One sentence on machines that may go wrong. */
export interface MachineWarning {
  readonly message: string;
  /** Id by which a program acknowledges it, one of `catalog/distribution-rules.ts`. @default - it cannot */
  readonly rule?: string;
}

/** How the machines of a distribution are set up. `NodeInput` and `NodesModel` are a distribution's own, with more members, and only it reads these. */
export interface Machines {
  /** Whose addresses must stay where a site has several nodes. */
  readonly addresses: 'servers' | 'all' | 'none';
  /** What several servers keep their state in: its writes are more than a card bears. @default - they have none */
  readonly database?: string;
  /** Networks that it routes itself. */
  readonly networks: (machines: NodesModel) => NetworkTexts;
  /** What is wrong with texts of the description that a machine would read, whatever the site. @default - none */
  readonly textProblems?: (cluster: ClusterModel) => readonly string[];
  /** What is wrong with what a site says of it. @default - none */
  readonly siteProblems?: (cluster: ClusterModel, site: NodeSiteInput) => readonly string[];
  /** What its machines install, for the lock of artifacts. @default - nothing is locked for them */
  readonly releases?: (cluster: ClusterModel, link: LinkModel) => readonly ReleaseNeed[];
  /** All that a node tree is made of, as a plain record equal for all sites, or what is missing in one sentence. */
  readonly treeInput: (source: TreeSource) => NodeInput | { readonly missing: string };
  /** Why no tree can be made of an input, one sentence each, or none. */
  readonly refusals: (input: NodeInput, role: NodeRole) => readonly string[];
  /** What is not sure to go wrong. @default - none */
  readonly warnings?: (input: NodeInput, role: NodeRole) => readonly MachineWarning[];
  readonly tree: (input: NodeInput, role: NodeRole) => NodeTree;
  readonly identity: (machine: SiteMachine, site: NodeSiteInput, all: readonly SiteMachine[]) => NodeIdentityFiles;
  /** All that identities take from their tree's input. */
  readonly identityInput: (input: NodeInput) => unknown;
  /** Files with which a server makes Secrets of workloads from files on it. @default - none: it cannot */
  readonly workloadSecrets?: (secrets: WorkloadSecrets) => readonly NodeFile[];
}

/** Networks as the program writes them, the distribution's own where it says nothing. */
export interface NetworkTexts {
  readonly pods: NetworkText;
  /** @default - services are not routed by its machines */
  readonly services?: NetworkText;
  readonly dns: NetworkText;
}

/** `prop`: what it is called in the program. */
export interface NetworkText {
  readonly prop: string;
  readonly texts: readonly string[];
}

/** What a node tree is made from. */
export interface TreeSource {
  readonly cluster: ClusterModel;
  readonly deviceClass: DeviceClassModel;
  readonly operatingSystem: OperatingSystemModel;
  readonly role: NodeRole;
  readonly link: LinkModel;
  /** @default - nothing is locked yet */
  readonly lock?: ArtifactLock;
}

/** A machine of a site with what its tree is made of. */
export interface SiteMachine {
  readonly node: NodeRecord;
  readonly input: NodeInput;
}

export interface WorkloadSecrets {
  /** Of `SecretStore.nodeFiles`: a secret's keys are files in `<folder>/<secret>`. */
  readonly folder: string;
  /** Those of all workloads that any of the tree's sites may have. */
  readonly secrets: readonly SecretRecord[];
}
