import { sha256 } from '../../../model/digest';
import type { NodeTree } from '../../../model/node-tree';
import type { Folder } from '../../../render/node/folder';
import { nodeJson } from '../../../render/node/node-json';
import { printManifest } from '../../../render/node/script/manifest';
import { microk8sApplyScript } from './apply-script';
import type { MicroK8sNodeTree } from './tree';

/** A node tree as a folder: what `apply.sh` reads, itself included. */
export function microk8sTreeFolder(tree: MicroK8sNodeTree): Folder {
  // It prints the name of the distribution, whichever that is.
  const json = nodeJson(tree as unknown as NodeTree);
  const beside = { 'apply.sh': microk8sApplyScript(), 'node.json': json, settings: tree.settings };
  const sums = Object.entries(beside).map(([path, text]) => ({ path, sha256: sha256(text) }));
  const files = tree.files.filter(({ path }) => !path.endsWith('/'));
  const manifest = tree.files.map(({ path, mode, owner, effect, text }) => ({
    path,
    mode,
    owner,
    effect,
    sha256: path.endsWith('/') ? undefined : sha256(text),
  }));
  return {
    ...beside,
    ...Object.fromEntries(files.map(({ path, text }) => [`files${path}`, text])),
    manifest: printManifest(manifest, sums),
  };
}
