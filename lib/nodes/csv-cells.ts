import { CsvError, parse } from 'csv-parse/sync';

/** A row of a CSV file with the places of its cells, so that one cell can be changed and all else stays as it is, byte by byte. */
export interface CsvRow {
  readonly cells: readonly string[];
  /** Line on which it begins. */
  readonly line: number;
  /** Offsets of its characters in the text: the end is where its line break begins. */
  readonly start: number;
  readonly end: number;
}

/** All rows, the header too, blank lines not. Throws `CsvError` for what is no CSV. */
export function readCsvRows(text: string): CsvRow[] {
  const rows: CsvRow[] = [];
  const mark = text.startsWith('\ufeff') ? 1 : 0;
  const bytes = Buffer.from(text.slice(mark), 'utf8');
  let [from, start, line] = [0, mark, 1];
  parse(bytes, {
    record_delimiter: ['\r\n', '\n'],
    relax_column_count: true,
    on_record: (cells: string[], { bytes: to }) => {
      const raw = bytes.toString('utf8', from, to);
      const end = start + raw.replace(/\r?\n$/, '').length;
      if (cells.length > 1 || cells[0]?.trim()) rows.push({ cells, line, start, end });
      line += raw.split('\n').length - 1;
      start += raw.length;
      from = to;
      return null;
    },
  });
  return rows;
}

export function isCsvError(e: unknown): e is CsvError {
  return e instanceof CsvError;
}

/** The text with other content in one cell of a row. A cell that has quotes keeps them. */
export function withCell(
  text: string,
  { start, end }: Pick<CsvRow, 'start' | 'end'>,
  index: number,
  value: string,
): string {
  let [from, field, quoted] = [start, 0, false];
  for (let at = start; at <= end; at++) {
    const c = at === end ? ',' : text[at];
    if (c === '"') quoted = !quoted;
    if (c !== ',' || (quoted && at < end)) continue;
    if (field === index) return text.slice(0, from) + written(value, text[from] === '"') + text.slice(at);
    field++;
    from = at + 1;
  }
  throw new Error(`the row has no cell ${index + 1}`);
}

/** A cell as it is written. */
export function written(value: string, inQuotes = false): string {
  return inQuotes || /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
