import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(__dirname, '../..');

export interface ChildOptions {
  /** @default - as the tests have them */
  readonly environment?: Readonly<Record<string, string>>;
  /** Kills it in the middle of this change to the disk, counted from 1. @default - it lives */
  readonly killAt?: number;
}

export interface ChildResult {
  /** `null` for a process that was killed. */
  readonly status: number | null;
  readonly stderr: string;
  readonly written: number;
  readonly unchanged: number;
  readonly removed: number;
  /** Changes to the disk, of any kind. */
  readonly changes: number;
}

/** Synthesizes a program in a process of its own, with the sources of the package. */
export function synthInChild(program: string, outDir: string, options: ChildOptions = {}): Promise<ChildResult> {
  const script = join(root, 'test/support/synth-program.ts');
  const kill = options.killAt === undefined ? [] : [String(options.killAt)];
  const child = spawn(process.execPath, ['--import', 'tsx', script, program, outDir, ...kill], {
    cwd: root,
    env: { ...process.env, TSX_TSCONFIG_PATH: join(root, 'test/tsconfig.json'), ...options.environment },
  });
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      output[name] += text;
    });
  }
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('close', (status) => {
      const result = status === 0 ? JSON.parse(output.stdout) : { written: 0, unchanged: 0, removed: 0, changes: 0 };
      done({ status, stderr: output.stderr, ...result });
    });
  });
}

/** A copy of an example that a test may change. */
export class ExampleCopy {
  readonly folder: string;
  private readonly scratch = mkdtempSync(join(tmpdir(), 'edgecdk-test-'));

  constructor(name: string) {
    this.folder = join(this.scratch, name);
    cpSync(join(root, 'examples', name), this.folder, { recursive: true, filter: (path) => !path.endsWith('/dist') });
    symlinkSync(join(root, 'node_modules'), join(this.scratch, 'node_modules'));
  }

  /** A path beside the example. */
  path(name: string): string {
    return join(this.scratch, name);
  }

  /** Changes the text of a file; throws if that changes nothing. Gives the way back. */
  edit(file: string, change: (text: string) => string): () => void {
    const path = join(this.folder, file);
    const text = readFileSync(path, 'utf8');
    const changed = change(text);
    if (changed === text) throw new Error(`the edit of ${file} changes nothing`);
    writeFileSync(path, changed);
    return () => writeFileSync(path, text);
  }

  remove(): void {
    rmSync(this.scratch, { recursive: true, force: true });
  }
}
