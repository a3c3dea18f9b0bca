import { objectSets } from '../../../lib/check/object-set';
import { repeatedKeys } from '../../../lib/check/repeated-keys';
import type { TokenTable } from '../../../lib/model/token';
import { checkPlan, configMap } from '../../support/check-plan';

const sites = [
  { name: 'store-1', values: { a: 'x', b: 'y' } },
  { name: 'store-2', values: { a: 'y', b: 'y' } },
];

function problemsOf(data: (a: string, b: string) => object) {
  const objects = (t: TokenTable) => [configMap('pos', data(t.text('site.values.a'), t.text('site.values.b')))];
  const { plan, rendering } = checkPlan({ sites, workloads: [{ id: 'pos', objects }] });
  return repeatedKeys(objectSets(plan, rendering), plan.tokens);
}

test('two keys that a site makes equal are one problem with that site', () => {
  expect(problemsOf((a, b) => ({ [`${a}.json`]: '', [`${b}.json`]: '' }))).toMatchObject([
    {
      path: 'fleet/pos',
      message: expect.stringContaining(
        'has the keys <site.values.a>.json and <site.values.b>.json in data of ConfigMap default/pos',
      ),
      sites: ['store-2'],
    },
  ]);
});

test('a literal key counts too', () => {
  expect(problemsOf((a) => ({ x: '', [a]: '' }))).toMatchObject([{ sites: ['store-1'] }]);
});

test('keys that always differ are none', () => {
  expect(problemsOf((a, b) => ({ [`${a}.json`]: '', [`${b}.yaml`]: '', z: '' }))).toEqual([]);
});
