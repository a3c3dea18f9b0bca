import {
  hasEmbeddedRegistry,
  isKnownMinor,
  K3S_HELM_CHARTS,
  K3S_PACKAGED_ADDONS,
  K3S_RELEASES,
  K3S_RUNTIME_CLASSES,
  type K3sDisableable,
  parseK3sVersion,
} from '../../../lib/catalog/k3s';
import { UNFIT_STORAGE } from '../../../lib/catalog/unfit-storage';

describe('parseK3sVersion', () => {
  test.each([
    ['v1.33.4+k3s1', { major: 1, minor: 33, patch: 4, k3s: 1 }],
    ['v1.30.14+k3s2', { major: 1, minor: 30, patch: 14, k3s: 2 }],
    ['v1.28.10+k3s12', { major: 1, minor: 28, patch: 10, k3s: 12 }],
    ['v1.99.0+k3s1', { major: 1, minor: 99, patch: 0, k3s: 1 }],
  ])('reads %s', (text, release) => {
    expect(parseK3sVersion(text)).toEqual(release);
  });

  test.each([
    ['', 'nothing'],
    ['v1.33', 'no patch'],
    ['v1.33.4', 'no K3s counter'],
    ['1.33.4+k3s1', 'no v'],
    ['V1.33.4+k3s1', 'a capital V'],
    ['=v1.33.4+k3s1', 'a range operator'],
    [' v1.33.4+k3s1', 'a space before'],
    ['v1.33.4+k3s1\n', 'a line end'],
    ['v1.33.4-k3s1', 'the spelling of image tags'],
    ['v1.33.4+k3s', 'a counter without number'],
    ['v1.33.4+k3s0', 'a counter of zero'],
    ['v1.33.4+k3s01', 'a counter with a leading zero'],
    ['v1.033.4+k3s1', 'a minor with a leading zero'],
    ['v1.33.4+k3s1.dirty', 'more after the counter'],
    ['v1.33.4+k3s.1', 'a dot in the counter'],
    ['v1.33.4+rke2r1', 'another distribution'],
    ['v1.33.0-rc1+k3s1', 'a release candidate'],
    [`v1.33.4+k3s${'9'.repeat(30)}`, 'a counter beyond what a number holds'],
    ['latest', 'a channel'],
  ])('refuses %j: %s', (text) => {
    expect(parseK3sVersion(text)).toBeUndefined();
  });
});

describe('known releases', () => {
  test.each(Object.entries(K3S_RELEASES))('the release of %s is one of its own', (minor, release) => {
    const parsed = parseK3sVersion(release);
    expect(`${parsed?.major}.${parsed?.minor}`).toBe(minor);
  });

  test('are the minors 1.27 to 1.36 without a gap', () => {
    expect(Object.keys(K3S_RELEASES)).toEqual(Array.from({ length: 10 }, (_, i) => `1.${27 + i}`));
  });

  test.each([
    ['1.27', true],
    ['1.36', true],
    ['1.26', false],
    ['1.37', false],
    ['1.3', false],
    ['toString', false],
  ])('minor %s is known: %s', (minor, known) => {
    expect(isKnownMinor(minor)).toBe(known);
  });
});

describe('packaged components', () => {
  test.each([
    ['K3S_PACKAGED_ADDONS', K3S_PACKAGED_ADDONS],
    ['K3S_RUNTIME_CLASSES', K3S_RUNTIME_CLASSES],
    ['K3S_HELM_CHARTS', Object.keys(K3S_HELM_CHARTS)],
  ])('%s holds legal names, sorted, each once', (_, names) => {
    expect([...names]).toEqual([...new Set(names)].sort());
    for (const name of names) expect(name).toMatch(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/);
  });

  test('a file named like anything that can be disabled would be deleted, so all those names are taken', () => {
    const disableable: Readonly<Record<K3sDisableable, true>> = {
      coredns: true,
      'local-storage': true,
      'metrics-server': true,
      runtimes: true,
      servicelb: true,
      traefik: true,
    };
    expect(K3S_PACKAGED_ADDONS).toEqual(expect.arrayContaining(Object.keys(disableable)));
  });

  test('Traefik is configured by a HelmChartConfig, CoreDNS is not', () => {
    expect(Object.keys(K3S_HELM_CHARTS)).toEqual(expect.arrayContaining(['traefik', 'traefik-crd']));
    expect(K3S_HELM_CHARTS).not.toHaveProperty('coredns');
  });
});

test('etcd is kept off cards and eMMC, not off disks', () => {
  expect(UNFIT_STORAGE.value).toEqual(['sd', 'emmc']);
  expect(UNFIT_STORAGE.source).not.toBe('');
});

test.each([
  ['v1.28.15+k3s1', false],
  ['v1.29.11+k3s1', false],
  ['v1.29.12+k3s1', true],
  ['v1.30.7+k3s1', false],
  ['v1.31.4+k3s1', true],
  ['v1.33.5+k3s1', true],
])('whether nodes of %s can have images from each other: %s', (version, expected) => {
  expect(hasEmbeddedRegistry(version)).toBe(expected);
});
