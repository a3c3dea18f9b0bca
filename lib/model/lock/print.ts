import {
  type ArtifactLock,
  architecturesOf,
  type LockedCopy,
  type LockedFile,
  type LockedParts,
  type LockedRelease,
  type LockedReleases,
} from '../artifact-lock';
import { sorted } from '../digest';
import { LOCK_MEMBERS } from './kinds';

/** Sorted, so that equal locks are equal bytes and two branches that lock other versions merge. */
export function printArtifactLock(lock: ArtifactLock): string {
  const members = LOCK_MEMBERS.flatMap((member) => {
    const releases: LockedReleases = lock[member] ?? {};
    return Object.keys(releases).length === 0 ? [] : [[member, byName(releases, release)]];
  });
  return `${JSON.stringify({ format: lock.format, ...Object.fromEntries(members) }, undefined, 2)}\n`;
}

function release(locked: LockedRelease) {
  const architectures = architecturesOf<LockedParts>(locked).map(([name, parts]) => [name, byName(parts, file)]);
  return { lockedOn: locked.lockedOn, ...Object.fromEntries(architectures) };
}

function file({ file, sha256, ...more }: LockedCopy) {
  const { url, sha512 }: Partial<LockedFile> = more;
  // What is undefined is not printed.
  return { file, url, sha512, sha256 };
}

function byName<T>(record: Readonly<Record<string, T>>, print: (value: T) => unknown): Record<string, unknown> {
  return Object.fromEntries(
    sorted(Object.entries(record), ([name]) => name).map(([name, value]) => [name, print(value)]),
  );
}
