import { kubernetesArch, PLATFORMS } from '../../../lib/model/platform';

test.each([
  ['linux/amd64', 'amd64'],
  ['linux/arm64', 'arm64'],
  ['linux/arm/v7', 'arm'],
  ['linux/riscv64', 'riscv64'],
] as const)('nodes of %s are labelled %s', (platform, arch) => {
  expect(kubernetesArch(platform)).toBe(arch);
});

test('every platform has an architecture of its own', () => {
  expect(new Set(PLATFORMS.map(kubernetesArch)).size).toBe(PLATFORMS.length);
});
