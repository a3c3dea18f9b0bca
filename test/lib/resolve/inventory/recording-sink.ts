import type { Row, RowReader, RowSink } from '../../../../lib/resolve/inventory/row';

/** What a reader told, in its order. */
export interface Recording {
  readonly columns: string[];
  readonly rows: Row[];
  /** `file:1:2 message` */
  readonly problems: string[];
}

export function recordingSink(): { readonly sink: RowSink; readonly recording: Recording } {
  const recording: Recording = { columns: [], rows: [], problems: [] };
  const sink: RowSink = {
    columns: (names) => recording.columns.push(...names) > 0,
    row: (row) => recording.rows.push(row),
    problem: (message, source) => recording.problems.push(`${source} ${message}`),
  };
  return { sink, recording };
}

export function record(reader: RowReader, text: string, file: string): Recording {
  const { sink, recording } = recordingSink();
  reader(Buffer.from(text, 'utf8'), file, sink);
  return recording;
}
