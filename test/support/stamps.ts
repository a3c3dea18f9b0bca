import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** By path, what changes when a file is written or replaced. */
export function stamps(folder: string): Map<string, string> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  return new Map(
    paths
      .map((path) => [path, statSync(join(folder, path), { bigint: true })] as const)
      .filter(([, stat]) => stat.isFile())
      .map(([path, { mtimeNs, ino }]) => [path, `${ino} ${mtimeNs}`]),
  );
}

/** Paths of files that are new, gone or written. */
export function touched(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string[] {
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((path) => before.get(path) !== after.get(path))
    .sort();
}
