import type { DeliveryModel } from './delivery';
import type { DeviceClassModel } from './device-class-model';
import type { ClusterModel, SharedClusterModel } from './distribution';
import type { KubeObject, Transform } from './kube-object';
import type { LinkModel } from './link-model';
import type { FleetMirrors } from './nodes-model';
import type { PlacementModel } from './placement-model';
import type { Problem } from './problem';
import type { ClusterFacts, ModelSite, SiteSchema } from './site-context';
import type { WaveModel } from './wave';
import type { WorkloadContent, WorkloadModel } from './workload-model';

/**
 * What a program describes, as plain records by construct path: the result of `collect` and the input of `resolve`.
 * Plain but for content functions (`PerSiteModel`, `transform`, `rules`, `cluster`) and the rows of an inventory.
 */
export interface FleetModel {
  /** Id of the fleet: names the assembly. */
  readonly id: string;
  /** Folder that relative paths start from. @default - relative paths are an error */
  readonly root?: string;
  readonly secrets?: SecretStoreModel;
  /** Where images come from instead, where their cluster says nothing. @default - from the registries themselves */
  readonly mirrors?: FleetMirrors;
  /** How sites get what they run, where their blueprint says nothing. */
  readonly delivery: DeliveryModel;
  /** Whether the objects of each site are also written in full where it pulls shared content. */
  readonly writesExpanded: boolean;
  /** Steps of a rollout, in the order of the program. Empty: changes reach all sites at once. */
  readonly waves: readonly WaveModel[];
  readonly deviceClasses: readonly DeviceClassModel[];
  readonly blueprints: readonly BlueprintModel[];
  /** Clusters that sites share, whether any site is in them or not. */
  readonly sharedClusters: readonly SharedClusterModel[];
  /** Hand-written sites and groups, in the order of the program. */
  readonly sources: readonly SiteSourceModel[];
  readonly workloads: readonly WorkloadModel[];
  readonly overrides: readonly OverrideModel[];
  readonly transform?: Transform;
  readonly rules: readonly Rule[];
  readonly acknowledgements: readonly AcknowledgementModel[];
  /** What is known to be wrong before anything is resolved. */
  readonly problems: readonly Problem[];
}

export interface BlueprintModel {
  readonly path: string;
  readonly id: string;
  readonly schema?: SiteSchema;
  readonly cluster: (site: ModelSite) => ClusterModel;
  /** Values that are also labels. */
  readonly labels: readonly string[];
  readonly nodeAddress?: (context: NodeContextModel) => string;
  readonly link: LinkModel;
  /** How its sites get what they run. @default - as the fleet says */
  readonly delivery?: DeliveryModel;
  /** Name of the hardware profile of all its sites. @default - the sorted set of their hardware */
  readonly profile?: string;
}

export interface NodeContextModel {
  readonly site: ModelSite;
  readonly node: { readonly name: string; readonly deviceClass: string; readonly ordinal: number };
}

/** Where sites come from: rows, read at resolve. */
export interface SiteSourceModel {
  readonly path: string;
  readonly blueprint: string;
  readonly inventory: InventoryModel;
  /** What is known of single nodes of its sites. @default - nothing: all nodes come from the blueprint's counts */
  readonly nodes?: RowInventoryModel;
}

export type InventoryModel = RowInventoryModel | { readonly kind: 'site'; readonly site: HandWrittenSite };

/** A list of rows, in a file or from the program. `columns`: our names and the inventory's, where these differ. */
export type RowInventoryModel =
  | {
      readonly kind: 'csv' | 'yaml' | 'json';
      readonly file: string;
      readonly columns: Readonly<Record<string, string>>;
    }
  | {
      readonly kind: 'rows';
      readonly rows: Iterable<Readonly<Record<string, unknown>>>;
      readonly columns: Readonly<Record<string, string>>;
    };

/** A `Site` of the program: its facts and values apart, since no column name has to tell them. */
export interface HandWrittenSite {
  readonly name: string;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly link?: LinkModel;
  readonly values: unknown;
}

export type SecretStoreModel =
  | {
      readonly kind: 'external-secrets';
      /** Name of the ClusterSecretStore. */
      readonly location: string;
      /** Key of a secret in the store. @default - its name */
      readonly key?: (secret: RemoteSecretModel) => string;
    }
  | {
      readonly kind: 'node-files';
      /** Folder on the node. */
      readonly location: string;
    }
  | {
      readonly kind: 'sops';
      /** Folder of the encrypted Secrets, from the root of the program. */
      readonly location: string;
      /** Public keys of all that may decrypt. */
      readonly age: readonly string[];
    };

/** One secret of one workload at one site. */
export interface RemoteSecretModel {
  readonly site: Pick<ModelSite, 'name'>;
  /** Id of the workload. */
  readonly workload: string;
  readonly secret: string;
}

/** A dated exception to a workload's content at some sites. */
export interface OverrideModel {
  readonly path: string;
  readonly id: string;
  readonly placement: PlacementModel;
  /** Path of the workload. */
  readonly workload: string;
  readonly content: Partial<WorkloadContent>;
  /** Site values that this workload sees instead of the sites' own. */
  readonly values: Readonly<Record<string, unknown>>;
  readonly owner: string;
  readonly reason: string;
  /** `2026-12-31`, the last day on which it holds. */
  readonly until: string;
}

export interface AcknowledgementModel {
  /** Covers the construct and what is under it. */
  readonly path: string;
  readonly rule: string;
  readonly reason: string;
}

/** One check over one rendered object and the cluster it goes to; runs per render key, not per site. */
export interface Rule {
  /** Such as `grocer-image-registry`; the prefix `edgecdk-` is ours. */
  readonly id: `${string}-${string}`;
  readonly severity: 'error' | 'warning';
  /** Why it matters: shown beside a finding. */
  readonly why: string;
  /** What is wrong and what to do, or undefined. */
  check(subject: { readonly object: KubeObject; readonly cluster: ClusterFacts }): string | undefined;
}
