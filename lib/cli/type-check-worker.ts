import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { workerData } from 'node:worker_threads';
import type { TypeCheckJob } from './type-check';

/** Runs the compiler as a program of its own: since TypeScript 7 it has no other face. */
function check({ program, tsc, shared }: TypeCheckJob): void {
  const folder = mkdtempSync(join(tmpdir(), 'edgecdk-'));
  let text: string;
  try {
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(configFor(program)));
    const run = spawnSync(process.execPath, [tsc, '--project', folder, '--pretty', 'false'], {
      cwd: folder,
      encoding: 'utf8',
    });
    text = run.error ? `the type check failed: ${run.error.message}` : run.stdout + run.stderr;
    if (run.status === 0) text = '';
  } catch (e) {
    text = `the type check failed: ${(e as Error).message}`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const bytes = Buffer.from(
    text
      .split('\n')
      .map((line) => fromHere(line, folder))
      .join('\n'),
  ).subarray(0, shared.byteLength - 8);
  new Uint8Array(shared, 8).set(bytes);
  const state = new Int32Array(shared, 0, 2);
  Atomics.store(state, 1, bytes.length);
  Atomics.store(state, 0, 1);
  Atomics.notify(state, 0);
}

/** The options of the program's own tsconfig.json, for this one program; strict ones where there is none. */
function configFor(program: string): object {
  const folders = ancestors(dirname(program));
  const own = folders.map((folder) => join(folder, 'tsconfig.json')).find((file) => existsSync(file));
  const typeRoots = folders.map((folder) => join(folder, 'node_modules/@types')).filter((folder) => existsSync(folder));
  const hasNode = typeRoots.some((folder) => existsSync(join(folder, 'node')));
  const strict = {
    strict: true,
    target: 'ES2022',
    module: 'Node16',
    moduleResolution: 'Node16',
    esModuleInterop: true,
    resolveJsonModule: true,
  };
  return {
    ...(own && { extends: own }),
    compilerOptions: {
      ...(!own && { ...strict, types: hasNode ? ['node'] : [] }),
      typeRoots,
      noEmit: true,
      composite: false,
      incremental: false,
      declaration: false,
      skipLibCheck: true,
      // What is not used is no reason not to synthesize.
      noUnusedLocals: false,
      noUnusedParameters: false,
      rootDir: folders.at(-1),
    },
    files: [program],
    include: [],
  };
}

function ancestors(folder: string): string[] {
  const above = dirname(folder);
  return above === folder ? [folder] : [folder, ...ancestors(above)];
}

/** `fleet.ts(12,3): error TS2322` with the path as seen from the current folder. */
function fromHere(line: string, folder: string): string {
  const path = /^(\S.*?)\(\d+,\d+\): /.exec(line)?.[1];
  return path === undefined ? line : relative(process.cwd(), join(folder, path)) + line.slice(path.length);
}

check(workerData as TypeCheckJob);
