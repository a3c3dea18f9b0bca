import { clashProblems } from '../../../lib/check/clashes';
import type { TokenTable } from '../../../lib/model/token';
import { checkPlan, configMap, type TestWorkload } from '../../support/check-plan';

const sites = [
  { name: 'store-1', values: { a: 'x', b: 'y' } },
  { name: 'store-2', values: { a: 'y', b: 'y' } },
];

function problemsOf(workloads: readonly TestWorkload[], clusterObjects?: readonly object[]) {
  const { plan, rendering } = checkPlan({ sites, workloads, clusterObjects });
  return clashProblems(plan, rendering);
}

const own = (kind: string, apiVersion = 'v1', namespace?: string) => ({
  apiVersion,
  kind,
  metadata: { name: 'a', namespace },
});
const a = (t: TokenTable) => t.text('site.values.a');
const b = (t: TokenTable) => t.text('site.values.b');

test('one object of two workloads names both', () => {
  const [problem, ...others] = problemsOf([
    { id: 'pos', objects: () => [configMap('shared')] },
    { id: 'prices', objects: () => [configMap('shared')] },
  ]);
  expect(others).toEqual([]);
  expect(problem).toMatchObject({ path: 'fleet/prices', severity: 'error', sites: ['store-1', 'store-2'] });
  expect(problem?.message).toContain('makes ConfigMap default/shared, which [fleet/pos] makes too');
});

test('one object twice of one workload is said of it alone', () => {
  expect(problemsOf([{ id: 'pos', objects: () => [configMap('a'), configMap('a')] }])).toMatchObject([
    { path: 'fleet/pos', message: expect.stringContaining('makes ConfigMap default/a twice') },
  ]);
});

test('an object of the cluster clashes with one of a workload', () => {
  expect(problemsOf([{ id: 'pos', objects: () => [configMap('a')] }], [configMap('a')])).toMatchObject([
    { path: 'fleet/pos', message: expect.stringContaining('[fleet/store]') },
  ]);
});

test('what the record of a site brings of its cluster is no second object, and twice in the record is', () => {
  const { plan, rendering } = checkPlan({ sites, workloads: [], clusterObjects: [own('Namespace')] });
  const [[cohort, [cluster]] = ['', []]] = [...rendering.clusters];
  if (!cluster) throw new Error('there is no file');
  const record = (name: string, objects: readonly object[]) =>
    ({ ...cluster, name: `record/${name}`, place: 'record', objects }) as typeof cluster;
  const problems = (objects: readonly object[]) =>
    clashProblems(plan, { ...rendering, clusters: new Map([[cohort, [cluster, record('site', objects)]]]) });
  expect(problems([own('Namespace')])).toEqual([]);
  expect(problems([configMap('a'), configMap('a')])).toMatchObject([
    { path: 'fleet/store', message: expect.stringContaining('makes ConfigMap default/a twice') },
  ]);
});

test.each<[string, object, object]>([
  ['another version of the same group', own('Own', 'x.example/v1'), own('Own', 'x.example/v2')],
  ['no namespace and the default one', own('Own', 'x.example/v1'), own('Own', 'x.example/v1', 'default')],
  ['two namespaces of a kind that has none', own('Namespace', 'v1', 'x'), own('Namespace', 'v1', 'y')],
])('%s are the same', (_what, one, other) => {
  expect(
    problemsOf([
      { id: 'p', objects: () => [one] },
      { id: 'q', objects: () => [other] },
    ]),
  ).toHaveLength(1);
});

test.each<[string, object, object]>([
  ['another group', own('Own', 'x.example/v1'), own('Own', 'y.example/v1')],
  ['another kind', own('ConfigMap'), own('Secret')],
  ['another namespace', own('ConfigMap', 'v1', 'x'), own('ConfigMap', 'v1', 'y')],
])('%s is another object', (_what, one, other) => {
  expect(
    problemsOf([
      { id: 'p', objects: () => [one] },
      { id: 'q', objects: () => [other] },
    ]),
  ).toEqual([]);
});

test('names with holes clash at the sites that make them equal', () => {
  const twoNames = (one: (t: TokenTable) => string, other: (t: TokenTable) => string) =>
    problemsOf([
      { id: 'p', objects: (t) => [configMap(one(t))] },
      { id: 'q', objects: (t) => [configMap(other(t))] },
    ]);
  expect(
    twoNames(
      (t) => `m-${a(t)}`,
      (t) => `m-${b(t)}`,
    ),
  ).toMatchObject([{ path: 'fleet/q', sites: ['store-2'] }]);
  expect(
    twoNames(
      (t) => `m-${a(t)}`,
      () => 'm-x',
    ),
  ).toMatchObject([{ sites: ['store-1'] }]);
  expect(
    twoNames(
      (t) => `m-${a(t)}`,
      (t) => `m-${a(t)}`,
    ),
  ).toMatchObject([{ sites: ['store-1', 'store-2'] }]);
  expect(
    twoNames(
      (t) => `m-${a(t)}`,
      (t) => `n-${b(t)}`,
    ),
  ).toEqual([]);
});

test('two files of one name clash, unless their objects do already', () => {
  const files = (one: string, other: string) =>
    problemsOf([
      { id: 'p', fileName: 'same', objects: () => [configMap(one)] },
      { id: 'q', fileName: 'same', objects: () => [configMap(other)] },
    ]);
  expect(files('a', 'b')).toMatchObject([
    { path: 'fleet/q', message: expect.stringContaining('makes the file same.yaml, which [fleet/p] makes too') },
  ]);
  expect(files('a', 'a')).toMatchObject([{ message: expect.stringContaining('makes ConfigMap') }]);
});
