import { type FoundRelease, type MergeOptions, mergeLock } from '../../../lib/artifacts/merge-lock';
import type { ArtifactLock, K3sArchitecture } from '../../../lib/model/artifact-lock';
import { printArtifactLock } from '../../../lib/model/lock/print';
import { lockedFile } from '../../support/loopback';

const options: MergeOptions = { update: false, prune: false, isUsed: () => true, today: '2026-11-24' };
const [old, next] = ['v1.33.5+k3s1', 'v1.34.1+k3s1'];

function found(version: string, architecture: K3sArchitecture, content = 'x', url = 'https://a.example'): FoundRelease {
  const parts = { binary: lockedFile(url, 'k3s', content), images: lockedFile(url, 'images', content) };
  return { member: 'k3s', version, architecture, parts, path: 'grocer/store', ofChange: 'Look, and take it' };
}

const earlier = '2026-01-01';

function locked(...releases: readonly FoundRelease[]): ArtifactLock {
  return lockedOn(earlier, ...releases);
}

function lockedOn(today: string, ...releases: readonly FoundRelease[]): ArtifactLock {
  return mergeLock(undefined, releases, { ...options, today }).lock;
}

test('what is new is locked on this day, beside what was locked and keeps its own', () => {
  const { lock, entries, problems } = mergeLock(locked(found(old, 'arm64')), [found(next, 'amd64')], options);
  expect(problems).toEqual([]);
  expect(Object.entries(lock.k3s).map(([version, release]) => [version, release.lockedOn])).toEqual([
    [old, earlier],
    [next, '2026-11-24'],
  ]);
  expect(entries).toEqual([{ member: 'k3s', version: next, architecture: 'amd64', state: 'new' }]);
});

test('another architecture joins its release, on the day that it has', () => {
  const { lock } = mergeLock(locked(found(old, 'arm64')), [found(old, 'amd64', 'y')], options);
  expect(lock.k3s[old]).toEqual({
    lockedOn: earlier,
    amd64: found(old, 'amd64', 'y').parts,
    arm64: found(old, 'arm64').parts,
  });
});

test('a lock that does not change keeps its day and its bytes', () => {
  const before = locked(found(old, 'arm64'), found(next, 'amd64'));
  const { lock, entries } = mergeLock(before, [found(next, 'amd64'), found(old, 'arm64')], options);
  expect(printArtifactLock(lock)).toBe(printArtifactLock(before));
  expect(entries.map(({ state }) => state)).toEqual(['same', 'same']);
});

test('a checksum that differs from the locked one is refused, and the lock stays', () => {
  const before = locked(found(old, 'arm64', 'x'));
  const { lock, problems } = mergeLock(before, [found(old, 'arm64', 'y')], options);
  expect(lock).toEqual(before);
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatchObject({ path: 'grocer/store', severity: 'error', source: 'artifacts.lock.json' });
  expect(problems[0]?.message).toMatch(
    /^k3s of v1\.33\.5\+k3s1 is locked as [0-9a-f]{64}, and https:\/\/a\.example\/ lists [0-9a-f]{64}; images of .*\. Look, and take it with edgecdk lock --update$/,
  );
});

test('a checksum that differs is taken by leave, and its release has another day', () => {
  const { lock, entries } = mergeLock(locked(found(old, 'arm64')), [found(old, 'arm64', 'y')], {
    ...options,
    update: true,
  });
  expect(lock).toEqual(lockedOn('2026-11-24', found(old, 'arm64', 'y')));
  expect(entries).toEqual([{ member: 'k3s', version: old, architecture: 'arm64', state: 'updated' }]);
});

test('equal checksums at another place move the lock there', () => {
  const moved = found(old, 'arm64', 'x', 'https://b.example');
  const { lock, entries, problems } = mergeLock(locked(found(old, 'arm64')), [moved], options);
  expect(problems).toEqual([]);
  expect(lock).toEqual(locked(moved));
  expect(entries).toEqual([{ member: 'k3s', version: old, architecture: 'arm64', state: 'moved' }]);
});

describe('what no site runs any more', () => {
  const before = locked(found(old, 'arm64'), found(next, 'arm64'), found(next, 'arm'));
  const isUsed: MergeOptions['isUsed'] = ({ version, architecture }) => version === next && architecture === 'arm64';

  test('stays, and is told', () => {
    const { lock, entries } = mergeLock(before, [found(next, 'arm64')], { ...options, isUsed });
    expect(lock).toEqual(before);
    expect(entries).toEqual([
      { member: 'k3s', version: old, architecture: 'arm64', state: 'unused' },
      { member: 'k3s', version: next, architecture: 'arm', state: 'unused' },
      { member: 'k3s', version: next, architecture: 'arm64', state: 'same' },
    ]);
  });

  test('goes where that is asked for', () => {
    const { lock, entries } = mergeLock(before, [found(next, 'arm64')], { ...options, isUsed, prune: true });
    expect(lock).toEqual(locked(found(next, 'arm64')));
    expect(entries.map(({ state }) => state)).toEqual(['dropped', 'dropped', 'same']);
  });
});

describe('a release that a store hands out', () => {
  const ofStore: FoundRelease = {
    member: 'microk8s',
    version: '1.33/stable',
    parts: {},
    path: 'grocer/depot',
    ofChange: '',
  };
  const snap: FoundRelease = {
    ...ofStore,
    architecture: 'arm64',
    parts: { 'microk8s.snap': { file: 'microk8s_1.snap', sha256: 'a'.repeat(64) } },
    ofChange: 'Take it',
  };

  test('has its day alone, which stays', () => {
    const { lock, entries } = mergeLock(undefined, [ofStore], options);
    expect(lock).toEqual({ format: 1, k3s: {}, microk8s: { '1.33/stable': { lockedOn: '2026-11-24' } } });
    expect(entries).toEqual([{ member: 'microk8s', version: '1.33/stable', state: 'new' }]);
    const again = mergeLock(lock, [ofStore], { ...options, today: '2027-01-01' });
    expect([again.lock, again.entries.map(({ state }) => state)]).toEqual([lock, ['same']]);
  });

  test('keeps its day when files of it are locked for other machines, and loses them where they are dropped', () => {
    const day = mergeLock(undefined, [ofStore], { ...options, today: earlier }).lock;
    const { lock } = mergeLock(day, [snap], options);
    expect(lock.microk8s).toEqual({ '1.33/stable': { arm64: snap.parts, lockedOn: earlier } });
    const isUsed: MergeOptions['isUsed'] = ({ architecture }) => architecture === undefined;
    const dropped = mergeLock(lock, [ofStore], { ...options, isUsed, prune: true });
    expect(dropped.lock).toEqual(day);
    expect(dropped.entries.map(({ architecture, state }) => [architecture, state])).toEqual([
      [undefined, 'same'],
      ['arm64', 'dropped'],
    ]);
  });

  test('of which a file came or went since it was locked is refused by name', () => {
    const { lock } = mergeLock(undefined, [snap], options);
    const parts = { images: { file: 'all.tar', sha256: 'b'.repeat(64) } };
    expect(mergeLock(lock, [{ ...snap, parts }], options).problems.map(({ message }) => message)).toEqual([
      'all.tar of 1.33/stable is not locked, and is there; microk8s_1.snap of 1.33/stable is locked, and is not there. Take it with edgecdk lock --update',
    ]);
  });
});
