import { join } from 'node:path';
import { nodeFleet, withLock } from '../../../support/node-fleet';

const key = `ssh-ed25519 ${'A'.repeat(400)} ops`;

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
