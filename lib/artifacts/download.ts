import { createHash, type Hash } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { LockedFile } from '../model/artifact-lock';
import { temporary } from '../model/assembly-record';
import { type Digest, digestFile } from './checksums';
import { type Answer, get, type Patience, retrying, TransferError } from './get';

export interface Download {
  /** Where it goes. */
  readonly target: string;
  readonly file: LockedFile;
  readonly patience: Patience;
  /** Called as bytes come; `total` where the server tells it. */
  readonly onProgress?: (done: number, total: number | undefined) => void;
}

/** What is fetched, and by what it is known. */
export interface FileRequest extends Omit<Download, 'file'> {
  readonly url: string;
  readonly digest: Digest;
  /** Who says that it has this digest, for messages. @default 'the lock has' */
  readonly origin?: string;
}

/** Two hours: 200 MB over a line of 250 kbit/s. */
const wholeMs = 2 * 60 * 60 * 1000;
/** Ten times what the files are; a server must not fill the disk. */
const mostBytes = 2 * 1024 ** 3;

/**
 * Brings a locked file into the cache, where it only ever stands whole and checked. What is there already is read and
 * not fetched again; what was begun goes on where it ended, if the server can do that. Throws `TransferError`, and the
 * errors of the disk.
 */
export function download({ file, ...request }: Download): Promise<'there' | 'fetched'> {
  return fetchFile({ ...request, url: file.url, digest: { name: 'sha256', hex: file.sha256 } });
}

/** The same of a file that is known by another digest. */
export async function fetchFile(request: FileRequest): Promise<'there' | 'fetched'> {
  const { target, digest, patience } = request;
  if (existsSync(target) && (await hashOf(target, digest)).digest('hex') === digest.hex) return 'there';
  mkdirSync(dirname(target), { recursive: true });
  const part = `${target}${temporary}`;
  await retrying(patience, () => fetchPart(part, request));
  renameSync(part, target);
  return 'fetched';
}

/** Leaves the whole file at `part`, or throws. */
async function fetchPart(part: string, { url, digest, origin, patience, onProgress }: FileRequest): Promise<void> {
  const had = existsSync(part) ? statSync(part).size : 0;
  const begun = await (had > 0 ? hashOf(part, digest) : createHash(digest.name));
  // Killed between the last byte and the rename.
  if (begun.copy().digest('hex') === digest.hex) return;
  const headers: Record<string, string> = had > 0 ? { range: `bytes=${had}-` } : {};
  const limits = { silenceMs: patience.silenceMs, wholeMs };
  const { hash, resumed } = await get(url, limits, { headers, accepted: [416] }, async (answer) => {
    const resumes = answer.status === 206 && had > 0;
    const continues = resumes && answer.header('content-range')?.startsWith(`bytes ${had}-`);
    if (answer.status === 416 || (resumes && !continues)) {
      rmSync(part, { force: true });
      throw new TransferError(`${url} cannot go on at byte ${had}`, had > 0, answer.status);
    }
    const from = resumes ? had : 0;
    const sum = resumes ? begun : createHash(digest.name);
    const handle = await open(part, resumes ? 'a' : 'w');
    try {
      await store(answer, handle, sum, { from, url, onProgress });
    } finally {
      await handle.close();
    }
    return { hash: sum.digest('hex'), resumed: resumes };
  });
  if (hash === digest.hex) return;
  rmSync(part);
  throw new TransferError(
    `${url} has the checksum ${hash}, and ${origin ?? 'the lock has'} ${digest.hex}: it was changed or damaged on the way`,
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
    if (done > mostBytes) throw new TransferError(`${url} is larger than 2 GiB, which no file of a release is`, false);
    hash.update(chunk);
    await handle.writeFile(chunk);
    onProgress?.(done, total);
  }
}

async function hashOf(file: string, { name }: Digest): Promise<Hash> {
  const [hash] = await digestFile(file, [name]);
  return hash ?? createHash(name);
}
