import { oddCharacter } from './odd-character';
import { show } from './show';

export type PlainReading =
  | { readonly values: Readonly<Record<string, unknown>> }
  | { readonly problems: readonly { readonly name?: string; readonly message: string }[] };

const deepest = 32;
/** Beyond it not every integer has a number of its own, and number tokens begin. */
const largest = 9e15;

/** A copy of what a schema gave, or why it is no data: content is written as JSON and YAML, which hold no dates, functions or class instances. */
export function plainValues(output: unknown): PlainReading {
  if (!isPlainObject(output))
    return {
      problems: [{ message: `the schema gives ${show(output)} as the values of a site; it must give an object` }],
    };
  const values: Record<string, unknown> = {};
  const problems: { name: string; message: string }[] = [];
  for (const [name, value] of Object.entries(output)) {
    const wrong = (where: string, what: string) => problems.push({ name, message: `${where} ${what}` });
    const keyProblem = oddKey(name);
    if (keyProblem !== undefined) wrong(show(name), keyProblem);
    else if (value !== undefined) values[name] = copy(value, name, 1, wrong);
  }
  return problems.length > 0 ? { problems } : { values };
}

type Report = (where: string, what: string) => void;

function copy(value: unknown, where: string, depth: number, wrong: Report): unknown {
  if (typeof value === 'string') {
    const odd = oddCharacter(value);
    if (odd !== undefined) wrong(where, odd);
    return value;
  }
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) wrong(where, `is ${value}, which is no number of JSON; let the schema refuse it`);
    else if (Math.abs(value) > largest)
      wrong(where, `is ${value}, and numbers beyond ${largest} are not exact; make it text`);
    return value;
  }
  if (typeof value === 'boolean' || value === null) return value;
  if (depth > deepest) wrong(where, `is nested more than ${deepest} deep, or in a circle`);
  else if (Array.isArray(value)) return Array.from(value, (item, i) => copy(item, `${where}.${i}`, depth + 1, wrong));
  else if (isPlainObject(value)) return copyObject(value, where, depth, wrong);
  else
    wrong(
      where,
      `is ${nameOf(value)}; values are text, numbers, booleans, null, and lists and objects of these: let the schema make it text`,
    );
  return undefined;
}

function copyObject(object: Readonly<Record<string, unknown>>, where: string, depth: number, wrong: Report): unknown {
  const copied: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(object)) {
    const keyProblem = oddKey(key);
    if (keyProblem !== undefined) wrong(`${where}.${key}`, keyProblem);
    else if (value !== undefined) copied[key] = copy(value, `${where}.${key}`, depth + 1, wrong);
  }
  return copied;
}

function oddKey(key: string): string | undefined {
  if (key === '__proto__') return 'is no name of a value; rename it';
  const odd = oddCharacter(key);
  return odd && `has a name that ${odd}`;
}

/** Objects of another realm count too: their prototype is the last one of its chain. */
function isPlainObject(x: unknown): x is Readonly<Record<string, unknown>> {
  if (typeof x !== 'object' || x === null || Array.isArray(x)) return false;
  const prototype: unknown = Object.getPrototypeOf(x);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function nameOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return value === undefined ? 'undefined' : show(value);
  return `an instance of ${value.constructor?.name || 'a class'}`;
}
