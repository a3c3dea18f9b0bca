import { once } from 'node:events';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';

/** Room for the compiler's messages. */
const mostBytes = 1 << 20;

export interface TypeCheckJob {
  readonly program: string;
  readonly tsc: string;
  /** State in the first number (0: at work, 1: done), length of the text in the second, then the text. */
  readonly shared: SharedArrayBuffer;
}

/** A type check that goes on in another thread while the program runs. */
export interface TypeCheck {
  /** Waits for the verdict: messages of the compiler, a line each; empty if there are none. */
  readonly messages: () => readonly string[];
}

/** Starts it; undefined for a program that is no TypeScript. The compiler is the one beside the program. */
export async function startTypeCheck(program: string): Promise<TypeCheck | 'no-compiler' | undefined> {
  if (!/\.[cm]?ts$/.test(program)) return undefined;
  const tsc = findCompiler(program);
  if (tsc === undefined) return 'no-compiler';
  const shared = new SharedArrayBuffer(8 + mostBytes);
  const worker = new Worker(require.resolve('./type-check-worker'), {
    workerData: { program, tsc, shared } satisfies TypeCheckJob,
  });
  // A worker that does not come up would never end the wait below; from its first message on it always gives a verdict.
  try {
    await once(worker, 'message');
  } catch (e) {
    return { messages: () => [noVerdict(e as Error)] };
  }
  worker.unref();
  const state = new Int32Array(shared, 0, 2);
  return {
    messages: () => {
      // Synth is synchronous, so its last step before writing has to wait without giving up the thread.
      Atomics.wait(state, 0, 0);
      const bytes = new Uint8Array(shared, 8, state[1]);
      return Buffer.from(bytes)
        .toString('utf8')
        .split('\n')
        .filter((line) => line.trim() !== '');
    },
  };
}

/** Types that could not be checked are not taken for right. */
export function noVerdict(e: Error): string {
  return `the type check failed: ${e.message}; --no-type-check goes without`;
}

function findCompiler(program: string): string | undefined {
  try {
    const manifest = createRequire(program).resolve('typescript/package.json');
    return join(dirname(manifest), 'bin', 'tsc');
  } catch {
    return undefined;
  }
}
