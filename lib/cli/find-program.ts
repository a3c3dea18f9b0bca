import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { UsageError } from './exit-codes';

const endings = ['.ts', '.mts', '.cts', '.js', '.mjs', '.cjs'];

/** Absolute path of the program: a file, a folder's, or the one that is configured in the current folder. */
export function findProgram(name: string | undefined, cwd: string): string {
  const at = resolve(cwd, name ?? '.');
  if (!existsSync(at)) throw new UsageError(`there is no ${name}; name a file such as fleet.ts, or a folder with one`);
  if (!statSync(at).isDirectory()) {
    if (endings.some((ending) => at.endsWith(ending))) return at;
    throw new UsageError(`${name} is no program; name a file that ends with ${endings.join(', ')}`);
  }
  const configured = configuredProgram(at);
  if (configured !== undefined) {
    const file = resolve(at, configured.program);
    if (existsSync(file)) return file;
    throw new UsageError(
      `${relative(cwd, configured.by) || configured.by} names the program ${configured.program}, which is not there`,
    );
  }
  const tried = [basename(at), 'fleet', 'main', 'index'].flatMap((stem) => endings.map((ending) => stem + ending));
  const found = tried.find((file) => existsSync(join(at, file)));
  if (found) return join(at, found);
  const stems = [basename(at), 'fleet', 'main', 'index'].map((stem) => `${stem}.ts`).join(', ');
  throw new UsageError(
    `found no program in ${name ?? 'this folder'}: neither edgecdk.json, nor "edgecdk" in package.json, nor ${stems} (or .mts, .js ...). Name the file: edgecdk synth fleet.ts`,
  );
}

/** Of edgecdk.json `{ "program": "fleet.ts" }`, or package.json `{ "edgecdk": { "program": "fleet.ts" } }`. */
function configuredProgram(folder: string): { readonly program: string; readonly by: string } | undefined {
  const own = readJson(join(folder, 'edgecdk.json'));
  if (own) {
    if (typeof own.program === 'string') return { program: own.program, by: join(folder, 'edgecdk.json') };
    throw new UsageError('edgecdk.json names no program; write { "program": "fleet.ts" }');
  }
  const { edgecdk } = (readJson(join(folder, 'package.json')) ?? {}) as { edgecdk?: { program?: unknown } };
  return typeof edgecdk?.program === 'string'
    ? { program: edgecdk.program, by: join(folder, 'package.json') }
    : undefined;
}

function readJson(file: string): Record<string, unknown> | undefined {
  if (!existsSync(file)) return undefined;
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (e) {
    throw new UsageError(`${basename(file)} in ${dirname(file)} is no JSON: ${(e as Error).message}`);
  }
}
