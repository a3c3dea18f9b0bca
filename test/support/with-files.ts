import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Runs a test over a folder with some files, and removes it. */
export function withFiles<T>(files: Readonly<Record<string, string>>, run: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'edgecdk-test-'));
  try {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    return run(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** All files of a folder by relative path. */
export function filesOf(folder: string, under = ''): Record<string, string> {
  const found: Record<string, string> = {};
  for (const name of readdirSync(join(folder, under)).sort()) {
    const path = under === '' ? name : `${under}/${name}`;
    if (statSync(join(folder, path)).isDirectory()) Object.assign(found, filesOf(folder, path));
    else found[path] = readFileSync(join(folder, path), 'utf8');
  }
  return found;
}
