import { isDeepStrictEqual } from 'node:util';
import type { SiteSchema } from '../../model/site-context';
import { validate } from './schema';

type Values = Readonly<Record<string, unknown>>;

/**
 * Names of values that a schema does not look at. Any Standard Schema may drop or rename values, and none tells its names, so it is asked with the values of
 * a valid site. A name is judged once, at the first site that has a value for it, and then leaves `open`: work for a few sites, not for all.
 */
export function judgeNames(open: Set<string>, schema: SiteSchema | undefined, input: Values, output: Values): string[] {
  const unknown: string[] = [];
  for (const name of open) {
    if (!Object.hasOwn(input, name)) continue;
    open.delete(name);
    if (Object.hasOwn(output, name)) continue;
    if (schema === undefined || ignores(schema, input, name)) unknown.push(name);
  }
  return unknown;
}

/** Equal output without the value may be chance, but with a symbol in its place: such a value passes only where nobody looks. */
function ignores(schema: SiteSchema, input: Values, name: string): boolean {
  const { [name]: _value, ...others } = input;
  const verdicts = [input, others, { ...others, [name]: Symbol(name) }].map((values) => validate(schema, values));
  const [first] = verdicts;
  return verdicts.every(
    (verdict) => verdict.kind === 'valid' && first?.kind === 'valid' && isDeepStrictEqual(verdict.output, first.output),
  );
}
