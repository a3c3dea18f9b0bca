import type { ArtifactArchitecture, ArtifactLock, LockedFile, LockedParts, LockMember } from '../model/artifact-lock';
import { RELEASE_KINDS } from '../model/lock/kinds';
import { error, type Problem } from '../model/problem';
import { type Patience, TransferError } from './get';
import { type FoundRelease, itemsOf, type Merged, mergeLock } from './merge-lock';
import { type OnProgress, type ReleaseSource, releaseUrl } from './release-source';
import { RELEASE_SOURCES } from './sources';
import type { ArtifactUse } from './uses';

export interface LockRequest {
  /** What is to be locked. */
  readonly uses: readonly ArtifactUse[];
  /** All that the program runs: what `prune` keeps. @default - what is to be locked */
  readonly kept?: readonly ArtifactUse[];
  /** @default - nothing was locked before */
  readonly previous?: ArtifactLock;
  /** Folders of releases. @default - where each was locked from; for new ones the same, if that is one place, else its makers' own */
  readonly sources?: Readonly<Partial<Record<LockMember, string>>>;
  /** Folder of artifacts, with what people brought and what has to be fetched to be locked. */
  readonly cache: string;
  readonly update: boolean;
  readonly prune: boolean;
  /** `2026-11-24` */
  readonly today: string;
  readonly patience: Patience;
  readonly onProgress?: OnProgress;
}

/**
 * Reads the checksums of the releases that a program runs and that are not locked yet, and merges them into its lock. With problems, nothing is meant to be written: a lock that
 * has a part of what one commit needs would be committed as if it were whole.
 */
export async function lockReleases(request: LockRequest): Promise<Merged> {
  const { uses, kept = uses } = request;
  const wanted = uses.flatMap((use) => use.architectures.map((architecture) => ({ use, architecture })));
  const read = await Promise.all(wanted.map(({ use, architecture }) => find(use, architecture, request)));
  const found = read.flatMap((one) => ('parts' in one ? [one] : []));
  const failed = read.flatMap((one) => ('parts' in one ? [] : [one]));
  const merged = mergeLock(request.previous, [...found, ...daysOf(uses)], {
    ...request,
    isUsed: ({ member, version, architecture }) =>
      kept.some(
        (use) =>
          use.member === member &&
          use.version === version &&
          (architecture === undefined || use.architectures.includes(architecture)),
      ),
  });
  return { ...merged, problems: [...failed, ...merged.problems] };
}

/** What comes from a store alone. Where other machines get files of the same release, it has its day from these. */
function daysOf(uses: readonly ArtifactUse[]): FoundRelease[] {
  const withFiles = ({ member, version }: ArtifactUse) =>
    uses.some((use) => use.member === member && use.version === version && use.architectures.length > 0);
  return uses
    .filter((use) => use.fromStore === true && !withFiles(use))
    .map(({ member, version, path }) => ({ member, version, parts: {}, path, ofChange: '' }));
}

async function find(
  { member, version, path }: ArtifactUse,
  architecture: ArtifactArchitecture,
  request: LockRequest,
): Promise<FoundRelease | Problem> {
  const source = RELEASE_SOURCES[member];
  const before: LockedParts | undefined = request.previous?.[member]?.[version]?.[architecture];
  const { cache, patience, onProgress } = request;
  if (before !== undefined && !asksAgain(source, request))
    return { member, version, architecture, parts: before, path, ofChange: source.ofChange };
  const base = baseOf(source, version, before, request);
  try {
    const found = await source.find({ version, architecture, base, cache, before, patience, onProgress });
    if ('problem' in found) return error(path, found.problem);
    return { member, version, architecture, parts: found.parts, path, ofChange: source.ofChange };
  } catch (e) {
    const { syscall, message } = e as NodeJS.ErrnoException;
    if (syscall !== undefined) return error(path, `${message}; make room, or name another folder with --artifacts`);
    if (!(e instanceof TransferError)) throw e;
    if (e.status !== 404)
      return error(
        path,
        `${e.message}; try again, or name another source with --source: it has the files of a release as <source>/<version>/<file>`,
      );
    return error(
      path,
      `found no release ${version} of ${RELEASE_KINDS[member].title} for ${architecture}: ${e.message}. Name a version that was released (${source.known(version)}), or a source that has it with --source`,
    );
  }
}

/** What is locked is good without its source, so that another release can be locked where that cannot be reached. What lies on the disk costs nothing. */
function asksAgain({ home, member }: ReleaseSource, { sources, update }: LockRequest): boolean {
  return update || home === undefined || sources?.[member] !== undefined;
}

function baseOf(
  source: ReleaseSource,
  version: string,
  before: LockedParts | undefined,
  { sources, previous }: LockRequest,
): string {
  if (source.home === undefined) return '';
  const named = sources?.[source.member];
  if (named !== undefined) return releaseUrl(named, version);
  const locked = folderOf(before);
  if (locked !== undefined) return locked;
  // A mirror that was named once is meant for the next release too.
  const [first, ...others] = new Set(
    itemsOf(previous).flatMap((item) =>
      item.member === source.member
        ? (folderOf(item.parts)?.replace(`/${encodeURIComponent(item.version)}`, '') ?? [])
        : [],
    ),
  );
  return releaseUrl(first === undefined || others.length > 0 ? source.home : first, version);
}

/** All files of a release are in one folder. */
function folderOf(parts: LockedParts | undefined): string | undefined {
  const [file]: readonly (Partial<LockedFile> | undefined)[] = Object.values(parts ?? {});
  return file?.url?.slice(0, -(file.file ?? '').length - 1);
}
