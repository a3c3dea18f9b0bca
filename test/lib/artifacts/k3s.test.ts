import { lockedFrom } from '../../../lib/artifacts/k3s';

const [a, b, c] = ['a'.repeat(64), 'b'.repeat(64), 'c'.repeat(64)];
const base = 'https://mirror.example/k3s/v1.33.5%2Bk3s1';

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
