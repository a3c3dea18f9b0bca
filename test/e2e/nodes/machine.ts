import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** What is to stand on the disk of one machine. */
export interface Machine {
  readonly name: string;
  /** Text by absolute path. */
  readonly files: Readonly<Record<string, string>>;
}

const folder = mkdtempSync(join(tmpdir(), 'edgecdk-e2e-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let count = 0;
/** A new, empty folder, gone after the tests of the file. */
export function scratch(): string {
  count += 1;
  const place = join(folder, String(count));
  mkdirSync(place);
  return place;
}

/** Writes files below a root; root's alone, as netplan wants its own to be. */
export function layOut(root: string, files: Readonly<Record<string, string>>): string {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text, { mode: 0o600 });
  }
  return root;
}

/** Writes each text once into a file of its own, and gives back where they are. */
export function inFiles(texts: readonly string[]): string[] {
  const names = [...new Set(texts)].map((text, index): [string, string] => [String(index), text]);
  const root = layOut(scratch(), Object.fromEntries(names));
  return names.map(([name]) => join(root, name));
}

/** The same machine with one file changed; an error where that changes nothing. */
export function mutated({ name, files }: Machine, path: string, change: (text: string) => string): Machine {
  const before = files[path];
  if (before === undefined) throw new Error(`${name} has no ${path}`);
  const after = change(before);
  if (after === before) throw new Error(`the change of ${path} changes nothing`);
  return { name, files: { ...files, [path]: after } };
}
