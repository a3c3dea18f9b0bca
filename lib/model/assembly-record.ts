import type { NodeEffect } from './node-tree';
import type { SiteState } from './plan';
import type { SecretRecord } from './secret-record';
import type { FilePlace } from './template';

/** Raised when a reader of an older format would misread the assembly. */
export const assemblyFormat = 2;
export const assemblyFileName = 'assembly.json';
/** Ending of files that are being written, or wait to be renamed. */
export const temporary = '.edgecdk-tmp';

/** `assembly.json`: what an output folder holds. Written last, so that it never speaks of files that are not there. */
export interface AssemblyRecord {
  /** Always `edgecdk`: how a folder is known to be ours. */
  readonly producer: 'edgecdk';
  readonly format: typeof assemblyFormat;
  readonly fleet: string;
  readonly workloads: readonly WorkloadRecord[];
  /** By id, sorted. */
  readonly cohorts: Readonly<Record<string, CohortRecord>>;
  /** What machines are made with, by name, sorted. */
  readonly trees: Readonly<Record<string, TreeRecord>>;
  /** Lists of files in the folders `nodes` of sites, by id; the first part of a path is a slot where a node's name stands on the disk. */
  readonly nodeFiles: Readonly<Record<string, readonly string[]>>;
  /** SHA-256 of each file of the fleet as a whole, by path, sorted. */
  readonly files: Readonly<Record<string, string>>;
  /** Digest of each `sites/<shard>/index.ndjson`, by shard, sorted. */
  readonly shards: Readonly<Record<string, ShardRecord>>;
  readonly overrides: readonly OverrideRecord[];
  /** Secrets that workloads name, never their values. */
  readonly secrets: readonly SecretRecord[];
}

export interface WorkloadRecord {
  readonly id: string;
  readonly path: string;
  readonly kind: 'container' | 'chart' | 'helm' | 'manifest' | 'leaf-device' | 'device-model';
  readonly owner?: string;
  readonly namespace: string;
  /** Holds data at the sites, or may: objects that claim volumes, a StatefulSet, or a Helm chart, of which nothing is known. */
  readonly stateful: boolean;
  /** What makes its pods for all sites of a cluster, by id of the cluster, as `kubectl delete` takes it. Absent where there is nothing of the kind. */
  readonly podKinds?: Readonly<Record<string, readonly string[]>>;
}

export interface CohortRecord {
  /** Path of the blueprint. */
  readonly blueprint: string;
  readonly distribution: string;
  /** Engine by which its sites pull. Absent where each has its own files. */
  readonly delivery?: string;
  /** Variables that content of its sites asks for, and that their records have, by name, sorted. Absent where sites do not pull. */
  readonly asks?: readonly string[];
  readonly offers?: readonly string[];
  /** Id of the cluster that its sites share. Absent when each has its own. */
  readonly shared?: string;
  readonly version: string;
  /** The release that its machines move to. Absent when they do not. */
  readonly movesTo?: string;
  /** Ids of the device classes of its nodes. */
  readonly deviceClasses: readonly string[];
  /** Workload id to variant, sorted. */
  readonly workloads: Readonly<Record<string, string>>;
  /** File name without `.yaml` to what it is made from, sorted. */
  readonly files: Readonly<Record<string, FileRecord>>;
  readonly sites: number;
}

/** A node tree: what it puts on machines, and what a change of it asks of them. */
export interface TreeRecord {
  /** Path of the blueprint. */
  readonly blueprint: string;
  readonly role: 'server' | 'agent';
  /** Id of the device class. */
  readonly deviceClass: string;
  readonly distribution: string;
  readonly version: string;
  /** What servers keep the cluster's state in. @default - of an agent: none */
  readonly datastore?: string;
  /** How many of them a cluster has. @default - of an agent: none */
  readonly servers?: number;
  /** Mount point of the data disk. @default - none */
  readonly dataMount?: string;
  /** SHA-256 over all of its files. */
  readonly digest: string;
  /** Machines that have it. */
  readonly nodes: number;
  /** By path on the machine, sorted. */
  readonly files: Readonly<Record<string, TreeFileRecord>>;
  /** Names of the secrets that must be on the machine. */
  readonly secrets: readonly string[];
  /** What its machines dial of a cluster elsewhere: `203.0.113.10:10000/tcp`. Absent where their cluster is at the site. */
  readonly dials?: readonly string[];
}

export interface TreeFileRecord {
  readonly effect: NodeEffect;
  /** SHA-256 of mode, owner and content. */
  readonly digest: string;
}

export interface FileRecord {
  /** Digest of the template. A site's file is a function of it and the site's own digest. */
  readonly template: string;
  /** Workload that it belongs to. @default - the cluster's own */
  readonly workload?: string;
  readonly retire: 'withdraw' | 'keep';
  /** Where it is, if not in the manifests of the site. */
  readonly place?: FilePlace;
  /** Site values that it has holes for, sorted. */
  readonly holes: readonly string[];
  /** Size of each volume claim in it, by kind, namespace and name, with names of holes such as `{site.name}`; those of a StatefulSet's template too. Absent when it has none. */
  readonly claims?: Readonly<Record<string, string>>;
  /** `apps/v1/Deployment` ... in the order of the file: what is in it, without opening it. */
  readonly kinds: readonly string[];
}

export interface ShardRecord {
  readonly sites: number;
  /** SHA-256 of its index.ndjson. */
  readonly digest: string;
}

/** One line of a shard's index, in this order of keys: digest before values, so that equal lines are skipped unread. */
export interface SiteRecord {
  readonly name: string;
  readonly cohort: string;
  readonly digest: string;
  readonly state: SiteState;
  readonly profile: string;
  /** Absent where the fleet has no waves. */
  readonly wave?: string;
  /** Files whose objects were withdrawn here: each goes on as a file without objects. Absent when empty. */
  readonly retired?: readonly string[];
  /** Id of its site group, which its nodes bear as a label. Absent where its cluster is its own. */
  readonly group?: string;
  /** Its machines. Absent where EdgeCDK sets none up. */
  readonly nodes?: SiteNodesRecord;
  readonly values: Readonly<Record<string, unknown>>;
}

export interface SiteNodesRecord {
  /** Of all that their files are made from. */
  readonly digest: string;
  /** How many clusters the site had before. Absent when none. */
  readonly clusterGeneration?: number;
  /** Addresses of its servers, by slot, as far as they are fixed: several servers keep those that they have. Absent when there are none. */
  readonly addresses?: Readonly<Record<string, string>>;
  /** Id of the list of files, in `nodeFiles` of `assembly.json`. */
  readonly files: string;
  /** Name of the node tree by slot, with `@<generation>` behind it once that is above 0: `store.server.box@1`. */
  readonly slots: Readonly<Record<string, string>>;
}

export interface OverrideRecord {
  readonly path: string;
  readonly workload: string;
  readonly owner: string;
  readonly reason: string;
  readonly until: string;
  readonly sites: number;
}
