import {
  type ArtifactArchitecture,
  type ArtifactLock,
  artifactLockFormat,
  isArtifactArchitecture,
  type LockedParts,
  type LockedRelease,
  type LockedReleases,
  type LockMember,
} from '../artifact-lock';
import { LOCK_MEMBERS, RELEASE_KINDS } from './kinds';
import { members, plainRecord, show } from './reading';
import type { ReleaseKind } from './release-kind';

/**
 * Reads a lock. The schema is closed: names and checksums end up in scripts that run as root, so what is not exactly as
 * `edgecdk lock` writes it is refused. All that is wrong is told at once, each as a sentence about the file.
 */
export function parseArtifactLock(text: string): ArtifactLock | { readonly problems: readonly string[] } {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch (e) {
    return { problems: [`is no JSON (${(e as Error).message}); restore it from version control`] };
  }
  const problems: string[] = [];
  const { format } = Object(read) as { readonly format?: unknown };
  // Asked first: another format may have other members.
  if (format !== undefined && format !== artifactLockFormat)
    return {
      problems: [
        `has format ${show(format)}, and this EdgeCDK reads ${artifactLockFormat}; use the release that wrote it`,
      ],
    };
  const lock = members(problems, 'the lock', read, ['format'], LOCK_MEMBERS);
  const releases: Partial<Record<LockMember, LockedReleases>> = {};
  for (const member of LOCK_MEMBERS)
    if (lock?.[member] !== undefined) releases[member] = readReleases(problems, member, lock[member]);
  return problems.length > 0 ? { problems } : lockOf(releases);
}

/** A lock of releases whose parts have the names that their kinds say. */
export function lockOf(releases: Readonly<Partial<Record<LockMember, LockedReleases>>>): ArtifactLock {
  return { format: artifactLockFormat, k3s: {}, ...releases } as ArtifactLock;
}

function readReleases(problems: string[], member: LockMember, value: unknown): LockedReleases {
  const kind = RELEASE_KINDS[member];
  const releases: Record<string, LockedRelease> = {};
  for (const [version, release] of Object.entries(plainRecord(problems, member, value) ?? {})) {
    if (kind.isVersion(version)) releases[version] = readRelease(problems, kind, version, release);
    else
      problems.push(
        `${member} has ${show(version)}, which is no release of ${kind.title}; releases are named like ${kind.example}`,
      );
  }
  return releases;
}

function readRelease(problems: string[], kind: ReleaseKind, version: string, value: unknown): LockedRelease {
  const { lockedOn, ...release } = plainRecord(problems, version, value) ?? {};
  const read: Partial<Record<ArtifactArchitecture, LockedParts>> = {};
  if (value !== undefined && !isDay(lockedOn))
    problems.push(`${version}.lockedOn must be a day such as 2026-11-24 (found ${show(lockedOn)})`);
  for (const [name, files] of Object.entries(release)) {
    const at = `${version}.${name}`;
    if (!isArtifactArchitecture(name) || !kind.architectures.includes(name)) {
      problems.push(
        `${at} is no architecture of ${kind.title}; it is released for ${[...kind.architectures].join(', ')}`,
      );
      continue;
    }
    const parts = kind.readParts(problems, at, files, { version, architecture: name });
    if (parts) read[name] = parts;
  }
  if (Object.keys(release).length === 0 && kind.store === undefined)
    problems.push(`${version} has no architecture; remove it, or run edgecdk lock`);
  return { ...read, lockedOn: String(lockedOn) };
}

function isDay(value: unknown): boolean {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const time = Date.parse(`${value}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value);
}
