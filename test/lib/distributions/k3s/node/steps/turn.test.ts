import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EXIT_CODES } from '../../../../../support/exit-codes';
import { linesOf } from '../../../../render/node/script/kill-sweep';
import { addressOf, oneOfThree } from '../../../../render/node/script/sample-payloads';
import {
  has,
  makeNode,
  type Payload,
  put,
  run,
  type ScratchNode,
  writePayload,
} from '../../../../render/node/script/scratch-node';
import { writeStubs } from '../../../../render/node/script/stub-commands';
import { SHELLS } from '../../../../render/node/script/workshop';

const folder = mkdtempSync(join(tmpdir(), 'edgecdk-turn-'));
const stubs = join(folder, 'stubs');
let count = 0;

beforeAll(() => writeStubs(stubs));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function changed(rank: number, config = 'disable: [traefik]\n'): Payload {
  const before = oneOfThree(rank);
  return { ...before, files: { ...before.files, '/etc/rancher/k3s/config.yaml': [config, 'restart'] } };
}

function brought(content: Payload): string {
  count += 1;
  return writePayload(join(folder, `payload-${count}`), content);
}

/** A first server that runs, with its two peers up, as far as it can tell. */
async function first(): Promise<ScratchNode> {
  count += 1;
  const node = makeNode(join(folder, `node-${count}`), stubs, addressOf(0));
  expect((await run(node, brought(oneOfThree(0)))).code).toBe(EXIT_CODES.done);
  for (const rank of [1, 2]) put(join(node.shared, 'up', addressOf(rank)), 'cluster\n');
  return node;
}

// What "date" says, in the place of seconds.
const NOW = 20261124;
const turns = (node: ScratchNode): string[] => linesOf(node, 'sim/shared/turns');
const stops = (node: ScratchNode): number => linesOf(node, 'sim/log').filter((line) => line === 'stop').length;

describe.each(SHELLS)('in %s, a server of three whose K3s is to be restarted', (shell) => {
  test('waits while another does not answer, with K3s as it is', async () => {
    const node = await first();
    const before = stops(node);
    rmSync(join(node.shared, 'up', addressOf(2)));
    const script = brought(changed(0));
    const { code, log } = await run(node, script, { shell });
    expect([code, log]).toEqual([EXIT_CODES.later, expect.stringContaining('K3s is not restarted')]);
    expect([stops(node), has(node, 'sim/active')]).toEqual([before, true]);
    put(join(node.shared, 'up', addressOf(2)), 'cluster\n');
    expect((await run(node, script, { shell })).code).toBe(EXIT_CODES.done);
    expect(stops(node)).toBe(before + 1);
  });

  test('has the turn until it is healthy, and gives it back', async () => {
    const node = await first();
    expect((await run(node, brought(changed(0)), { shell })).code).toBe(EXIT_CODES.done);
    expect(turns(node)).toEqual([`store-0412-a/${NOW}`, 'nobody/0']);
    expect(has(node, 'var/lib/edgecdk/turn')).toBe(false);
  });

  test.each([
    ['waits while another has the turn', `store-0412-b/${NOW - 10}`, EXIT_CODES.later],
    ['waits where the other’s clock is a little ahead', `store-0412-b/${NOW + 10}`, EXIT_CODES.later],
    ['goes where the other did not come back', `store-0412-b/${NOW - 31}`, EXIT_CODES.done],
    ['goes where it has the turn of a run that was cut short', `store-0412-a/${NOW - 10}`, EXIT_CODES.done],
    ['goes where nobody has it', 'nobody/0', EXIT_CODES.done],
  ])('%s', async (_, holder, code) => {
    const node = await first();
    const before = stops(node);
    put(join(node.shared, 'lease'), `7 ${holder}\n`);
    expect((await run(node, brought(changed(0)), { shell })).code).toBe(code);
    expect(stops(node)).toBe(code === EXIT_CODES.done ? before + 1 : before);
  });

  test('rolls back without asking, since nothing is lost by it, and lets the next one go', async () => {
    const node = await first();
    expect((await run(node, brought(changed(0, 'broken: true\n')), { shell })).code).toBe(EXIT_CODES.rolledBack);
    expect(turns(node)).toEqual([`store-0412-a/${NOW}`, 'nobody/0']);
  });
});
