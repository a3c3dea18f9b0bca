import type { Overhead } from './figure';
import type { FileContent } from './file-content';
import type { KubeObject } from './kube-object';
import type { Layer, Variable } from './layer';
import type { LinkModel } from './link-model';
import type { Problem } from './problem';
import type { TokenTable } from './token';
import type { WavePlan } from './wave';

/** How rendered objects reach clusters: an engine, with what the program says of it. What an engine adds, it alone reads. */
export interface DeliveryModel {
  readonly engine: DeliveryEngine;
}

/**
 * All that a delivery engine is to the run. A description of a delivery brings it along, so no step knows which there are. Sentences about what is wrong
 * follow the path of a blueprint or a fleet: "has ...".
 */
export interface DeliveryEngine {
  /** In paths and programs: `rancher-fleet`. */
  readonly name: string;
  /** As people write it: `Rancher Fleet`. */
  readonly title: string;
  /**
   * Whether sites pull shared content and a record of their own. Where they do not, each site has files of its own, which somebody brings it.
   */
  readonly pulls: boolean;
  /** Where what sites pull is in the assembly, and who puts it where they find it: a sentence for people, with its full stop. @default - as their distribution says */
  readonly manifests?: string;
  /** How people keep one site as it is, in its cluster or on the hub: `flux suspend kustomization --all`. @default - it is not known */
  readonly pause?: string;
  /** What is wrong with a delivery whatever its sites. */
  readonly problems: (delivery: DeliveryModel) => readonly string[];
  /** What it takes from one node of each site. @default - nothing: it runs elsewhere, or is part of the distribution */
  readonly overhead?: (delivery: DeliveryModel) => Overhead;
  /** What it asks of Secrets that SOPS encrypted, which it decrypts at the site. @default - it decrypts nothing: such a Secret is an error */
  readonly decrypts?: Decryption;
  /** Makes what sites pull. @default - it pulls nothing */
  readonly render?: (content: DeliveryContent) => DeliveryFiles;
}

/** How an engine takes Secrets that SOPS encrypted. They reach it as their team made them: no label, no transform, no escaping. */
export interface Decryption {
  /** What each must bear in clear, lest the engine change what it decrypted. */
  readonly annotations: Readonly<Record<string, string>>;
}

/** What sites with one engine have to be delivered. */
export interface DeliveryContent {
  /** Id of the fleet. */
  readonly fleet: string;
  readonly delivery: DeliveryModel;
  /** Sorted by name. */
  readonly layers: readonly Layer[];
  /** Whose sites pull; sorted by id. */
  readonly cohorts: readonly DeliveryCohort[];
  /** Clusters that sites share, which this engine delivers to: their folders hold plain objects; sorted by id. */
  readonly sharedClusters: readonly DeliverySharedCluster[];
  /** In the order of the program; empty where the fleet has none. */
  readonly waves: readonly WavePlan[];
  readonly tokens: TokenTable;
  /** Folder of the layers, relative to the assembly: `workloads`. */
  readonly workloadsFolder: string;
  /** YAML of objects without tokens. */
  readonly print: (documents: readonly unknown[]) => string;
}

export interface DeliveryCohort {
  readonly cohort: CohortFacts;
  /** Name of the variant by name of the layer, sorted. */
  readonly layers: ReadonlyMap<string, string>;
  /** Namespaces that its workloads need and do not bring along, sorted. */
  readonly namespaces: readonly string[];
  /** All that its layers take from a site, sorted by name. */
  readonly variables: readonly Variable[];
}

/** What an engine may know of a cohort of the plan. */
export interface CohortFacts {
  readonly id: string;
  readonly blueprint: { readonly path: string; readonly id: string; readonly labels: readonly string[] };
  readonly cluster: { readonly distribution: { readonly name: string; readonly title: string } };
  readonly sites: readonly SiteFacts[];
}

/** What an engine may know of a site of the plan: for what is checked, not for what is written, which has tokens. */
export interface SiteFacts {
  readonly name: string;
  /** Path of the group or site construct that it comes from. */
  readonly path: string;
  readonly state: string;
  readonly profile: string;
  readonly wave?: string;
  readonly timeZone: string;
  readonly link: LinkModel;
  readonly values: Readonly<Record<string, unknown>>;
  readonly leafNodes?: Readonly<Record<string, string>>;
}

export interface DeliverySharedCluster {
  readonly id: string;
  /** Path of the construct. */
  readonly path: string;
  /** Folder in the assembly. */
  readonly folder: string;
  /** Shards with objects that sites add to it, which stand in `sites/<shard>/<site>` below the folder; sorted. @default - no site adds any */
  readonly siteShards?: readonly string[];
}

/** What an engine makes. Nothing but records grows with the number of sites. */
export interface DeliveryFiles {
  /** Text by path below `delivery/<engine>`: what a hub, a pipeline or a person reads. */
  readonly files: ReadonlyMap<string, string>;
  /** Text by path below the folder of layers: `<layer>/<variant>/...`. */
  readonly layers: ReadonlyMap<string, string>;
  /** The record of each site of a cohort, with tokens, by id of the cohort. */
  readonly records: ReadonlyMap<string, readonly RecordFile[]>;
  /** What a site's cluster gets once and which never changes, with tokens, by id of the cohort. @default - nothing */
  readonly bootstrap?: ReadonlyMap<string, readonly FileContent[]>;
  readonly problems: readonly Problem[];
}

/** One file in the folder of a site's record: `delivery/<engine>/sites/<shard>/<site>/<name>.yaml`. */
export interface RecordFile {
  /** Without `.yaml`. */
  readonly name: string;
  readonly objects: readonly KubeObject[];
}
