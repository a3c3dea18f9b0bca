import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { k3sQuietHourFiles } from '../../../../../lib/distributions/k3s/node/quiet-hour';
import type { NodeFile } from '../../../../../lib/model/node-tree';
import { EXIT_CODES } from '../../../../support/exit-codes';
import { linesOf } from './kill-sweep';
import { BROKEN_SERVER, CHANGED_SERVER, SINGLE_SERVER } from './sample-payloads';
import { converge, has, type Payload, powerCycle, put, read, run, type ScratchNode } from './scratch-node';
import { SHELLS, workshop } from './workshop';

const { fresh, running, copyOf, payload } = workshop('failed');

const textOf = (files: readonly NodeFile[], name: string): string =>
  files.find(({ path }) => path.endsWith(name))?.text ?? '';

describe('a tree that fails its health check', () => {
  test('is rolled back, not tried again when it is brought again, and tried again after a boot, or when told to', async () => {
    const node = copyOf(running);
    const script = payload(BROKEN_SERVER);
    const first = await run(node, script);
    expect(first.code).toBe(EXIT_CODES.rolledBack);
    expect(first.log).toContain('going back');
    const restarts = (): number => linesOf(node, 'sim/log').length;
    const afterFirst = restarts();
    expect((await run(node, script)).code).toBe(EXIT_CODES.rolledBack);
    expect(restarts()).toBe(afterFirst);
    put(join(node.root, 'proc/uptime'), '30000.00 1.00\n');
    expect((await run(node, script)).code).toBe(EXIT_CODES.rolledBack);
    expect(restarts()).toBe(afterFirst);
    expect((await run(node, script, { args: ['--retry'] })).code).toBe(EXIT_CODES.rolledBack);
    expect(restarts()).toBeGreaterThan(afterFirst);
    powerCycle(node);
    const afterBoot = restarts();
    expect((await run(node, script)).code).toBe(EXIT_CODES.rolledBack);
    expect(restarts()).toBeGreaterThan(afterBoot);
    expect(has(node, 'sim/active')).toBe(true);
  });

  test.each(SHELLS)('is tried again in the quiet hour, from the copy that the machine has (%s)', async (shell) => {
    const node = copyOf(running);
    const script = payload(BROKEN_SERVER);
    await run(node, script, { shell });
    rmSync(join(script, '../..'), { recursive: true });
    const before = linesOf(node, 'sim/log').length;
    const quietHour = join(node.root, 'sim/quiet-hour.sh');
    put(quietHour, textOf(k3sQuietHourFiles('server'), 'quiet-hour.sh'));
    expect((await run(node, quietHour, { shell })).code).toBe(EXIT_CODES.rolledBack);
    expect(linesOf(node, 'sim/log').length).toBeGreaterThan(before);
    // What hindered it is gone.
    put(join(node.root, 'sim/mended'), '');
    expect((await run(node, quietHour, { shell })).code).toBe(EXIT_CODES.done);
    expect(read(node, 'etc/rancher/k3s/config.yaml')).toBe('broken: true\n');
    expect((await run(node, quietHour, { shell })).code).toBe(EXIT_CODES.done);
  });

  test('leaves the script of the tree before it, too', async () => {
    const node = copyOf(running);
    const script = payload(BROKEN_SERVER);
    const own = `${readFileSync(script, 'utf8')}# of the tree that fails\n`;
    put(script, own);
    expect((await run(node, script)).code).toBe(EXIT_CODES.rolledBack);
    expect(read(node, 'var/lib/edgecdk/apply.sh')).toBe(read(running, 'var/lib/edgecdk/apply.sh'));
  });

  test('gives way to the next tree', async () => {
    const node = copyOf(running);
    await run(node, payload(BROKEN_SERVER));
    expect((await run(node, payload(CHANGED_SERVER))).code).toBe(EXIT_CODES.done);
    expect(has(node, 'var/lib/edgecdk/failed')).toBe(false);
  });

  test('stays where it is the first one, since there is nothing to go back to', async () => {
    const node = copyOf(fresh);
    const { codes, log } = await converge(node, payload(BROKEN_SERVER), { until: [EXIT_CODES.later] });
    expect(codes.at(-1)).toBe(EXIT_CODES.later);
    expect(log).toContain('no earlier tree to go back to');
    expect((await converge(node, payload(SINGLE_SERVER))).codes.at(-1)).toBe(EXIT_CODES.done);
  });
});

describe.each(SHELLS)('in %s, a tree that comes alone', (shell) => {
  const alone = (content: Payload): string => {
    const script = payload(content);
    rmSync(join(script, '../../identity'), { recursive: true });
    return script;
  };
  const current = (node: ScratchNode): string => read(node, 'var/lib/edgecdk/current');

  test.each([[[]], [['--detached']]])('is applied to the machine as it is, with options %j', async (args) => {
    const node = copyOf(running);
    expect((await run(node, alone(CHANGED_SERVER), { shell, args })).code).toBe(EXIT_CODES.done);
    expect(read(node, 'etc/edgecdk/identity.env')).toBe(read(running, 'etc/edgecdk/identity.env'));
    expect(read(node, 'etc/rancher/k3s/registries.yaml')).toContain('new.example');
    expect(current(node)).not.toBe(current(running));
  });

  test.each([[[]], [['--detached']]])('and fails leaves the tree before it, with options %j', async (args) => {
    const node = copyOf(running);
    const script = alone(BROKEN_SERVER);
    expect((await run(node, script, { shell, args })).code).toBe(EXIT_CODES.rolledBack);
    for (const path of ['etc/edgecdk/identity.env', 'etc/rancher/k3s/config.yaml', 'var/lib/edgecdk/current'])
      expect([path, read(node, path)]).toEqual([path, read(running, path)]);
    // Its folder is no longer needed, neither for the tree that is there nor for the one after it.
    rmSync(join(script, '..'), { recursive: true });
    expect((await run(node, join(node.root, 'var/lib/edgecdk/apply.sh'), { shell })).code).toBe(EXIT_CODES.done);
    expect((await run(node, alone(CHANGED_SERVER), { shell, args })).code).toBe(EXIT_CODES.done);
  });

  test('is refused by a machine that does not know who it is', async () => {
    const result = await run(copyOf(fresh), alone(SINGLE_SERVER), { shell });
    expect([result.code, result.log]).toEqual([EXIT_CODES.refused, expect.stringContaining('--identity DIR')]);
  });
});

describe('with --detached', () => {
  test.each([
    ['a tree that works', CHANGED_SERVER, EXIT_CODES.done],
    ['a tree that fails', BROKEN_SERVER, EXIT_CODES.rolledBack],
  ])('systemd runs the rest, and the code for %s is the same', async (_name, content, code) => {
    const node = copyOf(running);
    const result = await run(node, payload(content), { args: ['--detached'] });
    expect(result.code).toBe(code);
    expect(has(node, 'sim/active')).toBe(true);
    expect((await run(node, payload(content), { args: ['--detached'] })).code).toBe(code);
  });
});
