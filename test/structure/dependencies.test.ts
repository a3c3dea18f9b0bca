import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { imports, root } from './sources';

const { dependencies, peerDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<
  'dependencies' | 'peerDependencies',
  Record<string, string>
>;
const packages = imports.filter(({ name, to }) => to === undefined && !name.startsWith('node:'));

/** `csv-parse` of `csv-parse/sync`. */
function packageOf(name: string): string {
  return name
    .split('/')
    .slice(0, name.startsWith('@') ? 2 : 1)
    .join('/');
}

test.each(Object.keys(dependencies))('docs/decisions says why %s is a runtime dependency', (name) => {
  const folder = join(root, 'docs/decisions');
  const texts = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'));
  expect(texts.filter((text) => text.includes(`\`${name}\``))).not.toEqual([]);
});

test('every imported package is a dependency or a peer', () => {
  const known = { ...dependencies, ...peerDependencies };
  const strays = packages.filter(({ name }) => !(packageOf(name) in known));
  expect(strays.map(({ file, name }) => `${file} imports ${name}`)).toEqual([]);
});

test('every dependency and peer is imported', () => {
  const used = new Set(packages.map(({ name }) => packageOf(name)));
  expect(Object.keys({ ...dependencies, ...peerDependencies }).filter((name) => !used.has(name))).toEqual([]);
});

test('no dependency bears the name of a module of Node.js', () => {
  expect(Object.keys({ ...dependencies, ...peerDependencies }).filter((name) => builtinModules.includes(name))).toEqual(
    [],
  );
});
