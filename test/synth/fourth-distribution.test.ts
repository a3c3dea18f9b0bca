import { join } from 'node:path';
import { Cpu, type Fleet, Size, Storage, SynthError } from 'edgecdk';
import { Rendered } from 'edgecdk/testing';
import { addListCommand } from '../../lib/cli/list-command';
import { gatherKit } from '../../lib/export/kit';
import { openAssembly } from '../../lib/export/open-assembly';
import type { AssemblyRecord } from '../../lib/model/assembly-record';
import { runCommand } from '../lib/cli/run-command';
import { folderOf } from '../support/change-fleet';
import { KIOSKS, type KioskFleet, kioskFleet } from '../support/fakeos/kiosk-fleet';
import { withLock } from '../support/node-fleet';
import { stamps, touched } from '../support/stamps';
import { filesOf } from '../support/with-files';

let listed: Fleet | undefined;
jest.mock('../../lib/cli/load-program', () => ({
  ...jest.requireActual('../../lib/cli/load-program'),
  loadProgram: async () => listed,
}));

const kiosk = folderOf('kiosk-1');

/** Files after one run, and what it says. */
function synthesized(described: KioskFleet = {}) {
  return withLock((root) => {
    const outDir = join(root, 'dist');
    const result = kioskFleet(root, described).synth({ outDir });
    return { result, files: filesOf(outDir) };
  });
}

/** Texts of all that is wrong, of which nothing may be written. */
function refused(described: KioskFleet): string {
  return withLock((root) => messageOf(() => kioskFleet(root, described).synth({ outDir: join(root, 'dist') })));
}

/** A run after another one. `result` is what it says, or why it was refused. */
function changed(first: KioskFleet, then: KioskFleet, options: object = {}) {
  return withLock((root) => {
    const outDir = join(root, 'dist');
    kioskFleet(root, first).synth({ outDir });
    const before = stamps(outDir);
    let refusal = '';
    try {
      kioskFleet(root, then).synth({ outDir, ...options });
    } catch (e) {
      refusal = messageOf(() => {
        throw e;
      });
    }
    return { refusal, files: filesOf(outDir), paths: touched(before, stamps(outDir)) };
  });
}

function messageOf(run: () => unknown): string {
  try {
    run();
  } catch (e) {
    if (e instanceof SynthError) return e.message;
    throw e;
  }
  throw new Error('was not refused');
}

describe('a fleet with a distribution that no step knows', () => {
  const { result, files } = synthesized();
  const record = JSON.parse(files['assembly.json'] ?? '') as AssemblyRecord;

  test('has the manifests of its sites', () => {
    const manifests = Object.keys(files).filter((path) => path.startsWith(`${kiosk}/manifests/`));
    expect(manifests).toEqual(['edgecdk-fakeos', 'screen'].map((name) => `${kiosk}/manifests/${name}.yaml`));
    expect(files[`${kiosk}/manifests/edgecdk-fakeos.yaml`]).toContain('trees: stand.server.kiosk');
    expect(files[`${kiosk}/manifests/screen.yaml`]).toMatch(/name: RUNS_ON\n +value: fakeos$/m);
    expect(files[`${kiosk}/manifests/screen.yaml`]).toMatch(/name: MOTTO\n +value: "?motto of kiosk-1"?/);
    expect(files[`${folderOf('store-1')}/manifests/screen.yaml`]).toMatch(/name: RUNS_ON\n +value: k3s$/m);
  });

  test('has its node tree, with its own script', () => {
    const tree = 'nodes/stand.server.kiosk';
    expect(Object.keys(files).filter((path) => path.startsWith(`${tree}/`))).toEqual(
      ['apply.sh', 'files/etc/fakeos/config', 'manifest', 'node.json', 'settings'].map((name) => `${tree}/${name}`),
    );
    expect(files[`${tree}/files/etc/fakeos/config`]).toBe('greeting=hello\n');
    expect(files[`${tree}/apply.sh`]).toContain('systemctl restart fakeos');
  });

  test('has identities, seeds and the sheet of its machines', () => {
    const folder = `${kiosk}/nodes`;
    expect(files[`${folder}/kiosk-1-kiosk-1/identity/files/etc/fakeos/name`]).toBe(
      'kiosk-1-kiosk-1 at kiosk-1 in UTC\n',
    );
    expect(files[`${folder}/kiosk-1-kiosk-1/seed/user-data`]).toContain('/etc/fakeos/name');
    expect(files[`${folder}/match.tsv`]).toContain('stand.server.kiosk');
    expect(files[`${folder}/README.txt`]).toContain('console');
  });

  test('says in secrets.json what its machines need', () => {
    expect(files['secrets.json']).toContain('"console"');
  });

  test('is in the index under its name', () => {
    const cohort = Object.values(record.cohorts).find(({ blueprint }) => blueprint === 'shops/stand');
    expect(cohort).toMatchObject({ distribution: 'fakeos', version: 'fakeos-1.33.2', sites: 2 });
    expect(record.trees['stand.server.kiosk']).toMatchObject({ distribution: 'fakeos', datastore: 'memory', nodes: 2 });
  });

  test('says how its manifests come into clusters', () => {
    expect(result.manifests).toEqual([
      'K3s: the manifests of a site are in sites/*/<site>/manifests, and go to /var/lib/rancher/k3s/server/manifests.',
      'fakeos: the manifests of a site are read to it.',
    ]);
    expect(result.warnings).toEqual([]);
  });
});

describe('a cluster of it that sites share', () => {
  const hub: KioskFleet = { kiosksRun: 'hub', workloads: { clock: { env: {} } } };
  const { files } = synthesized(hub);
  const record = JSON.parse(files['assembly.json'] ?? '') as AssemblyRecord;
  const own = kiosk.replace('sites/', 'clusters/hub/sites/');

  test('has once what all sites have, with its sites and their machines', () => {
    expect(Object.keys(files).filter((path) => /^clusters\/hub\/[^s]/.test(path))).toEqual(
      ['README.txt', 'manifests/workloads/clock.yaml'].map((path) => `clusters/hub/${path}`),
    );
    expect(files['clusters/hub/README.txt']).toBe(
      'kiosk-1: kiosk-1-kiosk-1\nkiosk-2: kiosk-2-kiosk-1\ntrees: stand.agent.kiosk\n',
    );
  });

  test('has for each site what has its values', () => {
    expect(Object.keys(files).filter((path) => path.startsWith(own))).toEqual([`${own}/screen.yaml`]);
    expect(files[`${own}/screen.yaml`]).toMatch(/^ +name: "?screen-kiosk-1"?$/m);
    expect(files[`${own}/screen.yaml`]).toContain('motto of kiosk-1');
    expect(Object.keys(files).filter((path) => path.startsWith(`${kiosk}/manifests/`))).toEqual([]);
  });

  test('has agents, whose control plane is elsewhere', () => {
    expect(files['nodes/stand.agent.kiosk/node.json']).toContain('"agent"');
    expect(files[`${kiosk}/nodes/kiosk-1-kiosk-1/identity/files/etc/fakeos/name`]).toContain('at kiosk-1');
    expect(record.trees['stand.agent.kiosk']).toMatchObject({ distribution: 'fakeos', role: 'agent', nodes: 2 });
    expect(Object.values(record.cohorts).map(({ shared }) => shared)).toEqual(expect.arrayContaining(['hub']));
  });

  test('is written once', () => {
    expect(changed(hub, hub)).toMatchObject({ refusal: '', paths: [] });
  });

  test('says itself what is wrong with it', () => {
    const kiosks = [...KIOSKS, { name: 'kiosk-3', motto: 'more' }];
    expect(refused({ ...hub, kiosks })).toMatch(
      /^\[shops\/hub\] has more than two sites, and a hub of fakeos has two/m,
    );
  });
});

test('edgecdk list shows the distribution', async () => {
  listed = withLock((root) => kioskFleet(root));
  const { stdout } = await runCommand(addListCommand, 'list', __filename);
  expect(stdout).toMatch(/^kiosk-1 +active +fakeos +rpi-4b-4gb +screen$/m);
  expect(stdout).toMatch(/^store-1 +active +k3s +rpi-4b-4gb +screen$/m);
});

test('a kit is made of its assembly', () => {
  withLock((root) => {
    const outDir = join(root, 'dist');
    kioskFleet(root).synth({ outDir });
    const { kit, problems } = gatherKit(openAssembly(outDir), { site: 'kiosk-1', cache: join(root, 'cache') });
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(kit?.artifacts).toEqual([]);
    expect(kit?.files.map(({ path }) => path)).toContain('edgecdk/trees/stand.server.kiosk/apply.sh');
  });
});

describe('it is refused', () => {
  test.each<[what: string, described: KioskFleet, message: RegExp]>([
    [
      'what its distribution says of the cluster',
      { version: '1.33.2' },
      /^\[shops\/stand\] has fakeos 1\.33\.2; a release is written fakeos-1\.33\.2$/m,
    ],
    [
      'what it says of a file of a workload',
      { workloads: { 'screen-saver': {} } },
      /^\[shops\/screen-saver\] makes the file screen-saver\.yaml, which fakeos has$/m,
    ],
    [
      'what it says of a tree',
      { greeting: '' },
      /^\[shops\/stand\] cannot set up its machines: fakeos does not start without a greeting$/m,
    ],
    [
      'what a tree cannot be made without',
      { hardware: 'mini-pc' },
      /^\[shops\/stand\] has nodes of kiosk, and fakeos is made for linux\/arm64 alone$/m,
    ],
    [
      'what it says of a site',
      { kiosks: [{ name: 'fakeos', motto: '' }] },
      /^\[shops\/stand\] has the name of the distribution; take another \(fakeos\)$/m,
    ],
  ])('for %s', (_what, described, message) => {
    expect(refused(described)).toMatch(message);
  });
});

describe('it is warned', () => {
  test.each<[what: string, described: KioskFleet, message: RegExp]>([
    ['of what is odd about a tree', { greeting: 'hello!' }, /^has machines on which fakeos is loud$/],
    [
      'of what an object waits for in vain',
      { workloads: { shop: { ports: { web: 8080 }, ingress: { host: 'shop.example', port: 'web' } } } },
      /^Ingress default\/shop needs an ingress controller, and fakeos has none; take a port$/,
    ],
    [
      'of what may not fit beside it',
      { workloads: { wall: { resources: { cpu: Cpu.millis(50), memory: Size.gibibytes(3) } } } },
      /fakeos server 1000 MiB \(published\)/,
    ],
  ])('%s', (_what, described, message) => {
    const warnings = withLock((root) => Rendered.from(kioskFleet(root, described)).warnings);
    expect(warnings.map((problem) => problem.message)).toEqual([expect.stringMatching(message)]);
  });
});

test('a second run writes nothing', () => {
  expect(changed({}, {})).toMatchObject({ refusal: '', paths: [] });
});

describe('a workload that leaves', () => {
  const { files, paths } = changed({ workloads: { old: {} } }, {});

  test('takes its file along, for nobody would read that it is withdrawn', () => {
    expect(files).not.toHaveProperty([`${kiosk}/manifests/old.yaml`]);
    expect(paths).toContain(`${kiosk}/manifests/old.yaml`);
  });

  test('stays as a file without objects where the distribution withdraws them', () => {
    const k3s = changed({ kiosksRun: 'k3s', workloads: { old: {} } }, { kiosksRun: 'k3s' });
    expect(k3s.files[`${kiosk}/manifests/old.yaml`]).toBe(
      '# Withdrawn: EdgeCDK no longer places this here. K3s removes what stood in this file.\n',
    );
  });
});

test('a claim that changes is refused in its name', () => {
  const database = (gibibytes: number): KioskFleet => ({
    workloads: { db: { mounts: { '/data': Storage.claim(Size.gibibytes(gibibytes)) } } },
  });
  expect(changed(database(1), database(2)).refusal).toMatch(/from 1Gi to 2Gi, which fakeos cannot do in place/);
});

describe('where machines run', () => {
  test('another distribution is refused, and nothing else is said of it', () => {
    const { refusal, paths } = changed({ kiosksRun: 'k3s' }, {});
    expect(refusal.split('\n').filter((line) => line.startsWith('['))).toEqual([
      '[shops/stand] has fakeos where machines run another distribution (k3s); take the change back, or count the clusterGeneration of these sites up: that begins a new, empty cluster on newly set-up machines (kiosk-1, kiosk-2)',
    ]);
    expect(paths).toEqual([]);
  });

  test('another release is what its distribution says', () => {
    expect(changed({}, { version: 'fakeos-1.33.3' }).refusal).toMatch(
      /^\[shops\/stand\] moves from fakeos-1\.33\.2 to fakeos-1\.33\.3, and fakeos forgets all \(kiosk-1, kiosk-2\)$/m,
    );
  });

  test('a new cluster begins without files of the old one', () => {
    const kiosks = KIOSKS.map((row) => ({ ...row, clusterGeneration: 1 }));
    const { files, refusal } = changed({ kiosksRun: 'k3s', workloads: { old: {} } }, { kiosks });
    expect(refusal).toBe('');
    const manifests = Object.keys(files).filter((path) => path.startsWith(`${kiosk}/manifests/`));
    expect(manifests).toEqual(['edgecdk-fakeos', 'screen'].map((name) => `${kiosk}/manifests/${name}.yaml`));
  });
});
