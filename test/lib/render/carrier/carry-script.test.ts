import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { k3sIdentity } from '../../../../lib/distributions/k3s/node/identity';
import { k3sServerTree } from '../../../../lib/distributions/k3s/node/tree';
import type { NodeTree } from '../../../../lib/model/node-tree';
import { carrierObjects } from '../../../../lib/render/carrier/carrier';
import { CARRY, RUN } from '../../../../lib/render/carrier/carry-script';
import { nodeFile } from '../../../../lib/render/node/node-file';
import { folderOf } from '../../../support/payload-folder';
import { node, SINGLE, SITE } from '../node/sample-input';
import {
  commandsOf,
  converge,
  copyNode,
  has,
  lastingState,
  makeNode,
  powerCycle,
  put,
  type RunOptions,
  read,
  run,
  type ScratchNode,
} from '../node/script/scratch-node';
import { writeStubs } from '../node/script/stub-commands';
import { daemonSetOf, mounted } from './mounted';

const folder = mkdtempSync(join(tmpdir(), 'edgecdk-carrier-'));
const stubs = join(folder, 'stubs');
const before = k3sServerTree(SINGLE);
const changed = with50(before, 'disable: ["traefik", "servicelb"]\n');
const broken = with50(before, 'broken: true\n');
let running: ScratchNode;
let count = 0;

/** A change that asks for a restart of K3s. */
function with50(tree: NodeTree, text: string): NodeTree {
  return { ...tree, files: [...tree.files, nodeFile('/etc/rancher/k3s/config.yaml.d/40-more.yaml', 'restart', text)] };
}

/** What enters the machine: it is there already. */
const NSENTER = `#!/bin/sh
[ "$1 $2 $3" = '-t 1 -m' ] || exit 64
shift 3
case $* in
  'systemctl is-active --quiet edgecdk-carrier.service')
    echo asked >> "$EDGECDK_ROOT/sim/asked"
    [ -f "$EDGECDK_ROOT/sim/carrier-runs" ]; exit ;;
esac
exec "$@"
`;

/** The run is over when the pod begins to ask for it; that it failed is not for who started it to know. */
const SYSTEMD_RUN = `#!/bin/sh
[ ! -f "$EDGECDK_ROOT/sim/no-systemd" ] || exit 1
while :; do case $1 in --*) shift ;; *) break ;; esac; done
"$@" > "$EDGECDK_ROOT/sim/journal" 2>&1 || exit 0
`;

beforeAll(async () => {
  writeStubs(stubs);
  writeFileSync(join(stubs, 'nsenter'), NSENTER, { mode: 0o755 });
  writeFileSync(join(stubs, 'systemd-run'), SYSTEMD_RUN, { mode: 0o755 });
  const server = node(0);
  running = makeNode(join(folder, 'running'), stubs);
  write(join(folder, 'seed'), folderOf(before, k3sIdentity(server, [server], SITE, SINGLE)));
  await converge(running, join(folder, 'seed/tree/apply.sh'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(place: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) put(join(place, path), text);
}

function copyOfRunning(): ScratchNode {
  count += 1;
  return copyNode(running, join(folder, `node-${count}`));
}

/** The pod's volume as the kubelet makes it, with its links, and what the pod runs there. */
function podOf(tree: NodeTree): { readonly script: string; readonly args: readonly string[] } {
  count += 1;
  const objects = carrierObjects({
    treeName: 'store.server.till',
    tree,
    deviceClassId: 'till',
    cluster: { image: 'busybox', idle: { image: 'pause' }, serverLabel: { name: 'server', value: 'yes' } },
  });
  const volume = join(folder, `volume-${count}`);
  write(join(volume, '..2026_11_24'), mounted(objects));
  symlinkSync('..2026_11_24', join(volume, '..data'));
  for (const name of ['tree', 'carry.sh', 'run.sh']) symlinkSync(`..data/${name}`, join(volume, name));
  const [shell, script, ...args] = daemonSetOf(objects).spec.template.spec.initContainers[0].command;
  expect([shell, dirname(script ?? '')]).toEqual(['/bin/sh', '/payload']);
  return { script: join(volume, 'carry.sh'), args };
}

function carry(machine: ScratchNode, tree: NodeTree, options: RunOptions = {}) {
  const { script, args } = podOf(tree);
  return run(machine, script, { ...options, args });
}

const identity = 'etc/edgecdk/identity.env';
const more = 'etc/rancher/k3s/config.yaml.d/40-more.yaml';

test('a machine takes a changed tree, restarts K3s once for it, and stays who it is', async () => {
  const machine = copyOfRunning();
  const me = [read(machine, identity), read(machine, 'etc/rancher/k3s/config.yaml.d/50-node.yaml')];
  const starts = read(machine, 'sim/log');
  const { code, log } = await carry(machine, changed);
  expect([code, log]).toEqual([0, expect.stringContaining('done: store-0412-box-1, server')]);
  expect(read(machine, more)).toContain('servicelb');
  expect(read(machine, 'sim/log')).toBe(`${starts}stop\nstart\n`);
  expect([read(machine, identity), read(machine, 'etc/rancher/k3s/config.yaml.d/50-node.yaml')]).toEqual(me);
});

test('a second pod with the same tree changes nothing', async () => {
  const machine = copyOfRunning();
  await carry(machine, changed);
  const state = lastingState(machine);
  const starts = read(machine, 'sim/log');
  expect((await carry(machine, changed)).code).toBe(0);
  expect(lastingState(machine)).toEqual(state);
  expect(read(machine, 'sim/log')).toBe(starts);
});

test('the tree goes on at the next boot, without the pod', async () => {
  const machine = copyOfRunning();
  await carry(machine, changed);
  powerCycle(machine);
  expect((await run(machine, join(machine.root, 'var/lib/edgecdk/apply.sh'))).code).toBe(0);
  expect(has(machine, more)).toBe(true);
});

test('wherever a power cut ends it, the next pod comes to the same end', async () => {
  const whole = copyOfRunning();
  const from = commandsOf(whole);
  await carry(whole, changed);
  const commands = commandsOf(whole) - from;
  expect(commands).toBeGreaterThan(5);
  for (let n = 1; n <= commands; n += 1) {
    const machine = copyOfRunning();
    const cut = await carry(machine, changed, { killAt: from + n });
    expect([n, cut.code]).toEqual([n, undefined]);
    powerCycle(machine);
    const { code, log } = await carry(machine, changed);
    expect([n, code, log]).toEqual([n, 0, expect.stringContaining('done')]);
    expect([n, lastingState(machine)]).toEqual([n, lastingState(whole)]);
  }
});

test('a tree that fails is rolled back, and the pod says so', async () => {
  const machine = copyOfRunning();
  const { code, log } = await carry(machine, { ...broken, settings: quick(broken.settings) });
  expect([code, log]).toEqual([1, expect.stringContaining('failed its health check')]);
  expect(has(machine, more)).toBe(false);
  expect(has(machine, 'sim/active')).toBe(true);
});

function quick(settings: string): string {
  return settings.replace(/HEALTH_WAIT=\d+/, 'HEALTH_WAIT=10');
}

test.each([
  [0, 0],
  [1, 1],
  [65, 65],
  [75, 75],
  [76, 76],
  [137, 75],
])('where apply.sh ends with %d the pod ends with %d, and says what it said', async (given, code) => {
  const { script, args } = podOf(changed);
  put(join(dirname(script), 'tree/apply.sh'), `echo "words of $#" >&2\nexit ${given}\n`);
  const result = await run(copyOfRunning(), script, { args });
  expect([result.code, result.log]).toEqual([code, expect.stringContaining('words of 0')]);
});

test('a secret that is not there yet holds up the tree and nothing else', async () => {
  const machine = copyOfRunning();
  const state = lastingState(machine).filter((line) => !line.includes('edgecdk/carrier'));
  const { code, log } = await carry(machine, { ...changed, settings: `${changed.settings}SECRETS=later\n` });
  expect([code, log]).toEqual([75, expect.stringContaining('secrets/later is not there yet')]);
  expect(lastingState(machine).filter((line) => !line.includes('edgecdk/carrier'))).toEqual(state);
});

test('a machine that is none of ours is refused', async () => {
  const machine = copyOfRunning();
  rmSync(join(machine.root, 'var/lib/edgecdk'), { recursive: true });
  const { code, log } = await carry(machine, changed);
  expect([code, log]).toEqual([65, expect.stringContaining('no identity of this machine')]);
});

test('where systemd starts nothing, the pod tries again later, whatever an earlier run said', async () => {
  const machine = copyOfRunning();
  await carry(machine, changed);
  put(join(machine.root, 'sim/no-systemd'), '');
  const { code, log } = await carry(machine, before);
  expect([code, log]).toEqual([75, expect.stringContaining('did not start the run')]);
  expect(log).not.toContain('done');
});

test('a copy that is damaged is taken anew after it was refused', async () => {
  const machine = copyOfRunning();
  const { script, args } = podOf(changed);
  put(join(machine.root, `var/lib/edgecdk/carrier/${args[0]}/tree/manifest`), 'cut short\n');
  put(join(machine.root, `var/lib/edgecdk/carrier/${args[0]}/tree/settings`), '');
  put(
    join(machine.root, `var/lib/edgecdk/carrier/${args[0]}/tree/apply.sh`),
    read(machine, 'var/lib/edgecdk/apply.sh'),
  );
  put(join(machine.root, `var/lib/edgecdk/carrier/${args[0]}/run.sh`), RUN);
  expect((await run(machine, script, { args })).code).toBe(65);
  expect((await run(machine, script, { args })).code).toBe(0);
});

test('only the last tree is kept beside those that apply.sh keeps', async () => {
  const machine = copyOfRunning();
  await carry(machine, changed);
  await carry(machine, before);
  const { args } = podOf(before);
  const kept = spawnSync('ls', ['-A', join(machine.root, 'var/lib/edgecdk/carrier')], { encoding: 'utf8' }).stdout;
  expect(kept).toBe(`${args[0]}\n`);
  expect(has(machine, more)).toBe(false);
});

test('a run that an earlier pod left behind is waited for', async () => {
  const machine = copyOfRunning();
  const mark = join(machine.root, 'sim/carrier-runs');
  writeFileSync(mark, '');
  const timer = setTimeout(() => unlinkSync(mark), 300);
  const { code } = await carry(machine, changed);
  clearTimeout(timer);
  expect(code).toBe(0);
  expect(existsSync(mark)).toBe(false);
  expect(read(machine, 'sim/asked').split('\n').length).toBeGreaterThan(3);
});

const busybox = spawnSync('busybox', ['true']).status === 0;

(busybox ? test : test.skip)('busybox is enough for the pod', async () => {
  const machine = copyOfRunning();
  const tools = mkdtempSync(join(folder, 'busybox-'));
  const path = spawnSync('sh', ['-c', 'command -v busybox'], { encoding: 'utf8' }).stdout.trim();
  const left = ['reboot', 'halt', 'poweroff', 'init', 'nsenter'];
  for (const name of spawnSync('busybox', ['--list'], { encoding: 'utf8' }).stdout.trim().split('\n'))
    if (!left.includes(name)) symlinkSync(path, join(tools, name));
  const { code, log } = await carry(machine, changed, { shell: `${tools}/sh`, env: { PATH: `${stubs}:${tools}` } });
  expect([code, log]).toEqual([0, expect.stringContaining('done')]);
});

const shellcheck = spawnSync('shellcheck', ['--version']).status === 0;

(shellcheck ? test.each : test.skip.each)([
  ['carry.sh', CARRY],
  ['run.sh', RUN],
])('shellcheck has nothing to say of %s', (_name, text) => {
  mkdirSync(folder, { recursive: true });
  const { stdout } = spawnSync('shellcheck', ['-s', 'sh', '-'], { input: text, encoding: 'utf8' });
  expect(stdout).toBe('');
});
