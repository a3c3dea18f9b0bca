import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LockRequest, lockReleases } from '../../../lib/artifacts/lock-releases';
import { lockedSnaps } from '../../../lib/model/lock/microk8s';
import { parseArtifactLock } from '../../../lib/model/lock/parse';
import { printArtifactLock } from '../../../lib/model/lock/print';
import { sha256 } from '../../support/loopback';

const channel = '1.33/stable';
let cache: string;
beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), 'edgecdk-lock-'));
});
afterEach(() => rmSync(cache, { recursive: true, force: true }));

const folder = () => join(cache, 'microk8s/1.33-stable/arm64');

function put(name: string, text: string): void {
  mkdirSync(folder(), { recursive: true });
  writeFileSync(join(folder(), name), text);
}

/** Assertions as `snap download` chains them, as far as they are read. */
function assertions(name: string, revision: number, text = `${name} ${revision}`): string {
  const digest = createHash('sha3-384').update(text).digest('base64url');
  return [
    'type: account-key\nauthority-id: canonical\n\nAcLBUg',
    `type: snap-declaration\nseries: 16\nsnap-id: id-of-${name}\nsnap-name: ${name}\n\nAcLBUg`,
    `type: snap-revision\nsnap-sha3-384: ${digest}\nsnap-id: id-of-${name}\nsnap-revision: ${revision}\n\nAcLBUg`,
  ].join('\n\n');
}

function putSnap(name: string, revision: number): void {
  put(`${name}_${revision}.snap`, `${name} ${revision}`);
  put(`${name}_${revision}.assert`, assertions(name, revision));
}

function putAll(): void {
  putSnap('core20', 2434);
  putSnap('microk8s', 7890);
  putSnap('snapd', 21759);
  put('microk8s-images.tar', 'images');
}

const use = { member: 'microk8s', version: channel, architectures: ['arm64'], path: 'grocer/depot' } as const;

async function lock(request: Partial<LockRequest> = {}) {
  const { problems, ...merged } = await lockReleases({
    uses: [use],
    cache,
    update: false,
    prune: false,
    today: '2026-11-24',
    patience: { silenceMs: 300, tries: 1, pauseMs: 1 },
    ...request,
  });
  return { ...merged, problems: problems.map(({ path, message }) => `[${path}] ${message}`) };
}

test('snaps, their assertions and images are locked from the folder of artifacts, and installed in their order', async () => {
  putAll();
  put('notes.txt', '');
  const { lock: locked, problems } = await lock();
  expect(problems).toEqual([]);
  const parts = locked.microk8s?.[channel]?.arm64 ?? {};
  const snap = (name: string, revision: number) => ({
    name,
    revision,
    snapSha256: sha256(`${name} ${revision}`),
    assertSha256: sha256(assertions(name, revision)),
  });
  expect(lockedSnaps(parts)).toEqual({
    snaps: [snap('snapd', 21759), snap('core20', 2434), snap('microk8s', 7890)],
    images: { file: 'microk8s-images.tar', sha256: sha256('images') },
  });
  expect(parseArtifactLock(printArtifactLock(locked))).toEqual(locked);
});

test('where they are not there, the commands that get them are told', async () => {
  expect((await lock()).problems).toEqual([
    `[grocer/depot] needs snapd, core20, microk8s of 1.33/stable for arm64 as files, and ${folder()} has none; get them on a machine with snapd: mkdir -p ${folder()} && ${[
      `UBUNTU_STORE_ARCH=arm64 snap download snapd --target-directory=${folder()}`,
      `UBUNTU_STORE_ARCH=arm64 snap download core20 --target-directory=${folder()}`,
      `UBUNTU_STORE_ARCH=arm64 snap download microk8s --channel=1.33/stable --target-directory=${folder()}`,
    ].join(' && ')}`,
  ]);
  putSnap('microk8s', 7890);
  putSnap('snapd', 21759);
  expect((await lock()).problems).toEqual([
    expect.stringMatching(/needs core20 of .*snap download core20 --target[^&]*$/),
  ]);
});

test('what is locked stays where nobody has the files, as in CI', async () => {
  putAll();
  const { lock: previous } = await lock();
  rmSync(folder(), { recursive: true });
  const again = await lock({ previous });
  expect([again.problems, again.lock]).toEqual([[], previous]);
});

test('another revision than the locked one is refused, and taken by leave', async () => {
  putAll();
  const { lock: previous } = await lock();
  rmSync(folder(), { recursive: true });
  putAll();
  rmSync(join(folder(), 'microk8s_7890.snap'));
  rmSync(join(folder(), 'microk8s_7890.assert'));
  putSnap('microk8s', 7900);
  expect((await lock({ previous })).problems).toEqual([
    expect.stringMatching(
      /microk8s_7890\.snap of 1\.33\/stable is locked as .* microk8s_7900\.snap has .* the channel has moved on .* --update$/,
    ),
  ]);
  expect((await lock({ previous, update: true })).lock.microk8s?.[channel]?.arm64?.['microk8s.snap']?.file).toBe(
    'microk8s_7900.snap',
  );
});

test.each<[string, () => void, RegExp]>([
  [
    'a snap without its assertions',
    () => rmSync(join(folder(), 'core20_2434.assert')),
    /finds core20_2434\.snap without core20_2434\.assert in .*snap download core20/,
  ],
  ['two revisions of one snap', () => putSnap('core20', 2435), /finds several revisions of core20 in/],
  [
    'a snap that was changed',
    () => put('core20_2434.snap', 'evil'),
    /core20_2434\.assert in \S+ is not of core20_2434\.snap: no snap-revision in it has its SHA3-384/,
  ],
  [
    'a snap by the name of another',
    () => put('core20_2434.assert', assertions('core18', 2434, 'core20 2434')),
    /core20_2434\.assert in \S+ says nothing of a snap that is named core20/,
  ],
  [
    'a snap by another revision',
    () => put('core20_2434.assert', assertions('core20', 2433, 'core20 2434')),
    /core20_2434\.assert in \S+ is not of revision 2434/,
  ],
  [
    'two archives of images',
    () => put('more.tar', ''),
    /finds microk8s-images\.tar, more\.tar in .*one archive of images/,
  ],
])('%s is refused', async (_what, damage, message) => {
  putAll();
  damage();
  expect((await lock()).problems).toEqual([expect.stringMatching(message)]);
});

test('from the store, the day alone is locked and no folder is read', async () => {
  const { lock: locked, problems } = await lock({ uses: [{ ...use, architectures: [], fromStore: true }] });
  expect(problems).toEqual([]);
  expect(locked.microk8s).toEqual({ [channel]: { lockedOn: '2026-11-24' } });
  expect(parseArtifactLock(printArtifactLock(locked))).toEqual(locked);
});

test('where some machines get files and others ask the store, the files are locked, on one day', async () => {
  putAll();
  const { lock: locked } = await lock({ uses: [use, { ...use, architectures: [], fromStore: true }] });
  expect(Object.keys(locked.microk8s?.[channel] ?? {})).toEqual(['arm64', 'lockedOn']);
});
