import type { KubeObject } from './kube-object';
import type { Problem } from './problem';
import type { HoleUse } from './token';

/** A file with holes: literal texts and holes in turn, one more text than holes. Writing a site's file is joining them. */
export interface Template {
  /** SHA-256 of texts and holes, in hex. */
  readonly digest: string;
  readonly texts: readonly string[];
  readonly holes: readonly HoleUse[];
}

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
  /** What stands in it, with tokens; in the order of the file. */
  readonly objects: readonly KubeObject[];
}

export interface RenderedUnit {
  /** Id of the render unit. */
  readonly unit: string;
  readonly files: readonly RenderedFile[];
}

/** All templates of a fleet: the result of `render`. */
export interface Rendering {
  /** By id of the render unit. A unit whose content failed is absent. */
  readonly units: ReadonlyMap<string, RenderedUnit>;
  /** Files that a cluster needs whatever runs in it, by cohort id. */
  readonly clusters: ReadonlyMap<string, readonly RenderedFile[]>;
  readonly problems: readonly Problem[];
}
