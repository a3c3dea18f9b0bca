import type { SiteNodesRecord, TreeRecord } from '../model/assembly-record';
import type { Plan } from '../model/plan';
import { error, type Problem, warning } from '../model/problem';
import type { AssemblyIndex, PreviousSites } from './assembly-index';
import { Findings } from './findings';
import { generationOf, livesOn, readSlot } from './node-records';

/** What a site would do to its cluster, or to machines that are not described any more. */
export function siteProblems(
  plan: Plan,
  index: AssemblyIndex,
  before: PreviousSites,
  allowRemovals: boolean,
): Problem[] {
  const [errors, warnings] = [new Findings(), new Findings(warning)];
  const begins: string[] = [];
  const databases = new Map(plan.cohorts.map(({ id, cluster }) => [id, cluster.distribution.machines.database]));
  for (const [i, site] of plan.sites.entries()) {
    const [was, now] = [before.get(site.name), index.sites[i]];
    if (!was?.nodes || !now?.nodes) continue;
    if (site.clusterGeneration < generationOf(was))
      errors.add(
        site.path,
        'has a clusterGeneration that goes back; names of machines would come again that were there before. Where nothing was set up with it yet, restore the assembly of the run before',
        site.name,
      );
    else if (site.clusterGeneration > generationOf(was)) {
      const highest = Math.max(...Object.values(was.nodes.slots).map((slot) => readSlot(slot).generation));
      if (site.clusterGeneration <= highest)
        errors.add(
          site.path,
          `counts clusterGeneration to ${site.clusterGeneration}, and machines have had the generation ${highest}: their names would come again in the new cluster; count it to ${highest + 1}`,
          site.name,
        );
      else if (was.state !== 'planned') begins.push(site.name);
    } else if (livesOn(was, site))
      compareMachines(site, was.nodes, now.nodes, {
        database: databases.get(now.cohort),
        treeOf: (slot) => before.trees[readSlot(was.nodes?.slots[slot] ?? '').tree],
        errors,
        warnings,
        lost: allowRemovals ? warnings : errors,
      });
  }
  return [...errors.problems, ...warnings.problems, ...newClusters(plan.model.id, begins, before, allowRemovals)];
}

/** The most that can be lost in one run, so that nobody does it by a column that was filled by mistake. */
function newClusters(fleet: string, sites: readonly string[], before: PreviousSites, allowed: boolean): Problem[] {
  if (sites.length === 0) return [];
  const what = `begins new, empty clusters at ${sites.length} of ${before.names.length} sites, on machines that are set up anew; what the old ones hold is lost`;
  // One or two are looked at; a column that was filled down is more.
  if (allowed || sites.length <= Math.max(2, before.names.length / 100)) return [warning(fleet, what, { sites })];
  return [error(fleet, `${what}; if that is meant, --allow-removals does it`, { sites })];
}

interface SlotFindings {
  /** What several servers keep their state in. */
  readonly database: string | undefined;
  /** What a machine had. */
  readonly treeOf: (slot: string) => TreeRecord | undefined;
  readonly errors: Findings;
  readonly warnings: Findings;
  /** Where lost servers are told. */
  readonly lost: Findings;
}

function compareMachines(
  { name, path }: { readonly name: string; readonly path: string },
  was: SiteNodesRecord,
  now: SiteNodesRecord,
  { database, treeOf, errors, warnings, lost }: SlotFindings,
): void {
  const isServer = (slot: string) => treeOf(slot)?.role === 'server';
  const members = Object.keys(was.slots).filter((slot) => isServer(slot) && treeOf(slot)?.datastore === database);
  for (const slot of Object.keys(was.slots)) {
    if (now.slots[slot] !== undefined) continue;
    (isServer(slot) ? lost : warnings).add(
      path,
      isServer(slot)
        ? 'loses servers of clusters that live: describe them again, or take them out of their cluster first (docs/runbooks/replace-a-server.md) and say --allow-removals'
        : 'has no longer all the machines that it had; delete their nodes from the clusters, and switch them off',
      `${name}: ${slot}`,
    );
  }
  // A server alone, or one whose state is elsewhere, is known by its name.
  if (database === undefined || members.length < 2) return;
  for (const slot of members) {
    const [from, to] = [was.addresses?.[slot], now.addresses?.[slot]];
    const isSame = readSlot(was.slots[slot] ?? '').generation === readSlot(now.slots[slot] ?? '').generation;
    if (from !== undefined && now.slots[slot] !== undefined && isSame && from !== to)
      errors.add(
        path,
        `changes addresses of running servers, and ${database} takes a server with another address for a stranger; replace such a server instead (edgecdk replace), one at a time`,
        `${name}: ${slot} ${from} -> ${to ?? 'none'}`,
      );
  }
}
