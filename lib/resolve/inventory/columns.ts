import { didYouMean } from '../../model/nearest';
import { listSome } from '../../model/problem';

/** What is known of a place whatever its kind; all other columns are values. */
export const factNames = ['name', 'latitude', 'longitude', 'timeZone', 'state', 'clusterGeneration'] as const;

/** Names of columns that an inventory of some kind of thing may have. */
export interface Vocabulary {
  readonly facts: readonly string[];
  /** Those without which no row is of use, each with what it does: `name` names the sites. */
  readonly needed: Readonly<Record<string, string>>;
  /** What there is none of where no rows are: `sites`. */
  readonly things: string;
}

export const siteColumns: Vocabulary = { facts: factNames, needed: { name: 'names the sites' }, things: 'sites' };

/** Which column holds what: pairs of our name and the column. */
export interface ColumnMap {
  readonly facts: readonly (readonly [name: string, column: string])[];
  readonly values: readonly (readonly [name: string, column: string])[];
  readonly problems: readonly { readonly message: string; readonly column?: string }[];
}

/** A column keeps its name unless `renamed` (our name -> column) names it; several of our names may share one column. */
export function mapColumns(
  columns: readonly string[],
  renamed: Readonly<Record<string, string>>,
  { facts, needed }: Vocabulary = siteColumns,
): ColumnMap {
  const problems: { message: string; column?: string }[] = [];
  const pairs: (readonly [string, string])[] = [];
  for (const [name, column] of Object.entries(renamed)) {
    if (columns.includes(column)) pairs.push([name, column]);
    else
      problems.push({
        message: `\`columns\` says that ${name} is in the column "${column}", which is not there (the columns are ${listColumns(columns)})${didYouMean(column, columns)}`,
      });
  }
  const taken = new Set(Object.values(renamed));
  for (const column of columns) {
    if (column === '__proto__') problems.push({ message: 'a column cannot be named "__proto__"; rename it', column });
    if (taken.has(column)) continue;
    const rival = renamed[column];
    if (rival === undefined || !Object.hasOwn(renamed, column)) pairs.push([column, column]);
    else
      problems.push({
        message: `the columns "${column}" and "${rival}" (by \`columns\`) are both ${column}; remove one, or give the first another name: \`columns: { other: '${column}' }\``,
        column,
      });
  }
  for (const [need, does] of Object.entries(needed)) {
    if (!pairs.some(([name]) => name === need) && renamed[need] === undefined)
      problems.push({ message: missing(need, does, columns) });
  }
  const isFact = ([name]: readonly [string, string]): boolean => facts.includes(name);
  return { facts: pairs.filter(isFact), values: pairs.filter((pair) => !isFact(pair)), problems };
}

function missing(name: string, does: string, columns: readonly string[]): string {
  const only = columns[0] ?? '';
  const delimiter = columns.length === 1 && /[;\t|]/.test(only) ? '; cells are separated by commas' : '';
  return `there is no column "${name}" (the columns are ${listColumns(columns)}); say which one ${does}: \`columns: { ${name}: '...' }\`${delimiter}`;
}

export function listColumns(columns: readonly string[]): string {
  return columns.length === 0
    ? 'none'
    : listSome(
        columns.map((column) => JSON.stringify(column)),
        40,
      );
}
