import { cpSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { SynthError } from '../../../lib/model/problem';
import { cutAt } from '../../support/cut-disk';
import { filesOf, withFiles } from '../../support/with-files';
import {
  type Described,
  type DescribedFile,
  type DescribedSite,
  manifestsOf,
  writeTo,
} from '../../support/write-fixture';

const allow = { allowRemovals: true };
const names = ['s-1', 's-2', 's-3'];
const sites: readonly DescribedSite[] = names.map((name) => ({ name }));
const inFolder = <T>(run: (outDir: string) => T) => withFiles({}, (folder) => run(join(folder, 'dist')));
const file = (name: string, text = `${name} @\n`): DescribedFile => ({ name, text });
const claim = (name: string): DescribedFile => ({ name, text: `${name}\n`, claim: true });

/** All files after some runs, each of which came to its end. */
function filesAfter(...programs: readonly Described[]): Record<string, string> {
  return inFolder((outDir) => {
    for (const program of programs) writeTo(outDir, program, allow);
    return filesOf(outDir);
  });
}

/** Cuts the second run at each of its changes to the disk. */
function cutEverywhere(first: Described, second: Described, check: (outDir: string, change: number) => void): void {
  let change = 1;
  for (let cut = true; cut; change++) {
    inFolder((outDir) => {
      writeTo(outDir, first, allow);
      cut = cutAt(change, () => writeTo(outDir, second, allow));
      if (cut) check(outDir, change);
    });
  }
  expect(change).toBeGreaterThan(10); // it was cut at all
}

function filesAt(site: string, files: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).filter(([path]) => path.startsWith(`${manifestsOf(site)}/`)));
}

const full: Described = {
  sites,
  workloads: { pos: [file('pos'), file('pos-extra'), claim('pos-claim-data')], web: [file('web')] },
};

const changes: readonly (readonly [string, Described])[] = [
  ['another text', { ...full, workloads: { ...full.workloads, web: [file('web', 'newer @\n')] } }],
  // The workloads are the same, and so are the ids of the cohorts.
  ['a file less in the same workload', { ...full, workloads: { ...full.workloads, pos: [file('pos')] } }],
  ['a workload less', { ...full, workloads: { web: [file('web')] } }],
  ['a workload more', { ...full, workloads: { ...full.workloads, new: [file('new'), claim('new-claim')] } }],
  ['other values', { ...full, sites: names.map((name) => ({ name, value: 'b' })) }],
  [
    'a site less and one more',
    { ...full, sites: [{ name: 's-1' }, { name: 's-2', state: 'closed' }, { name: 's-9' }] },
  ],
  ['a closing site', { ...full, sites: [{ name: 's-1', state: 'closing' }, { name: 's-2' }, { name: 's-3' }] }],
];

describe.each(changes)('a run that brings %s and is cut short', (_what, next) => {
  test('is brought to its end by the next one', () => {
    const [whole, before] = [filesAfter(full, next), filesAfter(full)];
    expect(whole).not.toEqual(before);
    cutEverywhere(full, next, (outDir) => {
      writeTo(outDir, next, allow);
      expect(filesOf(outDir)).toEqual(whole);
    });
  });

  test('is undone by a program that goes back', () => {
    const [before, both] = [filesAfter(full), filesAfter(full, next, full)];
    cutEverywhere(full, next, (outDir) => {
      const committed = readFileSync(join(outDir, 'assembly.json'), 'utf8') !== before['assembly.json'];
      writeTo(outDir, full, allow);
      expect(filesOf(outDir)).toEqual(committed ? both : before);
    });
  });

  test('withdraws by the next program what the sites had, whichever came last', () => {
    const third: Described = { sites: next.sites, workloads: { web: [file('web')] } };
    const [one, two] = [filesAfter(full, third), filesAfter(full, next, third)];
    cutEverywhere(full, next, (outDir) => {
      writeTo(outDir, third, allow);
      for (const site of names) {
        expect([filesAt(site, one), filesAt(site, two)]).toContainEqual(filesAt(site, filesOf(outDir)));
      }
    });
  });
});

test('a site that is paused after a run that was cut short never seems to have what it has not', () => {
  const newer: Described = { ...full, workloads: { ...full.workloads, web: [file('web', 'newer @\n')] } };
  const paused: Described = { ...newer, sites: names.map((name) => ({ name, state: 'paused' })) };
  const expected = filesAfter(full);
  const refused: number[] = [];
  cutEverywhere(full, newer, (outDir, change) => {
    try {
      writeTo(outDir, paused, allow);
    } catch (e) {
      if (!(e instanceof SynthError)) throw e;
      expect(e.message).toMatch(/cannot keep s-1, s-2, s-3 as they were: they are paused.*had begun to change them/);
      refused.push(change);
    }
    writeTo(outDir, full, allow); // also the way out of the refusal
    expect(filesOf(outDir)).toEqual(expected);
  });
  expect(refused).not.toEqual([]);
});

test('sites that a run left alone stay paused after it was cut short', () => {
  const newer: Described = { ...full, workloads: { ...full.workloads, web: [file('web', 'newer @\n')] } };
  const withPaused = (program: Described): Described => ({
    ...program,
    sites: [{ name: 's-1', state: 'paused' }, { name: 's-2' }, { name: 's-3' }],
  });
  const expected = filesAfter(full, withPaused(full), withPaused(newer));
  inFolder((outDir) => {
    writeTo(outDir, full);
    writeTo(outDir, withPaused(full));
    let change = 1;
    for (let cut = true; cut; change++)
      inFolder((copy) => {
        cpSync(outDir, copy, { recursive: true });
        cut = cutAt(change, () => writeTo(copy, withPaused(newer)));
        writeTo(copy, withPaused(newer));
        expect(filesOf(copy)).toEqual(expected);
      });
  });
});

const anyFiles = fc.subarray([file('w'), file('w', 'other @\n'), file('x'), claim('c')]).map((files) => {
  const byName = new Map(files.map((f) => [f.name, f]));
  return [...byName.values()];
});
const anyState = fc.constantFrom<DescribedSite['state']>('active', 'active', 'active', 'paused', 'closing', 'closed');
const anySite = (name: string) =>
  fc.record({ name: fc.constant(name), value: fc.constantFrom('a', 'b'), state: anyState });
const anyProgram: fc.Arbitrary<Described> = fc.record({
  sites: fc.tuple(...names.map(anySite)).chain((all) => fc.subarray(all)),
  workloads: fc.record(
    { one: anyFiles, two: fc.constantFrom([file('two')], [file('two', 'newer\n'), file('three')]) },
    { requiredKeys: [] },
  ),
});

test('any chain of runs, cut anywhere, ends like the same chain of runs that were not cut', () => {
  const anyRun = fc.record({ program: anyProgram, cut: fc.option(fc.integer({ min: 1, max: 60 })) });
  fc.assert(
    fc.property(fc.array(anyRun, { minLength: 2, maxLength: 5 }), anyProgram, (runs, last) => {
      inFolder((cutOne) =>
        inFolder((whole) => {
          for (const { program, cut } of [...runs, { program: last, cut: null }]) {
            const refused = step(cutOne, whole, program, cut ?? undefined);
            if (refused) return;
          }
          expect(filesOf(cutOne)).toEqual(filesOf(whole));
        }),
      );
    }),
    { numRuns: 60 },
  );
});

/** One run in both folders; where it is cut before its index stands, the other folder has not seen it. True if it is refused for a paused site. */
function step(cutOne: string, whole: string, program: Described, cut = Number.POSITIVE_INFINITY): boolean {
  const before = indexOf(cutOne);
  try {
    const wasCut = cutAt(cut, () => writeTo(cutOne, program, allow));
    if (wasCut && indexOf(cutOne) === before) return false;
  } catch (e) {
    if (e instanceof SynthError && e.message.includes('cannot keep')) return true;
    throw e;
  }
  writeTo(whole, program, allow);
  return false;
}

function indexOf(outDir: string): string | undefined {
  const path = join(outDir, 'assembly.json');
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}
