import { sorted } from '../../../model/digest';
import type { NodeEffect } from '../../../model/node-tree';

/** A file, or a folder, that a node tree or an identity puts on the node. */
export interface ManifestFile {
  /** Absolute path on the node, such as `/etc/edgecdk/identity.env`; a folder ends with `/`. */
  readonly path: string;
  /** Octal, such as `0644`. */
  readonly mode: string;
  /** Names of user and group, such as `root:root`. */
  readonly owner: string;
  /** SHA-256 of the content in hex. @default - none, for a folder */
  readonly sha256?: string;
  readonly effect: NodeEffect;
}

/** A file of the tree that stays in the tree, listed so that a copy can be checked as a whole. */
export interface TreeOnlyFile {
  /** Path inside the tree: `settings`, `node.json`. */
  readonly path: string;
  readonly sha256: string;
}

/**
 * The file `manifest`, which `apply.sh` reads: one line per file, of mode, owner, SHA-256, effect and path with tabs
 * between them, by path. What stays in the tree has the effect `tree`. The last line, `end` and the number of lines
 * before it, tells a whole manifest from one that was cut short.
 */
export function printManifest(files: readonly ManifestFile[], treeOnly: readonly TreeOnlyFile[] = []): string {
  const lines = [
    ...sorted(files, (file) => file.path).map((file) => [
      file.mode,
      file.owner,
      file.sha256 ?? '-',
      file.effect,
      checkedPath(file.path),
    ]),
    ...sorted(treeOnly, (file) => file.path).map((file) => ['-', '-', file.sha256, 'tree', checkedPath(file.path)]),
  ];
  return `${[...lines, ['end', String(lines.length)]].map((fields) => fields.join('\t')).join('\n')}\n`;
}

/** The shell splits lines at tabs and compares whole paths; so a path has none of the characters that it would have to escape. */
function checkedPath(path: string): string {
  if (/^\/?([A-Za-z0-9._@+=,-]+\/)*([A-Za-z0-9._@+=,-]+)?$/.test(path) && !/(^|\/)\.\.?(\/|$)/.test(path)) return path;
  throw new Error(`a node tree cannot hold the path ${JSON.stringify(path)}; use letters, digits and . _ @ + = , -`);
}
