import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { filesOf } from '../support/with-files';
import { type CompileError, compile } from './compile';
import { messages } from './messages';
import { type Packed, packAndUnpack } from './packed';

const root = resolve(__dirname, '../..');
const programs = join(__dirname, 'programs');
const bad = readFileSync(join(programs, 'bad.ts'), 'utf8');
const directive = /\/\/ @ts-expect-error (.+)/;

let packed: Packed;

beforeAll(() => {
  packed = packAndUnpack();
}, 120_000);
afterAll(() => packed?.remove());

/** Runs Node.js in the program's folder. */
function node(...args: string[]): { readonly status: number | null; readonly stdout: string; readonly stderr: string } {
  return spawnSync(process.execPath, args, { cwd: packed.folder, encoding: 'utf8' });
}

describe('the tarball', () => {
  test('holds what was compiled, what README points to, and nothing that was synthesized', () => {
    const others = packed.files.filter((file) => !/^build\/(lib|constructs)\/.+\.(js|d\.ts)$/.test(file));
    const besides = others.filter((file) => !/^(docs\/.+\.md|examples\/.+\.(ts|csv|yaml|json))$/.test(file));
    expect(besides).toEqual(['LICENSE', 'README.md', 'package.json']);
    expect(others).toEqual(
      expect.arrayContaining([
        'docs/nodes.md',
        'docs/concepts.md',
        'examples/grocer/grocer.ts',
        'examples/factory/factory.ts',
      ]),
    );
    expect(others.filter((file) => /\/(dist|\.edgecdk)\//.test(file))).toEqual([]);
  });

  test('has declarations to each file', () => {
    const compiled = packed.files.filter((file) => file.endsWith('.js'));
    expect(compiled.length).toBeGreaterThan(50);
    expect(compiled.filter((file) => !packed.files.includes(file.replace(/\.js$/, '.d.ts')))).toEqual([]);
  });

  test('has a command that can be run', () => {
    const { edgecdk } = packed.manifest.bin;
    expect(packed.files).toContain(edgecdk);
    expect(readFileSync(join(packed.folder, 'node_modules/edgecdk', edgecdk), 'utf8')).toMatch(
      /^#!\/usr\/bin\/env node\n/,
    );
  });
});

describe('the types of the package', () => {
  let result: ReturnType<typeof compile>;
  let errors: CompileError[];
  const lines = bad.split('\n');
  const expected = lines.flatMap((line, i) => {
    const comment = directive.exec(line)?.[1];
    return comment === undefined ? [] : [{ comment, line: i + 2 }];
  });

  beforeAll(() => {
    result = compile(packed.folder, 'node16', {
      'price-list.ts': readFileSync(join(programs, 'price-list.ts'), 'utf8'),
      'bad.ts': bad,
      'bad-leaf-devices.ts': readFileSync(join(programs, 'bad-leaf-devices.ts'), 'utf8'),
      'plant.ts': readFileSync(join(programs, 'plant.ts'), 'utf8'),
      'stripped.ts': bad.replaceAll('@ts-expect-error ', ''),
      'both-entries.mts': bothEntries,
    });
    errors = result.errorsOf('stripped.ts');
  }, 60_000);

  test('refuse what must not compile, and nothing else', () => {
    expect(result.errorsOf('bad.ts')).toEqual([]);
    expect(result.errorsOf('bad-leaf-devices.ts')).toEqual([]);
    expect(result.errorsOf('plant.ts')).toEqual([]);
    expect(result.errorsOf('price-list.ts')).toEqual([]);
  });

  test('are sound in themselves', () => {
    expect(result.declarationErrors()).toEqual([]);
  });

  test('can be imported by an ES module', () => {
    expect(result.errorsOf('both-entries.mts')).toEqual([]);
  });

  test('refuse nothing of which the table below does not know', () => {
    expect(expected.map(({ comment }) => comment)).toEqual(Object.keys(messages));
    const known = expected.map(({ line }) => line);
    expect(errors.filter(({ line }) => !known.includes(line))).toEqual([]);
  });

  test.each(Object.entries(messages))('say of %s what is wrong', (comment, message) => {
    const line = expected.find((one) => one.comment === comment)?.line;
    const found = errors.filter((error) => error.line === line).map((error) => error.message.replaceAll('\n', ' '));
    expect(found).not.toEqual([]);
    for (const text of found) expect(text).toMatch(message);
  });

  test.each(['bundler', 'node10'] as const)(
    'are found by moduleResolution %s',
    (resolution) => {
      const { errorsOf, optionErrors } = compile(packed.folder, resolution, { 'both-entries.ts': bothEntries });
      expect(optionErrors()).toEqual([]);
      expect(errorsOf('both-entries.ts')).toEqual([]);
    },
    60_000,
  );
});

/** Errors here if one of the entries were `any`. */
const bothEntries = `
import { Encode, Fleet, type FleetProps, Size, SynthError } from 'edgecdk';
import { Match, Rendered } from 'edgecdk/testing';

const props: FleetProps = { owner: 'platform' };
export const fleet = new Fleet('both', props);
export const names: readonly string[] = Rendered.from(fleet).siteNames;
export const size: Size = Size.mebibytes(1);
export const matcher = Match.absent();
export const text: string = Encode.json(SynthError.name);
// @ts-expect-error a fleet has an id
new Fleet(1);
// @ts-expect-error only fleets are rendered
Rendered.from(1);
`;

describe('a program', () => {
  const quickstart = join(root, 'examples/quickstart');

  /** Synthesizes a program in a folder of its own, and gives the files of its assembly. */
  function synth(name: string, text: string): Readonly<Record<string, string>> {
    const folder = join(packed.folder, name.replaceAll('.', '-'));
    mkdirSync(folder);
    cpSync(join(quickstart, 'stores.csv'), join(folder, 'stores.csv'));
    writeFileSync(join(folder, name), text);
    const { status, stderr } = node(
      join('node_modules/edgecdk', packed.manifest.bin.edgecdk),
      'synth',
      join(folder, name),
    );
    expect({ status, stderr }).toMatchObject({ status: 0 });
    return filesOf(join(folder, 'dist'));
  }

  const typescript = readFileSync(join(quickstart, 'quickstart.ts'), 'utf8');
  const esm = typescript.replace('__dirname', 'import.meta.dirname');
  const commonJs = typescript
    .replaceAll(/import (\{[^}]+\}) from ('[^']+');/g, 'const $1 = require($2);')
    .replace('export default fleet;', 'module.exports = fleet;');

  test('gives the same in TypeScript, as an ES module and as CommonJS', () => {
    const assembly = synth('quickstart.ts', typescript);
    expect(Object.keys(assembly).length).toBeGreaterThan(3);
    expect(synth('quickstart.mjs', esm)).toEqual(assembly);
    expect(synth('quickstart.cjs', commonJs)).toEqual(assembly);
  }, 60_000);

  test('loads the package without Pulumi and without the command', () => {
    const { stdout, stderr } = node('-p', "require('edgecdk'); JSON.stringify(Object.keys(require.cache))");
    expect(stderr).toBe('');
    const modules: string[] = JSON.parse(stdout);
    expect(modules.filter((file) => /@pulumi|\/tsx\/|\/esbuild\/|\/commander\/|\/lib\/cli\//.test(file))).toEqual([]);
    console.log(
      `require('edgecdk') loads ${modules.length} modules, ${modules.filter((f) => f.includes('/edgecdk/')).length} of them ours`,
    );
  });

  test('finds both entries at run time', () => {
    const { stdout } = node('-p', "typeof require('edgecdk').Fleet + typeof require('edgecdk/testing').Rendered.from");
    expect(stdout.trim()).toBe('functionfunction');
  });

  test.each(['edgecdk/build/lib/synth', 'edgecdk/lib/synth', 'edgecdk/build/constructs/internal.js'])(
    'cannot reach into the package by %s',
    (name) => {
      expect(node('-e', `require('${name}')`).stderr).toContain('ERR_PACKAGE_PATH_NOT_EXPORTED');
    },
  );
});
