import { isMap, isScalar, isSeq, LineCounter, type ParsedNode, parseDocument, visit } from 'yaml';
import { readRecords } from './records';
import type { RowReader } from './row';

/**
 * A list of maps, by YAML 1.2: `yes` is text, and `0042` is refused since it would be read as 42. The parser keeps a node for each value, with its place:
 * some 20 MB of memory per thousand rows. For tens of thousands of sites CSV or JSON is the better choice.
 */
export const readYaml: RowReader = (bytes, file, sink) => {
  const lines = new LineCounter();
  const at = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${file}:${line}:${col}`;
  };
  const document = parseDocument(bytes.toString('utf8'), { lineCounter: lines, prettyErrors: false, schema: 'core' });
  const mistakes = [...document.errors, ...document.warnings];
  for (const mistake of mistakes) sink.problem(`not valid YAML: ${mistake.message}`, at(mistake.pos[0]));
  if (mistakes.length > 0) return;
  const list = document.contents;
  if (list === null) return;
  if (!isSeq<ParsedNode>(list)) {
    sink.problem(`"${file}" must be a list, with a map of columns for each row`, at(list.range[0]));
    return;
  }
  const records: unknown[] = [];
  for (const item of list.items) {
    for (const { source, offset } of leadingZeros(item)) {
      sink.problem(
        `YAML reads ${source} as the number ${Number(source)}; write "${source}" for text, or ${Number(source)}`,
        at(offset),
      );
    }
    try {
      records.push(item.toJS(document));
    } catch (e) {
      sink.problem(`not usable YAML: ${e instanceof Error ? e.message : String(e)}`, at(item.range[0]));
      return;
    }
  }
  const placeOf = (i: number) => {
    const item = list.items[i];
    const start = item?.range[0] ?? 0;
    return {
      source: `${file}:${lines.linePos(start).line}`,
      locate: (column: string) => at(offsetOf(item, column) ?? start),
    };
  };
  readRecords(records, placeOf, sink);
};

/** Offset of the value of a column, in a map. */
export function offsetOf(map: unknown, column: string): number | undefined {
  if (!isMap<ParsedNode, ParsedNode | null>(map)) return undefined;
  const pair = map.items.find(({ key }) => isScalar(key) && String(key.value) === column);
  return pair && (pair.value ?? pair.key).range[0];
}

function leadingZeros(item: ParsedNode): { readonly source: string; readonly offset: number }[] {
  const found: { source: string; offset: number }[] = [];
  visit(item, {
    Scalar: (_key, { value, source, range }) => {
      if (typeof value === 'number' && source && /^[-+]?0\d/.test(source))
        found.push({ source, offset: range?.[0] ?? 0 });
    },
  });
  return found;
}
