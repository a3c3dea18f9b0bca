import { sizeProblems } from '../../../../lib/check/grammar/sizes';
import { objectSets } from '../../../../lib/check/object-set';
import type { TokenTable } from '../../../../lib/model/token';
import { checkPlan, configMap, type TestSite } from '../../../support/check-plan';

const kib = (n: number) => 'é'.repeat(n * 512);

function problemsOf(objects: (tokens: TokenTable) => readonly object[], sites?: readonly TestSite[]) {
  const { plan, rendering } = checkPlan({ sites, workloads: [{ id: 'pos', objects }] });
  return sizeProblems(objectSets(plan, rendering), plan);
}

test('a ConfigMap may have 1 MiB, in bytes', () => {
  expect(problemsOf(() => [configMap('a', { a: kib(1024) })])).toEqual([]);
  expect(problemsOf(() => [configMap('a', { a: kib(1024), b: 'x' })])).toMatchObject([
    { path: 'fleet/pos', message: expect.stringMatching(/^has 1025 KiB of data in ConfigMap default\/a; .* 1024 KiB/) },
  ]);
});

test('the site with the largest values is named', () => {
  const sites = [
    { name: 'store-1', values: { a: 'x', b: 'x' } },
    { name: 'store-2', values: { a: kib(2), b: 'x' } },
    { name: 'store-3', values: { a: kib(3), b: 'x' } },
  ];
  const data = (t: TokenTable) => configMap('a', { a: kib(1022), b: t.text('site.values.a') });
  expect(problemsOf((t) => [data(t)], sites)).toMatchObject([{ sites: ['store-3'] }]);
});

test('large values of different sites do not add up', () => {
  const sites = [
    { name: 'store-1', values: { a: kib(2), b: '' } },
    { name: 'store-2', values: { a: '', b: kib(2) } },
  ];
  const data = (t: TokenTable) => ({ a: kib(1021), b: t.text('site.values.a'), c: t.text('site.values.b') });
  expect(problemsOf((t) => [configMap('a', data(t))], sites)).toEqual([]);
});

test('annotations may have 256 KiB together', () => {
  const annotated = (n: number) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'a', annotations: { x: kib(n) } },
  });
  expect(problemsOf(() => [annotated(255)])).toEqual([]);
  expect(problemsOf(() => [annotated(256)])).toMatchObject([{ message: expect.stringContaining('of annotations') }]);
});
