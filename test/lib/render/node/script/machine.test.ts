import { join } from 'node:path';
import { EXIT_CODES } from '../../../../support/exit-codes';
import { addressOf, oneOfThree, SINGLE_SERVER } from './sample-payloads';
import { converge, has, makeNode, type Payload, powerCycle, put, read, run, type ScratchNode } from './scratch-node';
import { SHELLS, withFiles, withSettings, workshop } from './workshop';

const { folder, stubs, fresh, running, copyOf, payload } = workshop('machine');

const REBOOT = { '/etc/modprobe.d/edgecdk.conf': ['options x y=1\n', 'reboot', '0644'] } as const;
const record = (node: ScratchNode, name: string): string => read(node, `var/lib/edgecdk/${name}`).trim();

test('a machine that was never healthy restarts at once', async () => {
  const { codes } = await converge(copyOf(fresh), payload(withFiles(REBOOT)));
  expect(codes).toEqual([EXIT_CODES.rebooting, EXIT_CODES.done]);
});

describe.each(SHELLS)('in %s, a machine that has work to do', (shell) => {
  test('waits for its quiet hour with a restart that is owed, and is what it was until then', async () => {
    const node = copyOf(running);
    const script = payload(withFiles(REBOOT));
    const own = join(node.root, 'var/lib/edgecdk/apply.sh');
    for (const args of [[], ['--detached']]) {
      const { code, log } = await run(node, script, { shell, args });
      expect([code, log]).toEqual([EXIT_CODES.done, expect.stringContaining('it comes in its quiet hour')]);
    }
    expect(has(node, 'sim/reboot')).toBe(false);
    expect(record(node, 'applied')).toBe(record(running, 'applied'));
    expect((await run(node, own, { shell, args: ['--reboot'] })).code).toBe(EXIT_CODES.rebooting);
    expect(has(node, 'sim/reboot')).toBe(true);
    powerCycle(node);
    expect((await run(node, own, { shell, args: ['--reboot'] })).code).toBe(EXIT_CODES.done);
    expect(record(node, 'applied')).toBe(record(node, 'current'));
    expect(has(node, 'var/lib/edgecdk/pending/reboot')).toBe(false);
  });

  test('goes back to the tree before, where it is not healthy after the restart', async () => {
    const node = copyOf(running);
    await run(node, payload(withFiles(REBOOT)), { shell });
    // With the other kernel, K3s does not come up.
    put(join(node.root, 'etc/rancher/k3s/config.yaml.d/99-kernel.yaml'), 'broken: true\n');
    powerCycle(node);
    const { code, log } = await run(node, join(node.root, 'var/lib/edgecdk/apply.sh'), { shell });
    expect([code, log]).toEqual([EXIT_CODES.rolledBack, expect.stringContaining('going back to the one before')]);
    expect(record(node, 'current')).toBe(record(running, 'current'));
    expect(has(node, 'etc/modprobe.d/edgecdk.conf')).toBe(false);
  });
});

test('kernel arguments that come later wait, too, and a restart for another reason is enough for them', async () => {
  const node = copyOf(running);
  const more = [...(SINGLE_SERVER.settings?.kernelArguments ?? []), 'swapaccount=1'];
  const script = payload(withSettings({ kernelArguments: more }));
  expect((await run(node, script)).code).toBe(EXIT_CODES.done);
  expect(read(node, 'boot/firmware/cmdline.txt')).toContain(' swapaccount=1\n');
  powerCycle(node);
  const { code, log } = await run(node, script);
  expect([code, log]).toEqual([EXIT_CODES.done, expect.not.stringContaining('quiet hour')]);
  expect(record(node, 'applied')).toBe(record(node, 'current'));
});

test('a server of three does not restart while another is missing', async () => {
  const first = makeNode(join(folder, 'first'), stubs, addressOf(0));
  expect((await run(first, payload(oneOfThree(0)))).code).toBe(EXIT_CODES.done);
  const changed: Payload = { ...oneOfThree(0), files: { ...oneOfThree(0).files, ...REBOOT } };
  await run(first, payload(changed));
  const own = join(first.root, 'var/lib/edgecdk/apply.sh');
  put(join(first.shared, 'up', addressOf(1)), 'cluster\n');
  const { code, log } = await run(first, own, { args: ['--reboot'] });
  expect([code, log]).toEqual([EXIT_CODES.later, expect.stringContaining('this server must not be missing, too')]);
  put(join(first.shared, 'up', addressOf(2)), 'cluster\n');
  expect((await run(first, own, { args: ['--reboot'] })).code).toBe(EXIT_CODES.rebooting);
});
