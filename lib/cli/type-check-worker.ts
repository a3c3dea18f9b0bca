import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { noVerdict, type TypeCheckJob } from './type-check';

/** Runs the compiler as a program of its own: since TypeScript 7 it has no other face. */
function check(job: TypeCheckJob): void {
  const { shared } = job;
  let text: string;
  try {
    text = compilerSays(job);
  } catch (e) {
    // Without a verdict the other thread would wait for ever.
    text = noVerdict(e as Error);
  }
  const bytes = Buffer.from(text).subarray(0, shared.byteLength - 8);
  new Uint8Array(shared, 8).set(bytes);
  const state = new Int32Array(shared, 0, 2);
  Atomics.store(state, 1, bytes.length);
  Atomics.store(state, 0, 1);
  Atomics.notify(state, 0);
}

/** Its messages; empty if the types are right. */
function compilerSays({ program, tsc }: TypeCheckJob): string {
  const { folder, typeRoots } = configFolder(program);
  try {
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(configFor(program, typeRoots)));
    // It runs in the current folder, as seen from which it names files.
    const run = spawnSync(process.execPath, [tsc, '--project', folder, '--pretty', 'false'], { encoding: 'utf8' });
    if (run.error) throw run.error;
    if (run.status === 0) return '';
    const text = `${run.stdout}${run.stderr}`;
    // A compiler that was killed has found nothing wrong, and nothing right.
    if (text.trim() === '') throw new Error(`the compiler ended with ${run.signal ?? run.status} and said nothing`);
    return text;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * A new folder for the configuration. The compiler looks for the packages in `types` from there upwards, so it lies where the program's own packages
 * are; where that cannot be written, elsewhere, and the folders of `@types` are named.
 */
function configFolder(program: string): { readonly folder: string; readonly typeRoots?: readonly string[] } {
  const packages = ancestors(dirname(program)).map((folder) => join(folder, 'node_modules'));
  const nearest = packages.find((folder) => existsSync(folder));
  try {
    if (nearest !== undefined) {
      mkdirSync(join(nearest, '.cache'), { recursive: true });
      return { folder: mkdtempSync(join(nearest, '.cache', 'edgecdk-')) };
    }
  } catch {
    // Read-only, as in many a container.
  }
  const typeRoots = packages.map((folder) => join(folder, '@types')).filter((folder) => existsSync(folder));
  return { folder: mkdtempSync(join(tmpdir(), 'edgecdk-')), typeRoots };
}

/** The options of the program's own tsconfig.json, for this one program; strict ones where there is none. */
function configFor(program: string, typeRoots: readonly string[] | undefined): object {
  const folders = ancestors(dirname(program));
  const own = folders.map((folder) => join(folder, 'tsconfig.json')).find((file) => existsSync(file));
  const hasNode = folders.some((folder) => existsSync(join(folder, 'node_modules/@types/node')));
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
      ...(typeRoots && { typeRoots }),
      noEmit: true,
      // `null` takes back what the own configuration says: these need each other, and none has a say in what is right.
      composite: null,
      incremental: null,
      tsBuildInfoFile: null,
      declaration: null,
      declarationMap: null,
      declarationDir: null,
      emitDeclarationOnly: null,
      isolatedDeclarations: null,
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

parentPort?.postMessage('at work');
check(workerData as TypeCheckJob);
