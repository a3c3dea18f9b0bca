import type { KubeObject } from './kube-object';
import type { NodeRecord } from './node-model';
import type { RenderedTree } from './node-tree';
import type { SitePlan } from './plan';
import type { Problem } from './problem';
import type { HoleUse } from './token';

/** A file with holes: literal texts and holes in turn, one more text than holes. Writing a site's file is joining them. */
export interface Template {
  /** SHA-256 of texts and holes, in hex. */
  readonly digest: string;
  readonly texts: readonly string[];
  readonly holes: readonly HoleUse[];
}

export type FilePlace = 'record' | 'layer' | 'expanded';

/** What a render unit, or a cluster, adds to the files of its sites. */
export interface RenderedFile {
  /** File name without `.yaml`, and with K3s the name of the AddOn. */
  readonly name: string;
  readonly template: Template;
  /**
   * What becomes of it when the site no longer has it. `withdraw`: a file without objects takes its place, and K3s removes the objects. `keep`: the file
   * goes and the objects stay; for what holds data.
   */
  readonly retire: 'withdraw' | 'keep';
  /**
   * Where it is. `record`: in the site's record, which its engine pulls. `layer`: in no file of the site, since it is part of shared content; it is known
   * here for what it holds. `expanded`: the same, and written for people to read. @default - in the manifests of the site
   */
  readonly place?: FilePlace;
  /** What stands in it, with tokens; in the order of the file. */
  readonly objects: readonly KubeObject[];
}

export interface RenderedUnit {
  /** Id of the render unit. */
  readonly unit: string;
  /** It stands in a cluster that its sites share, once: no site has a file of it. @default false */
  readonly isShared?: boolean;
  readonly files: readonly RenderedFile[];
}

/** The files of a site's machines. There are many of them, so they are made when they are written and not before. */
export interface SiteNodes {
  /** Of all that the files are made from: equal digests, equal files. */
  readonly digest: string;
  readonly nodes: readonly NodeRecord[];
  /** Paths in the folder `nodes` of the site, sorted: much cheaper than the files. */
  readonly names: () => readonly string[];
  /** Text by path, in the same order. */
  readonly files: () => ReadonlyMap<string, string>;
}

/** Names of variables of sites that pull, sorted. */
export interface VariableNames {
  /** What their content asks for. */
  readonly asks: readonly string[];
  /** What their records have. */
  readonly offers: readonly string[];
}

/** All templates of a fleet: the result of `render`. */
export interface Rendering {
  /** By id of the render unit. A unit whose content failed is absent. */
  readonly units: ReadonlyMap<string, RenderedUnit>;
  /** Files that a cluster needs whatever runs in it, by cohort id. */
  readonly clusters: ReadonlyMap<string, readonly RenderedFile[]>;
  /** By name, sorted. */
  readonly trees: ReadonlyMap<string, RenderedTree>;
  /** What stands in the folder `nodes` of a site; undefined for a site whose machines are not set up by us. */
  readonly siteNodes: (site: SitePlan) => SiteNodes | undefined;
  /** Files of the fleet as a whole, by path in the assembly: node trees, `secrets.json`. */
  readonly files: ReadonlyMap<string, string>;
  /** What makes pods of workloads for all sites of a cluster, by id of the cluster and of the workload. @default - no cluster is shared */
  readonly podKinds?: ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>;
  /** By id of the cohort. @default - no site pulls */
  readonly variables?: ReadonlyMap<string, VariableNames>;
  readonly problems: readonly Problem[];
}
