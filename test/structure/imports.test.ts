import { cyclesOf } from './cycles';
import { type Import, imports, importsOf, sources } from './sources';

/**
 * Who may know whom. A zone is a folder of `lib`, or a file that stands alone in it; whatever is not listed is forbidden. The stages (resolve,
 * render, check, write) share the records of `lib/model` and never call each other.
 */
const allowed: Readonly<Record<string, readonly string[]>> = {
  constructs: ['lib/synth', 'lib/summary', 'lib/distributions', 'lib/engines', 'lib/model', 'lib/catalog'],
  'lib/synth': ['lib/resolve', 'lib/render', 'lib/check', 'lib/write', 'lib/assembly', 'lib/summary', 'lib/model'],
  'lib/summary': ['lib/model'],
  'lib/resolve': ['lib/model', 'lib/catalog'],
  'lib/distributions': ['lib/render', 'lib/model', 'lib/catalog'],
  'lib/engines': ['lib/render', 'lib/model', 'lib/catalog'],
  'lib/render': ['lib/model', 'lib/catalog'],
  'lib/check': ['lib/model', 'lib/catalog'],
  'lib/write': ['lib/model', 'lib/catalog', 'lib/assembly'],
  'lib/assembly': ['lib/model'],
  'lib/catalog': ['lib/model'],
  'lib/nodes': ['lib/model'],
  'lib/artifacts': ['lib/model', 'lib/catalog'],
  'lib/export': ['lib/model', 'lib/assembly'],
  'lib/cli': [
    'lib/synth',
    'lib/summary',
    'lib/assembly',
    'lib/artifacts',
    'lib/export',
    'lib/nodes',
    'lib/resolve',
    'lib/model',
  ],
  'lib/model': [],
};

/** Single imports that the table does not cover, with the reason. */
const exceptions: Readonly<Record<string, string>> = {};

/** Steps, and what is around them: they know of a distribution what it says of itself, `lib/model/distribution.ts`. */
const withoutDistributions = ['resolve', 'render', 'check', 'write', 'cli', 'assembly', 'nodes', 'export'];
/** The same of engines, `lib/model/delivery.ts`: in a folder each, `lib/engines`. */
const engineNames = /['"`](flux|rancher-fleet|argo-cd)['"`]/;
const ofEngines = /^lib\/(engines\/|catalog\/(flux|rancher-fleet|argo-cd))/;

const ofDistributions = /^lib\/(distributions\/|catalog\/(k3s|microk8s|kubeedge))/;

/** Figures of a distribution that others read, by file or folder, with the reason. */
const figureReaders: Readonly<Record<string, string>> = {
  'lib/render/workload/leaf': 'a LeafDevice is written in the words of the device API of KubeEdge, whoever serves it',
  'lib/check/grammar/grammars.ts': 'checks values of Device objects, whatever made them',
  'lib/check/object-fields.ts': 'checks fields of Device objects, whatever made them',
  'lib/check/rules/kubeedge-device.ts': 'checks Device objects, whatever made them',
};

/** Who names a distribution, with the reason. */
const namers: Readonly<Record<string, string>> = {
  'lib/check/leaf-mappers.ts': 'mappers are of KubeEdge alone',
  'lib/cli/lock-sources.ts': 'an example in a message',
  'lib/export/bundle-distributions.ts': 'knows how each takes what is on a stick',
  'lib/export/tree-artifacts.ts': 'knows how each locks its artifacts',
  'lib/render/secret-records.ts': 'a leaf device of KubeEdge has no secrets, and its mapper has',
  'lib/render/workload/leaf/leaf-problems.ts': 'a leaf device has two forms: that of KubeEdge, and that of all others',
  'lib/render/workload/leaf/leaf.ts': 'a leaf device has two forms: that of KubeEdge, and that of all others',
};

/** Who touches the disk, besides `lib/write`. */
const readers: Readonly<Record<string, string>> = {
  'lib/assembly': 'reads an assembly back',
  'lib/cli': 'is the command',
  'lib/artifacts': 'keeps what it downloads',
  'lib/export': 'reads an assembly, and writes kits',
  'lib/resolve/inventory/read-file.ts': 'reads inventories',
  'lib/resolve/read-lock.ts': 'reads what is locked',
  'lib/render/render.ts': 'reads the manifests that a program names',
};

/** Who starts another process or thread. */
const starters: Readonly<Record<string, string>> = {
  'lib/cli/type-check.ts': "checks the program's types beside the synthesis",
  'lib/cli/type-check-worker.ts': "runs the program's own compiler",
};

const disk = ['fs', 'fs/promises'];
const processes = ['child_process', 'cluster', 'worker_threads'];
const network = ['dgram', 'dns', 'dns/promises', 'http', 'http2', 'https', 'net', 'tls'];

function zoneOf(file: string): string {
  const [top = '', second = ''] = file.split('/');
  return top === 'lib' ? `lib/${second.replace(/\.ts$/, '')}` : top;
}

function isBuiltin(name: string, modules: readonly string[]): boolean {
  return modules.includes(name.replace(/^node:/, ''));
}

/** `lib/model/plan.ts imports ../resolve/resolve` */
function forbidden(all: readonly Import[]): string[] {
  return all
    .filter(({ file, to }) => to !== undefined && zoneOf(file) !== zoneOf(to))
    .filter(({ file, to = '' }) => !allowed[zoneOf(file)]?.includes(zoneOf(to)))
    .map(({ file, name }) => `${file} imports ${name}`);
}

test('no file is in an import cycle, with types counted', () => {
  const graph = new Map(
    sources.map(({ file }) => [file, imports.flatMap((i) => (i.file === file && i.to ? [i.to] : []))]),
  );
  expect(cyclesOf(graph)).toEqual([]);
});

test('imports go only where the table allows', () => {
  expect(forbidden(imports).filter((found) => !(found in exceptions))).toEqual([]);
});

test('every exception to the table is in use', () => {
  expect(Object.keys(exceptions)).toEqual(forbidden(imports).filter((found) => found in exceptions));
});

test('no step knows a distribution by its folder or its figures', () => {
  const steps = withoutDistributions.map((zone) => `lib/${zone}`);
  const knowing = imports.filter(({ file, to = '' }) => steps.includes(zoneOf(file)) && ofDistributions.test(to));
  const readerOf = (file: string) => Object.keys(figureReaders).find((reader) => file.startsWith(reader));
  expect(knowing.filter(({ file }) => !readerOf(file)).map(({ file, name }) => `${file} imports ${name}`)).toEqual([]);
  expect([...new Set(knowing.map(({ file }) => readerOf(file)))].sort()).toEqual(Object.keys(figureReaders).sort());
  expect(knowing.every(({ to }) => to === 'lib/catalog/kubeedge-devices.ts')).toBe(true);
});

test('no step names a distribution but for what is told above', () => {
  const steps = withoutDistributions.map((zone) => `lib/${zone}`);
  const naming = sources.filter(
    ({ file, text }) =>
      steps.includes(zoneOf(file)) && /['"`](k3s|microk8s|kubeedge)['"`]|\b(k3s|microk8s|kubeedge)\??:/.test(text),
  );
  expect(naming.map(({ file }) => file).sort()).toEqual(Object.keys(namers));
});

test('no step knows an engine by its folder, its figures or its name', () => {
  const steps = withoutDistributions.map((zone) => `lib/${zone}`);
  const knowing = imports.filter(({ file, to = '' }) => steps.includes(zoneOf(file)) && ofEngines.test(to));
  expect(knowing.map(({ file, name }) => `${file} imports ${name}`)).toEqual([]);
  const naming = sources.filter(({ file, text }) => steps.includes(zoneOf(file)) && engineNames.test(text));
  expect(naming.map(({ file }) => file)).toEqual([]);
});

test('every zone is in the table', () => {
  expect([...new Set(sources.map(({ file }) => zoneOf(file)))].filter((zone) => !(zone in allowed))).toEqual([]);
});

test('relative imports stay among the sources', () => {
  const known = new Set(sources.map(({ file }) => file));
  const strays = imports.filter(({ to }) => to !== undefined && !known.has(to));
  expect(strays.map(({ file, name }) => `${file} imports ${name}`)).toEqual([]);
});

test('only lib/write and the named readers touch the disk', () => {
  const found = imports
    .filter(({ name }) => isBuiltin(name, disk))
    .filter(({ file }) => zoneOf(file) !== 'lib/write' && !(file in readers) && !(zoneOf(file) in readers));
  expect(found.map(({ file, name }) => `${file} imports ${name}`)).toEqual([]);
});

test('every named reader reads', () => {
  const reading = imports.filter(({ name }) => isBuiltin(name, disk)).flatMap(({ file }) => [file, zoneOf(file)]);
  expect(Object.keys(readers).filter((reader) => !reading.includes(reader))).toEqual([]);
});

test('nothing reaches the network', () => {
  const found = imports.filter(({ name }) => isBuiltin(name, network));
  expect(found.map(({ file, name }) => `${file} imports ${name}`)).toEqual([]);
});

test('only the named starters start a process or a thread', () => {
  const found = new Set(imports.filter(({ name }) => isBuiltin(name, processes)).map(({ file }) => file));
  expect([...found].sort()).toEqual(Object.keys(starters).sort());
});

describe('the walker', () => {
  test.each([
    ["import { a } from '../render/render';", ['../render/render']],
    ["import type { A } from '../render/render';", ['../render/render']],
    ["export { type A } from '../render/render';", ['../render/render']],
    ["type A = import('../render/render').A;", ['../render/render']],
    ["const a = await import('../render/render');", ['../render/render']],
    ["const a = require('../render/render');", ['../render/render']],
    ["// import '../render/render'\nconst text = `import '../render/render'`;", []],
  ])('finds the imports of %s', (text, names) => {
    const found = importsOf({ file: 'lib/resolve/x.ts', text });
    expect(found.map(({ name }) => name)).toEqual(names);
    expect(forbidden(found)).toEqual(names.map((name) => `lib/resolve/x.ts imports ${name}`));
  });

  test('finds each cycle once, with the way around it', () => {
    const graph = { a: ['b', 'c'], b: ['c'], c: ['a', 'd'], d: ['d'] };
    expect(cyclesOf(new Map(Object.entries(graph)))).toEqual(['a -> b -> c -> a', 'd -> d']);
    expect(cyclesOf(new Map(Object.entries({ a: ['b', 'c'], b: ['c'], c: [] })))).toEqual([]);
  });
});
