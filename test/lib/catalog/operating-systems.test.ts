import { OPERATING_SYSTEMS } from '../../../lib/catalog/operating-systems';
import type { OperatingSystemModel } from '../../../lib/model/node-model';

const systems: readonly (readonly [string, OperatingSystemModel])[] = Object.entries(OPERATING_SYSTEMS);

test.each(systems)('%s is found by its name, and every fact of it has a source', (name, system) => {
  const { sources, name: ownName, ...facts } = system;
  expect(ownName).toBe(name);
  expect(Object.keys(sources).sort()).toEqual(Object.keys(facts).sort());
  expect(Object.values(sources).filter((source) => source.trim() === '')).toEqual([]);
});

test.each(systems)(
  '%s names a file for the kernel arguments that it needs',
  (_name, { kernelArguments, cmdlinePaths }) => {
    expect(kernelArguments.length === 0 || cmdlinePaths.length > 0).toBe(true);
    expect(cmdlinePaths.filter((path) => !path.startsWith('/boot/'))).toEqual([]);
  },
);

test.each(systems)('%s has the policy of K3s where SELinux is on', (_name, { selinux, missingPackages }) => {
  expect(missingPackages.includes('k3s-selinux')).toBe(selinux);
});

test('cloud-init came to Raspberry Pi OS with Trixie, and is on neither Micro nor Jetson', () => {
  const without = systems.filter(([, { cloudInit }]) => !cloudInit).map(([name]) => name);
  expect(without).toEqual(['raspios-bookworm', 'sle-micro-6', 'jetson-l4t']);
});

test.each([
  ['cidata', ['ubuntu-24.04', 'debian-13']],
  ['boot-partition', ['ubuntu-24.04-raspberry-pi', 'raspios-trixie']],
  ['none', ['ubuntu-24.04-installer', 'raspios-bookworm', 'sle-micro-6', 'jetson-l4t']],
])('a seed at %s is read by these stock images', (medium, names) => {
  expect(systems.filter(([, { seedMedium }]) => seedMedium === medium).map(([name]) => name)).toEqual(names);
});

test.each(systems)('%s reads no seed without cloud-init', (_name, { cloudInit, seedMedium }) => {
  expect(cloudInit || seedMedium === 'none').toBe(true);
});
