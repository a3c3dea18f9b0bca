import type { NodeRecord } from './node-model';
import type { NodeIdentityFiles, NodeTree } from './node-tree';

/** All that the first boot of a node is made of. */
export interface SeedInput {
  readonly node: NodeRecord;
  readonly identity: NodeIdentityFiles;
  /** Name of the node's tree on the medium, a folder in `edgecdk/trees`. */
  readonly treeName: string;
  readonly access: NodeAccess;
  /** Where the data disk is mounted; `node.disk` says which it is. @default - no data disk */
  readonly dataMount?: string;
  /**
   * The tree itself, to travel in user-data: for clouds and network boot, where there is no medium. It makes user-data larger than some platforms
   * take. @default - the tree comes from the medium
   */
  readonly inlineTree?: NodeTree;
}

/** Who may log in to a node. Nobody has a password. */
export interface NodeAccess {
  /** Public keys for the image's own user. */
  readonly sshKeys: readonly string[];
  /** A user for the day on which nothing else works, with keys that lie in a safe. @default - none */
  readonly breakGlass?: { readonly name: string; readonly sshKeys: readonly string[] };
}
