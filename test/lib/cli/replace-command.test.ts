import {
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import {
  ChartWorkload,
  ContainerWorkload,
  Cpu,
  DeviceClass,
  Fleet,
  Hardware,
  Inventory,
  K3sBackup,
  K3sCluster,
  Placement,
  Site,
  SiteBlueprint,
  SiteGroup,
  Size,
  Storage,
} from 'edgecdk';
import { z } from 'zod';
import { addReplaceCommand } from '../../../lib/cli/replace-command';
import { writeUnchanged } from '../../../lib/cli/write-unchanged';
import type { CohortRecord } from '../../../lib/model/assembly-record';
import { makeAssembly } from '../export/make-assembly';
import { runCommand } from './run-command';

class Tiles extends Chart {
  constructor(scope: Construct, id: string) {
    super(scope, id);
  }
}

let made: Fleet | undefined;
jest.mock('../../../lib/cli/load-program', () => ({
  ...jest.requireActual('../../../lib/cli/load-program'),
  loadProgram: async () => made,
}));

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'edgecdk-replace-'));
  writeFileSync(join(folder, 'fleet.ts'), '');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const plain = 'site,slot,serial,mac,generation\nstore-1,box-1,S1,dc:a6:32:00:00:01,\nstore-2,box-1,S2,,3\n';

interface Options {
  /** @default - nodes.csv with two rows */
  readonly nodes?: Inventory;
  readonly text?: string;
  readonly without?: boolean;
  readonly backup?: K3sBackup;
  /** With a chart, of which nothing is known before it is rendered. */
  readonly chart?: boolean;
}

function fleet({ nodes, text = plain, without, backup, chart }: Options = {}): Fleet {
  writeFileSync(join(folder, 'nodes.csv'), text);
  const program = new Fleet('small', { root: folder });
  const box = new DeviceClass(program, 'box', { hardware: Hardware.n100MiniPc({ memory: Size.gibibytes(16) }) });
  const till = new DeviceClass(program, 'till', { hardware: Hardware.raspberryPi4B({ memory: Size.gibibytes(4) }) });
  const store = new SiteBlueprint(program, 'store', {
    schema: z.object({}),
    cluster: new K3sCluster({ version: 'v1.33.5+k3s1', servers: box.count(1), agents: till.count(1), backup }),
    nodeAddress: ({ site, node }) => `${node.name}.${site.name}.example`,
  });
  new SiteGroup(program, 'stores', {
    blueprint: store,
    inventory: Inventory.rows([{ name: 'store-1' }, { name: 'store-2' }]),
    nodes: without ? undefined : (nodes ?? Inventory.csv('nodes.csv', { columns: {} })),
  });
  new Site(program, 'kiosk', { blueprint: store, values: {} });
  new ContainerWorkload(program, 'pos', {
    image: 'ghcr.io/acme/pos:1.0.0',
    platforms: ['linux/arm64', 'linux/amd64'],
    resources: { cpu: Cpu.millis(50), memory: Size.mebibytes(64) },
    mounts: { '/data': Storage.claim(Size.gibibytes(1)) },
    placement: Placement.on(store),
  });
  if (chart)
    new ChartWorkload(program, 'map', { namespace: 'map', placement: Placement.on(store), chart: Tiles, props: {} });
  return program;
}

function edgecdk(program: Fleet, ...args: string[]) {
  made = program;
  return runCommand(addReplaceCommand, 'replace', ...args.slice(0, 2), join(folder, 'fleet.ts'), ...args.slice(2));
}

const inventory = () => readFileSync(join(folder, 'nodes.csv'), 'utf8');

test('the row of the slot gets the next generation, nothing else changes, and the runbook is printed', async () => {
  const { code, stdout, stderr } = await edgecdk(fleet(), 'store-1', 'box-1', '--serial', 'S9');
  expect([code, inventory()]).toEqual([0, plain.replace('S1,dc:a6:32:00:00:01,', 'S9,dc:a6:32:00:00:01,1')]);
  expect(stdout).toMatch(/^# Replace store-1-box-1 by store-1-box-1-g1\n/);
  expect(stdout).toContain('save what you need: default/pos-data.');
  expect(stdout).toContain('still says mac dc:a6:32:00:00:01');
  expect(stdout).toContain('edgecdk export store-1 --node store-1-box-1-g1');
  expect(stderr).toContain(
    'nodes.csv:2 is changed, store-1-box-1 to store-1-box-1-g1:\n- store-1,box-1,S1,dc:a6:32:00:00:01,\n+ store-1,box-1,S9,dc:a6:32:00:00:01,1\n',
  );

  expect(readdirSync(folder).sort()).toEqual(['fleet.ts', 'nodes.csv']);
});

test('a slot without a row gets one', async () => {
  const { code, stdout } = await edgecdk(fleet(), 'store-1', 'till-1', '--mac', 'DC-A6-32-00-00-09');
  expect([code, inventory()]).toEqual([0, `${plain}store-1,till-1,,DC-A6-32-00-00-09,1\n`]);
  expect(stdout).toContain('kubectl delete node store-1-till-1\n');
});

test('a node is found by its name as well, with the generation that it has', async () => {
  const { code } = await edgecdk(fleet(), 'store-2', 'store-2-box-1-g3');
  expect([code, inventory()]).toEqual([0, plain.replace('S2,,3', 'S2,,4')]);
});

test('a dry run shows all and writes nothing', async () => {
  const { code, stdout, stderr } = await edgecdk(fleet(), 'store-1', 'box-1', '--dry-run');
  expect([code, inventory()]).toEqual([0, plain]);
  expect(stderr).toContain('nodes.csv:2 would be changed');
  expect(stdout).toMatch(/^# Replace/);
});

test.each([
  [K3sBackup.toDisk('/mnt/copies'), 'apply.sh --restore'],
  [undefined, 'There is no copy of the datastore'],
])('the program says whether there is a copy of the state (%#)', async (backup, text) => {
  expect((await edgecdk(fleet({ backup }), 'store-1', 'box-1', '--dry-run')).stdout).toContain(text);
});

test('the last assembly names the volumes of charts', async () => {
  const { code, stdout, stderr } = await edgecdk(fleet({ chart: true }), 'store-1', 'box-1', '--dry-run');
  expect([code, stderr]).toEqual([0, expect.stringContaining('note: volumes are named by pattern')]);
  expect(stdout).toContain('save what you need: default/pos-data, map/*.');
  const cohort = { files: { map: { workload: 'map', claims: { 'claim map/tiles': '1Gi' } } } };
  makeAssembly(join(folder, 'dist'), [{ name: 'store-1', nodes: [] }], { store: cohort as unknown as CohortRecord });
  const known = await edgecdk(fleet({ chart: true }), 'store-1', 'box-1', '--dry-run');
  expect(known.stdout).toContain('save what you need: map/tiles.');
  expect(known.stderr).not.toContain('note:');
});

test.each<[string, string[], Options, RegExp]>([
  ['a site that is not there', ['store-9', 'box-1'], {}, /there is no site store-9 .*; did you mean "store-1"\?/],
  [
    'a slot that is not there',
    ['store-1', 'bx-1'],
    {},
    /has no slot bx-1 \(it has box-1, till-1\); did you mean "box-1"\?/,
  ],
  [
    'a serial of another machine',
    ['store-1', 'box-1', '--serial', 's2'],
    {},
    /serial s2 is that of store-2-box-1-g3 too/,
  ],
  ['a MAC that is none', ['store-1', 'box-1', '--mac', 'zz'], {}, /mac must be six pairs/],
  [
    'a group without node inventory',
    ['store-1', 'box-1'],
    { without: true },
    /has no node inventory[\s\S]*nodes: Inventory\.csv\('nodes\.csv'\)[\s\S]*site,slot,generation/,
  ],
  [
    'a site in the program',
    ['kiosk', 'box-1'],
    {},
    /is written in the program; .* generation 1 .*nodes: \[\{ slot: 'box-1', generation: 1/,
  ],
  [
    'nodes in the program',
    ['store-1', 'box-1'],
    { nodes: Inventory.rows([]) },
    /the nodes of \[small\/stores\] are written in the program/,
  ],
  [
    'an inventory without the column',
    ['store-1', 'box-1'],
    { text: 'site,slot\nstore-1,box-1\n' },
    /nodes\.csv:1 has no column generation/,
  ],
  [
    'an inventory that is wrong',
    ['store-1', 'box-1'],
    { text: `${plain}store-1,box-7,,,\n` },
    /has no slot "box-7"[\s\S]*correct these first/,
  ],
])('%s: nothing is written, and what to do is said', async (_what, args, options, message) => {
  const program = fleet(options);
  const before = inventory();
  const { code, stdout, stderr } = await edgecdk(program, ...args);
  expect([code, stdout, stderr]).toEqual([1, '', expect.stringMatching(message)]);
  expect(inventory()).toBe(before);
});

test('JSON is not edited, and what belongs into it is said', async () => {
  writeFileSync(join(folder, 'nodes.json'), '[{"site":"store-1","slot":"box-1","generation":1}]');
  const { code, stderr } = await edgecdk(fleet({ nodes: Inventory.json('nodes.json') }), 'store-1', 'box-1');
  expect([code, stderr]).toEqual([
    1,
    expect.stringMatching(/nodes\.json is JSON, .* box-1 of store-1 the generation 2/),
  ]);
});

describe('the file', () => {
  test('keeps its mode, and a link stays a link', () => {
    writeFileSync(join(folder, 'a'), 'old', { mode: 0o640 });
    symlinkSync(join(folder, 'a'), join(folder, 'b'));
    writeUnchanged(join(folder, 'b'), 'old', 'new');
    expect(lstatSync(join(folder, 'b')).isSymbolicLink()).toBe(true);
    expect([readFileSync(join(folder, 'a'), 'utf8'), statSync(join(folder, 'a')).mode & 0o777]).toEqual(['new', 0o640]);
  });

  test('is left alone where somebody else was quicker', () => {
    writeFileSync(join(folder, 'a'), 'other');
    expect(() => writeUnchanged(join(folder, 'a'), 'old', 'new')).toThrow(/was changed meanwhile; nothing was written/);
    expect(readFileSync(join(folder, 'a'), 'utf8')).toBe('other');
    expect(readdirSync(folder)).toEqual(['a', 'fleet.ts']);
  });
});

test('help teaches', async () => {
  const { code, stdout } = await runCommand(addReplaceCommand, 'replace', '--help');
  expect([code, stdout]).toEqual([0, expect.stringMatching(/never has its name[\s\S]*Examples:[\s\S]*Exit codes:/)]);
});
