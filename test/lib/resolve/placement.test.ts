import type { PlacementModel } from '../../../lib/model/placement-model';
import { type PlacedSite, whyNot } from '../../../lib/resolve/placement';

const site: PlacedSite = { path: 'f/north', blueprint: 'f/store', values: {}, nodes: [], distribution: 'k3s' };
const on = (...paths: string[]): PlacementModel => ({ on: paths, where: [], except: [] });

test.each<[string, readonly PlacementModel[], boolean]>([
  ['one of several', [on('f/depot'), on('f/store')], true],
  ['none of several', [on('f/depot'), on('f/van')], false],
  ['none at all', [], false],
])('what follows other placements is where %s is', (_what, anyOf, expected) => {
  expect(whyNot({ anyOf, where: [], except: [] }, site) === undefined).toBe(expected);
});

test('what follows other placements keeps its own conditions too', () => {
  const where = [{ values: {}, distributions: ['kubeedge' as const], has: [] }];
  expect(whyNot({ anyOf: [on('f/store')], where, except: [] }, site)).toBe('it does not match `where`');
});
