import { K3S_RELEASES } from '../catalog/k3s';
import type { ArtifactLock, K3sArchitecture, LockedK3s } from '../model/artifact-lock';
import { error, type Problem } from '../model/problem';
import { getText, type Patience, TransferError } from './get';
import { checksumsFileName, K3S_SOURCE, lockedFrom, releaseUrl } from './k3s-release';
import type { K3sUse } from './k3s-uses';
import { entriesOf, type FoundRelease, type Merged, mergeLock } from './merge-lock';

export interface LockRequest {
  /** What is to be locked. */
  readonly uses: readonly K3sUse[];
  /** All that the program runs: what `prune` keeps. @default - what is to be locked */
  readonly kept?: readonly K3sUse[];
  /** @default - nothing was locked before */
  readonly previous?: ArtifactLock;
  /** Folder of releases. @default - where each was locked from; for new ones the same, if that is one place, else K3s's own */
  readonly source?: string;
  readonly update: boolean;
  readonly prune: boolean;
  /** `2026-11-24` */
  readonly today: string;
  readonly patience: Patience;
}

/** Reads the checksums of all releases that a program runs, and merges them into its lock. With problems, nothing is meant to be written. */
export async function lockK3s(request: LockRequest): Promise<Merged> {
  const { uses, kept = uses } = request;
  const wanted = uses.flatMap((use) => use.architectures.map((architecture) => ({ use, architecture })));
  const read = await Promise.all(wanted.map(({ use, architecture }) => find(use, architecture, request)));
  const found = read.flatMap((one) => ('files' in one ? [one] : []));
  const failed = read.flatMap((one) => ('files' in one ? [] : [one]));
  const merged = mergeLock(request.previous, found, {
    ...request,
    isUsed: (version, architecture) =>
      kept.some((use) => use.version === version && use.architectures.includes(architecture)),
  });
  return { ...merged, problems: [...failed, ...merged.problems] };
}

async function find(
  { version, path }: K3sUse,
  architecture: K3sArchitecture,
  request: LockRequest,
): Promise<FoundRelease | Problem> {
  const before = request.previous?.k3s[version]?.[architecture];
  const base = request.source === undefined && before ? folderOf(before) : releaseUrl(sourceOf(request), version);
  const url = `${base}/${checksumsFileName(architecture)}`;
  try {
    const files = lockedFrom(await getText(url, request.patience), base, architecture);
    if (!('problem' in files)) return { version, architecture, files, path };
    return error(path, `${url} ${files.problem}; name a source that has the files of K3s as they were released`);
  } catch (e) {
    if (!(e instanceof TransferError)) throw e;
    if (e.status !== 404) return error(path, `${e.message}; try again, or name another source with --source`);
    return error(path, `found no release ${version} for ${architecture}: ${e.message}. ${knownReleases(version)}`);
  }
}

/** A mirror that was named once is meant for the next release too. */
function sourceOf({ source, previous }: LockRequest): string {
  if (source !== undefined) return source;
  const [first, ...others] = new Set(
    entriesOf(previous).map(([version, , files]) => folderOf(files).replace(`/${encodeURIComponent(version)}`, '')),
  );
  return first === undefined || others.length > 0 ? K3S_SOURCE : first;
}

function folderOf({ binary }: LockedK3s): string {
  return binary.url.slice(0, -binary.file.length - 1);
}

function knownReleases(version: string): string {
  const [, minor = ''] = /^v(\d+\.\d+)\./.exec(version) ?? [];
  const own = Object.entries(K3S_RELEASES).find(([name]) => name === minor)?.[1];
  const known = own
    ? `the newest of ${minor} that EdgeCDK knows is ${own}`
    : `EdgeCDK knows ${Object.values(K3S_RELEASES).join(', ')}`;
  return `Name a version that was released (${known}), or a source that has it with --source`;
}
