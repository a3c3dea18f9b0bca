import { createHash, type Hash } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, readSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { Header, Pax } from 'tar';
import { temporary } from '../model/assembly-record';
import { sorted } from '../model/digest';
import { error, SynthError } from '../model/problem';

/** A file of a tar: its content, which may be read when its turn comes, or where it is copied from. */
export type TarFile =
  | { readonly path: string; readonly content: () => Buffer; readonly executable?: boolean }
  | { readonly path: string; readonly from: string; readonly sha256: string };

export interface WrittenTar {
  readonly bytes: number;
  readonly sha256: string;
}

/** Stands last, so that what was cut short has none. */
const SUMS = 'SHA256SUMS';

const PIECE = 1 << 20;
const BLOCK = 512;

/**
 * Writes files by name, and `SHA256SUMS` of them behind. Equal files make equal bytes: no time, no owner, and modes that hang on nothing. Under its name
 * the tar is whole, or what it was before.
 */
export function writeSummedTar(file: string, files: readonly TarFile[]): WrittenTar {
  mkdirSync(dirname(file), { recursive: true });
  const part = `${file}${temporary}`;
  const out = openSync(part, 'w', 0o644);
  try {
    const sink = makeSink(out);
    const sums = sorted(files, ({ path }) => path).map((one) => `${add(sink, one)}  ${one.path}\n`);
    add(sink, { path: SUMS, content: () => Buffer.from(sums.join('')) });
    sink.write(Buffer.alloc(2 * BLOCK));
    const written = sink.end();
    fsyncSync(out);
    closeSync(out);
    renameSync(part, file);
    return written;
  } catch (e) {
    rmSync(part, { force: true });
    throw e;
  }
}

interface Sink {
  write(piece: Buffer): void;
  end(): WrittenTar;
}

/** Collects small pieces: a stick has tens of thousands of files. */
function makeSink(out: number): Sink {
  const hash = createHash('sha256');
  let pending: Buffer[] = [];
  let waiting = 0;
  let bytes = 0;
  const flush = () => {
    const all = Buffer.concat(pending);
    for (let done = 0; done < all.length; ) done += writeSync(out, all, done);
    hash.update(all);
    bytes += all.length;
    pending = [];
    waiting = 0;
  };
  return {
    write(piece) {
      pending.push(piece);
      waiting += piece.length;
      if (waiting >= PIECE) flush();
    },
    end() {
      flush();
      return { bytes, sha256: hash.digest('hex') };
    },
  };
}

/** Adds a file, and gives its SHA-256. */
function add(sink: Sink, file: TarFile): string {
  const hash = createHash('sha256');
  if ('content' in file) {
    const content = file.content();
    writeHead(sink, file.path, content.length, file.executable === true ? 0o755 : 0o644);
    sink.write(content);
    pad(sink, content.length);
    return hash.update(content).digest('hex');
  }
  const { size } = statSync(file.from);
  writeHead(sink, file.path, size, 0o644);
  const copied = copy(sink, file.from, hash);
  if (copied !== size || hash.digest('hex') !== file.sha256)
    throw new SynthError([error(file.from, 'has changed while it was read; try again')]);
  pad(sink, size);
  return file.sha256;
}

function copy(sink: Sink, from: string, hash: Hash): number {
  const handle = openSync(from, 'r');
  try {
    let copied = 0;
    for (;;) {
      const piece = Buffer.allocUnsafe(PIECE);
      const size = readSync(handle, piece);
      if (size === 0) return copied;
      hash.update(piece.subarray(0, size));
      sink.write(piece.subarray(0, size));
      copied += size;
    }
  } finally {
    closeSync(handle);
  }
}

function writeHead(sink: Sink, path: string, size: number, mode: number): void {
  const fields = { path, mode, uid: 0, gid: 0, size, mtime: new Date(0), type: 'File' } as const;
  const header = new Header(fields);
  if (header.encode()) sink.write(new Pax({ path, size, mtime: fields.mtime, uid: 0, gid: 0 }).encode());
  if (header.block) sink.write(header.block);
}

function pad(sink: Sink, size: number): void {
  sink.write(Buffer.alloc((BLOCK - (size % BLOCK)) % BLOCK));
}
