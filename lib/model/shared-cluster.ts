import type { KubeObject } from './kube-object';
import type { NodeRecord } from './node-model';
import type { RenderedTree } from './node-tree';
import type { Problem } from './problem';
import type { TokenTable } from './token';
import type { WorkloadModel } from './workload-model';

/** What the sites of a cluster that they share bring into it. */
export interface SharedContent {
  /** Sorted by name. */
  readonly sites: readonly SharedSite[];
  readonly units: readonly SharedUnit[];
  /** Node trees of its machines by name, sorted. */
  readonly trees: ReadonlyMap<string, RenderedTree>;
  readonly tokens: TokenTable;
  /** YAML of objects, or of a tree of values, without tokens. */
  readonly print: (documents: readonly unknown[]) => string;
}

export interface SharedSite {
  readonly name: string;
  /** Id of its site group; its own name where it stands alone. */
  readonly group: string;
  /** Path of its blueprint. */
  readonly blueprint: string;
  readonly nodes: readonly NodeRecord[];
  /** Its own workloads are withdrawn; what it shares with other sites stays until its nodes are deleted. @default false */
  readonly isClosing?: boolean;
}

/** A workload as it goes to some of the sites: objects as they would be for a cluster of a site's own, with tokens. */
export interface SharedUnit {
  readonly id: string;
  readonly workload: WorkloadModel;
  readonly variant: string;
  readonly objects: readonly KubeObject[];
  /** Names of its sites, sorted. */
  readonly sites: readonly string[];
}

/** What stands in the folder of the cluster, and what each site adds to it. */
export interface SharedFiles {
  /** Text by path below `clusters/<id>`. Objects are below `manifests`; what a workload has there once, in `manifests/workloads/<id>.yaml`. */
  readonly files: ReadonlyMap<string, string>;
  /** Objects that each site of a unit adds, with tokens, by id of the unit; a unit that is not there is in `files` as a whole. */
  readonly perSite: ReadonlyMap<string, readonly KubeObject[]>;
  /** What makes pods of a workload for all sites, by its id, as `kubectl delete` takes it. @default - not known */
  readonly podKinds?: ReadonlyMap<string, readonly string[]>;
  readonly problems: readonly Problem[];
}
