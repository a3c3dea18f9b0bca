import {
  type ArtifactLock,
  architecturesOf,
  artifactLockFileName,
  artifactLockFormat,
  type K3sArchitecture,
  type LockedK3s,
  type LockedRelease,
} from '../model/artifact-lock';
import { sorted } from '../model/digest';
import { error, type Problem } from '../model/problem';

/** What a source says of a release. */
export interface FoundRelease {
  readonly version: string;
  readonly architecture: K3sArchitecture;
  readonly files: LockedK3s;
  /** Construct that needs it, for messages. */
  readonly path: string;
}

/**
 * `new`: was not locked. `same`: is as it was. `updated`: other checksums, by leave. `moved`: equal checksums at another
 * place. `dropped`: was locked, and is not any more. `unused`: is locked, and no site runs it.
 */
export interface LockEntry {
  readonly version: string;
  readonly architecture: K3sArchitecture;
  readonly state: 'new' | 'same' | 'updated' | 'moved' | 'dropped' | 'unused';
}

export interface MergeOptions {
  /** Take checksums that differ from what is locked, instead of an error. */
  readonly update: boolean;
  /** Drop what is not used. */
  readonly prune: boolean;
  readonly isUsed: (version: string, architecture: K3sArchitecture) => boolean;
  /** `2026-11-24` */
  readonly today: string;
}

export interface Merged {
  readonly lock: ArtifactLock;
  /** Sorted by version and architecture. */
  readonly entries: readonly LockEntry[];
  readonly problems: readonly Problem[];
}

/** What was locked and what was found, in one. A release keeps its day until other checksums are taken for it: the day reaches machines, and they restart. */
export function mergeLock(
  previous: ArtifactLock | undefined,
  found: readonly FoundRelease[],
  options: MergeOptions,
): Merged {
  const locked = new Map(
    entriesOf(previous).map(([version, architecture, files]) => [
      `${version} ${architecture}`,
      { version, architecture, files },
    ]),
  );
  const states = new Map<string, LockEntry>();
  const problems: Problem[] = [];
  for (const one of found) {
    const { version, architecture, files, path } = one;
    const key = `${version} ${architecture}`;
    const before = locked.get(key)?.files;
    const differing = before === undefined ? [] : differences(before, files);
    if (before !== undefined && differing.length > 0 && !options.update) {
      problems.push(refusal(path, version, before, files, differing));
      continue;
    }
    locked.set(key, { version, architecture, files });
    states.set(key, { version, architecture, state: stateOf(before, files) });
  }
  for (const [key, { version, architecture }] of locked) {
    if (options.isUsed(version, architecture)) continue;
    states.set(key, { version, architecture, state: options.prune ? 'dropped' : 'unused' });
    if (options.prune) locked.delete(key);
  }
  const entries = sorted(states, ([key]) => key).map(([, entry]) => entry);
  const changed = entries.some(({ state }) => state !== 'same' && state !== 'unused');
  if (!changed && previous) return { lock: previous, entries, problems };
  const updated = new Set(entries.filter(({ state }) => state === 'updated').map(({ version }) => version));
  const k3s: Record<string, LockedRelease> = {};
  for (const { version, architecture, files } of locked.values()) {
    const before = updated.has(version) ? undefined : previous?.k3s[version]?.lockedOn;
    k3s[version] = { ...k3s[version], [architecture]: files, lockedOn: before ?? options.today };
  }
  return { lock: { format: artifactLockFormat, k3s }, entries, problems };
}

/** Version, architecture and files of all that is locked. */
export function entriesOf(lock: ArtifactLock | undefined): (readonly [string, K3sArchitecture, LockedK3s])[] {
  return Object.entries(lock?.k3s ?? {}).flatMap(([version, release]) =>
    architecturesOf(release).map(([architecture, files]) => [version, architecture, files] as const),
  );
}

const parts = ['binary', 'images'] as const;

function differences(before: LockedK3s, after: LockedK3s) {
  return parts.filter((part) => before[part].sha256 !== after[part].sha256);
}

function stateOf(before: LockedK3s | undefined, after: LockedK3s): LockEntry['state'] {
  if (before === undefined) return 'new';
  if (differences(before, after).length > 0) return 'updated';
  return parts.some((part) => before[part].url !== after[part].url) ? 'moved' : 'same';
}

function refusal(
  path: string,
  version: string,
  before: LockedK3s,
  after: LockedK3s,
  differing: readonly (typeof parts)[number][],
): Problem {
  const what = differing.map((part) => {
    const { file, sha256, url } = after[part];
    return `${file} of ${version} is locked as ${before[part].sha256}, and ${url.slice(0, -file.length)} lists ${sha256}`;
  });
  return error(
    path,
    `${what.join('; ')}. A release does not change after it is made: find out who changed it, and only then take it with edgecdk lock --update`,
    { source: artifactLockFileName },
  );
}
