import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { synthInChild } from '../support/child-synth';
import { fewSites } from '../support/few-sites';
import { filesOf } from '../support/with-files';

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
