import type { NodeIdentityFiles, NodeTree } from '../../lib/model/node-tree';
import { below, type Folder, identityFolder, treeFolder } from '../../lib/render/node/folder';

/** A whole payload, as media and carriers bring it: the folders `tree` and `identity`. */
export function folderOf(tree: NodeTree, identity: NodeIdentityFiles): Folder {
  return { ...below('tree', treeFolder(tree)), ...below('identity', identityFolder(identity)) };
}
