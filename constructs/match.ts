import { isDeepStrictEqual } from 'node:util';
import { fieldPath } from '../lib/model/kube-object';
import { model } from './internal';

type Matcher = (found: unknown, path: readonly (string | number)[]) => string | undefined;

/**
 * Says in a pattern how one part of an object is to be compared. Elsewhere an object matches if it contains the pattern, and a list if it is as long
 * and its entries match in turn.
 *
 * @example
 * site.hasResource('v1/ConfigMap', { data: Match.exactly({ lanes: '3' }), metadata: { annotations: Match.absent() } });
 */
export class Match {
  /** Nothing more and nothing less. */
  static exactly(wanted: unknown): Match {
    return new Match((found, path) =>
      isDeepStrictEqual(found, wanted) ? undefined : differs(path, found, `exactly ${text(wanted)}`),
    );
  }

  /** The field is not there. */
  static absent(): Match {
    return new Match((found, path) => (found === undefined ? undefined : differs(path, found, 'nothing')));
  }

  /** The field is there. */
  static anyValue(): Match {
    return new Match((found, path) =>
      found === undefined || found === null ? differs(path, found, 'any value') : undefined,
    );
  }

  /** Text that a regular expression finds something in. */
  static stringLike(pattern: RegExp): Match {
    return new Match((found, path) =>
      typeof found === 'string' && pattern.test(found) ? undefined : differs(path, found, `text like ${pattern}`),
    );
  }

  /** A list that has an entry like each of these, in any order and among others. */
  static arrayWith(entries: readonly unknown[]): Match {
    return new Match((found, path) => {
      const list = Array.isArray(found) ? found : [];
      const missing = entries.find((entry) => !list.some((item) => mismatch(item, entry) === undefined));
      return missing === undefined ? undefined : differs(path, found, `a list with ${text(missing)}`);
    });
  }

  readonly [model]: Matcher;

  private constructor(matcher: Matcher) {
    this[model] = matcher;
  }
}

/** Where an object does not match a pattern, in words; undefined if it does. */
export function mismatch(
  found: unknown,
  pattern: unknown,
  path: readonly (string | number)[] = [],
): string | undefined {
  if (pattern instanceof Match) return pattern[model](found, path);
  if (typeof pattern !== 'object' || pattern === null)
    return Object.is(found, pattern) ? undefined : differs(path, found, text(pattern));
  if (typeof found !== 'object' || found === null || Array.isArray(found) !== Array.isArray(pattern))
    return differs(path, found, text(pattern));
  if (Array.isArray(pattern) && Array.isArray(found) && pattern.length !== found.length)
    return differs(path, found, `${pattern.length} entries`);
  for (const [key, wanted] of Object.entries(pattern)) {
    const miss = mismatch((found as Record<string, unknown>)[key], wanted, [
      ...path,
      Array.isArray(pattern) ? Number(key) : key,
    ]);
    if (miss) return miss;
  }
  return undefined;
}

function differs(path: readonly (string | number)[], found: unknown, wanted: string): string {
  return `${fieldPath(path) || 'the object'} is ${text(found)}, not ${wanted}`;
}

function text(value: unknown): string {
  const json = value === undefined ? 'absent' : JSON.stringify(value);
  return json.length > 120 ? `${json.slice(0, 117)}...` : json;
}
