import { Fleet } from 'edgecdk';
import { exportedFleet } from '../../../lib/cli/load-program';

const [a, b] = [new Fleet('a'), new Fleet('b')];
const make = () => a;

test.each<[string, Record<string, unknown>, unknown]>([
  ['the default export', { default: a, other: b }, a],
  ['a default export that is a function', { default: make }, make],
  ['the only named fleet', { fleet: a, helper: () => 1 }, a],
  ['module.exports of a CommonJS program', { default: a }, a],
  ['the default of a compiled ES module', { default: { __esModule: true, default: a } }, a],
  ['the only named fleet of a CommonJS program', { default: { fleet: a } }, a],
])('takes %s', (_what, exported, fleet) => {
  expect(exportedFleet(exported, 'fleet.ts')).toBe(fleet);
});

test.each<[string, Record<string, unknown>, RegExp]>([
  ['nothing', {}, /fleet\.ts exports nothing; end it with `export default fleet`/],
  ['no fleet', { a: 1, b: {} }, /exports a, b, but no fleet/],
  ['something else as default', { default: 1, helper: a.node }, /exports a number as default, helper, but no fleet/],
  ['two fleets', { one: a, two: b }, /exports 2 fleets \(one, two\); export the one that is meant as default/],
])('refuses a program that exports %s', (_what, exported, message) => {
  expect(() => exportedFleet(exported, 'fleet.ts')).toThrow(message);
});
