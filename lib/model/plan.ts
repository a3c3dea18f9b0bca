import type { DeliveryModel } from './delivery';
import type { ClusterModel, Distribution, KubernetesMinor, NodeCountModel } from './distribution';
import type { BlueprintModel, FleetModel, OverrideModel } from './fleet-model';
import type { LinkModel } from './link-model';
import type { NodeInput } from './node-input';
import type { NodeRecord } from './node-model';
import type { Problem } from './problem';
import type { TokenTable } from './token';
import type { WavePlan } from './wave';
import type { WorkloadContent, WorkloadModel } from './workload-model';

/** What runs where: every choice made, nothing rendered. The result of `resolve`. */
export interface Plan {
  readonly model: FleetModel;
  /** Sorted by name. Closed sites are not among them. */
  readonly sites: readonly SitePlan[];
  /** The nodes of each site by its name: servers first, by rank. */
  readonly nodes: ReadonlyMap<string, readonly NodeRecord[]>;
  /** What the machines of the fleet are made with, by name. Machines whose class has no operating system have none. */
  readonly trees: ReadonlyMap<string, NodeTreePlan>;
  readonly cohorts: readonly Cohort[];
  /** Sorted by id. */
  readonly units: readonly RenderUnit[];
  /** In the order of the program; empty where it has none. */
  readonly waves: readonly WavePlan[];
  readonly tokens: TokenTable;
  /** Names of sites that the inventory calls closed: they may leave the assembly. */
  readonly closed: ReadonlySet<string>;
  readonly problems: readonly Problem[];
}

/**
 * `planned`: described before it opens; rendered like any other. `active`: the default. `paused`: keeps the files it has until it is active again.
 * `closing`: its own workloads are withdrawn; what it shares with other sites stays until its nodes are deleted. `closed`: it leaves the assembly.
 */
export type SiteState = 'planned' | 'active' | 'paused' | 'closing' | 'closed';

export interface SitePlan {
  readonly name: string;
  /** Path of the group or site construct that it comes from. */
  readonly path: string;
  /** `stores.csv:413`. @default - hand-written */
  readonly source?: string;
  /** Path of its blueprint. */
  readonly blueprint: string;
  readonly state: SiteState;
  /** Names of the nodes that its leaf devices hang on, by id of the device. @default - it has none */
  readonly leafNodes?: Readonly<Record<string, string>>;
  /** As the schema returned them. */
  readonly values: Readonly<Record<string, unknown>>;
  /** What it can put into holes, by hole; one and the same map for all sites of equal shape. */
  readonly holes: HoleKinds;
  readonly latitude?: number;
  readonly longitude?: number;
  readonly timeZone: string;
  /** How many clusters the site had before: no machine of theirs is one of this. */
  readonly clusterGeneration: number;
  readonly link: LinkModel;
  /** How many nodes it has by device class and role. */
  readonly nodes: readonly NodeCountModel[];
  /** Hardware profile. */
  readonly profile: string;
  /** @default - the fleet has no waves */
  readonly wave?: string;
  /** Id of its cohort. */
  readonly cohort: string;
  /** Digest of all that holes can take from this site. */
  readonly digest: string;
}

export type HoleKinds = ReadonlyMap<string, 'text' | 'number'>;

/** What stands on the disks of all nodes of one role and device class, at the sites of one blueprint. */
export interface NodeTreePlan {
  /** `store.server.box`, with `.offline` behind it for sites without a link where their blueprint has one. */
  readonly name: string;
  /** Path of the blueprint. */
  readonly blueprint: string;
  readonly role: 'server' | 'agent';
  /** Path of the device class. */
  readonly deviceClass: string;
  readonly distribution: Distribution;
  /** Its distribution's own, of which all others know these members alone. */
  readonly input: NodeInput;
}

/** The sites that have equal content but for site values. */
export interface Cohort {
  /** `store-1f9c0a7e` */
  readonly id: string;
  readonly blueprint: BlueprintModel;
  readonly cluster: ClusterModel;
  readonly delivery: DeliveryModel;
  /** `1.33` */
  readonly kubernetes: KubernetesMinor;
  /** Paths of the device classes of which its sites have nodes, sorted. */
  readonly deviceClasses: readonly string[];
  /** Names of the node trees of its sites, sorted. */
  readonly trees: readonly string[];
  /** Ids of the render units, sorted by workload. */
  readonly units: readonly string[];
  readonly sites: readonly SitePlan[];
}

/** One render key and the content it stands for: rendered once, however many sites use it. */
export interface RenderUnit {
  /** Readable and stable, with an engine and the path of a shared cluster before the device classes: `pos default k3s-1.33 box+till`. */
  readonly id: string;
  readonly workload: WorkloadModel;
  /** `default`, a variant's name, with overrides `gpu+hot-image`. */
  readonly variant: string;
  /** Content with the variant and the overrides laid over it. */
  readonly content: WorkloadContent;
  /** Overrides in it, in the program's order. */
  readonly overrides: readonly OverrideModel[];
  readonly distribution: Distribution;
  readonly delivery: DeliveryModel;
  /** Path of the cluster that its sites share. @default - each has its own */
  readonly shared?: string;
  readonly kubernetes: KubernetesMinor;
  readonly deviceClasses: readonly string[];
  /** All sites that use it: their values are what holes are checked against. */
  readonly sites: readonly SitePlan[];
}
