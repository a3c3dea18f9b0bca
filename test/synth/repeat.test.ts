import { cpSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import grocer from '../../examples/grocer/grocer';
import { synthInChild } from '../support/child-synth';
import { fewSites } from '../support/few-sites';
import { filesOf } from '../support/with-files';

const example = fewSites();
const program = join(example.folder, 'grocer.ts');
/** The assembly of the example as it is. */
const first = example.path('first');
let assembly: Record<string, string>;

beforeAll(async () => {
  expect(await synthInChild(program, first)).toMatchObject({ status: 0, unchanged: 0, removed: 0 });
  assembly = filesOf(first);
  for (const kind of [
    /^nodes\/.*\/apply\.sh$/,
    /\/nodes\/.*\/identity\/manifest$/,
    /\/seed\/user-data$/,
    /\/manifests\//,
  ])
    expect(Object.keys(assembly)).toContainEqual(expect.stringMatching(kind)); // machines too are compared below
}, 60_000);
afterAll(() => example.remove());

/** A copy of the first assembly, times of files too. */
function copyOfFirst(name: string): string {
  const folder = example.path(name);
  cpSync(first, folder, { recursive: true, preserveTimestamps: true });
  return folder;
}

/** What changes when a file is written or replaced. */
function stamps(folder: string): Map<string, string> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  return new Map(
    files.map((file) => {
      const { mtimeNs, ino } = statSync(join(folder, file), { bigint: true });
      return [file, `${ino} ${mtimeNs}`];
    }),
  );
}

/** Paths that are new, gone or written. */
function touched(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string[] {
  return [...new Set([...before.keys(), ...after.keys()])].filter((file) => before.get(file) !== after.get(file));
}

test.each([
  ['in Tokyo with a Turkish locale', { TZ: 'Asia/Tokyo', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' }],
  [
    'on Newfoundland with no locale and the settings of cdk8s in the environment',
    {
      ...{ TZ: 'America/St_Johns', LANG: 'C', LC_ALL: 'C' },
      ...{ CDK8S_DISABLE_SORT: '1', CDK8S_LEGACY_HASH: '1', CDK8S_OUTDIR: 'elsewhere' },
    },
  ],
])(
  'the same program gives the same bytes %s',
  async (name, environment) => {
    const folder = example.path(name);
    expect(await synthInChild(program, folder, { environment })).toMatchObject({ status: 0, stderr: '' });
    expect(filesOf(folder)).toEqual(assembly);
  },
  60_000,
);

test('the same program gives the same bytes in a process that has synthesized already', () => {
  const [once, twice] = [example.path('once'), example.path('twice')];
  for (const outDir of [once, twice]) grocer.synth({ outDir });
  expect(filesOf(twice)).toEqual(filesOf(once));
  expect(filesOf(once)).toMatchObject(
    Object.fromEntries(Object.entries(assembly).filter(([path]) => path.startsWith('nodes/'))),
  );
});

test('a run over its own assembly writes nothing', async () => {
  const before = stamps(first);
  expect(before.size).toBeGreaterThan(400);
  const result = await synthInChild(program, first);
  expect(result).toMatchObject({ status: 0, written: 0, removed: 0 });
  expect(touched(before, stamps(first))).toEqual([]);
}, 60_000);

test('a changed row of an inventory touches its site, its shard and the index alone', async () => {
  const folder = copyOfFirst('one-row');
  const before = stamps(folder);
  const undo = example.edit('stores.csv', (text) => text.replace('Björn Sjöberg', 'Björn Sjöström'));
  try {
    const result = await synthInChild(program, folder);
    const paths = touched(before, stamps(folder)).filter(
      (path) => path.endsWith('.yaml') || !path.startsWith('sites/'),
    );
    const site = Object.keys(assembly)
      .find((path) => path.includes('/store-0003/'))
      ?.replace(/store-0003.*/, '');
    expect(paths).toContain('assembly.json');
    expect(result).toMatchObject({ status: 0, written: paths.length - 1, removed: 0 });
    expect(paths.filter((path) => !path.startsWith(`${site}store-0003/`))).toEqual(['assembly.json']);
    const indexes = Object.entries(filesOf(folder)).filter(([path, text]) => assembly[path] !== text);
    expect(indexes.map(([path]) => path).filter((path) => path.endsWith('.ndjson'))).toEqual([`${site}index.ndjson`]);
  } finally {
    undo();
  }
}, 60_000);

test('a truncated inventory is refused, and the assembly stays as it was', async () => {
  const folder = copyOfFirst('truncated');
  const before = stamps(folder);
  const undo = example.edit('stores.csv', (text) => {
    const lines = text.split('\n');
    return `${lines.slice(0, lines.length / 2).join('\n')}\n`;
  });
  try {
    const { status, stderr } = await synthInChild(program, folder);
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: expect.stringMatching(/would lose \d+ of 28 sites .*is the inventory whole\?/),
    });
  } finally {
    undo();
  }
  expect(touched(before, stamps(folder))).toEqual([]);
}, 60_000);
