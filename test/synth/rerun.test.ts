import { existsSync, mkdirSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ConfigMap } from 'cdk8s-plus-27';
import {
  ChartWorkload,
  ContainerWorkload,
  DeviceClass,
  Fleet,
  Hardware,
  HelmWorkload,
  Inventory,
  K3sCluster,
  Placement,
  Run,
  SiteBlueprint,
  SiteGroup,
  Size,
  Storage,
  SynthError,
} from 'edgecdk';
import { z } from 'zod';
import { temporary } from '../../lib/model/assembly-record';
import { Disk } from '../../lib/write/disk';
import { addContainer, platforms, type Row, resources, row, smallFleet } from '../support/small-fleet';
import { filesOf, withFiles } from '../support/with-files';

interface Program {
  readonly rows?: readonly Row[];
  readonly image?: string;
  readonly without?: readonly string[];
}

const rows = Array.from({ length: 12 }, (_, i) => row(`store-${i}`, { storeId: `00${i}` }));

function fleetOf({ rows: own = rows, image = 'ghcr.io/acme/app:1.0.0', without = [] }: Program = {}) {
  const small = smallFleet(own);
  if (!without.includes('pos')) addContainer(small, 'pos', { image, env: ({ site }) => ({ ID: site.values.storeId }) });
  if (!without.includes('db'))
    addContainer(small, 'db', {
      run: Run.stateful(1),
      namespace: 'data',
      mounts: { '/data': Storage.claim(Size.gibibytes(1)) },
    });
  if (!without.includes('notes'))
    new ChartWorkload(small.fleet, 'notes', {
      platforms,
      placement: small.placement,
      content: (chart) => void new ConfigMap(chart, 'c', { data: { a: 'b' } }),
    });
  return small.fleet;
}

function synth(outDir: string, program: Program = {}, options: object = {}) {
  return fleetOf(program).synth({ outDir, ...options });
}

/** The message of a synthesis that must not succeed. */
function refusal(run: () => unknown): string {
  try {
    run();
  } catch (e) {
    if (e instanceof SynthError) return e.message;
    throw e;
  }
  throw new Error('was not refused');
}

function changed(before: Record<string, string>, after: Record<string, string>): string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((path) => before[path] !== after[path])
    .sort();
}

function folderOf(outDir: string, site: string): string {
  const shard = readdirSync(join(outDir, 'sites')).find((s) => readdirSync(join(outDir, 'sites', s)).includes(site));
  return `sites/${shard}/${site}`;
}

const inFolder = <T>(run: (outDir: string) => T) => withFiles({}, (folder) => run(join(folder, 'dist')));

test('a second run writes nothing', () => {
  inFolder((outDir) => {
    const all = 12 * 4 + 2; // four files of each site, and two lists of images
    expect(synth(outDir)).toMatchObject({ written: all, unchanged: 0, removed: 0 });
    const times = () => Object.keys(filesOf(outDir)).map((path) => statSync(join(outDir, path)).mtimeMs);
    const before = times();
    expect(synth(outDir)).toMatchObject({ written: 0, unchanged: all, removed: 0 });
    expect(times()).toEqual(before);
  });
});

test('two runs into two folders give equal bytes', () => {
  inFolder((a) =>
    inFolder((b) => {
      synth(a);
      synth(b);
      expect(filesOf(a)).toEqual(filesOf(b));
    }),
  );
});

test('a changed row touches that site, its shard of the index and the index', () => {
  inFolder((outDir) => {
    synth(outDir);
    const before = filesOf(outDir);
    const result = synth(outDir, { rows: rows.map((r) => (r.name === 'store-3' ? { ...r, storeId: 'new' } : r)) });
    const site = folderOf(outDir, 'store-3');
    // Labels name the site and not the value, so of its files only the one with the value changes.
    expect(changed(before, filesOf(outDir))).toEqual(
      ['assembly.json', `${site}/manifests/pos.yaml`, `${site.slice(0, 7)}/index.ndjson`].sort(),
    );
    expect(result.removed).toBe(0);
  });
});

test('a changed image touches that workload at all sites', () => {
  inFolder((outDir) => {
    synth(outDir);
    const before = filesOf(outDir);
    synth(outDir, { image: 'ghcr.io/acme/app:1.0.1' });
    const files = changed(before, filesOf(outDir)).filter((path) => path.endsWith('.yaml'));
    expect(files).toHaveLength(12);
    expect(files.every((path) => path.endsWith('/pos.yaml'))).toBe(true);
  });
});

describe('a workload that goes', () => {
  test('leaves a file without objects, which goes on, until it comes back', () => {
    inFolder((outDir) => {
      synth(outDir);
      const whole = filesOf(outDir);
      const file = `${folderOf(outDir, 'store-1')}/manifests/notes.yaml`;
      expect(synth(outDir, { without: ['notes'] })).toMatchObject({ written: 12, removed: 0 });
      expect(filesOf(outDir)[file]).toMatch(/^(#.*\n)+$/);
      expect(synth(outDir, { without: ['notes'] })).toMatchObject({ written: 0, removed: 0 });
      synth(outDir);
      expect(filesOf(outDir)).toEqual(whole);
    });
  });

  test('and holds data is refused, unless removals are allowed; its claims and namespace are never emptied', () => {
    inFolder((outDir) => {
      synth(outDir);
      const before = filesOf(outDir);
      expect(refusal(() => synth(outDir, { without: ['db'] }))).toMatch(
        /would withdraw db, which holds data.*\(store-0, store-1, store-10, store-11, store-2 and 7 more\)/,
      );
      expect(filesOf(outDir)).toEqual(before);
      synth(outDir, { without: ['db'] }, { allowRemovals: true });
      const after = filesOf(outDir);
      expect(after[`${folderOf(outDir, 'store-1')}/manifests/db.yaml`]).toMatch(/^(#.*\n)+$/);
      expect(Object.keys(after).filter((path) => path.includes('namespace-data'))).toEqual([]);
    });
  });
});

describe('the state of a site', () => {
  const withState = (name: string, state: string, more: Partial<Row> = {}) =>
    rows.map((r) => (r.name === name ? { ...r, ...more, state } : r));

  test('paused keeps its files as they are, until it is active again', () => {
    inFolder((outDir) => {
      synth(outDir);
      const site = folderOf(outDir, 'store-2');
      const of = () =>
        Object.fromEntries(Object.entries(filesOf(outDir)).filter(([path]) => path.startsWith(`${site}/`)));
      const before = of();
      synth(outDir, { rows: withState('store-2', 'paused', { storeId: 'new' }), image: 'ghcr.io/acme/app:2.0.0' });
      expect(of()).toEqual(before);
      expect(filesOf(outDir)[`${site.slice(0, 7)}/index.ndjson`]).toMatch(
        /"name":"store-2".*"state":"paused".*"storeId":"002"/,
      );
      synth(outDir, { rows: withState('store-2', 'active', { storeId: 'new' }), image: 'ghcr.io/acme/app:2.0.0' });
      expect(of()[`${site}/manifests/pos.yaml`]).toMatch(/app:2\.0\.0[\s\S]*value: "new"/);
    });
  });

  test('closing withdraws everything, also what holds data', () => {
    inFolder((outDir) => {
      synth(outDir);
      const site = folderOf(outDir, 'store-2');
      synth(outDir, { rows: withState('store-2', 'closing') });
      const files = Object.entries(filesOf(outDir)).filter(([path]) => path.startsWith(`${site}/`));
      expect(files.map(([path]) => path.slice(path.lastIndexOf('/') + 1))).toEqual([
        'db.yaml',
        'notes.yaml',
        'pos.yaml',
      ]);
      for (const [, text] of files) expect(text).toMatch(/^(#.*\n)+$/);
    });
  });

  test('closed takes it out', () => {
    inFolder((outDir) => {
      synth(outDir);
      const site = folderOf(outDir, 'store-2');
      expect(synth(outDir, { rows: withState('store-2', 'closed') }).removed).toBe(4);
      expect(Object.keys(filesOf(outDir)).filter((path) => path.startsWith(`${site}/`))).toEqual([]);
    });
  });
});

test('a paused site is brought up to date when it is active again, also where only the content changed', () => {
  inFolder((outDir) => {
    synth(outDir);
    const paused = rows.map((r) => (r.name === 'store-2' ? { ...r, state: 'paused' } : r));
    const newer = { image: 'ghcr.io/acme/app:2.0.0' };
    for (const _ of [1, 2]) synth(outDir, { rows: paused, ...newer });
    const file = `${folderOf(outDir, 'store-2')}/manifests/pos.yaml`;
    expect(filesOf(outDir)[file]).toContain('app:1.0.0');
    expect(synth(outDir, newer).written).toBe(1);
    expect(filesOf(outDir)[file]).toContain('app:2.0.0');
    inFolder((fresh) => {
      synth(fresh, newer);
      expect(filesOf(outDir)).toEqual(filesOf(fresh));
    });
  });
});

describe('a claim of a running site', () => {
  const withClaim = (outDir: string, run: Run, mounts: Record<string, Storage>, options = {}) => {
    const small = smallFleet(rows);
    addContainer(small, 'db', { run, mounts });
    return small.fleet.synth({ outDir, ...options });
  };
  const [one, two] = [Storage.claim(Size.gibibytes(1)), Storage.claim(Size.gibibytes(2))];

  test.each<[string, Run, Run, Record<string, Storage>, RegExp]>([
    [
      'of another size',
      Run.replicas(1),
      Run.replicas(1),
      { '/d': two },
      /would change the claim default\/db-d of db from 1Gi to 2Gi, which K3s cannot do in place/,
    ],
    [
      'of another size, of a StatefulSet',
      Run.stateful(1),
      Run.stateful(1),
      { '/d': two },
      /would change the claim d of StatefulSet default\/db of db from 1Gi to 2Gi/,
    ],
    [
      'at another path',
      Run.replicas(1),
      Run.replicas(1),
      { '/e': one },
      /would leave the claim default\/db-d of db behind with its data/,
    ],
    [
      'of another way to run',
      Run.replicas(1),
      Run.stateful(1),
      { '/d': one },
      /would leave the claim default\/db-d of db behind/,
    ],
  ])('%s is refused, and nothing is touched', (_what, before, after, mounts, message) => {
    inFolder((outDir) => {
      withClaim(outDir, before, { '/d': one });
      const whole = filesOf(outDir);
      expect(refusal(() => withClaim(outDir, after, mounts))).toMatch(message);
      expect(filesOf(outDir)).toEqual(whole);
      expect(withClaim(outDir, after, mounts, { allowRemovals: true }).written).toBeGreaterThan(0);
    });
  });
});

test('a Helm release is not withdrawn by the way, since no one knows what it holds', () => {
  inFolder((outDir) => {
    const withHelm = (helm: boolean) => {
      const small = smallFleet(rows);
      addContainer(small, 'pos');
      if (helm)
        new HelmWorkload(small.fleet, 'postgresql', {
          chart: 'postgresql',
          repo: 'https://charts.example',
          version: '1.0.0',
          placement: small.placement,
        });
      return small.fleet.synth({ outDir });
    };
    withHelm(true);
    expect(refusal(() => withHelm(false))).toMatch(/would withdraw postgresql, which holds data or may/);
  });
});

test('an index that someone changed is not trusted', () => {
  inFolder((outDir) => {
    synth(outDir);
    const shard = folderOf(outDir, 'store-1').slice(0, 7);
    rmSync(join(outDir, shard, 'index.ndjson'));
    expect(refusal(() => synth(outDir))).toMatch(/index\.ndjson: it is missing or was changed by hand/);
  });
});

test('a new value at one site changes nothing of the others', () => {
  inFolder((outDir) => {
    const make = (note?: string) => {
      const fleet = new Fleet('f');
      const box = new DeviceClass(fleet, 'box', { hardware: Hardware.siemensIpc127e() });
      const till = new DeviceClass(fleet, 'till', { hardware: Hardware.raspberryPi4B({ memory: Size.gibibytes(4) }) });
      const blueprint = new SiteBlueprint(fleet, 'store', {
        schema: z.object({ tills: z.number(), note: z.string().optional() }),
        cluster: ({ site }) =>
          new K3sCluster({ version: 'v1.33.5+k3s1', servers: box.count(1), agents: till.count(site.values.tills) }),
        nodeAddress: ({ node }) => node.name,
      });
      const list = Array.from({ length: 40 }, (_, i) => ({
        name: `s-${i}`,
        tills: (i % 3) + 1,
        ...(i === 7 && { note }),
      }));
      new SiteGroup(fleet, 'stores', { blueprint, inventory: Inventory.rows(list) });
      new ContainerWorkload(fleet, 'pos', {
        image: 'ghcr.io/acme/app:1.0.0',
        platforms,
        resources,
        placement: Placement.on(blueprint),
      });
      return fleet.synth({ outDir });
    };
    make();
    const before = filesOf(outDir);
    make('first of its kind');
    expect(changed(before, filesOf(outDir)).filter((path) => path.endsWith('.ndjson'))).toHaveLength(1);
  });
});

test('a fleet without root needs to be told where to write', () => {
  expect(refusal(() => fleetOf().synth())).toMatch(/cannot tell where dist is: the fleet has no root/);
});

describe('an inventory that shrank', () => {
  test('from three sites to one is refused', () => {
    inFolder((outDir) => {
      const without = ['db'];
      synth(outDir, { rows: rows.slice(0, 3), without });
      expect(refusal(() => synth(outDir, { rows: rows.slice(0, 1), without }))).toMatch(/would lose 2 of 3 sites/);
    });
  });

  test('by more than a per cent is refused, and nothing is touched', () => {
    inFolder((outDir) => {
      synth(outDir);
      const before = filesOf(outDir);
      expect(refusal(() => synth(outDir, { rows: rows.slice(0, 6) }))).toMatch(
        /would lose 6 of 12 sites \(store-10, store-11.*is the inventory whole\?/,
      );
      expect(filesOf(outDir)).toEqual(before);
      expect(synth(outDir, { rows: rows.slice(0, 6) }, { allowRemovals: true }).removed).toBe(6 * 4);
    });
  });

  test('by one site that holds data is refused, and by one that does not is a warning', () => {
    inFolder((outDir) => {
      synth(outDir);
      expect(refusal(() => synth(outDir, { rows: rows.slice(1) }))).toMatch(
        /would lose store-0, which hold data \(db\)/,
      );
    });
    inFolder((outDir) => {
      synth(outDir, { without: ['db'] });
      const { warnings, removed } = synth(outDir, { rows: rows.slice(1), without: ['db'] });
      expect(warnings.map((w) => w.message)).toEqual([expect.stringMatching(/loses store-0/)]);
      expect(removed).toBe(2);
    });
  });
});

describe('what is not ours', () => {
  test('in the folder stays as it is', () => {
    inFolder((outDir) => {
      synth(outDir);
      const site = folderOf(outDir, 'store-2');
      for (const path of ['notes.txt', `${site}/manifests/own.yaml`]) writeFileSync(join(outDir, path), 'mine');
      synth(outDir, { rows: rows.map((r) => (r.name === 'store-2' ? { ...r, state: 'closed' } : r)) });
      expect(filesOf(outDir)).toMatchObject({ 'notes.txt': 'mine', [`${site}/manifests/own.yaml`]: 'mine' });
    });
  });

  test.each<[string, Record<string, string>, RegExp]>([
    ['other files', { 'dist/a.txt': '' }, /holds a\.txt and no assembly\.json of ours/],
    ['an assembly.json of something else', { 'dist/assembly.json': '{}' }, /is not of EdgeCDK/],
    ['a broken index', { 'dist/assembly.json': '{' }, /cannot read .*assembly\.json/],
    ['an index of a later release', { 'dist/assembly.json': '{"producer":"edgecdk","format":99}' }, /has format 99/],
    [
      'another fleet',
      { 'dist/assembly.json': '{"producer":"edgecdk","format":2,"fleet":"other"}' },
      /holds the fleet other/,
    ],
  ])('is refused as output folder: %s', (_what, files, message) => {
    withFiles(files, (folder) => {
      expect(refusal(() => synth(join(folder, 'dist')))).toMatch(message);
      expect(filesOf(folder)).toEqual(files);
    });
  });

  test('is refused as output folder: a file', () => {
    withFiles({ dist: 'x' }, (folder) => expect(refusal(() => synth(join(folder, 'dist')))).toMatch(/ENOTDIR/));
  });

  test('and stands behind a symbolic link is not written to', () => {
    inFolder((outDir) =>
      withFiles({}, (elsewhere) => {
        synth(outDir);
        const site = join(outDir, folderOf(outDir, 'store-1'));
        rmSync(site, { recursive: true });
        symlinkSync(elsewhere, site);
        expect(refusal(() => synth(outDir, { image: 'ghcr.io/acme/app:2.0.0' }))).toMatch(/symbolic link/);
        expect(filesOf(elsewhere)).toEqual({});
      }),
    );
  });
});

test('a file that someone removed is written again, and --verify finds one that someone changed', () => {
  inFolder((outDir) => {
    synth(outDir);
    const whole = filesOf(outDir);
    const site = join(outDir, folderOf(outDir, 'store-1'));
    rmSync(join(site, 'manifests', 'pos.yaml'));
    rmSync(join(outDir, folderOf(outDir, 'store-2')), { recursive: true });
    expect(synth(outDir).written).toBe(1 + 4);
    writeFileSync(join(site, 'manifests', 'pos.yaml'), 'changed');
    expect(synth(outDir).written).toBe(0);
    expect(synth(outDir, {}, { verify: true }).written).toBe(1);
    expect(filesOf(outDir)).toEqual(whole);
  });
});

describe('a run that is cut short', () => {
  /** As `kill -9` does: at the n-th change of the disk everything stops, in the middle of a file. */
  function cutAt(n: number, run: () => unknown): boolean {
    let changes = 0;
    const { write, writeUnread, remove } = Disk.prototype;
    const step = (half: () => void) => {
      if (++changes === n) {
        half();
        throw new Error('cut');
      }
    };
    const halfOf = (file: string, text: string) => {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text.slice(0, text.length / 2));
    };
    const spies = [
      jest.spyOn(Disk.prototype, 'write').mockImplementation(function (this: Disk, path: string, text: string) {
        step(() => halfOf(join(this.outDir, `${path}${temporary}`), text));
        write.call(this, path, text);
      }),
      jest.spyOn(Disk.prototype, 'writeUnread').mockImplementation(function (this: Disk, path: string, text: string) {
        const isNew = !existsSync(join(this.outDir, path));
        step(() => halfOf(join(this.outDir, isNew ? path : `${path}${temporary}`), text));
        writeUnread.call(this, path, text);
      }),
      jest.spyOn(Disk.prototype, 'remove').mockImplementation(function (this: Disk, path: string) {
        step(() => {});
        remove.call(this, path);
      }),
    ];
    try {
      run();
      return false;
    } catch (e) {
      if ((e as Error).message !== 'cut') throw e;
      return true;
    } finally {
      for (const spy of spies) spy.mockRestore();
    }
  }

  const old: Program = { rows: rows.slice(0, 4) };
  const next: Program = {
    rows: [...rows.slice(0, 3), row('store-new')],
    image: 'ghcr.io/acme/app:2.0.0',
    without: ['notes'],
  };
  const allow = { allowRemovals: true };

  test.each<[string, Program]>([
    ['goes on', next],
    ['goes back', old],
  ])('anywhere is repaired by one that %s', (_what, after) => {
    const expected = inFolder((outDir) => {
      synth(outDir, old);
      if (after === next) synth(outDir, next, allow);
      return filesOf(outDir);
    });
    let n = 1;
    for (let cut = true; cut; n++) {
      inFolder((outDir) => {
        synth(outDir, old);
        cut = cutAt(n, () => synth(outDir, next, allow));
        if (!cut) return;
        synth(outDir, after, allow);
        const files = filesOf(outDir);
        expect(files).toEqual(expected);
      });
    }
    expect(n).toBeGreaterThan(15);
  });

  test('at the very first run is repaired by the next', () => {
    const expected = inFolder((outDir) => {
      synth(outDir, old);
      return filesOf(outDir);
    });
    for (let n = 1, cut = true; cut; n++) {
      inFolder((outDir) => {
        cut = cutAt(n, () => synth(outDir, old));
        synth(outDir, old);
        expect(filesOf(outDir)).toEqual(expected);
      });
    }
  });

  test('by a full disk says what to do', () => {
    inFolder((outDir) => {
      const full = Object.assign(new Error('no space'), { code: 'ENOSPC', path: 'x' });
      const spy = jest.spyOn(Disk.prototype, 'write').mockImplementation(() => {
        throw full;
      });
      expect(refusal(() => synth(outDir))).toMatch(/the disk is full.*run again, which repairs it/);
      spy.mockRestore();
      mkdirSync(outDir, { recursive: true });
      expect(synth(outDir).written).toBe(50);
    });
  });
});
