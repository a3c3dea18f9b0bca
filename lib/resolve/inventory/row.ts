/** One row as it stands in an inventory. */
export interface Row {
  /** By column. A cell that a CSV file leaves empty is not there. */
  readonly cells: Readonly<Record<string, unknown>>;
  /** `stores.csv:413`: the line on which the row begins. */
  readonly source: string;
  /** `stores.csv:413:7`: the number of the field in CSV, of the character in the line in YAML and JSON. */
  locate(column: string): string;
}

/** Takes what a reader finds, as it finds it, so that no list of all rows is kept. */
export interface RowSink {
  /** Once, before the rows. False: rows are of no use any more. `locate` is there where columns have a place of their own. */
  columns(names: readonly string[], locate?: (column: string) => string): boolean;
  row(row: Row): void;
  problem(message: string, source?: string): void;
}

/** Reads the rows of one file format: `bytes` are valid UTF-8, `file` is its name as the user wrote it. */
export type RowReader = (bytes: Buffer, file: string, sink: RowSink) => void;
