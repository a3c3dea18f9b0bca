import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Outside of the repository, so that a fresh clone finds what an earlier one got. `EDGECDK_E2E_CACHE` says otherwise. */
export function cacheFolder(): string {
  const { EDGECDK_E2E_CACHE: own, XDG_CACHE_HOME: base } = process.env;
  return own || join(base || join(homedir(), '.cache'), 'edgecdk-e2e');
}

/**
 * The folder of this key in the cache, made by `make` where it is not there yet. Made beside its place and moved, so that one that was cut short is
 * never taken for a whole one.
 */
export function cached(key: string, make: (folder: string) => void): string {
  const place = join(cacheFolder(), key);
  if (existsSync(join(place, 'complete'))) return place;
  const beside = `${place}.${process.pid}`;
  rmSync(beside, { recursive: true, force: true });
  mkdirSync(beside, { recursive: true });
  try {
    make(beside);
    writeFileSync(join(beside, 'complete'), '');
    rmSync(place, { recursive: true, force: true });
    renameSync(beside, place);
  } finally {
    rmSync(beside, { recursive: true, force: true });
  }
  return place;
}
