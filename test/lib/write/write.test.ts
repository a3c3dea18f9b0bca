import fs, { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { AssemblyRecord } from '../../../lib/model/assembly-record';
import { SynthError } from '../../../lib/model/problem';
import { filesOf, withFiles } from '../../support/with-files';
import { type Described, type DescribedSite, manifestsOf, writeTo } from '../../support/write-fixture';

const file = (name: string, text = `${name} @\n`) => ({ name, text });
const sites: readonly DescribedSite[] = ['s-1', 's-2', 's-3'].map((name) => ({ name }));
const web: Described = { sites, workloads: { web: [file('web')] } };
const withPos: Described = { sites, workloads: { web: [file('web')], pos: [file('pos')] } };
const inFolder = <T>(run: (outDir: string) => T) => withFiles({}, (folder) => run(join(folder, 'dist')));

function refusal(run: () => unknown): string {
  try {
    run();
  } catch (e) {
    if (e instanceof SynthError) return e.message;
    throw e;
  }
  throw new Error('was not refused');
}

function withState(described: Described, name: string, state: DescribedSite['state']): Described {
  return { ...described, sites: described.sites.map((site) => (site.name === name ? { ...site, state } : site)) };
}

describe('where a new file should go and another stands', () => {
  test('nothing is written, and the file stays', () => {
    inFolder((outDir) => {
      writeTo(outDir, web);
      const path = `${manifestsOf('s-1')}/pos.yaml`;
      writeFileSync(join(outDir, path), 'mine');
      const before = filesOf(outDir);
      for (const verify of [false, true])
        expect(refusal(() => writeTo(outDir, withPos, { verify }))).toContain(
          `cannot write ${path}: EdgeCDK did not make what stands there`,
        );
      expect(filesOf(outDir)).toEqual(before);
      rmSync(join(outDir, path));
      expect(writeTo(outDir, withPos).written).toBe(3);
    });
  });

  test('the same holds for a site that is new', () => {
    inFolder((outDir) => {
      writeTo(outDir, web);
      const path = `${manifestsOf('s-9')}/web.yaml`;
      mkdirSync(join(outDir, dirname(path)), { recursive: true });
      writeFileSync(join(outDir, path), 'mine');
      expect(refusal(() => writeTo(outDir, { ...web, sites: [...sites, { name: 's-9' }] }))).toContain(path);
      expect(readFileSync(join(outDir, path), 'utf8')).toBe('mine');
    });
  });
});

describe('a paused site', () => {
  test('gets back a file that someone removed, where it can still be made', () => {
    inFolder((outDir) => {
      writeTo(outDir, withPos);
      const whole = withState(withPos, 's-1', 'paused');
      writeTo(outDir, whole);
      const expected = filesOf(outDir);
      rmSync(join(outDir, manifestsOf('s-1'), 'pos.yaml'));
      expect(writeTo(outDir, whole).written).toBe(1);
      expect(filesOf(outDir)).toEqual(expected);
    });
  });

  test('and is compared with --verify where what it has can still be made, and left alone where not', () => {
    inFolder((outDir) => {
      writeTo(outDir, withPos);
      const paused = withState(
        { ...withPos, workloads: { ...withPos.workloads, pos: [file('pos', 'new\n')] } },
        's-1',
        'paused',
      );
      writeTo(outDir, paused);
      const paths = ['web', 'pos'].map((name) => join(outDir, manifestsOf('s-1'), `${name}.yaml`));
      for (const path of paths) writeFileSync(path, 'changed');
      expect(writeTo(outDir, paused, { verify: true }).written).toBe(1);
      expect(paths.map((path) => readFileSync(path, 'utf8'))).toEqual(['web a\n', 'changed']);
    });
  });

  test.each(['helm', 'chart'] as const)('still tells whether its %s held data when it is active again', (kind) => {
    inFolder((outDir) => {
      const only = (state: DescribedSite['state'], workloads: Described['workloads']): Described => ({
        sites: sites.map((site) => ({
          ...site,
          ...(site.name === 's-1' ? { state } : { workloads: ['web'] }),
        })),
        workloads,
        kinds: { pos: kind },
      });
      writeTo(outDir, only('active', withPos.workloads));
      writeTo(outDir, only('paused', web.workloads));
      const { workloads } = JSON.parse(readFileSync(join(outDir, 'assembly.json'), 'utf8')) as AssemblyRecord;
      expect(workloads.map(({ id, stateful }) => [id, stateful])).toEqual([
        ['pos', kind === 'helm'],
        ['web', false],
      ]);
      const resume = () => writeTo(outDir, only('active', web.workloads));
      if (kind === 'helm') expect(refusal(resume)).toMatch(/would withdraw pos, which holds data/);
      else expect(resume().written).toBe(1);
    });
  });
});

test.each(['sites', 'shard', 'site', 'manifests'])(
  'a symbolic link in the place of the folder %s is not followed',
  (level) => {
    inFolder((outDir) =>
      withFiles({}, (elsewhere) => {
        writeTo(outDir, web);
        const parts = manifestsOf('s-1').split('/');
        const folder = join(outDir, ...parts.slice(0, ['sites', 'shard', 'site', 'manifests'].indexOf(level) + 1));
        fs.cpSync(folder, elsewhere, { recursive: true });
        rmSync(folder, { recursive: true });
        symlinkSync(elsewhere, folder);
        const before = filesOf(elsewhere);
        expect(refusal(() => writeTo(outDir, withPos))).toMatch(/symbolic link, and what it leads to is not ours/);
        expect(refusal(() => writeTo(outDir, withState(web, 's-1', 'closed')))).toMatch(/symbolic link/);
        expect(filesOf(elsewhere)).toEqual(before);
      }),
    );
  },
);

describe('a disk that refuses', () => {
  test.each<[string, (folder: string) => void, RegExp]>([
    [
      'a file in the place of a folder',
      (folder) => writeFileSync(folder, ''),
      /a file stands where a folder should be/,
    ],
    [
      'a folder in the place of a file',
      (folder) => mkdirSync(join(folder, 'web.yaml'), { recursive: true }),
      /a folder stands where a file should be/,
    ],
  ])('is told in plain words: %s', (_what, make, message) => {
    inFolder((outDir) => {
      writeTo(outDir, web);
      const folder = join(outDir, manifestsOf('s-1'));
      rmSync(folder, { recursive: true });
      make(folder);
      const newer: Described = { sites, workloads: { web: [file('web', 'newer\n')] } };
      expect(refusal(() => writeTo(outDir, newer))).toMatch(message);
      rmSync(folder, { recursive: true });
      writeTo(outDir, newer);
      expect(filesOf(outDir)).toEqual(
        inFolder((fresh) => {
          writeTo(fresh, newer);
          return filesOf(fresh);
        }),
      );
    });
  });

  test('keeps no half of a file', () => {
    inFolder((outDir) => {
      writeTo(outDir, web);
      const real = fs.writeFileSync;
      const spy = jest.spyOn(fs, 'writeFileSync').mockImplementation((path, text) => {
        if (!String(path).includes('pos.yaml')) return real(path, text);
        real(path, String(text).slice(0, 2));
        throw Object.assign(new Error('no space left'), { code: 'ENOSPC', path });
      });
      expect(refusal(() => writeTo(outDir, withPos))).toMatch(
        /pos\.yaml.*: the disk is full\..*run again, which repairs it/,
      );
      spy.mockRestore();
      expect(readdirSync(join(outDir, manifestsOf('s-1')))).toEqual(['web.yaml']);
      expect(writeTo(outDir, withPos).written).toBe(3);
    });
  });
});
