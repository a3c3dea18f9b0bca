import { existsSync } from 'node:fs';
import { cachedFile } from '../artifacts/cache';
import { digestFile } from '../artifacts/checksums';
import { download } from '../artifacts/download';
import { type Patience, TransferError } from '../artifacts/get';
import type { ArtifactUse } from '../artifacts/uses';
import type { ArtifactLock, LockedCopy, LockedFile, LockedParts } from '../model/artifact-lock';
import { error, type Problem } from '../model/problem';
import { downloadLine } from './download-line';
import { shortPath } from './load-program';
import { count } from './report';

interface DownloadOptions {
  readonly cache: string;
  readonly patience: Patience;
  readonly quiet: boolean;
}

/** Fetches what the uses need and the lock names, one file after the other; gives what did not come. */
export async function downloadAll(
  uses: readonly ArtifactUse[],
  lock: ArtifactLock,
  { cache, patience, quiet }: DownloadOptions,
): Promise<readonly Problem[]> {
  const line = downloadLine(quiet);
  const problems: Problem[] = [];
  const counts = { there: 0, fetched: 0 };
  for (const { file, target, version, path } of filesOf(uses, lock, cache)) {
    const what = `${file.file} of ${version}`;
    if (!isFetched(file)) {
      if (await isThere(target, file)) counts.there++;
      else
        problems.push(
          error(
            path,
            `${what} is not there as it was locked (${shortPath(target)}): it cannot be fetched; copy it there from where it was locked, or bring another one and lock that with --update`,
          ),
        );
      continue;
    }
    try {
      const onProgress = (done: number, total: number | undefined) => line.show(what, done, total);
      const result = await download({ target, file, patience, onProgress });
      counts[result]++;
      line.end(result === 'fetched' ? `fetched ${what}` : undefined);
    } catch (e) {
      line.end(undefined);
      problems.push(error(path, `${what} is not fetched: ${whyNot(e)}`));
    }
  }
  if (!quiet)
    console.log(
      `${shortPath(cache)}: ${count(counts.fetched, 'file')} fetched, ${counts.there} there already, ${problems.length} missing`,
    );
  return problems;
}

function filesOf(uses: readonly ArtifactUse[], lock: ArtifactLock, cache: string) {
  return uses.flatMap(({ member, version, architectures, path }) =>
    architectures.flatMap((architecture) => {
      const parts: LockedParts = lock[member]?.[version]?.[architecture] ?? {};
      return Object.values(parts).map((file) => ({
        file,
        target: cachedFile(cache, member, version, file.file, architecture),
        version,
        path,
      }));
    }),
  );
}

function isFetched(file: LockedCopy): file is LockedFile {
  return 'url' in file;
}

async function isThere(target: string, { sha256 }: LockedCopy): Promise<boolean> {
  if (!existsSync(target)) return false;
  const [hash] = await digestFile(target, ['sha256']);
  return hash?.digest('hex') === sha256;
}

/** Why a transfer failed, or the disk refused it. */
function whyNot(e: unknown): string {
  if (e instanceof TransferError) return e.again ? `${e.message}; run it again, and it goes on from here` : e.message;
  const { syscall, message } = e as NodeJS.ErrnoException;
  if (syscall !== undefined) return `${message}; make room, or name another folder with --artifacts`;
  throw e;
}
