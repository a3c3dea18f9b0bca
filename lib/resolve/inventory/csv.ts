import { CsvError, parse } from 'csv-parse/sync';
import { oddCharacter } from './odd-character';
import type { RowReader, RowSink } from './row';
import { show } from './show';

const longestRow = 1 << 20;

/**
 * CSV with one header line (RFC 4180). Lines are counted here, since the parser counts a CRLF inside a cell twice; a row's line is the one on which it
 * begins. A line break inside a cell is a line feed, however the file writes it, so that a checkout on Windows gives the same sites.
 */
export const readCsv: RowReader = (bytes, file, sink) => {
  const take = tableReader(file, sink);
  let isEmpty = true;
  let start = 0;
  let line = 1;
  try {
    parse(bytes, {
      record_delimiter: ['\r\n', '\n'],
      // The rows are counted here, so that all that are wrong are reported and not the first alone.
      relax_column_count: true,
      max_record_size: longestRow,
      on_record: (cells: string[], { bytes: end }) => {
        if (end - start > longestRow) sink.problem(tooLong, `${file}:${line}`);
        else if (!isBlank(cells)) take(cells, line);
        isEmpty &&= isBlank(cells);
        line += countLines(bytes, start, end);
        start = end;
        return null;
      },
    });
  } catch (e) {
    if (!(e instanceof CsvError)) throw e;
    sink.problem(
      `${plainWords[e.code] ?? e.message}; what follows was not read`,
      `${file}:${line}:${Number(e.index) + 1}`,
    );
    return;
  }
  if (isEmpty) sink.problem(`"${file}" is empty; its first line names the columns`, `${file}:1`);
};

const tooLong = 'the row is longer than 1 MiB; perhaps a quote (") is not closed';
const plainWords: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'the file ends inside a quoted cell; it was cut off, or a quote (") is not closed',
  CSV_INVALID_CLOSING_QUOTE:
    'text follows the closing quote of a cell; inside a quoted cell a quote is written twice ("")',
  INVALID_OPENING_QUOTE:
    'a quote (") stands inside a cell that does not begin with one; quote the cell, and write the quote inside twice ("")',
  CSV_MAX_RECORD_SIZE: tooLong,
};

/** The first record names the columns of all others. */
function tableReader(file: string, sink: RowSink): (cells: readonly string[], line: number) => void {
  let header: readonly string[] | undefined;
  let fields: ReadonlyMap<string, number> = new Map();
  let wanted = false;
  const locate = (source: string, column: string): string => {
    const field = fields.get(column);
    return field === undefined ? source : `${source}:${field}`;
  };
  return (cells, line) => {
    const source = `${file}:${line}`;
    if (header === undefined) {
      header = cells;
      fields = new Map(header.map((column, i) => [column, i + 1]));
      const problems = headerProblems(header);
      for (const { field, message } of problems) sink.problem(message, `${source}:${field}`);
      wanted = problems.length === 0 && sink.columns(header, (column) => locate(source, column));
    } else if (wanted) {
      const wrong = rowProblem(header, cells);
      if (wrong !== undefined) sink.problem(wrong, source);
      else sink.row({ cells: toRecord(header, cells), source, locate: (column) => locate(source, column) });
    }
  };
}

function rowProblem(header: readonly string[], cells: readonly string[]): string | undefined {
  if (cells.length !== header.length) {
    const hint = cells.length > header.length ? 'a cell with a comma in it needs quotes' : 'is the row cut off?';
    return `the row has ${count(cells.length, 'cell')} and the header ${count(header.length, 'column')}; ${hint}`;
  }
  const isHeader = cells.every((cell, i) => cell === header[i]);
  return isHeader ? 'the header stands here a second time; were two files joined? remove the line' : undefined;
}

function headerProblems(header: readonly string[]): { readonly field: number; readonly message: string }[] {
  return header.flatMap((column, i) => {
    const field = i + 1;
    const first = header.indexOf(column);
    const odd = oddCharacter(column);
    if (column.trim() === '') return [{ field, message: `column ${field} has no name; name it or remove it` }];
    if (odd) return [{ field, message: `the name of column ${field} ${odd}` }];
    if (first < i)
      return [
        { field, message: `columns ${first + 1} and ${field} are both named ${show(column)}; rename or remove one` },
      ];
    return [];
  });
}

function toRecord(header: readonly string[], cells: readonly string[]): Record<string, string> {
  const record: Record<string, string> = {};
  for (const [i, column] of header.entries()) {
    const cell = cells[i];
    if (cell) record[column] = cell.includes('\r') ? cell.replaceAll('\r\n', '\n') : cell;
  }
  return record;
}

function isBlank(cells: readonly string[]): boolean {
  return cells.length === 1 && cells[0]?.trim() === '';
}

function countLines(bytes: Buffer, start: number, end: number): number {
  let lines = 0;
  for (let at = bytes.indexOf(0x0a, start); at >= 0 && at < end; at = bytes.indexOf(0x0a, at + 1)) lines++;
  return lines;
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}
