import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { STICK_DISTRIBUTIONS } from '../../../lib/export/bundle-distributions';
import { installScript } from '../../../lib/export/bundle-script';
import { sha256 } from '../../../lib/model/digest';
import { present } from '../render/node/script-machine';
import { writeFolder } from './make-assembly';
import {
  ARCHIVES,
  BOX,
  depotStick,
  K3S_MANIFESTS,
  made,
  makeStickAssembly,
  SHOP,
  storeStick,
  unpack,
  WITHDRAWN,
} from './make-sticks';
import { install, killedRuns, makeMachine, stateOf, textOf } from './stick-machine';

const folder = mkdtempSync(join(tmpdir(), 'edgecdk-stick-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const IMAGES = 'var/lib/rancher/k3s/agent/images';
const { 'etc/edgecdk/identity.env': _, ...SERVER } = BOX;

let stores = '';
let depots = '';
beforeAll(() => {
  stores = storeStick(folder);
  depots = depotStick(folder);
});

let count = 0;
function machineOf(files: Readonly<Record<string, string>>, without?: string): string {
  count += 1;
  return makeMachine(join(folder, `machine-${count}`), files, without);
}

function copyOf(stick: string): string {
  count += 1;
  cpSync(stick, join(folder, `copy-${count}`), { recursive: true });
  return join(folder, `copy-${count}`);
}

const namesIn = (root: string, path: string) => readdirSync(join(root, path)).sort();

test('shellcheck has nothing to say about it', () => {
  if (!present('shellcheck')) return;
  const input = installScript([...STICK_DISTRIBUTIONS.values()]);
  expect(spawnSync('shellcheck', ['--shell=sh', '-'], { input, encoding: 'utf8' }).stdout).toBe('');
});

describe.each(['dash', 'busybox sh'])('in %s', (shell) => {
  const here = present(shell.split(' ')[0] ?? '') ? test : test.skip;

  here('a server of K3s gets images of its architecture, and the manifests of its site', async () => {
    const root = machineOf(BOX);
    const { code, log } = await install(root, stores, [], { shell });
    expect([code, log]).toEqual([0, expect.stringContaining('edgecdk: done: store-1\n')]);
    expect(log).toContain('new: 00-namespace-shop.yaml pos.yaml prices.yaml\n');
    expect(log).toContain('not for this machine, which is arm64: app-amd64.tar.gz (amd64)');
    expect(namesIn(root, K3S_MANIFESTS)).toEqual(Object.keys(SHOP));
    expect(textOf(root, `${K3S_MANIFESTS}/pos.yaml`)).toBe(SHOP['pos.yaml']);
    expect(namesIn(root, IMAGES)).toEqual(['app-arm64.tar.gz']);
    expect(statSync(join(root, K3S_MANIFESTS, 'pos.yaml')).mode & 0o777).toBe(0o600);
    const state = stateOf(root);
    const again = await install(root, stores, ['store-1'], { shell });
    expect([again.code, again.log]).toEqual([0, expect.stringContaining('unchanged: 3\n')]);
    expect(again.log).not.toMatch(/: (new|changed|withdrawn)/);
    expect(stateOf(root)).toEqual(state);
  });

  here('MicroK8s is given all in order of names, and again what it did not know yet', async () => {
    const root = machineOf({});
    const { code, log } = await install(root, depots, ['depot-1'], { shell });
    expect([code, log]).toEqual([0, expect.stringContaining('edgecdk: done: depot-1\n')]);
    expect(textOf(root, 'sim/applied').split('\n').filter(Boolean)).toEqual([
      '00-namespace-shop.yaml',
      'definition.yaml',
      'pos.yaml',
      'prices.yaml',
      'a-thing.yaml',
    ]);
    expect(textOf(root, 'sim/calls')).toMatch(
      /^kubectl apply --server-side --force-conflicts --field-manager=edgecdk -f \S+\/manifests\/depot-1\/00-/,
    );
    expect(textOf(root, 'sim/images')).toBe(`${sha256(ARCHIVES['app-arm64.tar.gz'])}  -\n`);
    expect(log).toMatch(/new: 00-namespace-shop\.yaml definition\.yaml/);
    const again = await install(root, depots, ['depot-1'], { shell });
    expect([again.code, again.log]).toEqual([0, expect.stringContaining('unchanged: 5\n')]);
  });
});

test('a stick that comes later changes what differs, withdraws what says so, and names what stays', async () => {
  const root = machineOf({
    ...BOX,
    [`${K3S_MANIFESTS}/pos.yaml`]: made('older'),
    [`${K3S_MANIFESTS}/00-namespace-gone.yaml`]: made('gone'),
    [`${K3S_MANIFESTS}/traefik.yaml`]: 'of K3s\n',
  });
  const old = new Date(0);
  utimesSync(join(root, K3S_MANIFESTS, 'pos.yaml'), old, old);
  const stick = unpack(
    makeStickAssembly(join(folder, 'later'), [
      { name: 'store-1', nodes: [], manifests: { 'pos.yaml': made('pos'), 'old.yaml': WITHDRAWN } },
    ]),
    join(folder, 'stick-later'),
  );
  const { code, log } = await install(root, stick, ['store-1']);
  expect([code, log]).toEqual([0, expect.stringContaining('changed: pos.yaml\n')]);
  expect(log).toContain('withdrawn: old.yaml\n');
  expect(log).toMatch(/left as they are, with their objects: \S+00-namespace-gone\.yaml\n/);
  expect(textOf(root, `${K3S_MANIFESTS}/old.yaml`)).toBe(WITHDRAWN);
  expect(namesIn(root, K3S_MANIFESTS)).toContain('traefik.yaml');
  // K3s looks at the time of change, and a stick has none.
  expect(statSync(join(root, K3S_MANIFESTS, 'pos.yaml')).mtimeMs).toBeGreaterThan(Date.now() - 600_000);
});

test('an agent gets the images alone', async () => {
  const agent = { 'var/lib/rancher/k3s/agent/x': '', 'etc/edgecdk/identity.env': 'NODE_NAME=store-1-till-1\n' };
  const root = machineOf(agent);
  const { code, log } = await install(root, stores);
  expect([code, log]).toEqual([0, expect.stringContaining('this machine is no server')]);
  expect(namesIn(root, IMAGES)).toEqual(['app-arm64.tar.gz']);
  expect(namesIn(root, 'var/lib/rancher/k3s')).toEqual(['agent']);
});

test('images are left to people where K3s has another container runtime', async () => {
  const root = machineOf({ ...BOX, 'etc/rancher/k3s/config.yaml.d/10.yaml': 'docker: true\n' });
  const { code, log } = await install(root, stores);
  expect([code, log]).toEqual([0, expect.stringContaining('not imported: app-arm64.tar.gz')]);
});

describe('refused, with nothing changed:', () => {
  const refused = async (root: string, stick: string, args: readonly string[], env = {}) => {
    const before = stateOf(root);
    const { code, log } = await install(root, stick, args, { env });
    expect([code, stateOf(root)]).toEqual([65, before]);
    return log;
  };

  test.each<[string, Readonly<Record<string, string>>, readonly string[], RegExp]>([
    [
      'a site that is not on the stick',
      SERVER,
      ['store-2'],
      /store-2 is not on this stick, which is for store-1 store-11/,
    ],
    ['no name, where the machine has none', SERVER, [], /which site is this\? Name one of the stick: store-1 store-11/],
    ['another site than the machine is of', BOX, ['store-11'], /this machine is store-1-box-1 of store-1, and not of/],
    ['two sites', BOX, ['store-1', 'store-11'], /takes the name of one site/],
    ['no K3s', {}, ['store-1'], /there is no K3s on this machine .*\(edgecdk export store-1\)/],
    [
      'a file of somebody',
      { ...BOX, [`${K3S_MANIFESTS}/pos.yaml`]: 'mine\n' },
      [],
      /did not write these.*: \S+pos\.yaml/,
    ],
    [
      'another architecture',
      { ...BOX, 'sim/uname': 'riscv64\n' },
      [],
      /this machine is riscv64, and no archive of images/,
    ],
  ])('%s', async (_what, files, args, message) => {
    expect(await refused(machineOf(files), stores, args)).toMatch(message);
  });

  test('not root', async () => {
    expect(await refused(machineOf(BOX), stores, [], { USER_ID: '1000' })).toMatch(/only root may do this/);
  });

  test('a link in the place of a manifest', async () => {
    const root = machineOf({ ...BOX, 'etc/other': made('pos') });
    writeFolder(root, { [`${K3S_MANIFESTS}/x.yaml`]: '' });
    symlinkSync(join(root, 'etc/other'), join(root, K3S_MANIFESTS, 'pos.yaml'));
    expect(await refused(root, stores, [])).toMatch(/did not write these/);
  });

  test.each<[string, (stick: string) => void, RegExp]>([
    [
      'a manifest that was changed',
      (stick) => writeFileSync(join(stick, 'manifests/store-1/pos.yaml'), 'x'),
      /damaged/,
    ],
    ['one that is missing', (stick) => rmSync(join(stick, 'manifests/store-1/pos.yaml')), /damaged/],
    ['an archive that was changed', (stick) => writeFileSync(join(stick, 'images/app-arm64.tar.gz'), 'x'), /damaged/],
    ['a changed list of sites', (stick) => writeFileSync(join(stick, 'sites.txt'), 'store-1\tk3s\t1\t\n'), /damaged/],
    ['no sums', (stick) => rmSync(join(stick, 'SHA256SUMS')), /unpack the whole bundle/],
    ['sums that are cut short', (stick) => cut(stick, 3), /SHA256SUMS is cut short/],
    ['sums that lack a manifest', (stick) => drop(stick, /pos\.yaml/), /SHA256SUMS is cut short/],
    ['sums that lack an archive', (stick) => drop(stick, /app-arm64/), /SHA256SUMS is cut short/],
  ])('a stick with %s', async (_what, spoil, message) => {
    const stick = copyOf(stores);
    spoil(stick);
    expect(await refused(machineOf(BOX), stick, [])).toMatch(message);
  });

  test('a worker of MicroK8s, and a machine without it', async () => {
    const lock = { 'var/snap/microk8s/current/var/lock/clustered.lock': '' };
    expect(await refused(machineOf(lock), depots, ['depot-1'])).toMatch(/is a worker/);
    expect(await refused(machineOf({}, 'microk8s'), depots, ['depot-1'])).toMatch(/there is no MicroK8s/);
  });
});

function cut(stick: string, lines: number): void {
  writeFileSync(join(stick, 'SHA256SUMS'), textOf(stick, 'SHA256SUMS').split('\n').slice(0, lines).join('\n'));
}

function drop(stick: string, line: RegExp): void {
  const kept = textOf(stick, 'SHA256SUMS')
    .split('\n')
    .filter((text) => !line.test(text));
  writeFileSync(join(stick, 'SHA256SUMS'), kept.join('\n'));
}

test('a damage at another site is none here', async () => {
  const stick = copyOf(stores);
  writeFileSync(join(stick, 'manifests/store-11/pos.yaml'), 'x');
  writeFileSync(join(stick, 'images/app-amd64.tar.gz'), 'x');
  expect((await install(machineOf(BOX), stick)).code).toBe(0);
});

test('what may come is waited for', async () => {
  const down = machineOf({ 'sim/down': '' });
  expect(await install(down, depots, ['depot-1'])).toEqual({
    code: 75,
    log: expect.stringContaining('does not answer'),
  });
  const full = machineOf({ ...BOX, 'sim/full': '' });
  expect(await install(full, stores)).toEqual({ code: 75, log: expect.stringContaining('is the disk full') });
  rmSync(join(full, 'sim/full'));
  expect((await install(full, stores)).code).toBe(0);
  expect(namesIn(full, K3S_MANIFESTS)).toEqual(Object.keys(SHOP));
  const stuck = copyOf(depots);
  drop(stuck, /definition/);
  writeFileSync(join(stuck, 'sites.txt'), textOf(stuck, 'sites.txt').replace('\t5\t', '\t4\t'));
  const sums = textOf(stuck, 'SHA256SUMS').replace(
    /[0-9a-f]{64}(?= {2}sites\.txt)/,
    sha256(textOf(stuck, 'sites.txt')),
  );
  writeFileSync(join(stuck, 'SHA256SUMS'), sums);
  expect(await install(machineOf({}), stuck, ['depot-1'])).toEqual({
    code: 75,
    log: expect.stringContaining('did not take all manifests; see above: a-thing.yaml'),
  });
});

test('killed at its first, its middle and its last command, a run comes to the same end', async () => {
  const at = (commands: number) => [1, commands >> 1, commands];
  const machineBefore = () => machineOf({ ...BOX, [`${K3S_MANIFESTS}/pos.yaml`]: made('older') });
  expect(await killedRuns({ machine: machineBefore, stick: stores, at })).toEqual({ kills: 3, failures: [] });
  expect(await killedRuns({ machine: () => machineOf({}), stick: depots, args: ['depot-1'], at })).toEqual({
    kills: 3,
    failures: [],
  });
});
