import { cpSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import grocer from '../../examples/grocer/grocer';
import { ExampleCopy, synthInChild } from '../support/child-synth';
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

/** The example with a few of its sites, so that there is not much to copy. */
function fewSites(): ExampleCopy {
  const copy = new ExampleCopy('grocer');
  // A superstore has eighty files, for its machines.
  const kept = { 'stores.csv': 20, 'superstores.csv': 2, 'depots.csv': 1, 'vans.csv': 3 };
  for (const [file, sites] of Object.entries(kept)) {
    copy.edit(
      file,
      (text) =>
        `${text
          .split('\n')
          .slice(0, sites + 1)
          .join('\n')}\n`,
    );
  }
  return copy;
}

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

// Every other place is tried in rerun.test.ts, without processes that are really killed.
describe('a run that is killed', () => {
  const [before, after] = [fewSites(), fewSites()];
  const programs = { before: join(before.folder, 'grocer.ts'), after: join(after.folder, 'grocer.ts') };
  /** Assemblies of the programs, each made in an empty folder. */
  const wanted = { before: {}, after: {} };
  /** Changes to the disk from an empty folder to the first one, and from that to the second. */
  const changes = { first: 0, second: 0 };

  function copyOfBefore(name: string): string {
    const folder = before.path(name);
    cpSync(before.path('fresh'), folder, { recursive: true, preserveTimestamps: true });
    return folder;
  }

  beforeAll(async () => {
    after.edit('grocer.ts', (text) => text.replace('grocer/price-sync:1.9.0', 'grocer/price-sync:2.0.0'));
    const results = [
      await synthInChild(programs.before, before.path('fresh')),
      await synthInChild(programs.after, copyOfBefore('changed')),
    ];
    expect(results).toEqual([expect.objectContaining({ status: 0 }), expect.objectContaining({ status: 0 })]);
    [changes.first = 0, changes.second = 0] = results.map((result) => result.changes);
    wanted.before = filesOf(before.path('fresh'));
    wanted.after = filesOf(before.path('changed'));
    expect(wanted.after).not.toEqual(wanted.before);
  }, 60_000);
  afterAll(() => {
    before.remove();
    after.remove();
  });

  test.each([
    ['half-way', () => Math.round(changes.second / 2)],
    ['at the index', () => changes.second - 3],
  ])(
    '%s is repaired by the next one, with the change or without',
    async (name, killAt) => {
      const repair = async (next: 'before' | 'after') => {
        const folder = copyOfBefore(`killed ${name}, then ${next}`);
        expect(await synthInChild(programs.after, folder, { killAt: killAt() })).toMatchObject({ status: null });
        expect(filesOf(folder)).not.toEqual(wanted[next]);
        expect(await synthInChild(programs[next], folder)).toMatchObject({ status: 0 });
        expect(filesOf(folder)).toEqual(wanted[next]);
      };
      await Promise.all([repair('before'), repair('after')]);
    },
    60_000,
  );

  test('in an empty folder is repaired by the next one', async () => {
    const folder = before.path('killed-first');
    mkdirSync(folder);
    const killAt = Math.round(changes.first / 2);
    expect(await synthInChild(programs.before, folder, { killAt })).toMatchObject({ status: null });
    expect(Object.keys(filesOf(folder)).length).toBeGreaterThan(50);
    expect(await synthInChild(programs.before, folder)).toMatchObject({ status: 0 });
    expect(filesOf(folder)).toEqual(wanted.before);
  }, 60_000);
});
