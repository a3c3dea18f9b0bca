import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { nodesFolder } from '../../../lib/model/folders';
import { cutAt } from '../../support/cut-disk';
import { filesOf, withFiles } from '../../support/with-files';
import { type Described, writeTo } from '../../support/write-fixture';

const allow = { allowRemovals: true };
const inFolder = <T>(run: (outDir: string) => T) => withFiles({}, (folder) => run(join(folder, 'dist')));

const first: Described = {
  sites: [
    { name: 's-1', machines: { 'box-1': { tree: 'box' }, 'till-1': { tree: 'till' } } },
    { name: 's-2', machines: { 'box-1': { tree: 'box' } } },
    { name: 's-3' },
  ],
  workloads: { web: [{ name: 'web', text: 'web @\n' }] },
  trees: {
    box: { files: { '/etc/a': ['live', 'a\n'], '/etc/b': ['restart', 'b\n'] } },
    till: { files: { '/etc/a': ['live', 'a\n'] }, role: 'agent' },
  },
};
const [one, two] = first.sites;

function sites(...changed: readonly Described['sites'][number][]): Described['sites'] {
  const byName = new Map([...first.sites, ...changed].map((site) => [site.name, site]));
  return [...byName.values()];
}

const changes: readonly (readonly [string, Described])[] = [
  ['another tree', { ...first, trees: { ...first.trees, box: { files: { '/etc/a': ['live', 'A\n'] } } } }],
  [
    'a tree less',
    {
      ...first,
      sites: sites({ ...one, name: 's-1', machines: { 'box-1': { tree: 'box' } } }),
      trees: { box: first.trees?.box ?? { files: {} } },
    },
  ],
  [
    'a machine more',
    { ...first, sites: sites({ name: 's-2', machines: { ...two?.machines, 'till-1': { tree: 'till' } } }) },
  ],
  ['another identity', { ...first, sites: sites({ name: 's-2', machines: { 'box-1': { tree: 'box', text: 'b' } } }) }],
  [
    'a replaced machine',
    { ...first, sites: sites({ name: 's-2', machines: { 'box-1': { tree: 'box', generation: 1 } } }) },
  ],
  ['a site less', { ...first, sites: sites({ name: 's-2', state: 'closed' }) }],
  [
    'machines where there were none',
    { ...first, sites: sites({ name: 's-3', machines: { 'box-1': { tree: 'box' } } }) },
  ],
  ['no machines any more', { sites: first.sites.map(({ name }) => ({ name })), workloads: first.workloads }],
];

/** All files after some runs, each of which came to its end. */
function filesAfter(...programs: readonly Described[]): Record<string, string> {
  return inFolder((outDir) => {
    for (const program of programs) writeTo(outDir, program, allow);
    return filesOf(outDir);
  });
}

/** Cuts the second run at each of its changes to the disk. */
function cutEverywhere(then: Described, check: (outDir: string) => void): void {
  let change = 1;
  for (let cut = true; cut; change++) {
    inFolder((outDir) => {
      writeTo(outDir, first, allow);
      cut = cutAt(change, () => writeTo(outDir, then, allow));
      if (cut) check(outDir);
    });
  }
  expect(change).toBeGreaterThan(6); // it was cut at all
}

describe.each(changes)('a run that brings %s and is cut short', (what, next) => {
  const isReplacement = what === 'a replaced machine';

  test('is brought to its end by the next one', () => {
    const whole = filesAfter(first, next);
    expect(whole).not.toEqual(filesAfter(first));
    cutEverywhere(next, (outDir) => {
      writeTo(outDir, next, allow);
      expect(filesOf(outDir)).toEqual(whole);
    });
  });

  test('is undone by a program that goes back, but for generations', () => {
    const [before, both] = [filesAfter(first), isReplacement ? {} : filesAfter(first, next, first)];
    cutEverywhere(next, (outDir) => {
      const committed = readFileSync(join(outDir, 'assembly.json'), 'utf8') !== before['assembly.json'];
      if (committed && isReplacement) {
        expect(() => writeTo(outDir, first, allow)).toThrow(/generation goes back/);
        return;
      }
      writeTo(outDir, first, allow);
      expect(filesOf(outDir)).toEqual(committed ? both : before);
    });
  });
});

describe('a file that is not ours', () => {
  const tills: Described = {
    ...first,
    sites: sites({ name: 's-2', machines: { ...two?.machines, 'till-1': { tree: 'till' } } }),
    trees: { ...first.trees, new: { files: { '/etc/x': ['live', 'x\n'] } } },
  };
  const node = `${nodesFolder('s-2')}/s-2-till-1/seed/user-data`;

  test.each(['nodes/new/files/etc/x', node])('at %s is not overwritten, and nothing is written', (path) => {
    inFolder((outDir) => {
      writeTo(outDir, first);
      mkdirSync(join(outDir, dirname(path)), { recursive: true });
      writeFileSync(join(outDir, path), 'mine');
      const before = filesOf(outDir);
      for (const verify of [false, true])
        expect(() => writeTo(outDir, tills, { verify })).toThrow(
          `cannot write ${path}: EdgeCDK did not make what stands there`,
        );
      expect(filesOf(outDir)).toEqual(before);
    });
  });

  test.each([
    'nodes/box/x',
    'nodes/box/files/etc/x',
    'nodes/other/x',
    `${nodesFolder('s-1')}/s-1-till-1/x`,
    `${nodesFolder('s-1')}/notes`,
  ])('at %s outlives what stood beside it', (path) => {
    const none: Described = { sites: [{ name: 's-2' }], workloads: {} };
    inFolder((outDir) => {
      writeTo(outDir, first);
      mkdirSync(join(outDir, dirname(path)), { recursive: true });
      writeFileSync(join(outDir, path), 'mine');
      writeTo(outDir, none, allow);
      const left = Object.keys(filesOf(outDir)).filter((file) => file.includes('nodes/'));
      expect(left).toEqual([path]);
      expect(readFileSync(join(outDir, path), 'utf8')).toBe('mine');
    });
  });

  test('is not taken for one of ours after a run that was cut short', () => {
    const path = 'nodes/box/x';
    const whole = filesAfter(first, tills);
    cutEverywhere(tills, (outDir) => {
      mkdirSync(join(outDir, dirname(path)), { recursive: true });
      writeFileSync(join(outDir, path), 'mine');
      writeTo(outDir, tills, allow);
      expect(filesOf(outDir)).toEqual({ ...whole, [path]: 'mine' });
    });
  });
});

test('a paused site keeps the files of its machines after a run that was cut short', () => {
  const machine = { tree: 'box', text: 'b' };
  const changed = sites(
    { name: 's-1', machines: { 'box-1': machine } },
    { name: 's-2', machines: { 'box-1': machine }, state: 'paused' },
  );
  const folder = `${nodesFolder('s-2')}/`;
  const own = (files: Readonly<Record<string, string>>) =>
    Object.entries(files).filter(([path]) => path.startsWith(folder));
  const before = own(filesAfter(first));
  cutEverywhere({ ...first, sites: changed }, (outDir) => {
    writeTo(outDir, { ...first, sites: changed }, allow);
    expect(own(filesOf(outDir))).toEqual(before);
  });
});
