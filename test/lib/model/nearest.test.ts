import { nearest } from '../../../lib/model/nearest';

test.each([
  ['tils', ['storeId', 'tills'], 'tills'],
  ['timezone', ['tills', 'timeZone'], 'timeZone'],
  ['regoin', ['region', 'reason'], 'region'],
  ['ab', ['ac', 'ad'], 'ac'],
  ['lat', ['longitude', 'latitude'], 'latitude'],
  ['tillsAtStore', ['storeId', 'tills'], 'tills'],
  ['til', ['tall', 'tills'], 'tills'],
  ['vlan', ['storeId', 'tills'], undefined],
  ['x', [], undefined],
])('of %s, the nearest among %j is %s', (name, candidates, expected) => {
  expect(nearest(name, candidates)).toBe(expected);
});
