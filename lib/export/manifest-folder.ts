import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The files of a node tree or of an identity, by path in its folder, each as its manifest says; or what is wrong with the folder. */
export type ManifestFolder =
  | { readonly files: ReadonlyMap<string, Buffer> }
  | { readonly problem: string /** File that is missing, or not as it must be. */; readonly file: string };

const again = 'run edgecdk synth --verify';

/** Reads a folder that has a `manifest` of its files; nothing else that lies in it. */
export function readManifestFolder(folder: string): ManifestFolder {
  const manifest = readIfThere(join(folder, 'manifest'));
  if (manifest === undefined) return { problem: `is missing; ${again}`, file: join(folder, 'manifest') };
  const lines = manifest.toString('utf8').split('\n').slice(0, -1);
  const [mark, count] = lines.pop()?.split('\t') ?? [];
  if (mark !== 'end' || Number(count) !== lines.length)
    return { problem: `is cut short; ${again}`, file: join(folder, 'manifest') };
  const files = new Map([['manifest', manifest]]);
  for (const line of lines) {
    const [, , sha256 = '', effect, path = ''] = line.split('\t');
    // A folder, which is made on the node.
    if (path.endsWith('/')) continue;
    const name = effect === 'tree' ? path : `files${path}`;
    const file = join(folder, name);
    if (!isPlainPath(name)) return { problem: `has the path ${JSON.stringify(path)}; ${again}`, file: 'manifest' };
    const content = readIfThere(file);
    if (content === undefined) return { problem: `is missing; ${again}`, file };
    if (createHash('sha256').update(content).digest('hex') !== sha256)
      return { problem: `is not as its manifest says; ${again}`, file };
    files.set(name, content);
  }
  return { files };
}

/** Of a path below a folder: it stays there. */
export function isPlainPath(path: string): boolean {
  return path.split('/').every((part) => part !== '' && part !== '.' && part !== '..' && !/[\\\p{Cc}]/u.test(part));
}

/** Undefined where there is no such file. */
export function readIfThere(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch (e) {
    if (['ENOENT', 'ENOTDIR', 'EISDIR'].includes((e as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw e;
  }
}
