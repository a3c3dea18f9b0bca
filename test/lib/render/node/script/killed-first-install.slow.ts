import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { linesOf, sweep } from './kill-sweep';
import { oneOfThree, PRELOADED_AGENT, SINGLE_SERVER } from './sample-payloads';
import { BINARY, has, IMAGES, makeNode, type Payload, put, type ScratchNode, writePayload } from './scratch-node';
import { writeStubs } from './stub-commands';

const folder = mkdtempSync(join(tmpdir(), 'edgecdk-first-'));
const stubs = join(folder, 'stubs');
const busybox = spawnSync('busybox', ['true']).status === 0;

beforeAll(() => writeStubs(stubs));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What only the first of three servers needs, and what only a Raspberry Pi needs, in one. */
const FIRST_OF_THREE: Payload = {
  ...oneOfThree(0),
  settings: { ...SINGLE_SERVER.settings, ...oneOfThree(0).settings },
};

const oneCluster = (node: ScratchNode): void => {
  expect(linesOf(node, 'sim/shared/begun')).toHaveLength(1);
  expect(has(node, 'etc/rancher/k3s/config.yaml.d/01-init.yaml')).toBe(false);
};

// A power cut at any command is what is tried below; here, what survives a kill is: K3s, the lock, all of /run.
test('the first of three servers, killed at every second command of its first run under sh, ends as if nothing had been', async () => {
  const node = makeNode(join(folder, 'server'), stubs);
  const script = writePayload(join(folder, 'server-payload'), FIRST_OF_THREE);
  const result = await sweep({ node, script, folder: join(folder, 'server-runs'), every: 2, holds: oneCluster });
  expect(result.failures).toEqual([]);
  expect(result.kills).toBeGreaterThan(40);
}, 180_000);

// Where there is no busybox, sh stands in, so that the power cuts are tried everywhere.
test(`the first of three servers, with a power cut at any command, under ${busybox ? 'busybox' : 'sh (there is no busybox here)'}`, async () => {
  const node = makeNode(join(folder, 'power'), stubs);
  const script = writePayload(join(folder, 'power-payload'), FIRST_OF_THREE);
  const shell = busybox ? 'busybox sh' : 'sh';
  const runs = join(folder, 'power-runs');
  const result = await sweep({ node, script, folder: runs, shell, powerCut: true, holds: oneCluster });
  expect(result.failures).toEqual([]);
  expect(result.kills).toBeGreaterThan(40);
}, 180_000);

test('an agent that is installed from a medium, killed at every second command, ends as if nothing had been', async () => {
  const node = makeNode(join(folder, 'agent'), stubs, '10.0.0.13');
  put(join(node.shared, 'up/10.0.0.10'), 'the cluster\n');
  put(join(node.root, 'var/lib/edgecdk/artifacts/k3s-arm64'), BINARY);
  put(join(node.root, 'var/lib/edgecdk/artifacts/k3s-airgap-images-arm64.tar.zst'), IMAGES);
  const script = writePayload(join(folder, 'agent-payload'), PRELOADED_AGENT);
  const result = await sweep({ node, script, folder: join(folder, 'agent-runs'), every: 2 });
  expect(result.failures).toEqual([]);
  expect(result.kills).toBeGreaterThan(30);
}, 180_000);
