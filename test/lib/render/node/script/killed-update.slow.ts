import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { linesOf, sweep } from './kill-sweep';
import { BROKEN_SERVER, CHANGED_SERVER, SINGLE_SERVER } from './sample-payloads';
import {
  commandsOf,
  converge,
  copyNode,
  has,
  lastingState,
  makeNode,
  read,
  run,
  type ScratchNode,
  writePayload,
} from './scratch-node';
import { writeStubs } from './stub-commands';

const folder = mkdtempSync(join(tmpdir(), 'edgecdk-update-'));
const stubs = join(folder, 'stubs');
const changed = join(folder, 'changed/tree/apply.sh');
const broken = join(folder, 'broken/tree/apply.sh');
const first = join(folder, 'first/tree/apply.sh');
let running: ScratchNode;

beforeAll(async () => {
  writeStubs(stubs);
  running = makeNode(join(folder, 'running'), stubs);
  await converge(running, writePayload(join(folder, 'first'), SINGLE_SERVER));
  writePayload(join(folder, 'changed'), CHANGED_SERVER);
  writePayload(join(folder, 'broken'), BROKEN_SERVER);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('an update, killed at any command, ends as if nothing had been, and its change is not forgotten', async () => {
  const isInForce = (node: ScratchNode): void => {
    expect(read(node, 'etc/rancher/k3s/registries.yaml')).toContain('new.example');
    // K3s was stopped and started after the file was there, however the run was cut.
    expect(linesOf(node, 'sim/log').slice(-2)).toEqual(['stop', 'start']);
    expect(linesOf(node, 'sim/told').slice(-2)).toEqual(['daemon-reload', 'restart notice.timer']);
  };
  const result = await sweep({
    node: running,
    script: changed,
    folder: join(folder, 'u'),
    holds: (node) => isInForce(node),
  });
  expect(result.failures).toEqual([]);
  expect(result.kills).toBeGreaterThan(15);
}, 180_000);

test('an update that was cut anywhere and is then called back leaves nothing behind', async () => {
  // A tree that was there for a while is kept as the previous one; where it was cut before, there is none.
  const state = (node: ScratchNode): string[] =>
    lastingState(node).filter((line) => !/^var\/lib\/edgecdk\/(previous|payloads)/.test(line));
  const expected = state(running);
  const undisturbed = copyNode(running, join(folder, 'counted'));
  await run(undisturbed, changed);
  for (let killAt = commandsOf(running) + 1; killAt <= commandsOf(undisturbed); killAt += 1) {
    const node = copyNode(running, join(folder, 'called-back'));
    expect((await run(node, changed, { killAt })).code).toBeUndefined();
    expect((await run(node, first)).code).toBe(0);
    expect({ killAt, state: state(node) }).toEqual({ killAt, state: expected });
  }
}, 180_000);

test('a tree that fails its health check is rolled back, even if the run is killed at any command of it', async () => {
  const isBack = (node: ScratchNode): void => {
    expect(read(node, 'etc/rancher/k3s/config.yaml')).toContain('traefik');
    expect(has(node, 'etc/systemd/system/notice.timer')).toBe(false);
    expect(linesOf(node, 'sim/told').slice(-2)).toEqual(['daemon-reload', 'stop notice.timer']);
    expect(has(node, 'sim/active')).toBe(true);
  };
  const result = await sweep({ node: running, script: broken, folder: join(folder, 'r'), until: [1], holds: isBack });
  expect(result.failures).toEqual([]);
  expect(result.kills).toBeGreaterThan(30);
}, 180_000);

test('a disk that is full from any command on costs nothing: K3s runs, and the run is done when there is room', async () => {
  const undisturbed = copyNode(running, join(folder, 'roomy'));
  await run(undisturbed, changed);
  const expected = lastingState(undisturbed);
  const numbers = { from: commandsOf(running) + 1, to: commandsOf(undisturbed) };
  expect(numbers.to - numbers.from).toBeGreaterThan(15);
  for (let fullFrom = numbers.from; fullFrom <= numbers.to; fullFrom += 1) {
    const node = copyNode(running, join(folder, 'full'));
    const first = await run(node, changed, { fullFrom });
    // After the last command that needs room there is nothing left to fail.
    expect([0, 75]).toContain(first.code);
    expect(has(node, 'sim/active')).toBe(true);
    expect((await run(node, changed)).code).toBe(0);
    expect({ fullFrom, state: lastingState(node) }).toEqual({ fullFrom, state: expected });
  }
}, 180_000);

test('a disk that fills up while files are prepared leaves every file as it was', async () => {
  const node = copyNode(running, join(folder, 'preparing'));
  const before = lastingState(node).filter((line) => line.startsWith('etc/'));
  let first = await run(node, changed, { fullFrom: commandsOf(node) + 12 });
  first = first.code === 75 ? first : await run(node, changed);
  const after = lastingState(node).filter((line) => line.startsWith('etc/') && !line.includes('.edgecdk '));
  expect(first.code).toBe(75);
  expect(after).toEqual(before);
});
