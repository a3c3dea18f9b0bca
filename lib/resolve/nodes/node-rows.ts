import type { DeviceClassModel } from '../../model/device-class-model';
import type { FleetModel, SiteSourceModel } from '../../model/fleet-model';
import { didYouMean } from '../../model/nearest';
import { listColumns, type Vocabulary } from '../inventory/columns';
import type { Finding } from '../inventory/findings';
import { readInventory, type SiteRow } from '../inventory/inventory';
import { show } from '../inventory/show';
import { isSaid, type NodeFacts, readNodeFacts } from './node-facts';

/** One row of a node inventory. */
export interface NodeRow extends NodeFacts {
  readonly site: string;
  readonly slot: string;
  /** Path of the device class. @default - as the blueprint describes the slot */
  readonly deviceClass?: string;
  /** `nodes.csv:12` */
  readonly source: string;
  /** Some of its cells are wrong and left out: nothing follows from what it does not say. */
  readonly isPartial: boolean;
  /** `nodes.csv:12:4` */
  locate(column: string): string;
}

/** The sites that rows may speak of. */
export interface KnownSites {
  /** Path of the source of each site, by name. */
  readonly sources: ReadonlyMap<string, string>;
  readonly closed: ReadonlySet<string>;
  /** Whether sites are missing because their own rows are wrong: then an unknown name says nothing. */
  readonly incomplete: boolean;
}

export const nodeColumns = {
  facts: [
    'site',
    'slot',
    'deviceClass',
    'role',
    'serial',
    'mac',
    'address',
    'gateway',
    'dns',
    'nic',
    'disk',
    'generation',
  ],
  needed: { site: 'names the site', slot: 'names the place of the node in it' },
  things: 'nodes',
} as const satisfies Vocabulary;

/** Reads the node inventory of one source. Rows of closed sites are passed over. */
export function readNodeRows(
  { path, nodes }: SiteSourceModel,
  model: FleetModel,
  known: KnownSites,
  findings: Finding[],
): NodeRow[] {
  const rows: NodeRow[] = [];
  if (!nodes) return rows;
  const classes = new Map(model.deviceClasses.flatMap((c) => [[c.id, c] as const, [c.path, c] as const]));
  const add = (severity: Finding['severity']) => (message: string, at?: string) => {
    findings.push({ message, severity, reason: message, ...(at === undefined ? {} : { source: () => at }) });
  };
  const sink = {
    columns: (names: readonly string[], locate?: (name: string) => string) => {
      for (const name of names) add('error')(unknownColumn(name), locate?.(name));
    },
    row: (row: SiteRow) => {
      const read = readRow(row, path, classes, known, findings);
      if (read) rows.push(read);
    },
    problem: add('error'),
    warning: add('warning'),
  };
  readInventory(nodes, model.root, sink, nodeColumns);
  return rows;
}

function unknownColumn(name: string): string {
  const { facts } = nodeColumns;
  return `the node inventory has a column "${name}" (it may have ${listColumns(facts)})${didYouMean(name, facts) || '; remove it, or rename it with `columns`'}`;
}

function readRow(
  row: SiteRow,
  path: string,
  classes: ReadonlyMap<string, DeviceClassModel>,
  known: KnownSites,
  findings: Finding[],
): NodeRow | undefined {
  const { facts: cells, source } = row;
  const { site, slot, deviceClass } = cells;
  if (typeof site === 'string' && known.closed.has(site)) return undefined;
  let isWrong = false;
  const wrong = (column: string, message: string): void => {
    isWrong = true;
    findings.push({
      message,
      severity: 'error',
      reason: column,
      ...(typeof site === 'string' && site !== '' ? { site } : {}),
      source: () => row.locate(column),
    });
  };
  const siteProblem = whyNoSite(site, path, known, findings.length < enoughHints);
  if (siteProblem !== undefined) wrong('site', siteProblem);
  if (typeof slot !== 'string' || slot === '')
    wrong('slot', `slot must be the place of the node in its site, such as box-1 (found ${show(slot)})`);
  const found = isSaid(deviceClass) ? classes.get(String(deviceClass)) : undefined;
  if (isSaid(deviceClass) && !found) {
    const ids = [...new Set([...classes.values()].map((c) => c.id))].sort();
    wrong(
      'deviceClass',
      `deviceClass must be the id of a device class, ${ids.join(', ')} (found ${show(deviceClass)})${didYouMean(String(deviceClass), ids)}`,
    );
  }
  const facts = readNodeFacts(cells, wrong);
  if (siteProblem !== undefined || typeof site !== 'string' || typeof slot !== 'string') return undefined;
  if (!known.sources.has(site)) return undefined;
  return { site, slot, deviceClass: found?.path, ...facts, source, isPartial: isWrong, locate: row.locate };
}

/** A hint looks at the names of all sites. */
const enoughHints = 50;

function whyNoSite(
  site: unknown,
  path: string,
  { sources, incomplete }: KnownSites,
  withHint: boolean,
): string | undefined {
  if (typeof site !== 'string' || site === '') return `site must be the name of a site (found ${show(site)})`;
  const source = sources.get(site);
  if (source === path) return undefined;
  if (source !== undefined)
    return `the site ${show(site)} is of [${source}]; put the row into the node inventory of that`;
  if (incomplete) return undefined;
  const own = withHint ? [...sources].filter(([, of]) => of === path).map(([name]) => name) : [];
  return `there is no site ${show(site)} in [${path}]${didYouMean(site, own) || '; correct the name, or add the site to its inventory'}`;
}
