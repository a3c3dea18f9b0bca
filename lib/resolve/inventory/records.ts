import type { RowSink } from './row';
import { show } from './show';

/** Where a record stands. */
export interface RecordPlace {
  readonly source: string;
  locate(column: string): string;
}

/** Rows that name their own columns: the columns are all that any of them names, in order of appearance. */
export function readRecords(records: readonly unknown[], placeOf: (index: number) => RecordPlace, sink: RowSink): void {
  const columns = new Set<string>();
  for (const record of records) {
    if (isRecord(record)) for (const column of Object.keys(record)) columns.add(column);
  }
  const wanted = columns.size > 0 && sink.columns([...columns]);
  for (const [i, record] of records.entries()) {
    if (!isRecord(record))
      sink.problem(`the row is ${show(record)}; write a value for each column by its name`, placeOf(i).source);
    else if (wanted) sink.row({ ...placeOf(i), cells: withoutUndefined(record) });
  }
}

function isRecord(x: unknown): x is Readonly<Record<string, unknown>> {
  return typeof x === 'object' && x !== null && !Array.isArray(x);
}

function withoutUndefined(record: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(record).filter(([, cell]) => cell !== undefined));
}
