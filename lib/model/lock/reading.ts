import type { LockedCopy, LockedFile } from '../artifact-lock';

/** An object with these keys and none but `optional` beside them; else undefined, with the reason among the problems. */
export function members(
  problems: string[],
  at: string,
  value: unknown,
  keys: readonly string[],
  optional: readonly string[] = [],
): Readonly<Record<string, unknown>> | undefined {
  const record = plainRecord(problems, at, value);
  if (!record) return undefined;
  const known = [...keys, ...optional];
  const unknown = Object.keys(record).filter((key) => !known.includes(key));
  const missing = keys.filter((key) => !Object.hasOwn(record, key));
  if (unknown.length > 0)
    problems.push(`${at} has ${unknown.map(show).join(', ')}, and knows only ${known.join(', ')}`);
  if (missing.length > 0) problems.push(`${at} has no ${missing.join(', ')}`);
  return missing.length > 0 ? undefined : record;
}

export function plainRecord(
  problems: string[],
  at: string,
  value: unknown,
): Readonly<Record<string, unknown>> | undefined {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  if (value !== undefined) problems.push(`${at} must be an object (found ${show(value)})`);
  return undefined;
}

/** A file that can be fetched, whose name is known. `withSha512`: its makers publish that. */
export function readFile(
  problems: string[],
  at: string,
  value: unknown,
  name: string,
  withSha512 = false,
): LockedFile | undefined {
  const read = members(problems, at, value, ['file', 'url', ...(withSha512 ? ['sha512'] : []), 'sha256']);
  if (!read) return undefined;
  const { file, url, sha256, sha512 } = read;
  if (file !== name) problems.push(`${at}.file must be ${name} (found ${show(file)})`);
  if (!isUrlOf(url, name))
    problems.push(
      `${at}.url must be an http or https URL that ends with /${name}, without user, query or fragment (found ${show(url)})`,
    );
  if (withSha512) checkDigest(problems, `${at}.sha512`, sha512, 128);
  checkDigest(problems, `${at}.sha256`, sha256, 64);
  return {
    file: String(file),
    url: String(url),
    ...(withSha512 && { sha512: String(sha512) }),
    sha256: String(sha256),
  };
}

/** A file of which there is a copy, with a name of this form. */
export function readCopy(
  problems: string[],
  at: string,
  value: unknown,
  form: { readonly pattern: RegExp; readonly example: string },
): LockedCopy | undefined {
  const read = members(problems, at, value, ['file', 'sha256']);
  if (!read) return undefined;
  const { file, sha256 } = read;
  if (typeof file !== 'string' || !form.pattern.test(file))
    problems.push(`${at}.file must be named like ${form.example} (found ${show(file)})`);
  checkDigest(problems, `${at}.sha256`, sha256, 64);
  return { file: String(file), sha256: String(sha256) };
}

export function show(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 60)}...` : text;
}

function checkDigest(problems: string[], at: string, value: unknown, digits: number): void {
  if (typeof value !== 'string' || value.length !== digits || !/^[0-9a-f]+$/.test(value))
    problems.push(`${at} must be ${digits} lower-case hexadecimal digits (found ${show(value)})`);
}

function isUrlOf(url: unknown, file: string): boolean {
  if (typeof url !== 'string' || !URL.canParse(url)) return false;
  const { protocol, username, password, search, hash, pathname, href } = new URL(url);
  // `href` differs where the parser had to mend something, such as a line break or a quote.
  const asWritten = href === url && username + password + search + hash === '';
  return asWritten && ['http:', 'https:'].includes(protocol) && pathname.endsWith(`/${file}`);
}
