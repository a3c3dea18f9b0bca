import { runInNewContext } from 'node:vm';
import { plainValues } from '../../../../lib/resolve/inventory/plain-values';

const rest = 'values are text, numbers, booleans, null, and lists and objects of these: let the schema make it text';
class Money {
  readonly amount = 3;
}
const circle: Record<string, unknown> = {};
circle.self = circle;

describe('what a schema gives', () => {
  test('is copied, without what is undefined', () => {
    const output = { a: 'x', b: 0.5, c: true, d: null, e: [1, ['y']], f: { g: undefined, h: {} }, i: undefined };
    const reading = plainValues(output);
    expect(reading).toStrictEqual({ values: { a: 'x', b: 0.5, c: true, d: null, e: [1, ['y']], f: { h: {} } } });
    expect('values' in reading && reading.values.e).not.toBe(output.e);
  });

  test('may come from another realm, or have no prototype', () => {
    expect(plainValues(runInNewContext('({ a: { b: [1] } })'))).toEqual({ values: { a: { b: [1] } } });
    expect(plainValues(Object.assign(Object.create(null), { a: 1 }))).toEqual({ values: { a: 1 } });
  });

  test.each([
    ['text', 'x', '"x"'],
    ['nothing', undefined, 'nothing'],
    ['a list', [1], 'a list of 1'],
    ['an instance', new Money(), 'an object'],
  ])('must be an object and not %s', (_, output, found) => {
    expect(plainValues(output)).toEqual({
      problems: [{ message: `the schema gives ${found} as the values of a site; it must give an object` }],
    });
  });

  test.each([
    ['a function', () => 1, `x is a function; ${rest}`],
    ['a date', new Date(0), `x is an instance of Date; ${rest}`],
    ['a class instance', { deep: [new Money()] }, `x.deep.0 is an instance of Money; ${rest}`],
    ['a map', new Map(), `x is an instance of Map; ${rest}`],
    ['a bigint', 3n, `x is the bigint 3; ${rest}`],
    ['a symbol', Symbol('s'), `x is Symbol(s); ${rest}`],
    ['undefined in a list', [1, undefined], `x.1 is undefined; ${rest}`],
    ['a hole in a list', new Array(1), `x.0 is undefined; ${rest}`],
    ['NaN', Number.NaN, 'x is NaN, which is no number of JSON; let the schema refuse it'],
    [
      'Infinity',
      { y: Number.POSITIVE_INFINITY },
      'x.y is Infinity, which is no number of JSON; let the schema refuse it',
    ],
    [
      'a number that is not exact',
      Number('12345678901234567890'),
      'x is 12345678901234567000, and numbers beyond 9000000000000000 are not exact; make it text',
    ],
    ['a control character', ['a\0'], 'x.0 holds U+0000, a control character, at character 2; remove it'],
    [
      'a control character in a name',
      { 'a\0': 1 },
      'x.a\0 has a name that holds U+0000, a control character, at character 2; remove it',
    ],
    ['a member that is a prototype', JSON.parse('{"__proto__": 1}'), 'x.__proto__ is no name of a value; rename it'],
  ])('may not hold %s', (_, x, message) => {
    expect(plainValues({ ok: 1, x })).toEqual({ problems: [{ name: 'x', message }] });
  });

  test('may not go in a circle', () => {
    expect(plainValues({ x: circle })).toEqual({
      problems: [{ name: 'x', message: expect.stringMatching(/is nested more than 32 deep, or in a circle$/) }],
    });
  });

  test('has all of its problems told', () => {
    expect(plainValues({ a: 1n, b: [Number.NaN, () => 1] })).toMatchObject({
      problems: [{ name: 'a' }, { name: 'b' }, { name: 'b' }],
    });
  });
});
