import { sha256 } from '../../model/digest';
import type { NodeFile, NodeIdentityFiles, NodeTree } from '../../model/node-tree';
import { nodeJson } from './node-json';
import { printManifest } from './script/manifest';

/** Text of each file by its path in the folder. */
export type Folder = Readonly<Record<string, string>>;

/** A node tree as a folder: what `apply.sh` reads, itself included. */
export function treeFolder(tree: NodeTree): Folder {
  const beside = { 'apply.sh': tree.script, 'node.json': nodeJson(tree), settings: tree.settings };
  const sums = Object.entries(beside).map(([path, text]) => ({ path, sha256: sha256(text) }));
  return { ...beside, ...filesOf(tree.files), manifest: printManifest(manifestOf(tree.files), sums) };
}

/** What makes a node itself as a folder: what stands beside the tree's, as `identity`. */
export function identityFolder({ files }: NodeIdentityFiles): Folder {
  return { ...filesOf(files), manifest: printManifest(manifestOf(files)) };
}

export function below(name: string, folder: Folder): Folder {
  return Object.fromEntries(Object.entries(folder).map(([path, text]) => [`${name}/${path}`, text]));
}

function filesOf(files: readonly NodeFile[]): Folder {
  return Object.fromEntries(
    files.filter(({ path }) => !path.endsWith('/')).map(({ path, text }) => [`files${path}`, text]),
  );
}

function manifestOf(files: readonly NodeFile[]) {
  return files.map(({ path, mode, owner, effect, text }) => ({
    path,
    mode,
    owner,
    effect,
    sha256: path.endsWith('/') ? undefined : sha256(text),
  }));
}
