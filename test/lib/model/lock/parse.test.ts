import { type ArtifactLock, k3sFileNames } from '../../../../lib/model/artifact-lock';
import { parseArtifactLock } from '../../../../lib/model/lock/parse';
import { printArtifactLock } from '../../../../lib/model/lock/print';

const [a, b] = ['a'.repeat(64), 'b'.repeat(64)];

function k3s(architecture: 'amd64' | 'arm64' | 'arm') {
  const { binary, images } = k3sFileNames(architecture);
  const url = (file: string) => `https://mirror.example/k3s/v1.33.5%2Bk3s1/${file}`;
  return {
    binary: { file: binary, url: url(binary), sha256: a },
    images: { file: images, url: url(images), sha256: b },
  };
}

const lock: ArtifactLock = {
  format: 1,
  k3s: {
    'v1.34.1+k3s1': { lockedOn: '2026-11-24', arm64: k3s('arm64') },
    'v1.33.5+k3s1': { arm64: k3s('arm64'), amd64: k3s('amd64'), lockedOn: '2026-02-03' },
  },
};

const release = ['k3s', 'v1.33.5+k3s1'];
const binary = [...release, 'arm64', 'binary'];

/** The text of the lock with another value at one place, or without it. */
function changed([...path]: readonly string[], value: unknown): string {
  const copy: Record<string, unknown> = JSON.parse(JSON.stringify(lock));
  const last = path.pop() ?? '';
  const at = path.reduce((record, key) => record[key] as Record<string, unknown>, copy);
  at[last] = value;
  return JSON.stringify(copy);
}

test('a lock that is printed is read as it was', () => {
  expect(parseArtifactLock(printArtifactLock(lock))).toEqual(lock);
});

test('releases, architectures and members are printed in one order, whatever order they came in', () => {
  const { k3s, format } = lock;
  const backwards = { k3s: Object.fromEntries(Object.entries(k3s).reverse()), format };
  expect(printArtifactLock(backwards)).toBe(printArtifactLock(lock));
  expect(
    printArtifactLock(lock)
      .match(/"(v1[^"]+|a[^"]*64|lockedOn|file)": /g)
      ?.slice(0, 5),
  ).toEqual(['"v1.33.5+k3s1": ', '"lockedOn": ', '"amd64": ', '"file": ', '"file": ']);
  expect(printArtifactLock(lock)).toMatch(/^\{\n {2}"format": 1,\n {2}"k3s": \{\n[\s\S]*\n\}\n$/);
});

test('line ends and indents do not matter', () => {
  expect(parseArtifactLock(printArtifactLock(lock).replace(/\n */g, '\r\n'))).toEqual(lock);
});

test.each([
  ['amd64', 'k3s', 'k3s-airgap-images-amd64.tar.zst'],
  ['arm64', 'k3s-arm64', 'k3s-airgap-images-arm64.tar.zst'],
  ['arm', 'k3s-armhf', 'k3s-airgap-images-arm.tar.zst'],
] as const)('the files of %s are %s and %s', (architecture, binary, images) => {
  expect(k3sFileNames(architecture)).toEqual({ binary, images });
});

test.each<[string, string, RegExp[]]>([
  ['no JSON', '{ <<<<<<< HEAD', [/^is no JSON \(.*\); restore it from version control$/]],
  ['no object', '[]', [/^the lock must be an object \(found \[\]\)$/]],
  ['nothing', 'null', [/^the lock must be an object \(found null\)$/]],
  [
    'another format',
    '{"format":2,"lockedOn":1,"k3s":{}}',
    [/^has format 2, and this EdgeCDK reads 1; use the release/],
  ],
  ['no members', '{}', [/^the lock has no format$/]],
  [
    'an unknown member',
    changed(['extra'], 1),
    [/^the lock has "extra", and knows only format, cniPlugins, k3s, kubeedge, microk8s$/],
  ],
  ['a day that no calendar has', changed([...release, 'lockedOn'], '2026-02-30'), [/k3s1\.lockedOn must be a day/]],
  ['a time', changed([...release, 'lockedOn'], '2026-02-03T00:00'), [/k3s1\.lockedOn must be a day such as 2026/]],
  ['no day', changed([...release, 'lockedOn'], undefined), [/k3s1\.lockedOn must .* \(found nothing\)$/]],
  ['no releases', changed(['k3s'], []), [/^k3s must be an object \(found \[\]\)$/]],
  [
    'a version without the counter of K3s',
    changed(['k3s', 'v1.33.5'], {}),
    [/^k3s has "v1\.33\.5", which is no release of K3s; releases are named like v1\.33\.5\+k3s1$/],
  ],
  ['a path for a version', changed(['k3s', '../v1.33.5+k3s1'], {}), [/^k3s has "\.\.\/v1\.33\.5/]],
  [
    'a release without architectures',
    changed(release, { lockedOn: '2026-11-24' }),
    [/^v1\.33\.5\+k3s1 has no architecture; remove it, or run edgecdk lock$/],
  ],
  [
    'an architecture that K3s is not released for',
    changed([...release, 'armhf'], {}),
    [/^v1\.33\.5\+k3s1\.armhf is no architecture of K3s; it is released for amd64, arm, arm64$/],
  ],
  ['no images', changed([...release, 'arm64', 'images'], undefined), [/arm64 has no images$/]],
  ['a short checksum', changed([...binary, 'sha256'], 'abc'), [/binary\.sha256 must be 64 .* \(found "abc"\)$/]],
  ['capital letters', changed([...binary, 'sha256'], 'A'.repeat(64)), [/sha256 must be 64 lower-case hexa/]],
  ['a line break', changed([...binary, 'sha256'], `${a}\n`), [/sha256 must be 64 lower-case hexadecimal/]],
  [
    'a file by another name',
    changed([...binary, 'file'], '../k3s-arm64'),
    [/^v1\.33\.5\+k3s1\.arm64\.binary\.file must be k3s-arm64 \(found "\.\.\/k3s-arm64"\)$/],
  ],
  ['a URL of the disk', changed([...binary, 'url'], 'file:///k3s-arm64'), [/url must be an http or https/]],
  ['a URL of another file', changed([...binary, 'url'], 'https://m.example/k3s'), [/ends with \/k3s-arm64,/]],
  ['a user in a URL', changed([...binary, 'url'], 'https://me:pw@m.example/k3s-arm64'), [/without user/]],
  ['a URL with a line break', changed([...binary, 'url'], 'https://m.example/\nk3s-arm64'), [/url must be/]],
  [
    'several things at once',
    changed(binary, { file: 1, url: 2, sha256: 3 }),
    [/file must be/, /url must be/, /sha256 must be/],
  ],
])('a lock with %s is refused', (_what, text, messages) => {
  const read = parseArtifactLock(text) as { problems: string[] };
  expect(read.problems).toHaveLength(messages.length);
  for (const [i, message] of messages.entries()) expect(read.problems[i]).toMatch(message);
});
