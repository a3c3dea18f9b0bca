import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const root = join(__dirname, '../../..');
const command = join(root, 'build/lib/cli/main.js');
const folder = mkdtempSync(join(tmpdir(), 'edgecdk-command-'));

const head = `
import { ContainerWorkload, Cpu, DeviceClass, Fleet, Hardware, Inventory, K3sCluster, Placement, SiteBlueprint, SiteGroup, Size } from 'edgecdk';
import { z } from 'zod';
const make = (id, root, tag = '1.0.0') => {
  const fleet = new Fleet(id, { root });
  const box = new DeviceClass(fleet, 'box', { hardware: Hardware.siemensIpc127e() });
  const store = new SiteBlueprint(fleet, 'store', {
    schema: z.object({ region: z.string() }),
    cluster: new K3sCluster({ version: 'v1.33.5+k3s1', servers: box.count(1) }),
  });
  new SiteGroup(fleet, 'stores', { blueprint: store, inventory: Inventory.csv('stores.csv') });
  new ContainerWorkload(fleet, 'pos', { image: 'ghcr.io/acme/pos:' + tag, platforms: ['linux/amd64'], resources: { cpu: Cpu.millis(50), memory: Size.mebibytes(64) }, env: ({ site }) => ({ R: site.values.region }), placement: Placement.on(store) });
  return fleet;
};
`;
const typed = head.replace('(id, root, tag = ', '(id: string, root: string, tag = ');
const commonJs = head.replace(/import (\{.*\}) from ('.*');/g, 'const $1 = require($2);');

const programs: Record<string, string> = {
  'node_modules/x': '',
  'stores.csv': 'name,region\na-1,north\nb-1,south\n',
  'good.ts': `${typed}export default make('good', __dirname);`,
  'module.mts': `${typed}export default make('module', import.meta.dirname);`,
  'module.mjs': `${head}export default make('module-js', import.meta.dirname);`,
  'common.cjs': `${commonJs}module.exports = make('common', __dirname);`,
  'latest.ts': `${typed}export default make('latest', __dirname, 'latest');`,
  'parameters.ts': `${typed}export default async (p: Record<string, string>) => make('parameters', __dirname, p.tag);`,
  'other.ts': 'export default () => 5;',
  'throws.ts': "import './inner';\nexport default 1;",
  'inner.ts': "throw new RangeError('too much');",
  'types.ts': `${typed}const n: number = 'text';\nexport default make('types', __dirname);`,
  'twice.ts': `${typed}const fleet = make('twice', __dirname);\nnew DeviceClass(fleet, 'box', { hardware: Hardware.siemensIpc127e() });`,
  'many/stores.csv': `name,region\n${Array.from({ length: 3000 }, (_, i) => `s-${i},north\n`).join('')}`,
  'many/many.ts': `${typed}export default make('many', __dirname);`,
  'killed/stores.csv': 'name,region\na-1,north\n',
  'killed/killed.ts': `${typed}export default make('killed', __dirname);`,
  'killed/node_modules/typescript/package.json': '{"name":"typescript"}',
  'killed/node_modules/typescript/bin/tsc': "process.kill(process.pid, 'SIGKILL');",
  // What is only for emitting, types that are not below @types, and paths.
  'own/tsconfig.json': JSON.stringify({
    compilerOptions: {
      ...{
        strict: true,
        target: 'ES2022',
        module: 'Node16',
        types: ['node', 'globals'],
        paths: { '@own/*': ['./lib/*'] },
      },
      ...{ declaration: true, declarationMap: true, isolatedDeclarations: true, rootDir: 'src', outDir: 'out' },
    },
  }),
  'own/stores.csv': 'name,region\na-1,north\n',
  'own/node_modules/globals/index.d.ts': 'declare const OWN: string | undefined;',
  'own/lib/id.ts': "export const id: string = 'own';",
  'own/own.ts': `import { id } from '@own/id';\n${typed}export type Own = typeof OWN;\nexport default make(id, __dirname);`,
  'package/package.json': '{"type":"module"}',
  'package/stores.csv': 'name,region\na-1,north\n',
  'package/fleet.ts': `${typed}export default make('esm', import.meta.dirname);`,
  'package/wrong.ts': `${typed}export default make('esm', __dirname);`,
};

beforeAll(() => {
  for (const [name, text] of Object.entries(programs)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  for (const name of ['zod', 'cdk8s', 'cdk8s-plus-27', 'constructs', 'typescript', '@types'])
    symlinkSync(join(root, 'node_modules', name), join(folder, 'node_modules', name));
  symlinkSync(root, join(folder, 'node_modules', 'edgecdk'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function edgecdk(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], { cwd: folder, encoding: 'utf8' });
  return { status, stdout, stderr };
}

describe('synth', () => {
  test.each(['good.ts', 'module.mts', 'module.mjs', 'common.cjs', 'package/fleet.ts'])(
    'runs %s without a build step',
    (program) => {
      const out = join(folder, `out-${program.replace('/', '-')}`);
      const result = edgecdk('synth', program, '-o', out, '--no-type-check');
      expect(result).toMatchObject({ status: 0, stderr: '' });
      expect(result.stdout).toMatch(/profile +sites +workloads +cohorts\nsiemens-ipc127e +\d +1 +1\n/);
      expect(existsSync(join(out, 'assembly.json'))).toBe(true);
    },
  );

  test('hands parameters to a program that exports a function', () => {
    const result = edgecdk('synth', 'parameters.ts', '-p', 'tag=latest', '--no-type-check', '-q');
    expect(result).toMatchObject({ status: 0, stdout: '' });
    expect(result.stderr).toMatch(/^warning: \[parameters\/pos\] .*\[edgecdk-image-tag\]$/m);
  });

  test('checks types beside the synthesis, and writes nothing where they are wrong', () => {
    const result = edgecdk('synth', 'types.ts', '-o', 'out-types');
    expect(result.status).toBe(1);
    expect(result.stderr).toMatch(/types\.ts\(\d+,7\): error TS2322: Type 'string' is not assignable to type 'number'/);
    expect(result.stderr).toMatch(/1 problem; nothing was written/);
    expect(existsSync(join(folder, 'out-types'))).toBe(false);
  });

  test('takes a compiler that was killed for no verdict, and writes nothing', () => {
    const result = edgecdk('synth', 'killed', '-o', 'out-killed');
    expect(result).toMatchObject({ status: 1, stdout: '' });
    expect(result.stderr).toMatch(/the type check failed: the compiler ended with SIGKILL and said nothing/);
    expect(existsSync(join(folder, 'out-killed'))).toBe(false);
  });

  test('runs and checks a program by its own tsconfig.json, and leaves nothing beside it', () => {
    expect(edgecdk('synth', 'own', '-q')).toEqual({ status: 0, stdout: '', stderr: '' });
    expect(readdirSync(join(folder, 'own/node_modules/.cache'))).toEqual([]);
  });

  test('shows where a program is wrong in its own files alone', () => {
    const { stderr } = edgecdk('synth', 'twice.ts', '--no-type-check');
    expect(stderr).toMatch(/There is already a Construct with name 'box'[^\n]*\n +at .*twice\.ts:\d+/);
    expect(stderr).not.toMatch(/build.constructs/);
  });

  test.each<[string, string[], RegExp]>([
    ['throws', ['throws.ts'], /throws\.ts throws RangeError: too much\n +at .*inner\.ts:1:7/],
    ['returns no fleet', ['other.ts'], /exports a function that returns a number; it must return a Fleet/],
    [
      'uses __dirname in an ES module',
      ['package/wrong.ts'],
      /__dirname is not defined[\s\S]*write import\.meta\.dirname instead/,
    ],
    ['has warnings, with --strict', ['latest.ts', '--strict'], /has 1 warnings?, and --strict makes errors of them/],
  ])('ends with 1 for a program that %s', (_what, args, message) => {
    const result = edgecdk('synth', ...args, '--no-type-check', '-o', 'out-wrong');
    expect(result).toMatchObject({ status: 1, stdout: '' });
    expect(result.stderr).toMatch(message);
    expect(existsSync(join(folder, 'out-wrong'))).toBe(false);
  });

  test.each<[string, string[], RegExp]>([
    ['an unknown option', ['synth', 'good.ts', '--fast'], /unknown option '--fast'/],
    ['an unknown command', ['deploy'], /unknown command 'deploy'/],
    ['no program', ['synth', 'none.ts'], /there is no none\.ts/],
    ['a parameter that is no pair', ['synth', 'good.ts', '-p', 'x'], /Write key=value/],
    [
      'parameters for a program that takes none',
      ['synth', 'good.ts', '-p', 'x=1', '--no-type-check'],
      /takes no parameters/,
    ],
  ])('ends with 2 for %s', (_what, args, message) => {
    const result = edgecdk(...args);
    expect(result).toMatchObject({ status: 2, stdout: '' });
    expect(result.stderr).toMatch(message);
  });
});

describe('list', () => {
  test('shows sites with what runs on them, and takes filters', () => {
    expect(edgecdk('list', 'good.ts', '--where', 'region=south').stdout).toBe(
      'site  state   distribution  profile          workloads\nb-1   active  k3s           siemens-ipc127e  pos\n',
    );
  });

  test('gives all that is known as JSON', () => {
    const [site] = JSON.parse(edgecdk('list', 'good.ts', '--json', '--site', 'a-*').stdout);
    expect(site).toMatchObject({
      name: 'a-1',
      source: 'stores.csv:2',
      distribution: 'k3s',
      version: 'v1.33.5+k3s1',
      values: { region: 'north' },
      workloads: { pos: 'default' },
      folder: expect.stringMatching(/^sites\/[^/]+\/a-1$/),
      manifests: expect.stringMatching(/^sites\/[^/]+\/a-1\/manifests$/),
      nodes: [{ name: 'a-1-box-1', deviceClass: 'box', role: 'server', slot: 'box-1' }],
    });
  });

  test.each([
    ['--profile', 'none'],
    ['--workload', 'constructor'],
  ])('ends with 1 where nothing fits %s %s, and says what there is', (...filter) => {
    const result = edgecdk('list', 'good.ts', ...filter);
    expect(result.status).toBe(1);
    expect(result.stderr).toMatch(/no site fits; profiles: siemens-ipc127e; workloads: pos; values: region/);
  });
});

test('a reader that stops early is no mistake', () => {
  const line = `"${process.execPath}" "${command}" list many | head -1`;
  const { stdout, stderr } = spawnSync('sh', ['-c', line], { cwd: folder, encoding: 'utf8' });
  expect([stdout, stderr]).toEqual([expect.stringMatching(/^site +state/), '3000 sites of 3000\n']);
});

test('help teaches, and is no error', () => {
  for (const args of [['--help'], ['synth', '--help'], ['list', '--help']])
    expect(edgecdk(...args)).toEqual({
      status: 0,
      stdout: expect.stringMatching(/Examples:[\s\S]*Exit codes:[\s\S]*2 {2}the command was not understood/),
      stderr: '',
    });
  expect(edgecdk('--version').stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});
