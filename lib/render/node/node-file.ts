import { sorted } from '../../model/digest';
import type { NodeEffect, NodeFile } from '../../model/node-tree';

export interface FileOptions {
  /** @default '0644' */
  readonly mode?: string;
  /** @default - none */
  readonly secrets?: readonly string[];
}

/** A file of root's. */
export function nodeFile(path: string, effect: NodeEffect, text: string, options: FileOptions = {}): NodeFile {
  return { path, mode: options.mode ?? '0644', owner: 'root:root', effect, text, secrets: options.secrets ?? [] };
}

/** A folder that only root enters. */
export function nodeFolder(path: `${string}/`, effect: NodeEffect): NodeFile {
  return { path, mode: '0700', owner: 'root:root', effect, text: '', secrets: [] };
}

export function byPath(files: readonly NodeFile[]): NodeFile[] {
  return sorted(files, (file) => file.path);
}

/** Where a secret stands on the node. */
export function secretPath(name: string): string {
  return `/etc/edgecdk/secrets/${name}`;
}

/** First line of a file whose format takes comments. */
export const WRITTEN_BY =
  '# Written by EdgeCDK. It is replaced when the node tree changes: change the program instead.\n';
