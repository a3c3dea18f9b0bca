import { K3S_RELEASES } from '../../../lib/catalog/k3s';
import { busyboxImage, upgradeImage } from '../../../lib/catalog/k3s-images';

test.each([
  ['v1.27.6+k3s1', '1.34.1'],
  ['v1.27.7+k3s1', '1.36.1'],
  ['v1.28.2+k3s1', '1.34.1'],
  ['v1.28.3+k3s2', '1.36.1'],
  ['v1.29.0+k3s1', '1.36.1'],
  ['v1.31.14+k3s1', '1.36.1'],
  ['v1.32.10+k3s1', '1.36.1'],
  ['v1.32.11+k3s1', '1.37.0'],
  ['v1.33.6+k3s1', '1.36.1'],
  ['v1.33.7+k3s1', '1.37.0'],
  ['v1.34.2+k3s1', '1.36.1'],
  ['v1.34.3+k3s1', '1.37.0'],
  ['v1.35.0+k3s1', '1.37.0'],
  [K3S_RELEASES['1.36'], '1.37.0'],
  ['v1.37.0-rc1+k3s1', '1.37.0'],
])('the archive of images of %s holds busybox %s', (version, tag) => {
  expect(busyboxImage(version)).toBe(`docker.io/rancher/mirrored-library-busybox:${tag}`);
});

test('a plus of a release is a dash in its tag', () => {
  expect(upgradeImage('v1.34.3+k3s1')).toBe('docker.io/rancher/k3s-upgrade:v1.34.3-k3s1');
});
