/**
 * How a site's value is written inside a text. One letter each, since tokens carry them:
 * `j` inside double quotes of JSON or YAML, `s` inside single quotes of a POSIX shell, `u` in a URL, `b` as base64,
 * `d` in a field in which the kubelet expands `$(NAME)`.
 */
export type Filter = 'j' | 's' | 'u' | 'b' | 'd';

/** A value written through filters, from the inside out. */
export function applyFilters(value: string | number, filters: readonly Filter[]): string {
  return filters.reduce((text, filter) => applyFilter[filter](text), String(value));
}

const applyFilter: Readonly<Record<Filter, (text: string) => string>> = {
  j: quotedBody,
  s: (text) => text.replaceAll("'", `'\\''`),
  u: (text) => encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`),
  b: (text) => Buffer.from(text, 'utf8').toString('base64'),
  d: (text) => text.replaceAll('$', '$$$$'),
};

/**
 * What stands between the double quotes of a JSON string that YAML reads alike. Stricter than `JSON.stringify`: these code points are legal in
 * JSON and two JavaScript parsers take them, but Go's YAML refuses or changes them.
 */
export function quotedBody(text: string): string {
  return escapeOdd(JSON.stringify(text).slice(1, -1));
}

const odd = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g;

export function escapeOdd(text: string): string {
  return text.replace(odd, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

export function hasOdd(text: string): boolean {
  return text.search(odd) !== -1;
}
