import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addExportCommand } from '../../../lib/cli/export-command';
import { machine, makeAssembly, makeCache, PRELOADED, writeFolder } from '../export/make-assembly';
import { SINGLE } from '../render/node/sample-input';
import { runCommand } from './run-command';

const folder = mkdtempSync(join(tmpdir(), 'edgecdk-export-command-'));
const assembly = join(folder, 'dist');
const input = { ...PRELOADED, secrets: { token: 'token' } };
const bare = join(folder, 'bare/dist');
beforeAll(() => {
  const nodes = [machine('store-1', 'box-1', 0)];
  makeAssembly(assembly, [
    { name: 'store-1', nodes, input },
    { name: 'store-2', nodes: [machine('store-2', 'box-1', 0)], input, state: 'closing' },
  ]);
  makeAssembly(bare, [{ name: 'store-1', nodes, input }]);
  // Where `edgecdk lock --download` has it: beside the assembly, in the fleet's root.
  makeCache(join(folder, '.edgecdk/artifacts'));
  writeFolder(folder, { 'secrets/token': 'the-value\n', 'empty/x': '' });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const to = join(folder, 'out');
afterEach(() => rmSync(to, { recursive: true, force: true }));
const edgecdk = (...args: string[]) =>
  runCommand(
    addExportCommand,
    'export',
    ...(args.includes('--assembly') ? [] : ['--assembly', assembly]),
    '--to',
    to,
    ...args,
  );

test('a complete kit is written, with the artifacts beside the assembly, and said to be', async () => {
  const { code, stdout, stderr } = await edgecdk('store-1', '--secrets', join(folder, 'secrets'));
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(
    /^kit for store-1-box-1: \d+ files\nartifacts: .*k3s-arm64 of K3s v1\.33\.4\+k3s1\nsecrets: 1 on it\n/,
  );
  expect(stdout).not.toContain('the-value');
  expect(readFileSync(join(to, 'edgecdk/nodes/store-1-box-1/secrets/token'), 'utf8')).toBe('the-value\n');
  expect(readFileSync(join(to, 'README.txt'), 'utf8')).toContain('[ ] Secrets are on it.');
});

test('what is done next depends on the image', async () => {
  const seeded = (seedMedium: 'boot-partition' | 'none') =>
    makeAssembly(join(folder, `of-${seedMedium}`, 'dist'), [
      {
        name: 'store-1',
        nodes: [machine('store-1', 'box-1', 0)],
        input: { ...SINGLE, operatingSystem: { ...SINGLE.operatingSystem, seedMedium } },
      },
    ]);
  expect((await edgecdk('store-1')).stdout).toMatch(/to the root of a medium with the label CIDATA: store-1-box-1$/m);
  expect((await edgecdk('store-1', '--assembly', seeded('boot-partition'))).stdout).toMatch(
    /onto the boot partition of each card or disk, .*: store-1-box-1$/m,
  );
  expect((await edgecdk('store-1', '--assembly', seeded('none'))).stdout).toMatch(
    /run sudo sh edgecdk\/begin\.sh MACHINE: store-1-box-1$/m,
  );
});

test('equal input gives equal bytes', async () => {
  await edgecdk('store-1');
  const marker = readFileSync(join(to, '.edgecdk-export.json'));
  const sheet = readFileSync(join(to, 'README.txt'));
  await edgecdk('store-1');
  expect([readFileSync(join(to, '.edgecdk-export.json')), readFileSync(join(to, 'README.txt'))]).toEqual([
    marker,
    sheet,
  ]);
});

test('what is missing is listed, ends with 1, and nothing is written', async () => {
  const { code, stderr, stdout } = await edgecdk('store-1', '--assembly', bare, '--secrets', join(folder, 'empty'));
  expect([code, stdout, existsSync(to)]).toEqual([1, '', false]);
  expect(stderr).toMatch(/warning: \[store-1\] needs the secret token/);
  expect(stderr.match(/error: \[store-1\] needs k3s-\S+ of K3s/g)).toHaveLength(2);
  expect(stderr).toContain('2 problems; nothing was written');
});

test('artifacts may be elsewhere', async () => {
  const cache = join(folder, '.edgecdk/artifacts');
  expect(await edgecdk('store-1', '--assembly', bare, '--artifacts', cache)).toMatchObject({ code: 0, stderr: '' });
});

test('a secret that is missing is a warning, and with --strict an error', async () => {
  const without = ['store-1', '--secrets', join(folder, 'empty')];
  expect(await edgecdk(...without, '--strict')).toMatchObject({ code: 1, stdout: '' });
  expect(existsSync(to)).toBe(false);
  const { code, stderr, stdout } = await edgecdk(...without);
  expect([code, stderr]).toEqual([0, expect.stringMatching(/^warning: \[store-1\] needs the secret token/)]);
  expect(stdout).toContain('secrets: 0 on it, 1 to come to the machines by another way');
});

test('a dry run verifies and writes nothing', async () => {
  expect(await edgecdk('store-1', '--dry-run')).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^complete for/),
  });
  expect(existsSync(to)).toBe(false);
});

test('a folder with files of somebody is left as it is', async () => {
  writeFolder(to, { 'mine.txt': 'mine' });
  expect(await edgecdk('store-1')).toMatchObject({ code: 1, stderr: expect.stringContaining('is not empty') });
  expect(existsSync(join(to, 'user-data'))).toBe(false);
});

test('a site that closes is warned of', async () => {
  expect((await edgecdk('store-2')).stderr).toBe('warning: [store-2] is closing: its own workloads are withdrawn\n');
});

test('inventory and playbook for Ansible', async () => {
  const { code, stdout } = await edgecdk('--ansible', 'store-2', 'store-1');
  expect([code, stdout]).toEqual([0, expect.stringMatching(/^2 machines of 2 sites\nto be looked up by name.*: 2\n/)]);
  expect(existsSync(join(to, 'inventory.yaml'))).toBe(true);
  expect(await edgecdk('store-1')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('--ansible wrote for grocer'),
  });
});

test('nothing is put into the assembly', async () => {
  const inside = join(assembly, 'kit');
  const result = await runCommand(addExportCommand, 'export', 'store-1', '--assembly', assembly, '--to', inside);
  expect(result).toMatchObject({ code: 1, stderr: expect.stringContaining('is in the assembly') });
  expect(existsSync(inside)).toBe(false);
});

test.each<[string[], RegExp]>([
  [[], /name a site/],
  [['store-1', 'store-2'], /a kit is for one site/],
  [['store-1', '--where', 'a=b'], /--where goes with --ansible/],
  [['--ansible', '--node', 'box-1'], /--node is for a kit/],
  [['--ansible', '--without-artifacts'], /--without-artifacts is for a kit/],
  [['store-1', '--secrets', join(folder, 'none')], /there is no folder/],
])('%j is not understood', async (args, message) => {
  expect(await edgecdk(...args)).toMatchObject({ code: 2, stderr: expect.stringMatching(message) });
});

test('help teaches', async () => {
  const { code, stdout } = await edgecdk('--help');
  expect([code, stdout]).toEqual([0, expect.stringMatching(/Examples:[\s\S]*--node box-1[\s\S]*Exit codes:/)]);
});

test('a kit whose machines download says what they reach', async () => {
  const online = makeAssembly(join(folder, 'online/dist'), [
    { name: 'store-1', nodes: [machine('store-1', 'box-1', 0)], input: SINGLE },
  ]);
  const { code, stdout } = await edgecdk('store-1', '--assembly', online);
  expect([code, stdout]).toEqual([
    0,
    expect.stringContaining('artifacts: none\ndownloaded by the machines: k3s-arm64'),
  ]);
});
