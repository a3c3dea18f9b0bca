import type { InventoryModel } from '../../model/fleet-model';
import { didYouMean } from '../../model/nearest';
import type { SiteSchema } from '../../model/site-context';
import { factNames, listColumns } from './columns';
import type { Finding } from './findings';
import type { SiteRow } from './inventory';
import { readValues, type ValueProblem } from './site-values';
import { judgeNames } from './unknown-names';

/** The values of one site, before the schema has seen them. */
export type ValueEntry = Partial<Pick<SiteRow, 'source' | 'locate'>> & { readonly values: unknown };

/** Reads the values of the sites of one source, which are of one blueprint. */
export interface ValueReader {
  /** Once, before the first site: the names for which the inventory has columns. */
  columns(names: readonly string[], locate?: (name: string) => string): void;
  read(
    entry: ValueEntry,
  ): { readonly values: Readonly<Record<string, unknown>> } | { readonly problems: readonly ValueProblem[] };
  /** After the last site: names that the schema has no use for. */
  unknown(): readonly Finding[];
}

export function valueReader(schema: SiteSchema | undefined, kind: InventoryModel['kind']): ValueReader {
  const isText = kind === 'csv';
  const open = new Set<string>();
  const known = new Set<string>();
  const unknown = new Map<string, Finding['source']>();
  let columns: readonly string[] = [];
  let locateColumn: ((name: string) => string) | undefined;
  let hasAnswered = false;
  let isBroken = false;

  const absent = (name: string): string => {
    if (columns.includes(name)) return `${name} is ${isText ? 'empty' : 'missing'}`;
    if (kind === 'site') return `${name} is missing`;
    return `there is no column "${name}" (the columns of values are ${listColumns(columns)}${didYouMean(name, columns)})`;
  };

  return {
    columns(names, locate) {
      columns = names;
      locateColumn = locate;
      for (const name of names) open.add(name);
    },
    read({ values: given, source, locate }) {
      if (isBroken) return { problems: [] };
      const reading = schema
        ? readValues(schema, given, isText, absent)
        : { kind: 'valid' as const, input: given, values: {} };
      if (reading.kind === 'broken') {
        isBroken = !hasAnswered;
        return { problems: [{ reason: reading.message, message: reading.message }] };
      }
      hasAnswered = true;
      if (reading.kind === 'refused') return reading;
      for (const name of Object.keys(reading.values)) known.add(name);
      for (const name of judgeNames(open, schema, isRecord(reading.input) ? reading.input : {}, reading.values)) {
        const at = locateColumn ?? locate;
        unknown.set(name, source === undefined ? undefined : () => at?.(name) ?? source);
      }
      return reading;
    },
    unknown: () =>
      [...unknown].map(([name, source]) => ({
        message: unknownName(name, kind === 'site' ? 'value' : 'column', schema && [...known]),
        severity: 'error',
        reason: name,
        ...(source && { source }),
      })),
  };
}

function isRecord(x: unknown): x is Readonly<Record<string, unknown>> {
  return typeof x === 'object' && x !== null;
}

function unknownName(name: string, noun: string, known: readonly string[] | undefined): string {
  if (!known)
    return `has a ${noun} "${name}", and its blueprint has no schema; remove the ${noun}, or give the blueprint a schema of values`;
  const hint = didYouMean(name, [...known, ...factNames]) || `; remove the ${noun}, or add it to the schema`;
  return `has a ${noun} "${name}" that the schema has no use for (it knows ${listColumns(known)})${hint}`;
}
