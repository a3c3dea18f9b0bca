import { lockedFrom, parseChecksums, problemOfSource, releaseUrl } from '../../../lib/artifacts/k3s-release';

const [a, b, c] = ['a'.repeat(64), 'b'.repeat(64), 'c'.repeat(64)];
const base = 'https://mirror.example/k3s/v1.33.5%2Bk3s1';

test.each([
  ['https://mirror.example/k3s', base],
  ['https://mirror.example/k3s//', base],
  ['HTTPS://Mirror.Example/a b', 'https://mirror.example/a%20b/v1.33.5%2Bk3s1'],
])('the folder of a release in %s is %s', (source, url) => {
  expect(releaseUrl(source, 'v1.33.5+k3s1')).toBe(url);
});

test.each<[string, RegExp | undefined]>([
  ['https://mirror.example/k3s', undefined],
  ['http://10.0.0.5:8080', undefined],
  [
    'mirror.example/k3s',
    /^is no URL \(found mirror\.example\/k3s\); write the folder that holds the releases, such as/,
  ],
  ['ftp://mirror.example', /^must be http or https \(found ftp:\/\/\)/],
  [
    'https://me:secret@mirror.example',
    /^must not hold a user or a password, since it is written to the lock; (?!.*secret)/,
  ],
  ['https://mirror.example/k3s?token=1', /^must not have a query or a fragment \(found \?token=1\)/],
])('%s as a source: %s', (source, message) => {
  if (message) expect(problemOfSource(source)).toMatch(message);
  else expect(problemOfSource(source)).toBeUndefined();
});

test('a release is locked by binary and images, and by nothing else that it lists', () => {
  const text = `${c}  k3s-airgap-images-arm.tar\n${b}  k3s-airgap-images-arm.tar.zst\n${a}  k3s-armhf\n`;
  expect(lockedFrom(text, base, 'arm')).toEqual({
    binary: { file: 'k3s-armhf', url: `${base}/k3s-armhf`, sha256: a },
    images: { file: 'k3s-airgap-images-arm.tar.zst', url: `${base}/k3s-airgap-images-arm.tar.zst`, sha256: b },
  });
});

test.each<[string, string, string]>([
  ['no images', `${a}  k3s-armhf\n`, 'lists no k3s-airgap-images-arm.tar.zst'],
  ['nothing', '', 'lists no k3s-armhf and no k3s-airgap-images-arm.tar.zst'],
  [
    'the files of another machine',
    `${a}  k3s-arm64\n${b}  k3s\n`,
    'lists no k3s-armhf and no k3s-airgap-images-arm.tar.zst',
  ],
  ['a web page', '<!DOCTYPE html>\n<p>Log in', 'holds no checksum in line 1 (found "<!DOCTYPE html>")'],
])('a list with %s is refused', (_what, text, problem) => {
  expect(lockedFrom(text, base, 'arm')).toEqual({ problem });
});

test.each<[string, string, Record<string, string> | string]>([
  ['lines of sha256sum, text or binary', `${a}  x\n${b} *y\n`, { x: a, y: b }],
  ['line ends of Windows, empty lines and capital letters', `${a.toUpperCase()}  x\r\n\r\n${b}  y`, { x: a, y: b }],
  ['one checksum twice', `${a}  x\n${a}  x\n`, { x: a }],
  ['two checksums for a file', `${a}  x\n${b}  x\n`, 'lists two checksums for x'],
  ['a short checksum', `${a}  x\n${b.slice(1)}  y\n`, `holds no checksum in line 2 (found "${b.slice(1, 61)}")`],
  ['a line without a name', `${a}  \n`, `holds no checksum in line 1 (found "${a.slice(0, 60)}")`],
])('%s are read', (_what, text, sums) => {
  const read = parseChecksums(text);
  expect(typeof read === 'string' ? read : Object.fromEntries(read)).toEqual(sums);
});
