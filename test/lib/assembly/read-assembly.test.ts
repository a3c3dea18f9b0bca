import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readAssembly } from '../../../lib/assembly/read-assembly';
import { temporary } from '../../../lib/model/assembly-record';
import { shardOf } from '../../../lib/model/digest';
import { SynthError } from '../../../lib/model/problem';
import { cutAt } from '../../support/cut-disk';
import { withFiles } from '../../support/with-files';
import { type Described, writeTo } from '../../support/write-fixture';

const names = ['s-1', 's-2', 's-3'];
const program = (value: string): Described => ({
  sites: names.map((name) => ({ name, value })),
  workloads: { web: [{ name: 'web', text: 'web @\n' }] },
});
const inFolder = <T>(run: (outDir: string) => T) => withFiles({}, (folder) => run(join(folder, 'dist')));
const indexFile = (outDir: string) => join(outDir, 'sites', shardOf('s-1'), 'index.ndjson');

function valuesIn(outDir: string): unknown[] {
  return [...(readAssembly(outDir, 'fleet')?.sites() ?? [])].map((site) => site.values.v);
}

test('gives every site once, with what the index says of it', () => {
  inFolder((outDir) => {
    writeTo(outDir, program('a'));
    const sites = [...(readAssembly(outDir, 'fleet')?.sites() ?? [])];
    expect(sites.map((site) => site.name).sort()).toEqual(names);
    expect(sites[0]).toMatchObject({ state: 'active', profile: 'box', values: { v: 'a' } });
  });
});

test.each<[string, Record<string, string>]>([
  ['no folder', {}],
  ['an empty folder', { 'other/a': '' }],
  ['a first run that was cut short', { 'dist/.edgecdk-writing': 'sites/0/s-1/manifests/web.yaml', 'dist/sites/a': '' }],
])('is undefined for %s', (_what, files) => {
  withFiles(files, (folder) => expect(readAssembly(join(folder, 'dist'), 'fleet')).toBeUndefined());
});

test('speaks of one run alone, wherever the run over it is cut short', () => {
  let change = 1;
  const seen = new Set<string>();
  for (let cut = true; cut; change++) {
    inFolder((outDir) => {
      writeTo(outDir, program('a'));
      cut = cutAt(change, () => writeTo(outDir, program('b')));
      seen.add(valuesIn(outDir).join(' '));
    });
  }
  expect([...seen]).toEqual(['a a a', 'b b b']);
});

describe('an index that assembly.json does not speak of', () => {
  test.each<[string, (file: string) => void]>([
    ['is missing', (file) => rmSync(file)],
    ['was changed', (file) => writeFileSync(file, readFileSync(file, 'utf8').replace('"a"', '"b"'))],
    [
      'waits to be renamed, and is another',
      (file) => {
        writeFileSync(`${file}${temporary}`, 'other');
        rmSync(file);
      },
    ],
  ])('is refused: it %s', (_what, spoil) => {
    inFolder((outDir) => {
      writeTo(outDir, program('a'));
      spoil(indexFile(outDir));
      expect(() => valuesIn(outDir)).toThrow(SynthError);
      expect(() => valuesIn(outDir)).toThrow(/cannot trust .*index\.ndjson: it is missing or was changed by hand/);
    });
  });
});

test('an index that waits for its renaming is the one', () => {
  inFolder((outDir) => {
    writeTo(outDir, program('a'));
    renameSync(indexFile(outDir), `${indexFile(outDir)}${temporary}`);
    expect(valuesIn(outDir)).toEqual(['a', 'a', 'a']);
  });
});
