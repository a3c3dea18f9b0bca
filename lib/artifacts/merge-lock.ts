import {
  type ArtifactArchitecture,
  type ArtifactLock,
  architecturesOf,
  artifactLockFileName,
  type LockedFile,
  type LockedParts,
  type LockedRelease,
  type LockedReleases,
  type LockMember,
} from '../model/artifact-lock';
import { sorted } from '../model/digest';
import { LOCK_MEMBERS } from '../model/lock/kinds';
import { lockOf } from '../model/lock/parse';
import { error, type Problem } from '../model/problem';

/** What of a release is locked at a time: its files for one architecture, or nothing but its day. */
export interface LockedItem {
  readonly member: LockMember;
  readonly version: string;
  /** @default - none: a store vouches for it, and its day alone is locked */
  readonly architecture?: ArtifactArchitecture;
  /** None without an architecture. */
  readonly parts: LockedParts;
}

/** What a source says of a release. */
export interface FoundRelease extends LockedItem {
  /** Construct that needs it, for messages. */
  readonly path: string;
  /** What to think of it where its checksums are others than before. */
  readonly ofChange: string;
}

/**
 * `new`: was not locked. `same`: is as it was. `updated`: other checksums, by leave. `moved`: equal checksums at another
 * place. `dropped`: was locked, and is not any more. `unused`: is locked, and no site runs it.
 */
export interface LockEntry extends Omit<LockedItem, 'parts'> {
  readonly state: 'new' | 'same' | 'updated' | 'moved' | 'dropped' | 'unused';
}

export interface MergeOptions {
  /** Take checksums that differ from what is locked, instead of an error. */
  readonly update: boolean;
  /** Drop what is not used. */
  readonly prune: boolean;
  readonly isUsed: (item: Omit<LockedItem, 'parts'>) => boolean;
  /** `2026-11-24` */
  readonly today: string;
}

export interface Merged {
  readonly lock: ArtifactLock;
  /** Sorted by member, version and architecture. */
  readonly entries: readonly LockEntry[];
  readonly problems: readonly Problem[];
}

/** What was locked and what was found, in one. A release keeps its day until other checksums are taken for it: the day reaches machines, and they restart. */
export function mergeLock(
  previous: ArtifactLock | undefined,
  found: readonly FoundRelease[],
  options: MergeOptions,
): Merged {
  const locked = new Map(itemsOf(previous).map((item) => [keyOf(item), item]));
  const states = new Map<string, LockEntry>();
  const problems: Problem[] = [];
  for (const one of found) {
    const { member, version, architecture, parts } = one;
    const before = architecture === undefined ? dayOf(previous, one) : locked.get(keyOf(one))?.parts;
    const differing = before === undefined ? [] : differences(before, parts);
    if (before !== undefined && differing.length > 0 && !options.update) {
      problems.push(refusal(one, before, differing));
      continue;
    }
    locked.set(keyOf(one), { member, version, architecture, parts });
    states.set(keyOf(one), { member, version, architecture, state: stateOf(before, parts) });
  }
  for (const [key, { parts: _, ...item }] of locked) {
    if (options.isUsed(item)) continue;
    states.set(key, { ...item, state: options.prune ? 'dropped' : 'unused' });
    if (options.prune) locked.delete(key);
  }
  const entries = sorted(states, ([key]) => key).map(([, entry]) => entry);
  const changed = entries.some(({ state }) => state !== 'same' && state !== 'unused');
  if (!changed && previous) return { lock: previous, entries, problems };
  return { lock: lockFrom([...locked.values()], previous, entries, options.today), entries, problems };
}

function lockFrom(
  items: readonly LockedItem[],
  previous: ArtifactLock | undefined,
  entries: readonly LockEntry[],
  today: string,
): ArtifactLock {
  const releaseOf = ({ member, version }: Omit<LockedItem, 'parts'>) => `${member} ${version}`;
  const updated = new Set(entries.filter(({ state }) => state === 'updated').map(releaseOf));
  const members: Partial<Record<LockMember, Record<string, LockedRelease>>> = {};
  for (const { member, version, architecture, parts } of items) {
    const before = updated.has(releaseOf({ member, version })) ? undefined : previous?.[member]?.[version]?.lockedOn;
    members[member] ??= {};
    const releases = members[member];
    releases[version] = {
      ...releases[version],
      ...(architecture !== undefined && { [architecture]: parts }),
      lockedOn: before ?? today,
    };
  }
  return lockOf(members);
}

/** All that is locked. */
export function itemsOf(lock: ArtifactLock | undefined): LockedItem[] {
  return LOCK_MEMBERS.flatMap((member) => {
    const releases: LockedReleases = lock?.[member] ?? {};
    return Object.entries(releases).flatMap(([version, release]): LockedItem[] => {
      const items = architecturesOf(release).map(([architecture, parts]) => ({ member, version, architecture, parts }));
      return items.length > 0 ? items : [{ member, version, parts: {} }];
    });
  });
}

/** Nothing but a day, where there is one already. */
function dayOf(lock: ArtifactLock | undefined, { member, version }: LockedItem): LockedParts | undefined {
  return lock?.[member]?.[version] === undefined ? undefined : {};
}

function keyOf({ member, version, architecture }: Omit<LockedItem, 'parts'>): string {
  return `${member} ${version} ${architecture ?? ''}`;
}

/** Names of parts whose files are others. */
function differences(before: LockedParts, after: LockedParts): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return sorted(names, (name) => name).filter((name) => before[name]?.sha256 !== after[name]?.sha256);
}

function stateOf(before: LockedParts | undefined, after: LockedParts): LockEntry['state'] {
  if (before === undefined) return 'new';
  if (differences(before, after).length > 0) return 'updated';
  return Object.keys(after).some((part) => placeOf(before[part]) !== placeOf(after[part])) ? 'moved' : 'same';
}

function placeOf(file: Partial<LockedFile> | undefined): string {
  return `${file?.url ?? ''} ${file?.file ?? ''}`;
}

function refusal(
  { version, parts, path, ofChange }: FoundRelease,
  before: LockedParts,
  differing: readonly string[],
): Problem {
  const what = differing.map((part) => {
    const [was, now]: readonly (Partial<LockedFile> | undefined)[] = [before[part], parts[part]];
    if (now === undefined) return `${was?.file} of ${version} is locked, and is not there`;
    if (was === undefined) return `${now.file} of ${version} is not locked, and is there`;
    const where = now.url === undefined ? `${now.file} has` : `${now.url.slice(0, -(now.file ?? '').length)} lists`;
    return `${was.file} of ${version} is locked as ${was.sha256}, and ${where} ${now.sha256}`;
  });
  return error(path, `${what.join('; ')}. ${ofChange} with edgecdk lock --update`, { source: artifactLockFileName });
}
