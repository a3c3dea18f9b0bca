import { sha256 } from './digest';

/** Whether a path can be mounted at: absolute, in its shortest form, and without the `:` that Kubernetes refuses there. */
export function isContainerPath(path: string): boolean {
  return /^(\/[^/:\0]+)+$/.test(path) && !/\/\.\.?(\/|$)/.test(path);
}

/** Why a file cannot stand at a path beside all else in the container; undefined if it can. */
export function filePathProblem(path: string, files: readonly string[], others: readonly string[]): string | undefined {
  if (!isContainerPath(path))
    return `has a file at ${JSON.stringify(path)}; write an absolute path such as /etc/pos.json`;
  if (others.includes(path)) return `has both a file and a mount or device at ${path}; move one of them`;
  const inside = [...files, ...others].find((other) => other.startsWith(`${path}/`));
  return inside && `has a file at ${path} and ${inside} inside of it; a file is no folder, so move one of them`;
}

const longestSlug = 48;
/** What the names of other volumes begin with. */
const reserved = /^(files$|(scratch|host|device|secret)-)/;

/**
 * A mount path as part of a name: `/var/lib/pos` is `var-lib-pos`. It names volume claims, so it is a function of the path alone and never of
 * what else is mounted. Two paths may have one slug (`/a/b` and `/a-b`): whoever uses both must refuse them.
 */
export function pathSlug(path: string): string {
  const plain = path
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  if (plain !== '' && plain.length <= longestSlug && !reserved.test(plain)) return plain;
  const digest = sha256(path).slice(0, 8);
  return plain === '' ? digest : `${plain.slice(0, longestSlug - 9).replace(/-$/, '')}-${digest}`;
}
