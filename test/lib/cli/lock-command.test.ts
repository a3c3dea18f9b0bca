import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Command, CommanderError } from 'commander';
import { UsageError } from '../../../lib/cli/exit-codes';
import { addLockCommand } from '../../../lib/cli/lock-command';
import { loopback, releaseFiles, serving } from '../../support/loopback';

const root = resolve(__dirname, '../../..');
const folder = mkdtempSync(join(tmpdir(), 'edgecdk-lock-'));
const version = 'v1.33.5+k3s1';

beforeAll(() =>
  writeFileSync(
    join(folder, 'fleet.ts'),
    `
import { DeviceClass, Fleet, Hardware, Inventory, K3sCluster, OperatingSystem, SiteBlueprint, SiteGroup } from 'edgecdk';
const fleet = new Fleet('grocer', { root: __dirname });
const box = new DeviceClass(fleet, 'box', { hardware: Hardware.siemensIpc127e(), operatingSystem: OperatingSystem.debian13() });
const cluster = new K3sCluster({ version: '${version}', servers: box.count(1) });
const blueprint = new SiteBlueprint(fleet, 'store', { cluster });
new SiteGroup(fleet, 'stores', { blueprint, inventory: Inventory.rows([{ name: 'store-1' }]) });
export default fleet;
`,
  ),
);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs `edgecdk lock` in a process of its own, while the servers of this one answer. */
function lock(...args: string[]): Promise<{ status: number | null; stdout: string; stderr: string }> {
  const script = join(root, 'test/support/lock-main.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', script, folder, 'lock', ...args], {
    cwd: root,
    env: { ...process.env, TSX_TSCONFIG_PATH: join(root, 'test/tsconfig.json') },
  });
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name].setEncoding('utf8').on('data', (text: string) => {
      output[name] += text;
    });
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('close', (status) => done({ status, ...output }));
  });
}

const ofLoopback = (url: string) =>
  `note: ${url} is written to the lock, and to a machine that installs online it means that machine itself; name a source that machines reach\n`;

test('ends with 1 and writes nothing for a server that never answers, within a bounded time', async () => {
  const { url, close } = await loopback(() => {});
  const result = await lock('--source', url, '--timeout', '1');
  await close();
  expect(result).toEqual({
    status: 1,
    stdout: 'artifacts.lock.json: not written, since not all can be locked\n',
    stderr: `${ofLoopback(url)}error: [grocer/store] ${url}/v1.33.5%2Bk3s1/sha256sum-amd64.txt was silent for 1 s; try again, or name another source with --source: it has the files of a release as <source>/<version>/<file>\n`,
  });
  expect(existsSync(join(folder, 'artifacts.lock.json'))).toBe(false);
});

test('ends with 0 and a lock beside the program, and downloads beside that', async () => {
  const { url, close } = await loopback(serving(releaseFiles(version, 'amd64')));
  const result = await lock('fleet.ts', '--source', url, '--download');
  await close();
  expect(result).toEqual({
    status: 0,
    stdout:
      'release  version       architecture\nK3s      v1.33.5+k3s1  amd64         locked\n\nartifacts.lock.json: written; commit it\n.edgecdk/artifacts: 2 files fetched, 0 there already, 0 missing\n',
    stderr: `${ofLoopback(url)}fetched k3s of v1.33.5+k3s1\nfetched k3s-airgap-images-amd64.tar.zst of v1.33.5+k3s1\n`,
  });
  expect(existsSync(join(folder, 'artifacts.lock.json'))).toBe(true);
});

/** What is known before a program runs. */
async function parse(...args: string[]): Promise<{ error: unknown; output: string }> {
  let output = '';
  const add = (text: string) => {
    output += text;
  };
  const command = new Command().exitOverride().configureOutput({ writeOut: add, writeErr: add });
  addLockCommand(command);
  const error = await command.parseAsync(['lock', ...args], { from: 'user' }).catch((e: unknown) => e);
  return { error, output };
}

test.each<[string, string[], RegExp]>([
  ['an architecture by another name', ['--arch', 'armhf'], /Releases are made for amd64, arm, arm64\./],
  ['--check with --download', ['--check', '--download'], /'--check' cannot be used with option '--download'/],
  ['no time at all', ['--timeout', '0'], /Write whole seconds, from 1 to 3600\./],
])('is not understood with %s', async (_what, args, message) => {
  const { error, output } = await parse(...args);
  expect(error).toBeInstanceOf(CommanderError);
  expect(output).toMatch(message);
});

test.each<[string, string, RegExp]>([
  ['is no URL', 'mirror', /^--source is no URL \(found mirror\); write the folder/],
  ['holds a password', 'https://a:b@c.example', /^--source must not hold a user or a password/],
])('takes no source that %s', async (_what, source, message) => {
  const { error } = await parse('--source', source);
  expect(error).toBeInstanceOf(UsageError);
  expect(error).toMatchObject({ message: expect.stringMatching(message) });
});

test('teaches in its help', async () => {
  const { output } = await parse('--help');
  for (const text of ['Examples:', 'Exit codes:', '--prune', 'artifacts.lock.json', 'Behind a proxy'])
    expect(output).toContain(text);
});
