import { cpSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ExampleCopy, synthInChild } from '../support/child-synth';
import { filesOf } from '../support/with-files';

const example = new ExampleCopy('grocer');
const program = join(example.folder, 'grocer.ts');
/** The assembly of the example as it is. */
const first = example.path('first');
let assembly: Record<string, string>;

beforeAll(async () => {
  expect(await synthInChild(program, first)).toMatchObject({ status: 0, unchanged: 0, removed: 0 });
  assembly = filesOf(first);
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

describe('the same program gives the same bytes', () => {
  test.each([
    ['once more', {}],
    ['in Tokyo with a Turkish locale', { TZ: 'Asia/Tokyo', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' }],
    ['on Newfoundland with no locale', { TZ: 'America/St_Johns', LANG: 'C', LC_ALL: 'C' }],
    ['with the settings of cdk8s in the environment', { CDK8S_DISABLE_SORT: '1', CDK8S_OUTDIR: 'elsewhere' }],
  ])(
    '%s',
    async (name, environment) => {
      const folder = example.path(name);
      expect(await synthInChild(program, folder, { environment })).toMatchObject({ status: 0, stderr: '' });
      expect(filesOf(folder)).toEqual(assembly);
    },
    60_000,
  );
});

test('a run over its own assembly writes nothing', async () => {
  const before = stamps(first);
  expect(before.size).toBeGreaterThan(2_000);
  const result = await synthInChild(program, first);
  expect(result).toMatchObject({ status: 0, written: 0, removed: 0, changes: 0 });
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
      stderr: expect.stringMatching(/would lose \d+ of 242 sites .*is the inventory whole\?/),
    });
  } finally {
    undo();
  }
  expect(touched(before, stamps(folder))).toEqual([]);
}, 60_000);

describe('a run that is killed', () => {
  const changed = 'ghcr.io/grocer/price-sync:2.0.0';
  /** The assembly of the example with another image for all sites. */
  let next: Record<string, string>;
  let changes: number;

  /** Kills a run that brings `folder` to the changed program, then runs the program as `after` says. */
  async function killAndRepair(folder: string, killAt: number, after: 'changed' | 'as it was'): Promise<void> {
    const undo = example.edit('grocer.ts', (text) => text.replace('ghcr.io/grocer/price-sync:1.9.0', changed));
    try {
      expect(await synthInChild(program, folder, { killAt })).toMatchObject({ status: null });
      if (after === 'changed') expect(await synthInChild(program, folder)).toMatchObject({ status: 0 });
    } finally {
      undo();
    }
    if (after === 'as it was') expect(await synthInChild(program, folder)).toMatchObject({ status: 0 });
  }

  beforeAll(async () => {
    const folder = copyOfFirst('changed');
    const undo = example.edit('grocer.ts', (text) => text.replace('ghcr.io/grocer/price-sync:1.9.0', changed));
    try {
      const result = await synthInChild(program, folder);
      expect(result.status).toBe(0);
      expect(result.written).toBeGreaterThan(200); // all but the paused sites
      changes = result.changes;
    } finally {
      undo();
    }
    next = filesOf(folder);
  }, 60_000);

  test.each([
    ['at the marker', () => 2],
    ['at the first file', () => 5],
    ['half-way', () => Math.round(changes / 2)],
    ['at the index', () => changes - 3],
    ['before it says that it is done', () => changes],
  ])(
    '%s is repaired by the next one, with the change or without',
    async (name, killAt) => {
      for (const [after, wanted] of [
        ['changed', next],
        ['as it was', assembly],
      ] as const) {
        const folder = copyOfFirst(`killed ${name}, ${after}`);
        await killAndRepair(folder, killAt(), after);
        expect(filesOf(folder)).toEqual(wanted);
      }
    },
    120_000,
  );

  test('in an empty folder is repaired by the next one', async () => {
    const folder = example.path('killed-first');
    mkdirSync(folder);
    expect(await synthInChild(program, folder, { killAt: 1_001 })).toMatchObject({ status: null });
    expect(Object.keys(filesOf(folder)).length).toBeGreaterThan(100);
    expect(await synthInChild(program, folder)).toMatchObject({ status: 0 });
    expect(filesOf(folder)).toEqual(assembly);
  }, 60_000);
});
