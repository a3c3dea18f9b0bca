import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkExportFolder, type FolderFile, markerName, writeExportFolder } from '../../../lib/export/export-folder';
import { sha256 } from '../../../lib/model/digest';
import { writeFolder } from './make-assembly';

let folder = '';
let to = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'edgecdk-export-'));
  to = join(folder, 'kit');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const text = (path: string, content = path): FolderFile => ({ path, content: Buffer.from(content) });

function write(...files: readonly FolderFile[]): void {
  writeExportFolder(to, { kind: 'kit', of: 'store-1', files: [...files, text('last')], last: 'last' });
}

function paths(): string[] {
  const entries = readdirSync(to, { recursive: true, withFileTypes: true }).filter((entry) => !entry.isDirectory());
  return entries.map((entry) => join(entry.parentPath, entry.name).slice(to.length + 1)).sort();
}

test('a later export takes away what an earlier one wrote and it does not, and nothing else', () => {
  write(text('a/b/c'), text('d', 'old'));
  writeFolder(to, { 'a/note': 'of somebody' });
  write(text('d', 'new'));
  expect(paths()).toEqual([markerName, 'a/note', 'd', 'last']);
  expect(readFileSync(join(to, 'd'), 'utf8')).toBe('new');
});

test('only its owner reads a secret', () => {
  write({ path: 'n/secrets/token', content: Buffer.from('value'), secret: true });
  expect(statSync(join(to, 'n/secrets/token')).mode & 0o777).toBe(0o600);
  expect(statSync(join(to, 'n/secrets')).mode & 0o777).toBe(0o700);
  // A file of the same name that anybody could read keeps its mode where it is written over.
  rmSync(join(to, 'n/secrets/token'));
  writeFileSync(join(to, 'n/secrets/token'), '', { mode: 0o644 });
  write({ path: 'n/secrets/token', content: Buffer.from('value'), secret: true });
  expect(statSync(join(to, 'n/secrets/token')).mode & 0o777).toBe(0o600);
  expect(readFileSync(join(to, markerName), 'utf8')).not.toContain('value');
});

test.each<[string, () => void, RegExp]>([
  [
    'holds files of somebody',
    () => writeFolder(to, { 'notes.txt': '' }),
    /is not empty and not of edgecdk export \(it holds notes\.txt\)/,
  ],
  ['is a file', () => writeFolder(folder, { kit: '' }), /is a file/],
  ['has a marker that is none', () => writeFolder(to, { [markerName]: '{"producer":' }), /not of edgecdk export/],
  [
    'holds a playbook',
    () => writeExportFolder(to, { kind: 'ansible', of: 'grocer', files: [text('p')], last: 'p' }),
    /holds what edgecdk export --ansible wrote for grocer/,
  ],
])('a folder that %s is left alone', (_what, make, message) => {
  make();
  const before = statSync(to).isDirectory() ? paths() : [];
  expect(() => write(text('a'))).toThrow(message);
  expect(statSync(to).isDirectory() ? paths() : []).toEqual(before);
});

test("what systems leave on a new medium is in nobody's way", () => {
  for (const name of ['lost+found', 'System Volume Information', '.Trashes'])
    mkdirSync(join(to, name), { recursive: true });
  write(text('a'));
  expect(paths()).toEqual([markerName, 'a', 'last']);
});

test('an export that was cut short says so, offers no machine anything, and is put right by the next', () => {
  const lost: FolderFile = { path: 'z', from: join(folder, 'none'), sha256: '' };
  write(text('old'));
  expect(() => write(text('new'), lost)).toThrow(/ENOENT/);
  expect(JSON.parse(readFileSync(join(to, markerName), 'utf8'))).toMatchObject({ complete: false });
  expect(existsSync(join(to, 'last'))).toBe(false);
  write(text('other'));
  expect(paths()).toEqual([markerName, 'last', 'other']);
  expect(JSON.parse(readFileSync(join(to, markerName), 'utf8'))).toMatchObject({
    complete: true,
    files: ['last', 'other'],
  });
});

test('what is copied must arrive as it was locked', () => {
  writeFolder(folder, { source: 'content' });
  const copy = (digest: string): FolderFile => ({ path: 'c', from: join(folder, 'source'), sha256: digest });
  write(copy(sha256('content')));
  expect(readFileSync(join(to, 'c'), 'utf8')).toBe('content');
  expect(() => write(copy(sha256('other')))).toThrow(/did not arrive as it was sent/);
});

test('neither a link nor a marker leads out of the folder', () => {
  writeFolder(folder, { 'outside/file': 'mine' });
  write(text('a/b'));
  const marker = JSON.parse(readFileSync(join(to, markerName), 'utf8'));
  writeFileSync(
    join(to, markerName),
    JSON.stringify({ ...marker, files: [...marker.files, '../outside/file', 'a/../../outside/file'] }),
  );
  write(text('c'));
  expect(existsSync(join(folder, 'outside/file'))).toBe(true);
  symlinkSync(join(folder, 'outside'), join(to, 'a'));
  expect(() => write(text('a/file'))).toThrow(/is a symbolic link/);
  expect(readFileSync(join(folder, 'outside/file'), 'utf8')).toBe('mine');
});

test('to check is to write nothing', () => {
  checkExportFolder(to, 'kit');
  expect(existsSync(to)).toBe(false);
});
