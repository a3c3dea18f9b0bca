import { parseQuantity } from '../../../lib/check/quantity';

test.each([
  ['0', 0],
  ['1.5', 1.5],
  ['250m', 0.25],
  ['64Mi', 64 * 2 ** 20],
  ['1G', 1e9],
  ['2e3', 2000],
  ['1E', 1e18],
  ['.5Gi', 2 ** 29],
])('%s stands for %d', (text, value) => {
  expect(parseQuantity(text)).toBeCloseTo(value, 9);
});

test.each(['', 'Mi', '1 Mi', '1mi', '1KB', '0x10', 'NaN'])('%j stands for nothing', (text) => {
  expect(parseQuantity(text)).toBeUndefined();
});
