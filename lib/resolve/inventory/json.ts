import { LineCounter, parseDocument } from 'yaml';
import { readRecords } from './records';
import type { RowReader } from './row';
import { offsetOf } from './yaml';

/**
 * An array of objects. `JSON.parse` reads the values and says nothing of their places, so the text is scanned for where rows begin; the place of one value
 * is found by reading its row again, and only when it is asked for.
 */
export const readJson: RowReader = (bytes, file, sink) => {
  const text = bytes.toString('utf8');
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch (e) {
    const { message, offset } = syntaxMistake(text, e);
    sink.problem(`not valid JSON: ${message}`, `${file}:${placeAt(text, offset)}`);
    return;
  }
  if (!Array.isArray(list)) {
    sink.problem(`"${file}" must be an array, with an object of columns for each row`, `${file}:1`);
    return;
  }
  const records: readonly unknown[] = list;
  const spans = scanRows(text);
  const placeOf = (i: number) => {
    const span = spans[i] ?? { start: 0, end: 0, line: 1, keys: 0 };
    return {
      source: `${file}:${span.line}`,
      locate: (column: string) => `${file}:${placeAt(text, span.start + offsetIn(text, span, column))}`,
    };
  };
  for (const [i, { keys, line }] of spans.entries()) {
    const record = records[i];
    if (typeof record === 'object' && record !== null && !Array.isArray(record) && Object.keys(record).length < keys) {
      sink.problem('the row names a column twice; remove one', `${file}:${line}`);
    }
  }
  readRecords(records, placeOf, sink);
};

interface Span {
  readonly start: number;
  readonly end: number;
  readonly line: number;
  /** Members that are written, which are more than the object has where one is written twice. */
  readonly keys: number;
}

/** The elements of the outermost array of a text that is known to be valid JSON and to be an array. */
function scanRows(text: string): Span[] {
  const spans: Span[] = [];
  let depth = 0;
  let line = 1;
  let span: { start: number; line: number; keys: number } | undefined;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (c === '\n') line++;
    if (c === '\n' || c === ' ' || c === '\t' || c === '\r') continue;
    if (span && depth === 1 && (c === ',' || c === ']')) {
      spans.push({ ...span, end: i });
      span = undefined;
    } else if (!span && depth === 1 && c !== ',' && c !== ']') {
      span = { start: i, line, keys: 0 };
    }
    if (c === '{' || c === '[') depth++;
    else if (c === '}' || c === ']') depth--;
    else if (c === ':' && depth === 2 && span) span.keys++;
    else if (c === '"') i = endOfString(text, i);
  }
  return spans;
}

function endOfString(text: string, start: number): number {
  let i = start + 1;
  while (text[i] !== '"') i += text[i] === '\\' ? 2 : 1;
  return i;
}

/** Offset of a column's value in its row; JSON is YAML, and this parser knows places. */
function offsetIn(text: string, { start, end }: Span, column: string): number {
  return offsetOf(parseDocument(text.slice(start, end)).contents, column) ?? 0;
}

/** Node.js tells the offset of a mistake in the text of its message, or not at all. */
function syntaxMistake(text: string, e: unknown): { readonly message: string; readonly offset: number } {
  const message = e instanceof Error ? e.message : String(e);
  const position = /at position (\d+)/.exec(message)?.[1];
  const offset = position !== undefined ? Number(position) : isWrongToken(message) ? lastGoodPrefix(text) : text.length;
  return { message: message.replace(/(?: in JSON)? at position.*$|, (\.{3})?".*$/s, ''), offset };
}

function isWrongToken(message: string): boolean {
  return message.startsWith('Unexpected token');
}

/** Length of the longest beginning that another end could make valid. */
function lastGoodPrefix(text: string): number {
  let good = 0;
  let bad = text.length;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    try {
      JSON.parse(text.slice(0, middle));
      good = middle;
    } catch (e) {
      if (isWrongToken((e as Error).message)) bad = middle;
      else good = middle;
    }
  }
  return good;
}

/** `line:character` of an offset. */
function placeAt(text: string, offset: number): string {
  const before = text.slice(0, offset);
  const lines = new LineCounter();
  lines.addNewLine(0);
  for (let at = before.indexOf('\n'); at >= 0; at = before.indexOf('\n', at + 1)) lines.addNewLine(at + 1);
  const { line, col } = lines.linePos(offset);
  return `${line}:${col}`;
}
