import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';

const root = resolve(__dirname, '../..');
const notSources = new Set(['node_modules', 'build', 'dist', '.git', '.test-results']);

/** The package as npm would publish it from a clean clone, unpacked beside what a program needs. */
export interface Packed {
  /** Folder of a program: its `node_modules` has the package, what the package declares, and what the programs here import. */
  readonly folder: string;
  /** Paths in the tarball, sorted. */
  readonly files: readonly string[];
  readonly manifest: { readonly bin: { readonly edgecdk: string } };
  remove(): void;
}

/** Nothing is downloaded: packages are links to those of the repository, which `npm ci` has installed. */
export function packAndUnpack(): Packed {
  const scratch = mkdtempSync(join(tmpdir(), 'edgecdk-package-'));
  const clone = join(scratch, 'clone');
  cpSync(root, clone, { recursive: true, filter: (path) => !notSources.has(basename(path)) });
  symlinkSync(join(root, 'node_modules'), join(clone, 'node_modules'));
  execFileSync('npm', ['pack', '--offline', '--silent', '--pack-destination', scratch], { cwd: clone, stdio: 'pipe' });

  const tarball = join(scratch, readdirSync(scratch).find((file) => file.endsWith('.tgz')) ?? '');
  const folder = join(scratch, 'program');
  const unpacked = join(folder, 'node_modules/edgecdk');
  mkdirSync(unpacked, { recursive: true });
  execFileSync('tar', ['-xzf', tarball, '-C', unpacked, '--strip-components', '1']);

  const manifest = JSON.parse(readFileSync(join(unpacked, 'package.json'), 'utf8'));
  const declared = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies });
  for (const name of [...declared, 'zod', 'typescript', '@types/node']) {
    const link = join(folder, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(root, 'node_modules', name), link);
  }
  return {
    folder,
    files: readdirSync(unpacked, { recursive: true, withFileTypes: true, encoding: 'utf8' })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(unpacked.length + 1))
      .sort(),
    manifest,
    remove: () => rmSync(scratch, { recursive: true, force: true }),
  };
}
