import { sha256 } from '../../model/digest';
import type { NodeTree } from '../../model/node-tree';
import { NODE_FORMAT } from './script/settings';

/** The file `node.json`: what a tree puts on a node and what a change of each file asks for, for `diff` and for people. */
export function nodeJson({
  role,
  distribution,
  version,
  files,
  secrets,
  workloadSecrets,
  seedMedium,
  kit,
}: NodeTree): string {
  const record = {
    format: NODE_FORMAT,
    role,
    distribution,
    version,
    seedMedium,
    files: files.map(({ path, mode, owner, effect, text, secrets: names }) => ({
      path,
      mode,
      owner,
      ...(path.endsWith('/') ? {} : { sha256: sha256(text) }),
      effect,
      secrets: names,
    })),
    secrets,
    workloadSecrets,
    kit,
  };
  return `${JSON.stringify(record, undefined, 2)}\n`;
}
