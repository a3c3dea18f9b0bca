import { isDeepStrictEqual } from 'node:util';
import type { SiteSchema } from '../../model/site-context';
import { validate } from './schema';

type Values = Readonly<Record<string, unknown>>;


/** Judges the open names for which this site has a value: work for a few sites at most, since a name is judged once. */
export function judgeNames<T>(check: { readonly open: Set<string>; readonly unknown: Map<string, T> }, schema: SiteSchema | undefined, input: Values, output: Values, at: T): void {
  for (const name of check.open) {
    if (!Object.hasOwn(input, name)) continue;
    check.open.delete(name);
    if (!Object.hasOwn(output, name) && (schema === undefined || ignores(schema, input, name))) check.unknown.set(name, at);
  }
}

/** Equal output without the value may be chance, but with a symbol in its place: such a value passes only where nobody looks. */
function ignores(schema: SiteSchema, input: Values, name: string): boolean {
  const { [name]: _value, ...others } = input;
  const verdicts = [input, others, { ...others, [name]: Symbol(name) }].map((values) => validate(schema, values));
  const [first] = verdicts;
  return verdicts.every((verdict) => verdict.kind === 'valid' && first?.kind === 'valid' && isDeepStrictEqual(verdict.output, first.output));
}
