import { z } from 'zod';
import type { SiteSchema } from '../../../../lib/model/site-context';
import { judgeNames } from '../../../../lib/resolve/inventory/unknown-names';

function judge(schema: z.ZodType | undefined, input: Record<string, unknown>) {
  const open = new Set(['extra']);
  const output = schema ? (schema.parse(input) as Record<string, unknown>) : {};
  return { unknown: judgeNames(open, schema as SiteSchema | undefined, input, output), open: [...open] };
}

describe('a name of a value', () => {
  test.each([
    ['the schema drops it', z.object({ a: z.number() })],
    ['there is no schema', undefined],
    ['the schema renames others', z.object({ a: z.number() }).transform(({ a }) => ({ b: a }))],
  ])('is unknown where %s', (_, schema) => {
    expect(judge(schema, { a: 1, extra: 'x' })).toEqual({ unknown: ['extra'], open: [] });
  });

  test.each([
    ['the schema keeps it', z.object({ a: z.number(), extra: z.string() })],
    ['the schema lets others pass', z.looseObject({ a: z.number() })],
    ['the schema renames it', z.object({ extra: z.string() }).transform(({ extra }) => ({ other: extra }))],
    [
      'the schema requires it and drops it',
      z.object({ a: z.number(), extra: z.string() }).transform(({ a }) => ({ a })),
    ],
    [
      'the output happens to be the same without it',
      z.object({ extra: z.string().optional() }).transform(({ extra }) => ({ isVip: extra === 'vip' })),
    ],
  ])('is known where %s', (_, schema) => {
    expect(judge(schema, { a: 1, extra: 'x' })).toEqual({ unknown: [], open: [] });
  });

  test('stays open until a site has a value for it', () => {
    expect(judge(z.object({ a: z.number() }), { a: 1 })).toEqual({ unknown: [], open: ['extra'] });
  });
});
