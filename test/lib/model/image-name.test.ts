import { isNamedInK3sArchive, wholeImageName } from '../../../lib/model/image-name';

test.each([
  ['nginx', 'docker.io/library/nginx:latest'],
  ['nginx:1', 'docker.io/library/nginx:1'],
  ['acme/pos:2', 'docker.io/acme/pos:2'],
  ['localhost/pos:2', 'localhost/pos:2'],
  ['registry.example:5000/pos', 'registry.example:5000/pos:latest'],
  ['ghcr.io/acme/pos@sha256:00', 'ghcr.io/acme/pos@sha256:00'],
])('the whole name of %s is %s', (image, whole) => {
  expect(wholeImageName(image)).toBe(whole);
});

test.each([
  ['docker.io/rancher/mirrored-pause:3.6', true],
  ['rancher/mirrored-library-busybox:1.36.1', true],
  ['ghcr.io/kube-vip/kube-vip:v1.2.3', false],
  ['rancher/mirrored-pause-of-ours:1', false],
])('%s is in the archive of K3s: %s', (image, is) => {
  expect(isNamedInK3sArchive(image)).toBe(is);
});
