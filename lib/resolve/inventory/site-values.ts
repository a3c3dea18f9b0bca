import type { SiteSchema } from '../../model/site-context';
import { plainValues } from './plain-values';
import { type Issue, validate } from './schema';
import { show } from './show';

/** What a schema makes of a site's values, or why it does not. */
export type ValuesReading =
  | { readonly kind: 'valid'; readonly input: unknown; readonly values: Readonly<Record<string, unknown>> }
  | { readonly kind: 'refused'; readonly problems: readonly ValueProblem[] }
  | { readonly kind: 'broken'; readonly message: string };

export interface ValueProblem {
  /** The outermost value. @default - all of them together */
  readonly name?: string;
  /** Equal for all rows with the same mistake. */
  readonly reason: string;
  readonly message: string;
}

type Values = Readonly<Record<string, unknown>>;

/**
 * A cell of a CSV file (`isText`) is text. Where the schema refuses it and it is the canonical writing of a number, `true` or `false`, it is tried as that,
 * once; all such cells together. So `0042`, `1e3` and `yes` are never anything but text. The schema must say which value it refuses: it does but for a
 * union of objects without a discriminator. `absent` words that a value is not there.
 */
export function readValues(
  schema: SiteSchema,
  given: unknown,
  isText: boolean,
  absent: (name: string) => string,
): ValuesReading {
  const first = validate(schema, given);
  let input = given;
  let verdict = first;
  while (isText && verdict.kind === 'refused') {
    const converted = convertRefused(input as Values, verdict.issues);
    if (converted === undefined) break;
    input = converted;
    verdict = validate(schema, input);
  }
  if (verdict.kind === 'broken') return verdict;
  if (verdict.kind === 'valid') {
    const plain = plainValues(verdict.output);
    if ('values' in plain) return { kind: 'valid', input, values: plain.values };
    return { kind: 'refused', problems: plain.problems.map((p) => ({ ...p, reason: p.message })) };
  }
  const asText = first.kind === 'refused' ? first.issues : [];
  return { kind: 'refused', problems: verdict.issues.map((issue) => describe(issue, asText, given, input, absent)) };
}

function convertRefused(input: Values, issues: readonly Issue[]): Values | undefined {
  let converted: Record<string, unknown> | undefined;
  for (const { path } of issues) {
    const name = path[0];
    const cell = name !== undefined && Object.hasOwn(input, name) ? input[name] : undefined;
    const other = typeof cell === 'string' ? otherReading(cell) : undefined;
    if (name === undefined || other === undefined) continue;
    converted ??= { ...input };
    converted[name] = other;
  }
  return converted;
}

/** What a text canonically writes, if not itself. */
function otherReading(text: string): number | boolean | undefined {
  if (text === 'true' || text === 'false') return text === 'true';
  const number = Number(text);
  return Number.isFinite(number) && String(number) === text ? number : undefined;
}

function describe(
  issue: Issue,
  asText: readonly Issue[],
  given: unknown,
  input: unknown,
  absent: (name: string) => string,
): ValueProblem {
  const name = issue.path[0];
  if (name === undefined) return { reason: issue.message, message: issue.message };
  const where = issue.path.join('.');
  const found = at(given, issue.path);
  const tried = at(input, issue.path);
  if (found === undefined)
    return {
      name,
      reason: `${where} ${issue.message}`,
      message: `${issue.path.length === 1 ? absent(name) : `${where} is missing`}: ${issue.message}`,
    };
  // Only the schema knows which of the two readings was meant, so both answers are told.
  const textIssue = tried === found ? issue : (asText.find(({ path }) => path[0] === name) ?? issue);
  const other = textIssue === issue ? '' : `, and as a ${typeof tried}: ${issue.message}`;
  const message = `${where}: ${textIssue.message} (found ${show(found)})${other}${hint(found)}`;
  return { name, reason: `${where} ${textIssue.message} ${issue.message}`, message };
}

/** For text that is nearly the writing of a number or a boolean. */
function hint(found: unknown): string {
  if (typeof found !== 'string' || otherReading(found) !== undefined) return '';
  if (/^(true|false)$/i.test(found)) return `; a boolean is written ${found.toLowerCase()}`;
  const number = found.trim() === '' ? Number.NaN : Number(found);
  return Number.isFinite(number) ? `; a number is written ${number}` : '';
}

function at(values: unknown, path: readonly string[]): unknown {
  let value = values;
  for (const part of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined;
    value = (value as Values)[part];
  }
  return value;
}
