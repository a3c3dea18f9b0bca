import { z } from 'zod';
import type { SiteSchema } from '../../../../lib/model/site-context';
import { validate } from '../../../../lib/resolve/inventory/schema';

function schema(validate: (value: unknown) => unknown): SiteSchema {
  return { '~standard': { version: 1, vendor: 'test', validate } };
}

describe('a schema', () => {
  test('gives its output', () => {
    expect(validate(z.object({ a: z.string() }), { a: 'x', b: 1 })).toEqual({ kind: 'valid', output: { a: 'x' } });
  });

  test('gives its issues with their paths', () => {
    expect(validate(z.object({ a: z.object({ b: z.array(z.string()) }) }), { a: { b: [1] } })).toEqual({
      kind: 'refused',
      issues: [{ message: 'Invalid input: expected string, received number', path: ['a', 'b', '0'] }],
    });
  });

  test('may wrap the parts of a path, or give none', () => {
    const issues = [{ message: 'm', path: [{ key: 'a' }, 0] }, { message: 'n' }];
    expect(
      validate(
        schema(() => ({ issues })),
        {},
      ),
    ).toEqual({
      kind: 'refused',
      issues: [
        { message: 'm', path: ['a', '0'] },
        { message: 'n', path: [] },
      ],
    });
  });

  test.each([[[]], [null], ['no']])('that refuses without a reason (%j) refuses none the less', (issues) => {
    expect(
      validate(
        schema(() => ({ issues })),
        {},
      ),
    ).toEqual({
      kind: 'refused',
      issues: [{ message: 'the schema refuses the values and does not say why', path: [] }],
    });
  });

  test('that throws refuses', () => {
    const throwing = schema(() => {
      throw new Error('boom');
    });
    expect(validate(throwing, {})).toEqual({
      kind: 'refused',
      issues: [{ message: 'the schema threw (boom); it must say what is wrong by its result', path: [] }],
    });
  });

  test.each([
    ['an async refinement', z.object({ a: z.string().refine(async () => true) })],
    ['a function in zod that throws', z.object({}).transform(() => JSON.parse('{'))],
    ['a promise that is rejected', schema(() => Promise.reject(new Error('late')))],
  ])('with %s is broken', async (_, asynchronous) => {
    expect(validate(asynchronous, { a: 'x' })).toEqual({
      kind: 'broken',
      message: expect.stringMatching(/must be synchronous/),
    });
    await new Promise((done) => setImmediate(done)); // a rejection that nobody handles would fail this test
  });

  test.each([undefined, null, 'yes', true])('that gives %s is broken', (result) => {
    expect(
      validate(
        schema(() => result),
        {},
      ),
    ).toEqual({ kind: 'broken', message: expect.stringMatching(/gave no result/) });
  });
});
