import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readInventoryFile } from '../../../../lib/resolve/inventory/read-file';

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'edgecdk-read-file-'));
});
afterAll(() => rmSync(root, { recursive: true }));

function readBytes(bytes: readonly number[] | string) {
  writeFileSync(join(root, 's.csv'), typeof bytes === 'string' ? bytes : Buffer.from(bytes));
  return readInventoryFile('s.csv', root);
}

describe('a file of an inventory', () => {
  test.each([
    ['as it is', 'name\nZürich\n', 'name\nZürich\n'],
    ['without its byte order mark', '\ufeffname\n', 'name\n'],
    ['that is empty', '', ''],
  ])('is read %s', (_, text, read) => {
    expect(readBytes(text)).toEqual({ bytes: Buffer.from(read) });
  });

  test('is found by an absolute path without a root', () => {
    readBytes('x');
    expect(readInventoryFile(join(root, 's.csv'), undefined)).toEqual({ bytes: Buffer.from('x') });
  });

  test.each([
    ['Latin-1', [0x61, 0x0a, 0x5a, 0xfc, 0x72, 0x0a], 2, '"s.csv" is not UTF-8 (byte 0xFC here); save it as UTF-8'],
    [
      'Latin-1 on more lines',
      [0xe4, 0x0a, 0xfc, 0x0a, 0x61, 0x0a, 0xf6],
      1,
      '"s.csv" is not UTF-8 (byte 0xE4 here and on 2 more lines); save it as UTF-8',
    ],
    ['a sequence that is cut off', [0x61, 0x0a, 0xc3], 2, '"s.csv" is not UTF-8 (byte 0xC3 here); save it as UTF-8'],
    ['an encoded surrogate', [0xed, 0xa0, 0x80], 1, '"s.csv" is not UTF-8 (byte 0xED here); save it as UTF-8'],
  ])('with %s is refused with its line', (_, bytes, line, problem) => {
    expect(readBytes(bytes)).toEqual({ problem, line });
  });

  test.each([[[0xff, 0xfe, 0x61, 0]], [[0xfe, 0xff, 0, 0x61]]])('in UTF-16 is refused', (bytes) => {
    expect(readBytes(bytes)).toEqual({ problem: '"s.csv" is UTF-16; save it as UTF-8' });
  });

  test.each([
    [
      'a relative path without a root',
      's.csv',
      false,
      '"s.csv" is a relative path, and the fleet says not from where; give Fleet `root: __dirname`',
    ],
    [
      'no such file',
      'data/none.csv',
      true,
      'there is no file "data/none.csv"; a relative path starts from the fleet\'s `root`',
    ],
    ['a folder', '.', true, '"." is a folder; name a file'],
    ['a path that no system takes', 'a\0b', true, 'the file "a\0b" cannot be read (ERR_INVALID_ARG_VALUE)'],
  ])('is refused for %s', (_, file, hasRoot, problem) => {
    expect(readInventoryFile(file, hasRoot ? root : undefined)).toEqual({ problem });
  });
});
