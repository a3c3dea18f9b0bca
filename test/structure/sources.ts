import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';

export const root = resolve(__dirname, '../..');

/** A source file of the package, by its path from the root of the repository: `lib/model/plan.ts`. */
export interface Source {
  readonly file: string;
  readonly text: string;
}

export interface Import {
  readonly file: string;
  /** As it is written: `../model/plan`, `node:fs`. */
  readonly name: string;
  /** The source that a relative import means: `lib/model/plan.ts`. @default - it means a package */
  readonly to?: string;
}

/** All that the package is compiled from, sorted. */
export const sources: readonly Source[] = ['constructs', 'lib'].flatMap(filesUnder).map((file) => ({
  file,
  text: readFileSync(join(root, file), 'utf8'),
}));

export const imports: readonly Import[] = sources.flatMap(importsOf);

function filesUnder(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => `${folder}/${file}`)
    .sort();
}

/** Imports, re-exports, `require` and `import()`, for types too. */
export function importsOf({ file, text }: Source): Import[] {
  return ts.preProcessFile(text, true, true).importedFiles.map(({ fileName: name }) => ({
    file,
    name,
    to: name.startsWith('.') ? targetOf(file, name) : undefined,
  }));
}

export function targetOf(file: string, name: string): string {
  const path = relative(root, resolve(root, dirname(file), name));
  return [`${path}.ts`, `${path}/index.ts`, path].find((candidate) => ts.sys.fileExists(join(root, candidate))) ?? path;
}
