import * as fc from 'fast-check';
import type { Filter } from '../../../lib/model/filter';
import { splitTokens, TokenTable } from '../../../lib/model/token';
import { holeToken, variableName, variablesOf } from '../../../lib/model/variable';

test.each([
  ['site.name', ['j'], 'name'],
  ['site.values.storeId', ['j'], 'values__storeId'],
  ['site.values.store_id', ['j'], 'values__store_id'],
  ['site.values.address.city', ['j'], 'values__address__city'],
  ['site.values.tills', [], 'values__tills'],
  ['site.values.contact', ['j', 'j'], 'jj__values__contact'],
  ['site.json.tags', ['b', 'j'], 'bj__json__tags'],
] as const)('%s through %p is %s', (hole, filters, name) => {
  expect(variableName({ hole, filters })).toBe(name);
});

test('a name that no variable may have is told by its digest', () => {
  expect(variableName({ hole: 'site.values.été', filters: ['j'] })).toMatch(/^values___t___[0-9a-f]{8}$/);
  expect(variableName({ hole: 'site.values.a__b', filters: ['j'] })).not.toBe(
    variableName({ hole: 'site.values.a.b', filters: ['j'] }),
  );
});

test('two holes, or one that is written in two ways, are never one variable', () => {
  const part = fc.string({ minLength: 1, maxLength: 6, unit: fc.constantFrom('a', 'b', '_', 'j', '-', 'é') });
  const hole = fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => `site.values.${parts.join('.')}`);
  const filters = fc.array(fc.constantFrom<Filter>('j', 's', 'u', 'b', 'd'), { minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(hole, filters, hole, filters, (a, f, b, g) => {
      const [one, other] = [variableName({ hole: a, filters: f }), variableName({ hole: b, filters: g })];
      expect(one).toMatch(/^[A-Za-z_][A-Za-z0-9_]*$/);
      if (a !== b || f.join('') !== g.join('')) expect(one).not.toBe(other);
    }),
  );
});

test('a number with and without quotes is one variable, and variables are sorted', () => {
  const uses = [
    { hole: 'site.values.tills', filters: [] },
    { hole: 'site.name', filters: ['j'] as const },
    { hole: 'site.values.tills', filters: ['j'] as const },
  ];
  expect(variablesOf(uses).map(({ name }) => name)).toEqual(['name', 'values__tills']);
});

test('the token of a hole has its filters', () => {
  const tokens = new TokenTable(['site.name']);
  const use = { hole: 'site.name', filters: ['d', 'j'] as const };
  expect(splitTokens(holeToken(use, tokens), tokens)).toEqual([use]);
});
