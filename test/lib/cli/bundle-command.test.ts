import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addBundleCommand } from '../../../lib/cli/bundle-command';
import { sha256 } from '../../../lib/model/digest';
import { writeFolder } from '../export/make-assembly';
import { made, makeStickAssembly } from '../export/make-sticks';
import { runCommand } from './run-command';

const folder = mkdtempSync(join(tmpdir(), 'edgecdk-bundle-command-'));
const dist = join(folder, 'dist');
const to = join(folder, 'out');
beforeAll(() => {
  const site = { nodes: [], manifests: { 'pos.yaml': made('pos') } };
  makeStickAssembly(dist, [
    { ...site, name: 'store-1' },
    { ...site, name: 'store-2' },
    { ...site, name: 'depot-1', cohort: 'depot', profile: 'big' },
    { name: 'van-1', nodes: [], cohort: 'van', profile: 'pi', manifests: {} },
  ]);
  writeFolder(folder, { 'images/nginx.tar.gz': 'an archive', 'a-file': '' });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(() => rmSync(to, { recursive: true, force: true }));

const edgecdk = (...args: string[]) =>
  runCommand(addBundleCommand, 'bundle', '--assembly', dist, ...(args.includes('--to') ? [] : ['--to', to]), ...args);

test('a bundle for each hardware profile, with what is in it', async () => {
  const { code, stderr, stdout } = await edgecdk();
  expect([code, stderr]).toEqual([0, '']);
  expect(readdirSync(to).sort()).toEqual(['grocer-big.tar', 'grocer-box.tar']);
  const { size } = statSync(join(to, 'grocer-box.tar'));
  expect(stdout).toContain(`box: 2 sites, 2 manifests, 0 archives of images, 8 files, ${size} bytes\n`);
  expect(stdout).toContain(`sha256 ${sha256(readFileSync(join(to, 'grocer-box.tar'), 'latin1'))}\n`);
  expect(stdout).toMatch(/^no stick serves van-1, /);
});

test('some profiles, and some sites, with images', async () => {
  const images = ['--images', join(folder, 'images')];
  const { stdout } = await edgecdk('box', '--sites', 'store-2', ...images);
  expect(stdout).toContain('box: 1 site, 1 manifest, 1 archive of images, 8 files');
  expect(readdirSync(to)).toEqual(['grocer-box.tar']);
  const content = readFileSync(join(to, 'grocer-box.tar'), 'latin1');
  for (const expected of ['images/nginx.tar.gz\0', 'nginx.tar.gz\t-\n', 'an archive'])
    expect(content).toContain(expected);
});

test('a second run leaves equal bytes, and what else is there', async () => {
  await edgecdk();
  writeFolder(to, { 'notes.txt': 'mine' });
  const before = readFileSync(join(to, 'grocer-box.tar'));
  await edgecdk();
  expect(readFileSync(join(to, 'grocer-box.tar')).equals(before)).toBe(true);
  expect(readdirSync(to).sort()).toEqual(['grocer-big.tar', 'grocer-box.tar', 'notes.txt']);
});

test.each<[string[], RegExp]>([
  [['bix'], /error: \[bix\] is no hardware profile of grocer \(it has big, box, pi\)\n1 problem; nothing was written/],
  [['--sites', 'store-9'], /error: \[store-9\] is no site of grocer/],
  [['--artifacts', join(folder, 'images'), 'pi'], /error: \[grocer\] no stick serves van-1/],
  [['--to', join(dist, 'bundles')], /is in the assembly; name another folder with --to/],
])('%j ends with 1, and nothing is written', async (args, message) => {
  const { code, stderr, stdout } = await edgecdk(...args);
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(message);
  expect([existsSync(to), existsSync(join(dist, 'bundles'))]).toEqual([false, false]);
});

test('a folder without an assembly ends with 1', async () => {
  const result = await runCommand(addBundleCommand, 'bundle', '--assembly', join(folder, 'images'), '--to', to);
  expect(result).toMatchObject({ code: 1, stderr: expect.stringContaining('holds no assembly.json') });
});

test.each<[string[], RegExp]>([
  [['--images', join(folder, 'none')], /there is no folder .*none; name the one with the images to carry/],
  [['--artifacts', join(folder, 'none')], /there is no folder .*none; name the one with the artifacts to carry/],
  [['--to', join(folder, 'a-file')], /is a file; name a folder with --to/],
])('%j is not understood', async (args, message) => {
  expect(await edgecdk(...args)).toMatchObject({ code: 2, stderr: expect.stringMatching(message) });
});

test('help teaches', async () => {
  const { code, stdout } = await edgecdk('--help');
  expect([code, stdout]).toEqual([0, expect.stringMatching(/Examples:[\s\S]*--sites store-0412[\s\S]*Exit codes:/)]);
});
