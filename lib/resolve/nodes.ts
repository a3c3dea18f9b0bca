import type { ClusterModel, NodeCountModel } from '../model/distribution';
import type { BlueprintModel, FleetModel } from '../model/fleet-model';
import { parseIp } from '../model/ip';
import { didYouMean } from '../model/nearest';
import type { NodeAddress, NodeRecord } from '../model/node-model';
import type { HoleKinds, SitePlan } from '../model/plan';
import { listSome, type Problem } from '../model/problem';
import type { TokenTable } from '../model/token';
import { type Finding, tell } from './inventory/findings';
import { hostNames } from './nodes/host-names';
import { NodeChecks } from './nodes/node-checks';
import { type NodeRow, readNodeRows } from './nodes/node-rows';
import { unprovenAddress } from './nodes/prove-addresses';
import { type Slot, slotsOf } from './nodes/slots';

/** What nodes are made from. */
export interface NodesInput {
  readonly model: FleetModel;
  /** With the counts of their blueprint. */
  readonly sites: readonly SiteToPopulate[];
  readonly closed: ReadonlySet<string>;
  /** Whether sites are missing because their rows are wrong. */
  readonly incomplete: boolean;
  /** By path of the blueprint. */
  readonly clusters: ReadonlyMap<string, ClusterModel>;
  /** Knows the holes of all sites, `node.name` and `node.ordinal`. */
  readonly tokens: TokenTable;
}

type SiteToPopulate = Pick<SitePlan, 'name' | 'path' | 'blueprint' | 'values' | 'nodes' | 'clusterGeneration'> & {
  readonly holes: HoleKinds;
};

export interface ResolvedNodes {
  /** By name of the site: servers first, by rank. A site that counts what is no count has none. */
  readonly nodes: ReadonlyMap<string, readonly NodeRecord[]>;
  readonly problems: readonly Problem[];
}

/**
 * Who the nodes of each site are: the slots that the blueprint counts, with what rows of a node inventory say of them. A row never makes a slot; it may give
 * a slot another device class, and exchange roles as long as the number of servers stays.
 */
export function resolveNodes({ model, sites, closed, incomplete, clusters, tokens }: NodesInput): ResolvedNodes {
  const known = { sources: new Map(sites.map((site) => [site.name, site.path])), closed, incomplete };
  const findings = new Map<string, Finding[]>(model.sources.map(({ path }) => [path, []]));
  const rows = new Map<string, NodeRow[]>();
  for (const source of model.sources) {
    for (const row of readNodeRows(source, model, known, findings.get(source.path) ?? [])) {
      const ofSite = rows.get(row.site);
      if (ofSite) ofSite.push(row);
      else rows.set(row.site, [row]);
    }
  }
  const checks = new NodeChecks(model, findings, clusters);
  const nodes = new Map<string, readonly NodeRecord[]>();
  const makers = new Map(model.blueprints.map((b) => [b.path, nodeMaker(b, model, tokens)]));
  const broken = new Map<string, Problem>();
  for (const blueprint of model.blueprints) {
    const unproven = unprovenAddress(blueprint, model, sites, tokens);
    if (unproven) broken.set(blueprint.path, unproven);
  }
  for (const site of sites) {
    const make = makers.get(site.blueprint);
    if (!make || broken.has(site.blueprint)) continue;
    const ofSite = rows.get(site.name) ?? [];
    const made = make(site, ofSite, findings.get(site.path) ?? []);
    if (!made) continue;
    checks.add(site, made, ofSite);
    nodes.set(site.name, made);
  }
  checks.compareNames(nodes);
  const told = [...findings].flatMap(([path, found]) => tell(path, found));
  return { nodes, problems: [...broken.values(), ...told, ...checks.problems] };
}

type MakeNodes = (
  site: SiteToPopulate,
  rows: readonly NodeRow[],
  findings: Finding[],
) => readonly NodeRecord[] | undefined;

const dynamic: NodeAddress = { kind: 'dynamic' };

/** Slots are found once per counts, not per site. */
function nodeMaker(blueprint: BlueprintModel, model: FleetModel, tokens: TokenTable): MakeNodes {
  const ids = new Map(model.deviceClasses.map((c) => [c.path, c.id]));
  const hostOf = hostNames(blueprint, tokens);
  const known = new Map<string, readonly Slot[] | undefined>();
  const slotsFor = (counts: readonly NodeCountModel[]): readonly Slot[] | undefined => {
    const key = counts.map(({ deviceClass, role, count }) => `${role} ${deviceClass} ${count}`).join('\n');
    if (!known.has(key)) known.set(key, slotsOf(counts, ids));
    return known.get(key);
  };
  return (site, rows, findings) => {
    const slots = slotsFor(site.nodes);
    if (!slots) return undefined;
    const bySlot = rowsBySlot(site, rows, slots, findings);
    // One literal with all members: there are as many records as nodes in the fleet.
    const record = (slot: Slot, role: Slot['role'], rank: number | undefined): NodeRecord => {
      const row = bySlot?.get(slot.slot);
      const deviceClass = row?.deviceClass ?? slot.deviceClass;
      const generation = Math.max(row?.generation ?? 0, site.clusterGeneration);
      const name = `${site.name}-${slot.slot}${generation > 0 ? `-g${generation}` : ''}`;
      const host = hostOf?.(site, { name, classId: ids.get(deviceClass) ?? deviceClass, ordinal: slot.ordinal });
      const ip = host === undefined ? undefined : parseIp(host)?.text;
      return {
        name,
        site: site.name,
        slot: slot.slot,
        deviceClass,
        role,
        rank,
        generation,
        serial: row?.serial,
        mac: row?.mac,
        // The row's goes before the blueprint's, which we do not configure: that one counts as reserved.
        address: row?.address ?? (ip === undefined ? dynamic : { kind: 'reserved', ip }),
        host: ip === undefined ? host : row?.address ? undefined : ip,
        nic: row?.nic,
        disk: row?.disk,
        source: row?.source,
      };
    };
    if (!bySlot) {
      // Slots have the servers first, so that a server's place is its rank.
      return slots.map((slot, i) => record(slot, slot.role, slot.role === 'server' ? i : undefined));
    }
    const roleOf = (slot: Slot): Slot['role'] => bySlot.get(slot.slot)?.role ?? slot.role;
    const servers = slots.filter((slot) => roleOf(slot) === 'server');
    const agents = slots.filter((slot) => roleOf(slot) === 'agent');
    checkServers(site, servers, slots, bySlot, findings);
    return [
      ...servers.map((slot, i) => record(slot, 'server', i)),
      ...agents.map((slot) => record(slot, 'agent', undefined)),
    ];
  };
}

function rowsBySlot(
  site: SiteToPopulate,
  rows: readonly NodeRow[],
  slots: readonly Slot[],
  findings: Finding[],
): ReadonlyMap<string, NodeRow> | undefined {
  if (rows.length === 0) return undefined;
  const names = slots.map(({ slot }) => slot);
  const known = new Set(names);
  const bySlot = new Map<string, NodeRow>();
  for (const row of rows) {
    const first = bySlot.get(row.slot);
    if (!known.has(row.slot)) {
      const there = names.length === 0 ? 'its blueprint counts no nodes' : `its blueprint makes ${listSome(names, 12)}`;
      const message = `the site ${site.name} has no slot "${row.slot}" (${there})${didYouMean(row.slot, names)}`;
      findings.push(atRow(row, 'slot', message));
    } else if (first) {
      findings.push(atRow(row, 'slot', `the slot ${row.slot} of ${site.name} has a row at ${first.source} already`));
    } else bySlot.set(row.slot, row);
  }
  return bySlot;
}

function checkServers(
  site: SiteToPopulate,
  servers: readonly Slot[],
  slots: readonly Slot[],
  rows: ReadonlyMap<string, NodeRow>,
  findings: Finding[],
): void {
  const wanted = slots.filter(({ role }) => role === 'server').length;
  const moved = slots
    .map(({ slot, role }) => ({ row: rows.get(slot), role }))
    .find(({ row, role }) => (row?.role ?? role) !== role);
  if (servers.length === wanted || !moved?.row) return;
  const message = `with the roles of its rows the site ${site.name} has ${servers.length} servers, and its blueprint counts ${wanted}; let another row take the other role, or change the blueprint`;
  findings.push(atRow(moved.row, 'role', message));
}

function atRow(row: NodeRow, column: string, message: string): Finding {
  return { message, severity: 'error', reason: column, site: row.site, source: () => row.locate(column) };
}
