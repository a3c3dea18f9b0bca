import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** Texts of all files under a folder by their path in it, sorted. Empty if there is no such folder. */
export function readTree(folder: string): Record<string, string> {
  return Object.fromEntries(filesUnder(folder).map((file) => [file, readFileSync(join(folder, file), 'utf8')]));
}

/** Paths in the folder, sorted. */
export function filesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true, encoding: 'utf8' })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}
