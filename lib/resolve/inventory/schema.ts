import type { SiteSchema } from '../../model/site-context';

/** One thing that a schema does not like. */
export interface Issue {
  readonly message: string;
  /** Names and indexes from the outside in; empty: the values as a whole. */
  readonly path: readonly string[];
}

/** What a schema says to values. */
export type Verdict =
  | { readonly kind: 'valid'; readonly output: unknown }
  | { readonly kind: 'refused'; readonly issues: readonly Issue[] }
  /** No answer: it is asynchronous, or no schema. */
  | { readonly kind: 'broken'; readonly message: string };

/** Asks a schema, whatever library it is of. @see https://standardschema.dev */
export function validate(schema: SiteSchema, values: unknown): Verdict {
  let result: unknown;
  try {
    result = schema['~standard'].validate(values);
  } catch (e) {
    const message = `the schema threw (${e instanceof Error ? e.message : String(e)}); it must say what is wrong by its result`;
    return { kind: 'refused', issues: [{ message, path: [] }] };
  }
  if (isPromise(result)) {
    result.then(undefined, () => undefined); // nobody waits for it, so its rejection must not end the process
    return { kind: 'broken', message: promised };
  }
  if (!isObject(result))
    return { kind: 'broken', message: 'the schema gave no result; is it a Standard Schema (zod, valibot, arktype)?' };
  if (result.issues === undefined) return { kind: 'valid', output: result.value };
  const issues = Array.isArray(result.issues) ? Array.from(result.issues, toIssue) : [];
  return {
    kind: 'refused',
    issues: issues.length > 0 ? issues : [{ message: 'the schema refuses the values and does not say why', path: [] }],
  };
}

/** zod tries again asynchronously when a function of the user's throws, and cannot be told apart from one that is asynchronous. */
const promised =
  'the schema gave a promise: it is asynchronous, or something in it threw; it must be synchronous, and say by its result what is wrong';

function toIssue(issue: unknown): Issue {
  const { message, path } = isObject(issue) ? issue : {};
  return {
    message: String(message),
    path: Array.isArray(path) ? Array.from(path, (part: unknown) => String(isObject(part) ? part.key : part)) : [],
  };
}

function isObject(x: unknown): x is Readonly<Record<string, unknown>> {
  return typeof x === 'object' && x !== null;
}

function isPromise(x: unknown): x is PromiseLike<unknown> {
  return isObject(x) && typeof x.then === 'function';
}
