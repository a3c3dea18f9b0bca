import {
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { temporary } from '../model/assembly-record';
import { error, listSome, SynthError } from '../model/problem';
import { fileSha256 } from './artifacts';
import { isPlainPath } from './manifest-folder';

/** A file of what is exported, by its path in the folder: its content, or where it is copied from. */
export type FolderFile =
  | {
      readonly path: string;
      readonly content: Buffer /** Only its owner reads it. @default false */;
      readonly secret?: boolean;
    }
  | { readonly path: string; readonly from: string; readonly sha256: string };

/** `kit`: a medium for machines. `ansible`: inventory and playbook. */
export type ExportKind = 'kit' | 'ansible';

/** Tells a folder of ours from any other. */
export const markerName = '.edgecdk-export.json';

interface Marker {
  readonly producer: 'edgecdk';
  readonly kind: ExportKind;
  /** What it is for: a site, a node or a fleet. */
  readonly of: string;
  /** False while it is written. */
  readonly complete: boolean;
  /** All that we wrote: nothing else is ever removed. */
  readonly files: readonly string[];
}

/** What operating systems put on every medium. */
const systemFiles =
  /^(lost\+found|System Volume Information|\$RECYCLE\.BIN|\.Trash.*|\.Spotlight-V100|\.fseventsd|\.DS_Store)$/;

/** Throws `SynthError` where something else is in the way, before anything is written. */
export function checkExportFolder(folder: string, kind: ExportKind): void {
  const refuse = (message: string) => new SynthError([error(folder, message)]);
  if (!existsSync(folder)) return;
  if (!statSync(folder).isDirectory()) throw refuse('is a file; name a folder');
  const names = readdirSync(folder).filter((name) => !systemFiles.test(name) && name !== `${markerName}${temporary}`);
  if (names.length === 0) return;
  const marker = readMarker(folder);
  if (!marker)
    throw refuse(
      `is not empty and not of edgecdk export (it holds ${listSome(names, 3)}); name another folder, or empty it`,
    );
  if (marker.kind !== kind)
    throw refuse(
      `holds what edgecdk export ${marker.kind === 'ansible' ? '--ansible ' : ''}wrote for ${marker.of}; name another folder`,
    );
}

/**
 * Writes the files, and removes what an earlier export left that is no more among them. While it is at work the folder says that it is not complete, and
 * machines find nothing in it: `last` is the file by which they do.
 */
export function writeExportFolder(
  folder: string,
  {
    kind,
    of,
    files,
    last,
  }: { readonly kind: ExportKind; readonly of: string; readonly files: readonly FolderFile[]; readonly last: string },
): void {
  checkExportFolder(folder, kind);
  const before = (readMarker(folder)?.files ?? []).filter(isPlainPath);
  const now = files.map(({ path }) => path).sort();
  const gone = before.filter((path) => !now.includes(path));
  mkdirSync(folder, { recursive: true });
  const mark = (complete: boolean, paths: readonly string[]): void => {
    const marker: Marker = { producer: 'edgecdk', kind, of, complete, files: paths };
    const file = join(folder, markerName);
    writeFileSync(`${file}${temporary}`, `${JSON.stringify(marker, undefined, 2)}\n`);
    renameSync(`${file}${temporary}`, file);
  };
  mark(false, [...new Set([...before, ...now])].sort());
  for (const path of [last, ...gone]) remove(folder, path);
  for (const file of files) if (file.path !== last) write(folder, file);
  for (const file of files) if (file.path === last) write(folder, file);
  mark(true, now);
}

function write(folder: string, file: FolderFile): void {
  const to = join(folder, file.path);
  makeFolder(folder, dirname(file.path), 'secret' in file && file.secret === true);
  // Not through a link, and with the mode of a new file.
  rmSync(to, { force: true });
  if ('content' in file) {
    writeFileSync(to, file.content, { mode: file.secret ? 0o600 : 0o644 });
    return;
  }
  copyFileSync(file.from, to);
  if (fileSha256(to) === file.sha256) return;
  throw new SynthError([
    error(to, 'did not arrive as it was sent; try again, with another medium if that does not help'),
  ]);
}

function remove(folder: string, path: string): void {
  refuseLinks(folder, dirname(path));
  rmSync(join(folder, path), { force: true });
  for (let above = dirname(path); above !== '.'; above = dirname(above)) {
    const names = existsSync(join(folder, above)) ? readdirSync(join(folder, above)) : [];
    if (names.length > 0) return;
    if (existsSync(join(folder, above))) rmdirSync(join(folder, above));
  }
}

function makeFolder(folder: string, path: string, secret: boolean): void {
  refuseLinks(folder, path);
  mkdirSync(join(folder, dirname(path)), { recursive: true });
  mkdirSync(join(folder, path), { recursive: true, mode: secret ? 0o700 : 0o755 });
}

/** A link on a medium could lead anywhere. */
function refuseLinks(folder: string, path: string): void {
  for (let at = path; at !== '.'; at = dirname(at)) {
    const found = lstatSync(join(folder, at), { throwIfNoEntry: false });
    if (found?.isSymbolicLink())
      throw new SynthError([error(join(folder, at), 'is a symbolic link; remove it, or name another folder')]);
  }
}

function readMarker(folder: string): Marker | undefined {
  const file = join(folder, markerName);
  if (!existsSync(file)) return undefined;
  try {
    const marker = JSON.parse(readFileSync(file, 'utf8')) as Marker;
    return marker.producer === 'edgecdk' && Array.isArray(marker.files) ? marker : undefined;
  } catch {
    return undefined;
  }
}
