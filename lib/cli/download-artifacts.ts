import { download } from '../artifacts/download';
import { type Patience, TransferError } from '../artifacts/get';
import type { K3sUse } from '../artifacts/k3s-uses';
import type { ArtifactLock } from '../model/artifact-lock';
import { error, type Problem } from '../model/problem';
import { shortPath } from './load-program';
import { count } from './report';

interface DownloadOptions {
  readonly cache: string;
  readonly patience: Patience;
  readonly quiet: boolean;
}

/** Fetches what the uses need and the lock names, one file after the other; gives what did not come. */
export async function downloadAll(
  uses: readonly K3sUse[],
  lock: ArtifactLock,
  { cache, patience, quiet }: DownloadOptions,
): Promise<readonly Problem[]> {
  const line = downloadLine(quiet);
  const problems: Problem[] = [];
  const counts = { there: 0, fetched: 0 };
  for (const { version, architectures, path } of uses) {
    const files = architectures.flatMap((name) => Object.values(lock.k3s[version]?.[name] ?? {}));
    for (const file of files) {
      const what = `${file.file} of ${version}`;
      try {
        const onProgress = (done: number, total: number | undefined) => line.show(what, done, total);
        const result = await download({ cache, version, file, patience, onProgress });
        counts[result]++;
        line.end(result === 'fetched' ? `fetched ${what}` : undefined);
      } catch (e) {
        line.end(undefined);
        problems.push(error(path, `${what} is not fetched: ${whyNot(e)}`));
      }
    }
  }
  if (!quiet)
    console.log(
      `${shortPath(cache)}: ${count(counts.fetched, 'file')} fetched, ${counts.there} there already, ${problems.length} missing`,
    );
  return problems;
}

function whyNot(e: unknown): string {
  if (e instanceof TransferError) return e.again ? `${e.message}; run it again, and it goes on from here` : e.message;
  const { syscall, message } = e as NodeJS.ErrnoException;
  if (syscall !== undefined) return `${message}; make room, or name another folder with --artifacts`;
  throw e;
}

/** One line on a terminal that counts, and a line for each file elsewhere. */
function downloadLine(quiet: boolean) {
  const { stderr } = process;
  const counts = !quiet && stderr.isTTY === true;
  let shown = '';
  return {
    show(what: string, done: number, total: number | undefined): void {
      const text = `fetching ${what}: ${mebibytes(done)}${total === undefined ? '' : ` of ${mebibytes(total)}`} MiB`;
      if (!counts || text === shown) return;
      shown = text;
      stderr.write(`\r\x1b[K${text}`);
    },
    end(text: string | undefined): void {
      if (counts) stderr.write('\r\x1b[K');
      if (!quiet && text !== undefined) stderr.write(`${text}\n`);
    },
  };
}

function mebibytes(bytes: number): number {
  return Math.round(bytes / 1024 ** 2);
}
