import { lstatSync, mkdirSync, readdirSync, readFileSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { temporary } from '../model/assembly-record';

/** The output folder: the only place in the engine that changes a disk. Paths are relative to it. */
export class Disk {
  /** Folders that are known to be real, and whether this run made them. */
  private readonly folders = new Map<string, 'old' | 'new'>();

  constructor(readonly outDir: string) {}

  /** Writes beside the file and renames, so that a reader finds the old text or the new one. */
  write(path: string, text: string): void {
    this.stage(path, text);
    this.publish(path);
  }

  /** Writes beside the file, which stays as it is until `publish`. */
  stage(path: string, text: string): void {
    this.makeFolder(dirname(path));
    this.writeWhole(`${path}${temporary}`, text);
  }

  publish(path: string): void {
    this.refuseLink(dirname(path));
    const file = join(this.outDir, path);
    renameSync(`${file}${temporary}`, file);
  }

  /** The same for a file that nobody reads before the index names it: in a folder that this run made it needs no rename. */
  writeUnread(path: string, text: string): void {
    const folder = dirname(path);
    this.makeFolder(folder);
    if (this.folders.get(folder) === 'new') this.writeWhole(path, text);
    else this.write(path, text);
  }

  read(path: string): string | undefined {
    return ifThere(() => readFileSync(join(this.outDir, path), 'utf8'));
  }

  has(path: string): boolean {
    return ifThere(() => lstatSync(join(this.outDir, path))) !== undefined;
  }

  /** Names in a folder; none if it is not there. */
  list(path: string): readonly string[] {
    return ifThere(() => readdirSync(join(this.outDir, path))) ?? [];
  }

  remove(path: string): void {
    this.refuseLink(dirname(path));
    rmSync(join(this.outDir, path), { force: true });
  }

  /** Removes a folder that nothing is in, and the folders above it of which the same is true. */
  removeEmpty(path: string): void {
    if (path === '.' || this.list(path).length > 0) return;
    ifThere(() => rmdirSync(join(this.outDir, path)));
    this.removeEmpty(dirname(path));
  }

  /** A disk that is full keeps no half of a file, which would take the space that the next try needs. */
  private writeWhole(path: string, text: string): void {
    const file = join(this.outDir, path);
    try {
      writeFileSync(file, text);
    } catch (e) {
      try {
        rmSync(file, { force: true });
      } catch {
        // The next run finds it.
      }
      throw e;
    }
  }

  /** Level by level, so that no link is followed: it could lead anywhere, and what is there is not ours. */
  private makeFolder(path: string): void {
    if (this.folders.has(path)) return;
    if (path === '.') {
      mkdirSync(this.outDir, { recursive: true });
      this.folders.set(path, 'old');
      return;
    }
    this.makeFolder(dirname(path));
    const folder = join(this.outDir, path);
    try {
      mkdirSync(folder);
      this.folders.set(path, 'new');
    } catch (e) {
      if ((e as NodeJS.ErrnoException).code !== 'EEXIST') throw e;
      this.refuseLink(path);
      this.folders.set(path, 'old');
    }
  }

  private refuseLink(path: string): void {
    if (path === '.' || this.folders.has(path)) return;
    if (ifThere(() => lstatSync(join(this.outDir, path)).isSymbolicLink())) {
      throw Object.assign(new Error(`${path} is a symbolic link`), { code: 'ELOOP', path: join(this.outDir, path) });
    }
    this.refuseLink(dirname(path));
  }
}

function ifThere<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (e) {
    if ((e as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw e;
  }
}
