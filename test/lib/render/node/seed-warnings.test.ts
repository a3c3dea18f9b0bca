import { join } from 'node:path';
import { OperatingSystem } from 'edgecdk';
import { type NodeFleet, nodeFleet, withLock } from '../../../support/node-fleet';

const key = `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl ${'a'.repeat(400)}`;

test.each([
  ['of usual size warns of nothing', 1, []],
  ['of many keys is told once per tree', 40, ['shop.server.box', 'shop.agent.till']],
])('user-data %s', (_what, keys, trees) => {
  const warnings = withLock((root) => {
    const access = { sshKeys: Array.from({ length: keys }, (_, i) => `${key}${i}`) };
    return nodeFleet(root, { cluster: { access } }).synth({ outDir: join(root, 'dist') }).warnings;
  });
  const told = warnings.filter(({ message }) => message.includes('user-data'));
  expect(told).toHaveLength(trees.length);
  for (const { message } of told)
    expect(message).toMatch(/has machines whose user-data of shop-1-\S+ is larger .* 16 KiB/);
});

const NOBODY = /^has machines on which nobody can log in: .*; give its cluster access: \{ sshKeys/;

test.each<[string, NodeFleet, string[]]>([
  ['without keys is told once', { cluster: { access: { sshKeys: [] } } }, ['shops/shop']],
  ['with a key is for somebody', { cluster: { access: { sshKeys: [key] } } }, []],
  [
    'with a user for emergencies is for somebody',
    { cluster: { access: { breakGlass: { name: 'safe', sshKeys: [key] } } } },
    [],
  ],
  [
    'that is read by no image has users of the image',
    {
      cluster: { access: { sshKeys: [] } },
      box: { operatingSystem: OperatingSystem.ubuntu2404({ image: 'installer' }) },
      till: { operatingSystem: OperatingSystem.raspios({ release: 'bookworm' }) },
    },
    [],
  ],
])('a seed %s', (_what, described, paths) => {
  const warnings = withLock((root) => nodeFleet(root, described).synth({ outDir: join(root, 'dist') }).warnings);
  expect(warnings.filter(({ message }) => NOBODY.test(message)).map(({ path }) => path)).toEqual(paths);
});

test.each([
  ['cloud' as const, ['shops/till']],
  ['raspberry-pi' as const, []],
])('the %s image of Ubuntu on a Raspberry Pi', (image, paths) => {
  const till = { operatingSystem: OperatingSystem.ubuntu2404({ image }) };
  const warnings = withLock((root) => nodeFleet(root, { till }).synth({ outDir: join(root, 'dist') }).warnings);
  expect(warnings.filter(({ message }) => message.includes('cloud image')).map(({ path }) => path)).toEqual(paths);
});
