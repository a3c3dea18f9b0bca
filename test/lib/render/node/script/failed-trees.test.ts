import { join } from 'node:path';
import { EXIT_CODES } from '../../../../../lib/render/node/script/apply-script';
import { linesOf } from './kill-sweep';
import { BROKEN_SERVER, CHANGED_SERVER, SINGLE_SERVER } from './sample-payloads';
import { converge, has, powerCycle, put, run } from './scratch-node';
import { workshop } from './workshop';

const { fresh, running, copyOf, payload } = workshop('failed');

describe('a tree that fails its health check', () => {
  test('is rolled back, not tried again at once, and tried again after a boot, after some hours, or when told to', async () => {
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
    expect(restarts()).toBeGreaterThan(afterFirst);
    const afterHours = restarts();
    expect((await run(node, script, { args: ['--retry'] })).code).toBe(EXIT_CODES.rolledBack);
    expect(restarts()).toBeGreaterThan(afterHours);
    powerCycle(node);
    const afterBoot = restarts();
    expect((await run(node, script)).code).toBe(EXIT_CODES.rolledBack);
    expect(restarts()).toBeGreaterThan(afterBoot);
    expect(has(node, 'sim/active')).toBe(true);
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
