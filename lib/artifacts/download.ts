import { createHash, type Hash } from 'node:crypto';
import { createReadStream, existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { LockedFile } from '../model/artifact-lock';
import { temporary } from '../model/assembly-record';
import { type Answer, get, type Patience, retrying, TransferError } from './get';

export interface Download {
  /** Folder of all artifacts. */
  readonly cache: string;
  readonly version: string;
  readonly file: LockedFile;
  readonly patience: Patience;
  /** Called as bytes come; `total` where the server tells it. */
  readonly onProgress?: (done: number, total: number | undefined) => void;
}

/** Two hours: 200 MB over a line of 250 kbit/s. */
const wholeMs = 2 * 60 * 60 * 1000;
/** Ten times what the files are; a server must not fill the disk. */
const mostBytes = 2 * 1024 ** 3;

export function cachedFile(cache: string, version: string, file: LockedFile): string {
  return join(cache, 'k3s', version, file.file);
}

/**
 * Brings a locked file into the cache, where it only ever stands whole and checked. What is there already is read and
 * not fetched again; what was begun goes on where it ended, if the server can do that. Throws `TransferError`, and the
 * errors of the disk.
 */
export async function download(request: Download): Promise<'there' | 'fetched'> {
  const { cache, version, file, patience } = request;
  const target = cachedFile(cache, version, file);
  if (existsSync(target) && (await hashOf(target)).digest('hex') === file.sha256) return 'there';
  mkdirSync(dirname(target), { recursive: true });
  const part = `${target}${temporary}`;
  await retrying(patience, () => fetchPart(part, request));
  renameSync(part, target);
  return 'fetched';
}

/** Leaves the whole file at `part`, or throws. */
async function fetchPart(part: string, { file, patience, onProgress }: Download): Promise<void> {
  const had = existsSync(part) ? statSync(part).size : 0;
  const begun = await (had > 0 ? hashOf(part) : createHash('sha256'));
  // Killed between the last byte and the rename.
  if (begun.copy().digest('hex') === file.sha256) return;
  const headers: Record<string, string> = had > 0 ? { range: `bytes=${had}-` } : {};
  const limits = { silenceMs: patience.silenceMs, wholeMs };
  const { hash, resumed } = await get(file.url, limits, { headers, accepted: [416] }, async (answer) => {
    const resumes = answer.status === 206 && had > 0;
    const continues = resumes && answer.header('content-range')?.startsWith(`bytes ${had}-`);
    if (answer.status === 416 || (resumes && !continues)) {
      rmSync(part, { force: true });
      throw new TransferError(`${file.url} cannot go on at byte ${had}`, had > 0, answer.status);
    }
    const from = resumes ? had : 0;
    const sum = resumes ? begun : createHash('sha256');
    const handle = await open(part, resumes ? 'a' : 'w');
    try {
      await store(answer, handle, sum, { from, url: file.url, onProgress });
    } finally {
      await handle.close();
    }
    return { hash: sum.digest('hex'), resumed: resumes };
  });
  if (hash === file.sha256) return;
  rmSync(part);
  throw new TransferError(
    `${file.url} has the checksum ${hash}, and ${file.sha256} is locked: it was changed or damaged on the way`,
    // What was there before may have been another file's beginning.
    resumed,
  );
}

async function store(
  answer: Answer,
  handle: FileHandle,
  hash: Hash,
  {
    from,
    url,
    onProgress,
  }: { readonly from: number; readonly url: string; readonly onProgress: Download['onProgress'] },
): Promise<void> {
  const length = Number(answer.header('content-length') ?? Number.NaN);
  const total = Number.isSafeInteger(length) ? from + length : undefined;
  let done = from;
  for await (const chunk of answer.chunks) {
    done += chunk.length;
    if (done > mostBytes) throw new TransferError(`${url} is larger than 2 GiB, which no file of K3s is`, false);
    hash.update(chunk);
    await handle.writeFile(chunk);
    onProgress?.(done, total);
  }
}

async function hashOf(file: string): Promise<Hash> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return hash;
}
