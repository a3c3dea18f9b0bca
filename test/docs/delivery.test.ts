import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as edgecdk from 'edgecdk';
import { Delivery, type Fleet, SecretStore } from 'edgecdk';
import { flattenDiagnosticMessageText, ModuleKind, transpile } from 'typescript';
import * as zod from 'zod';
import { model } from '../../constructs/internal';
import { ENGINE_RULES } from '../../lib/catalog/engine-rules';
import type { DeliveryModel } from '../../lib/model/delivery';
import { recordShardOf } from '../../lib/model/digest';
import { programOf } from '../structure/program';
import { root, sources } from '../structure/sources';
import { DIFFERENCES } from '../support/engines/differences';
import { filesOf, withFiles } from '../support/with-files';
import { blocksOf, filesIn, readDoc, tablesWith } from './markdown';

const page = readDoc('delivery.md');
const program = filesIn(page)['fleet.ts'] ?? '';

const titles = [
  'Local',
  'Air-gap bundle',
  'Flux',
  'Rancher Fleet',
  'Argo CD on a hub',
  'Argo CD at each site',
] as const;
type Title = (typeof titles)[number];
const [choices = []] = tablesWith(['', ...titles, 'source'], page);

/** What the table says of each. */
function rowOf(name: string): Readonly<Record<Title, string>> {
  const cells = choices.find(([first]) => first === name)?.slice(1) ?? [];
  return Object.fromEntries(titles.map((title, i) => [title, cells[i] ?? ''])) as Record<Title, string>;
}

const expressions = Object.fromEntries(
  Object.entries(rowOf('in the program')).map(([title, cell]) => [title, cell.replaceAll('`', '')]),
) as Record<Title, string>;

function deliveryOf(title: Title): DeliveryModel {
  return (new Function('Delivery', `return ${expressions[title]}`)(Delivery) as Delivery)[model];
}

/** The program of the page with another line for its delivery. */
function programWith(title: Title): string {
  const line = `delivery: ${expressions[title]},\n`;
  const text = program.replace(/delivery: .*,\n/, () => line);
  if (!text.includes(line)) throw new Error('the program of the page says no delivery');
  return text;
}

const made = new Map<string, Readonly<Record<string, string>>>();

/** The assembly of the page's program with so many stores. */
function assemblyOf(title: Title, stores: number): Readonly<Record<string, string>> {
  const key = `${title} ${stores}`;
  const known = made.get(key);
  if (known) return known;
  const rows = Array.from({ length: stores }, (_, i) => `store-${i + 1},${String(i).padStart(4, '0')}\n`);
  const files = withFiles({ 'stores.csv': `name,storeId\n${rows.join('')}` }, (folder) => {
    const script = transpile(programWith(title), { module: ModuleKind.CommonJS });
    const exported: { default?: Fleet } = {};
    const given = (name: string) => (name === 'zod' ? zod : edgecdk);
    new Function('require', 'exports', '__dirname', script)(given, exported, folder);
    const outDir = join(folder, 'dist');
    exported.default?.synth({ outDir });
    return filesOf(outDir);
  });
  made.set(key, files);
  return files;
}

const engines: Readonly<Record<string, Title>> = {
  flux: 'Flux',
  'rancher-fleet': 'Rancher Fleet',
  'argo-cd': 'Argo CD on a hub',
  'argo-cd site': 'Argo CD at each site',
};
const pulling = Object.values(engines);

/** Folders in which there is something for each site. */
const ofSites = /^(sites|delivery\/[^/]+\/sites)\/|^assembly\.json$/;

test('each way of delivery has a column, and no other', () => {
  const factories = Object.getOwnPropertyNames(Delivery).filter(
    (name) => !['length', 'name', 'prototype'].includes(name),
  );
  const named = Object.values(expressions).map((text) => /^Delivery\.(\w+)\(/.exec(text)?.[1]);
  expect([...new Set(named)].sort()).toEqual(factories.sort());
  for (const title of titles.filter((one) => one !== 'Air-gap bundle'))
    expect(title.toLowerCase()).toContain(deliveryOf(title).engine.title.replace(' delivery', '').toLowerCase());
});

test.each(titles)('the program of the page compiles with %s', (title) => {
  const file = join(root, 'test/docs/virtual/fleet.ts');
  const compiled = programOf([], new Map([[file, programWith(title)]]));
  const source = compiled.getSourceFile(file);
  expect(source?.text).toContain('new Fleet(');
  // Texts alone: a diagnostic holds the whole program, which no reporter prints in time.
  const found = [...compiled.getSyntacticDiagnostics(source), ...compiled.getSemanticDiagnostics(source)];
  expect(found.map(({ messageText }) => flattenDiagnosticMessageText(messageText, '\n'))).toEqual([]);
});

test.each(titles)('the memory and the secret stores of %s are those of its engine', (title) => {
  const delivery = deliveryOf(title);
  const memory = delivery.engine.overhead?.(delivery).memoryMiB;
  expect(rowOf('memory on a node of the site')[title]).toBe(
    memory === undefined ? '0 MiB' : `${memory.value} MiB (${memory.grade})`,
  );
  const stores = rowOf('secret stores')[title].replaceAll('`', '').split(', ');
  expect(stores.filter((store) => !Object.hasOwn(SecretStore, store))).toEqual([]);
  expect(stores.includes('sops')).toBe(delivery.engine.decrypts !== undefined);
});

test.each(pulling)('with %s, nothing but records, bootstraps and the index is of sites', (title) => {
  const [few, many] = [100, 200].map((stores) =>
    Object.entries(assemblyOf(title, stores)).filter(([path]) => !ofSites.test(path)),
  );
  expect(many).toEqual(few);
  expect(few?.map(([path]) => path).some((path) => path.startsWith('workloads/pos/'))).toBe(true);
});

test.each(pulling)('what a site of %s has is what the page says', (title) => {
  const { engine } = deliveryOf(title);
  const paths = Object.keys(assemblyOf(title, 100));
  const record = paths.filter((path) => path.includes(`delivery/${engine.name}/sites/`) && path.includes('/store-7/'));
  expect([1, 2]).toContain(record.length);
  const isAtSite = title === 'Flux' || title === 'Argo CD at each site';
  expect(paths.filter((path) => /^sites\/.\/store-7\/manifests\//.test(path))).toHaveLength(isAtSite ? 1 : 0);
});

const shell = blocksOf(page).filter(({ language }) => language === 'sh');

test('commands of the page are the shell’s', () => {
  expect(shell.length).toBeGreaterThan(10);
  for (const { text } of shell) execFileSync('sh', ['-n'], { input: text.replaceAll(/<[a-z ]+>/g, 'x') });
  expect(() => execFileSync('sh', ['-n'], { input: 'for x in y; do', stdio: 'pipe' })).toThrow(
    /Syntax error|unexpected/,
  );
});

test.each(Object.entries(engines))('commands that the page has from the README of %s are in it', (name, title) => {
  const { engine } = deliveryOf(title);
  const readme = assemblyOf(title, 100)[`delivery/${engine.name}/README.md`] ?? '';
  const lines = shell
    .filter(({ mark }) => mark === `readme: ${name}`)
    .flatMap(({ text }) => text.trimEnd().split('\n'));
  expect(lines.length).toBeGreaterThan(1);
  expect(lines.filter((line) => !readme.includes(line))).toEqual([]);
});

test('other commands are of programs that people have by then', () => {
  const known =
    /^(edgecdk synth$|kubectl apply -f sites\/|kubectl (delete|get) .* --selector |flux tag artifact |git (push|revert)\b|oras tag |ssh <server> ')/;
  const lines = shell.filter(({ mark }) => mark === undefined).flatMap(({ text }) => text.trimEnd().split('\n'));
  expect(lines.filter((line) => !known.test(line))).toEqual([]);
  expect(
    shell.filter(({ mark }) => mark !== undefined && !Object.hasOwn(engines, mark.replace('readme: ', ''))),
  ).toEqual([]);
});

test('what removes the rest where Rancher Fleet keeps objects is said by its README, too', () => {
  const readme = sources.find(({ file }) => file === 'lib/engines/rancher-fleet/readme.ts')?.text ?? '';
  const lines = shell.flatMap(({ text }) => text.split('\n')).filter((line) => line.includes(' --selector '));
  expect(lines.map((line) => line.split(' ')[1])).toEqual(['delete', 'get']);
  for (const line of lines) expect(readme).toContain(line);
});

test('the table of differences is the one by which objects are compared', () => {
  const known: Readonly<Record<string, string>> = {
    flux: 'Flux',
    'rancher-fleet': 'Rancher Fleet',
    'argo-cd': 'Argo CD',
  };
  const rows = DIFFERENCES.map(({ engines: of, kinds, annotation, words = [], meaning }) => [
    of.map((name) => known[name] ?? name).join(', '),
    kinds?.join(', ') ?? '-',
    annotation === undefined ? '-' : `\`${annotation}: ${words.join(',')}\``,
    meaning,
  ]);
  expect(tablesWith(['engines', 'kinds', 'annotation', 'what it means'], page)).toEqual([rows]);
});

test('the page has each finding of an engine that can be acknowledged, and names no other', () => {
  const rows = tablesWith(['rule', 'finds'], page).flat();
  const rules = Object.values(ENGINE_RULES);
  expect(rows.map(([id = '']) => id.replaceAll('`', '')).sort()).toEqual([...rules].sort());
  const named = page.match(/`edgecdk-argo-cd-[a-z-]+`/g) ?? [];
  expect(named.filter((id) => !(rules as readonly string[]).includes(id.replaceAll('`', '')))).toEqual([]);
});

test('messages of the page are said', () => {
  const said = sources.filter(({ file }) => file.startsWith('lib/')).map(({ text }) => text);
  const rows = tablesWith(['it says', 'so'], page).flat();
  expect(rows.length).toBeGreaterThan(8);
  const unsaid = rows
    .map(([cell = '']) => cell.replaceAll('`', '').split('...'))
    .filter((parts) => !said.some((text) => parts.every((part) => text.includes(part))));
  expect(unsaid).toEqual([]);
});

test('a folder of records has fewer than 1,000 of 200,000 sites', () => {
  const records = new Map<string, number>();
  for (let i = 0; i < 200_000; i++) {
    const shard = recordShardOf(`store-${i}`);
    records.set(shard, (records.get(shard) ?? 0) + 1);
  }
  expect(records.size).toBe(256);
  expect(Math.max(...records.values())).toBeLessThan(1000);
});

test('files that the page names as a source are there', () => {
  const named = [...page.matchAll(/`((?:lib|constructs|test)\/[\w./-]+)`/g)].map(([, path = '']) => path);
  expect(named.length).toBeGreaterThan(5);
  expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});
