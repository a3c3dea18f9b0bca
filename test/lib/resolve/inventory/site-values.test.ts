import { z } from 'zod';
import type { SiteSchema } from '../../../../lib/model/site-context';
import { readValues } from '../../../../lib/resolve/inventory/site-values';

const read = (schema: SiteSchema, given: unknown, isText = true) =>
  readValues(schema, given, isText, (name) => `${name} is empty`);
const one = (schema: z.ZodType, text: string) => read(z.object({ x: schema }), { x: text });

describe('a cell of a CSV file', () => {
  test.each([
    ['0042', z.string(), '0042'],
    ['42', z.string(), '42'],
    ['true', z.string(), 'true'],
    ['1e3', z.string(), '1e3'],
    ['yes', z.string(), 'yes'],
    ['42', z.number(), 42],
    ['-0.5', z.number(), -0.5],
    ['true', z.boolean(), true],
    ['false', z.boolean(), false],
    ['42', z.union([z.string(), z.number()]), '42'],
    ['42', z.union([z.number(), z.string()]), '42'],
    ['auto', z.union([z.literal('auto'), z.number()]), 'auto'],
    ['4', z.union([z.literal('auto'), z.number()]), 4],
    ['42', z.coerce.number(), 42],
    ['0042', z.string().transform(Number), 42],
  ])('%s is read by its schema', (text, schema, x) => {
    expect(one(schema, text)).toMatchObject({ kind: 'valid', values: { x } });
  });

  test.each([
    ['0042', z.number(), 'x: Invalid input: expected number, received string (found "0042"); a number is written 42'],
    ['1e3', z.number(), 'x: Invalid input: expected number, received string (found "1e3"); a number is written 1000'],
    [
      '12.50',
      z.number(),
      'x: Invalid input: expected number, received string (found "12.50"); a number is written 12.5',
    ],
    ['+1', z.number(), 'x: Invalid input: expected number, received string (found "+1"); a number is written 1'],
    ['Infinity', z.number(), 'x: Invalid input: expected number, received string (found "Infinity")'],
    ['NaN', z.number(), 'x: Invalid input: expected number, received string (found "NaN")'],
    ['12345678901234567890', z.number(), expect.stringMatching(/^x: Invalid input: expected number, received string/)],
    ['many', z.number(), 'x: Invalid input: expected number, received string (found "many")'],
    ['yes', z.boolean(), 'x: Invalid input: expected boolean, received string (found "yes")'],
    [
      'TRUE',
      z.boolean(),
      'x: Invalid input: expected boolean, received string (found "TRUE"); a boolean is written true',
    ],
    [
      '1',
      z.boolean(),
      'x: Invalid input: expected boolean, received string (found "1"), and as a number: Invalid input: expected boolean, received number',
    ],
    [
      '12',
      z.number().max(9),
      'x: Invalid input: expected number, received string (found "12"), and as a number: Too big: expected number to be <=9',
    ],
    [
      '12',
      z.string().min(4),
      'x: Too small: expected string to have >=4 characters (found "12"), and as a number: Invalid input: expected string, received number',
    ],
  ])('%s is refused by its schema', (text, schema, message) => {
    expect(one(schema, text)).toMatchObject({ kind: 'refused', problems: [{ name: 'x', message }] });
  });

  test('is tried as something else with all others of its row', () => {
    const schema = z.object({ a: z.number(), b: z.boolean(), c: z.string(), d: z.number() });
    expect(read(schema, { a: '1', b: 'true', c: '3', d: '4' })).toMatchObject({
      kind: 'valid',
      input: { a: 1, b: true, c: '3', d: 4 },
      values: { a: 1, b: true, c: '3', d: 4 },
    });
  });

  test('is tried though the schema names one mistake at a time', () => {
    const validate = (values: unknown) => {
      const { a, b } = values as Record<string, unknown>;
      if (typeof a !== 'number') return { issues: [{ message: 'a', path: ['a'] }] };
      return typeof b === 'number' ? { value: { a, b } } : { issues: [{ message: 'b', path: ['b'] }] };
    };
    const schema: SiteSchema = { '~standard': { version: 1, vendor: 'test', validate } };
    expect(read(schema, { a: '1', b: '2' })).toMatchObject({ kind: 'valid', values: { a: 1, b: 2 } });
  });

  test('that is empty may be optional, and is called empty where it may not', () => {
    const schema = z.object({ a: z.string().optional(), b: z.number().default(7), c: z.number() });
    expect(read(schema, { c: '1' })).toMatchObject({ kind: 'valid', values: { b: 7, c: 1 } });
    expect(read(schema, {})).toMatchObject({
      kind: 'refused',
      problems: [{ name: 'c', message: 'c is empty: Invalid input: expected number, received undefined' }],
    });
  });
});

describe('values', () => {
  test('that are no text of a CSV file are never tried as something else', () => {
    expect(read(z.object({ x: z.number() }), { x: '42' }, false)).toMatchObject({ kind: 'refused' });
  });

  test('have all that is wrong told, with the path inside of them', () => {
    const schema = z.object({ a: z.object({ b: z.string(), c: z.number() }), d: z.string() });
    const reading = read(schema, { a: { b: 1 }, d: true }, false);
    expect(reading.kind === 'refused' && reading.problems.map((p) => p.message)).toEqual([
      'a.b: Invalid input: expected string, received number (found 1)',
      'a.c is missing: Invalid input: expected number, received undefined',
      'd: Invalid input: expected string, received boolean (found true)',
    ]);
  });

  test('are refused as a whole without a name', () => {
    const schema = z.object({ a: z.number(), b: z.number() }).refine(({ a, b }) => a < b, 'a must be less than b');
    expect(read(schema, { a: '2', b: '1' })).toEqual({
      kind: 'refused',
      problems: [{ reason: 'a must be less than b', message: 'a must be less than b' }],
    });
  });

  test('must be plain after the schema', () => {
    expect(read(z.object({ at: z.coerce.date() }), { at: '2026-01-01' })).toMatchObject({
      kind: 'refused',
      problems: [{ name: 'at', message: expect.stringMatching(/^at is an instance of Date; /) }],
    });
  });

  test('of which two are wrong alike have equal reasons', () => {
    const [first, second] = ['a', 'b'].map((text) => one(z.number(), text));
    const reasons = [first, second].map((r) => r?.kind === 'refused' && r.problems[0]?.reason);
    expect(reasons[0]).toBeTruthy();
    expect(reasons[0]).toBe(reasons[1]);
  });
});
