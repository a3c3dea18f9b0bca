import { type CsvRow, isCsvError, readCsvRows, withCell, written } from './csv-cells';

/** What to write into the node inventory for a machine that takes the place of another. */
export interface ReplaceRequest {
  /** The inventory, as it is. */
  readonly text: string;
  /** Its name, for messages. */
  readonly file: string;
  /** Our names of columns and the inventory's, where these differ, as in the program. */
  readonly columns?: Readonly<Record<string, string>>;
  readonly site: string;
  readonly slot: string;
  /** Serial number of the new machine. @default - the cell stays */
  readonly serial?: string;
  /** MAC of the new machine. @default - the cell stays */
  readonly mac?: string;
  /** Generation of the machine that goes, where the row says less: that of the site's cluster counts for all of its slots. @default 0 */
  readonly generation?: number;
  /** The slot is known to be the blueprint's: a row is added if it has none. @default false */
  readonly addRow?: boolean;
}

export interface ReplacedRow {
  /** The inventory, in which nothing else has changed. */
  readonly text: string;
  /** Name of the node that goes. */
  readonly from: string;
  /** Name of the node that comes. */
  readonly to: string;
  /** `nodes.csv:12` */
  readonly source: string;
  /** Serial number or MAC that the row goes on to say and that may be the old machine's. */
  readonly kept: readonly string[];
}

/** Counts the generation of a slot up, since a replacement never has the name of what it replaces. */
export function replaceInInventory(request: ReplaceRequest): ReplacedRow | { readonly problem: string } {
  const { file, site, slot } = request;
  let rows: readonly CsvRow[];
  try {
    rows = readCsvRows(request.text);
  } catch (e) {
    if (!isCsvError(e)) throw e;
    return { problem: `${file} is not valid CSV: ${e.message}` };
  }
  const [header, ...others] = rows;
  if (!header) return { problem: `${file} is empty; its first line names the columns` };
  const table = new Table(header, request.columns ?? {});
  const absent = table.missing(['site', 'slot', 'generation', ...changes(request).map(([column]) => column)]);
  if (absent.length > 0)
    return {
      problem: `${file}:1 has no column ${absent.join(', ')}; add it to all rows: an empty cell is the same as before`,
    };
  const found = others.filter((row) => table.cell(row, 'site') === site && table.cell(row, 'slot') === slot);
  const [row, second] = found;
  if (second) return { problem: `${file}:${second.line} has ${slot} of ${site} a second time; remove one of the rows` };
  if (row) return replaceRow(request, table, row);
  if (request.addRow) return addRow(request, table, header);
  const slots = others.filter((r) => table.cell(r, 'site') === site).map((r) => table.cell(r, 'slot'));
  return {
    problem: `${file} has no row for ${slot} of ${site} (${slots.length > 0 ? `it has ${slots.join(', ')}` : 'it has none of that site'})`,
  };
}

/** Which cell is in which column, by our names. */
class Table {
  readonly width: number;
  private readonly fields: ReadonlyMap<string, number>;

  constructor(header: CsvRow, columns: Readonly<Record<string, string>>) {
    this.width = header.cells.length;
    const names = header.cells;
    const ours = ['site', 'slot', 'generation', 'serial', 'mac'].map((name) => [name, columns[name] ?? name] as const);
    this.fields = new Map(ours.map(([name, column]) => [name, names.indexOf(column)]));
  }

  missing(names: readonly string[]): string[] {
    return names.filter((name) => this.field(name) < 0);
  }

  field(name: string): number {
    return this.fields.get(name) ?? -1;
  }

  cell(row: CsvRow, name: string): string {
    return row.cells[this.field(name)] ?? '';
  }
}

function changes({ serial, mac }: ReplaceRequest): (readonly [column: string, value: string])[] {
  return [
    ...(serial === undefined ? [] : [['serial', serial] as const]),
    ...(mac === undefined ? [] : [['mac', mac] as const]),
  ];
}

function replaceRow(request: ReplaceRequest, table: Table, row: CsvRow): ReplacedRow | { readonly problem: string } {
  const source = `${request.file}:${row.line}`;
  if (row.cells.length !== table.width)
    return {
      problem: `${source} has ${row.cells.length} cells and the header ${table.width} columns; correct the row first`,
    };
  const before = table.cell(row, 'generation');
  if (!/^(0|[1-9]\d{0,3})?$/.test(before))
    return {
      problem: `${source}:${table.field('generation') + 1} generation must be a whole number from 0 to 9999 (found ${JSON.stringify(before)})`,
    };
  const generation = Math.max(Number(before), request.generation ?? 0) + 1;
  // From the last cell to the first, so that offsets before a change hold.
  const edits = [['generation', String(generation)] as const, ...changes(request)]
    .map(([column, value]) => ({ field: table.field(column), value }))
    .sort((a, b) => b.field - a.field);
  let { text } = request;
  let { end } = row;
  for (const { field, value } of edits) {
    const next = withCell(text, { start: row.start, end }, field, value);
    end += next.length - text.length;
    text = next;
  }
  const kept = (['serial', 'mac'] as const)
    .filter((column) => request[column] === undefined && table.cell(row, column) !== '')
    .map((column) => `${column} ${table.cell(row, column)}`);
  return { text, ...names(request, generation), source, kept };
}

function addRow(request: ReplaceRequest, table: Table, header: CsvRow): ReplacedRow {
  const { text, site, slot } = request;
  const generation = (request.generation ?? 0) + 1;
  const values = new Map(
    [['site', site], ['slot', slot], ['generation', String(generation)], ...changes(request)].map(
      ([column = '', value = '']) => [table.field(column), value],
    ),
  );
  const cells = Array.from({ length: table.width }, (_, i) => written(values.get(i) ?? ''));
  const lineBreak = text.slice(header.end).startsWith('\r\n') ? '\r\n' : '\n';
  const open = text.endsWith('\n') ? '' : lineBreak;
  const line = `${text}${open}`.split('\n').length;
  const added = `${open}${cells.join(',')}${lineBreak}`;
  return { text: text + added, ...names(request, generation), source: `${request.file}:${line}`, kept: [] };
}

function names({ site, slot }: ReplaceRequest, generation: number): Pick<ReplacedRow, 'from' | 'to'> {
  const name = (g: number): string => `${site}-${slot}${g > 0 ? `-g${g}` : ''}`;
  return { from: name(generation - 1), to: name(generation) };
}
