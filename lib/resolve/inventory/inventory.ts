import type { RowInventoryModel } from '../../model/fleet-model';
import { mapColumns, siteColumns, type Vocabulary } from './columns';
import { readCsv } from './csv';
import { readJson } from './json';
import { oddCharacter } from './odd-character';
import { readInventoryFile } from './read-file';
import type { Row, RowReader, RowSink } from './row';
import { readRows } from './rows';
import { readYaml } from './yaml';

/** A row in our words: facts and values by name, whatever the inventory calls their columns. */
export interface SiteRow {
  readonly facts: Readonly<Record<string, unknown>>;
  readonly values: Readonly<Record<string, unknown>>;
  /** `stores.csv:413` */
  readonly source: string;
  /** `stores.csv:413:7`, of a fact or a value. */
  locate(name: string): string;
}

export interface SiteRowSink {
  /** Once, before the rows: the values for which there is a column. `locate` is there where columns have a place of their own. */
  columns(values: readonly string[], locate?: (name: string) => string): void;
  row(row: SiteRow): void;
  problem(message: string, source?: string): void;
  warning(message: string, source?: string): void;
}

const readers: Readonly<Record<'csv' | 'yaml' | 'json', RowReader>> = { csv: readCsv, yaml: readYaml, json: readJson };

/** Reads an inventory row by row. What is wrong with the file, its columns or the text of a cell is told; what cells mean is for others to judge. */
export function readInventory(
  inventory: RowInventoryModel,
  root: string | undefined,
  sink: SiteRowSink,
  vocabulary: Vocabulary = siteColumns,
): void {
  let silent = true;
  const problem = (message: string, source?: string): void => {
    silent = false;
    sink.problem(message, source);
  };
  const row = (taken: SiteRow): void => {
    silent = false;
    sink.row(taken);
  };
  const named = renameColumns(inventory.columns, vocabulary, { ...sink, row, problem });
  if (inventory.kind === 'rows') {
    readRows(inventory.rows, named);
  } else {
    const { kind, file } = inventory;
    const reading = readInventoryFile(file, root);
    if ('bytes' in reading) readers[kind](reading.bytes, file, named);
    else problem(reading.problem, reading.line === undefined ? undefined : `${file}:${reading.line}`);
  }
  if (silent)
    sink.warning(
      `the inventory has no rows, so there are no ${vocabulary.things} of it`,
      inventory.kind === 'rows' ? undefined : inventory.file,
    );
}

/** Between the columns of an inventory and our names. */
function renameColumns(renamed: Readonly<Record<string, string>>, vocabulary: Vocabulary, sink: SiteRowSink): RowSink {
  let facts: readonly (readonly [string, string])[] = [];
  let values: readonly (readonly [string, string])[] = [];
  let columnOf: ReadonlyMap<string, string> = new Map();
  return {
    problem: sink.problem,
    columns(names, locate) {
      const map = mapColumns(names, renamed, vocabulary);
      for (const { message, column } of map.problems) sink.problem(message, locate?.(column ?? ''));
      if (map.problems.length > 0) return false;
      ({ facts, values } = map);
      const columns = new Map([...facts, ...values]);
      columnOf = columns;
      sink.columns(
        values.map(([name]) => name),
        locate && ((name) => locate(columns.get(name) ?? name)),
      );
      return true;
    },
    row(row) {
      const odd = oddCells(row);
      for (const [column, message] of odd) sink.problem(`${column} ${message}`, row.locate(column));
      if (odd.length > 0) return;
      const columns = columnOf;
      sink.row({
        facts: pick(row.cells, facts),
        values: pick(row.cells, values),
        source: row.source,
        locate: (name) => row.locate(columns.get(name) ?? name),
      });
    },
  };
}

function oddCells({ cells }: Row): [column: string, message: string][] {
  const found: [string, string][] = [];
  for (const column in cells) {
    const cell = cells[column];
    const message = typeof cell === 'string' ? oddCharacter(cell) : undefined;
    if (message !== undefined) found.push([column, message]);
  }
  return found;
}

function pick(
  cells: Readonly<Record<string, unknown>>,
  pairs: readonly (readonly [string, string])[],
): Record<string, unknown> {
  const picked: Record<string, unknown> = {};
  for (const [name, column] of pairs) if (Object.hasOwn(cells, column)) picked[name] = cells[column];
  return picked;
}
