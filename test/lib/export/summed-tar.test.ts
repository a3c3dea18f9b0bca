import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TarFile, writeSummedTar } from '../../../lib/export/summed-tar';
import { sha256 } from '../../../lib/model/digest';
import { present } from '../render/node/script-machine';

let folder = '';
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'edgecdk-tar-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const text = (path: string, content = path): TarFile => ({ path, content: () => Buffer.from(content) });
const tarOf = (...files: readonly TarFile[]) => writeSummedTar(join(folder, 'to/a.tar'), files);

const long = `manifests/${'s'.repeat(63)}/${'f'.repeat(240)}.yaml`;

test.each(['tar', 'busybox tar'])('%s reads it, long names too, and the sums hold', (reader) => {
  const [command = '', ...args] = reader.split(' ');
  if (!present(command)) return;
  const content = 'x'.repeat(3_000_000);
  writeFileSync(join(folder, 'large'), content);
  tarOf(text('b/é'), text(long), text('a', ''), { path: 'c', from: join(folder, 'large'), sha256: sha256(content) });
  const to = join(folder, 'out');
  mkdirSync(to);
  expect(spawnSync(command, [...args, '-xf', join(folder, 'to/a.tar'), '-C', to]).status).toBe(0);
  expect(readFileSync(join(to, long), 'utf8')).toBe(long);
  expect(readFileSync(join(to, 'c'), 'utf8')).toBe(content);
  expect(spawnSync('sha256sum', ['-c', '--quiet', 'SHA256SUMS'], { cwd: to }).status).toBe(0);
  expect(
    readFileSync(join(to, 'SHA256SUMS'), 'utf8')
      .split('\n')
      .map((line) => line.slice(66)),
  ).toEqual(['a', 'b/é', 'c', long, '']);
});

test('the order in which files are given changes nothing', () => {
  expect(tarOf(text('b'), text('a'))).toEqual(tarOf(text('a'), text('b')));
  expect(tarOf(text('b'), text('a'))).not.toEqual(tarOf(text('a', 'other'), text('b')));
});

test('what fails leaves what was there, and nothing half-written', () => {
  const before = tarOf(text('a'));
  writeFileSync(join(folder, 'changed'), 'now');
  const wrong: TarFile = { path: 'b', from: join(folder, 'changed'), sha256: sha256('then') };
  expect(() => tarOf(text('a', 'new'), wrong)).toThrow(/has changed while it was read/);
  expect(readdirSync(join(folder, 'to'))).toEqual(['a.tar']);
  expect(sha256(readFileSync(join(folder, 'to/a.tar'), 'latin1'))).toBe(before.sha256);
  rmSync(join(folder, 'to'), { recursive: true });
  expect(() => tarOf({ ...wrong, from: join(folder, 'none') })).toThrow(/ENOENT/);
  expect(existsSync(join(folder, 'to/a.tar'))).toBe(false);
});
