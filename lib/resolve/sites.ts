import type { BlueprintModel, FleetModel, SiteSourceModel } from '../model/fleet-model';
import type { SitePlan } from '../model/plan';
import { error, type Problem } from '../model/problem';
import { readFacts, type ZoneChecks } from './inventory/facts';
import { type Finding, tell } from './inventory/findings';
import { readInventory, type SiteRow } from './inventory/inventory';
import { siteNameProblem } from './inventory/site-name';
import { type ValueEntry, type ValueReader, valueReader } from './inventory/value-reader';

/** A site as its source describes it, with nothing decided about it. Closed sites are none of these. */
export type RawSite = Pick<
  SitePlan,
  | 'name'
  | 'path'
  | 'source'
  | 'blueprint'
  | 'state'
  | 'values'
  | 'latitude'
  | 'longitude'
  | 'timeZone'
  | 'clusterGeneration'
  | 'link'
>;

/** What is found over all sources of a fleet. */
interface Found {
  readonly sites: RawSite[];
  readonly closed: Set<string>;
  /** Names that are taken, and where. */
  readonly names: Map<string, string>;
  readonly zones: ZoneChecks;
}

/** A row, or a hand-written site as if it were one. */
type Entry = ValueEntry & Pick<SiteRow, 'facts'>;

/**
 * Reads the sites of a fleet, in the order of the program and of its inventories. Names, facts and values of each are checked, and all that is wrong is told
 * at once. Of two sites with one name the first is kept. Of a closed site only name and facts are looked at: its row may be older than the schema.
 */
export function resolveSites(model: FleetModel): {
  readonly sites: readonly RawSite[];
  readonly closed: ReadonlySet<string>;
  readonly problems: readonly Problem[];
} {
  const found: Found = { sites: [], closed: new Set(), names: new Map(), zones: new Map() };
  const blueprints = new Map(model.blueprints.map((blueprint) => [blueprint.path, blueprint]));
  const problems = model.sources.flatMap((source) => {
    const blueprint = blueprints.get(source.blueprint);
    if (blueprint) return tell(source.path, readSource(source, blueprint, model.root, found));
    return [
      error(
        source.path,
        `is of the blueprint [${source.blueprint}], which is not of this fleet; make both under one Fleet`,
      ),
    ];
  });
  return { sites: found.sites, closed: found.closed, problems };
}

function readSource(
  source: SiteSourceModel,
  blueprint: BlueprintModel,
  root: string | undefined,
  found: Found,
): Finding[] {
  const { path, inventory } = source;
  const findings: Finding[] = [];
  const values = valueReader(blueprint.schema, inventory.kind);
  const take = (entry: Entry, link = blueprint.link): void => {
    const wrong = readSite(entry, { path, blueprint: blueprint.path, link }, values, inventory.kind === 'csv', found);
    for (const finding of wrong) findings.push(finding);
  };
  if (inventory.kind === 'site') {
    const { name, facts, link, values: given } = inventory.site;
    values.columns(typeof given === 'object' && given !== null ? Object.keys(given) : []);
    take({ facts: { ...facts, name }, values: given }, link);
  } else {
    const add = (severity: Finding['severity']) => (message: string, at?: string) => {
      findings.push({ message, severity, reason: message, ...(at === undefined ? {} : { source: () => at }) });
    };
    readInventory(inventory, root, {
      columns: values.columns,
      row: take,
      problem: add('error'),
      warning: add('warning'),
    });
  }
  return [...values.unknown(), ...findings];
}

/** Adds one site to what is found, or tells what is wrong with it. */
function readSite(
  entry: Entry,
  of: Pick<RawSite, 'path' | 'blueprint' | 'link'>,
  values: ValueReader,
  isText: boolean,
  found: Found,
): readonly Finding[] {
  const wrong: Finding[] = [];
  const { source } = entry;
  const name = readName(entry, of.path, found.names, wrong);
  const { facts, problems } = readFacts(entry.facts, isText, found.zones);
  for (const problem of problems) wrong.push(toFinding(entry, { ...problem, reason: problem.name }));
  if (facts.state === 'closed') {
    if (wrong.length === 0 && name !== undefined) found.closed.add(name);
    return wrong;
  }
  const reading = values.read(entry);
  if ('problems' in reading) for (const problem of reading.problems) wrong.push(toFinding(entry, problem));
  else if (wrong.length === 0 && name !== undefined) {
    found.sites.push({ name, ...of, ...(source === undefined ? {} : { source }), ...facts, values: reading.values });
  }
  return wrong;
}

function readName(entry: Entry, path: string, names: Map<string, string>, wrong: Finding[]): string | undefined {
  const { name } = entry.facts;
  const problem = siteNameProblem(name);
  if (problem !== undefined || typeof name !== 'string') {
    wrong.push(toFinding(entry, { name: 'name', reason: 'name', message: problem ?? '' }));
    return undefined;
  }
  const first = names.get(name);
  if (first === undefined) {
    names.set(name, `${entry.source ?? ''} [${path}]`.trim());
    return name;
  }
  const message = `the name "${name}" is taken by ${first}; a site's name is unique in the fleet`;
  wrong.push(toFinding(entry, { name: 'name', reason: 'taken', message }));
  return undefined;
}

function toFinding(
  entry: Entry,
  problem: { readonly name?: string; readonly reason: string; readonly message: string },
): Finding {
  const { source, locate, facts } = entry;
  const { name, reason, message } = problem;
  return {
    message,
    severity: 'error',
    reason,
    ...(typeof facts.name === 'string' && siteNameProblem(facts.name) === undefined ? { site: facts.name } : {}),
    ...(source === undefined ? {} : { source: () => (name === undefined ? source : (locate?.(name) ?? source)) }),
  };
}
