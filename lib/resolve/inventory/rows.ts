import { readRecords } from './records';
import type { RowSink } from './row';

/** Rows that the program makes itself: they are located as `rows[12]`. */
export function readRows(rows: Iterable<unknown>, sink: RowSink): void {
  let records: readonly unknown[];
  try {
    records = [...rows];
  } catch (e) {
    sink.problem(
      `the rows cannot be read (${e instanceof Error ? e.message : String(e)}); give an array, or something else to iterate over`,
    );
    return;
  }
  readRecords(records, (i) => ({ source: `rows[${i}]`, locate: (column) => `rows[${i}].${column}` }), sink);
}
