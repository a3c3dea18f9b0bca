import type { AssemblyRecord, SiteRecord } from '../model/assembly-record';
import type { Plan } from '../model/plan';
import { error, listSome, type Problem, warning } from '../model/problem';
import type { AssemblyIndex, PreviousSites } from './assembly-index';

/**
 * What would be lost without anyone having said so. A truncated inventory looks like a fleet that shrank, and a workload that holds data like any
 * other until its data is gone.
 */
export function removalProblems(
  plan: Plan,
  index: AssemblyIndex,
  record: AssemblyRecord | undefined,
  previous: PreviousSites,
): Problem[] {
  if (!record) return [];
  const fleet = plan.model.id;
  const stays = new Set(plan.sites.map((site) => site.name));
  const lost = previous.names.filter((name) => !stays.has(name) && !plan.closed.has(name));
  const stateful = new Set(record.workloads.filter((w) => w.stateful).map((w) => w.id));
  const data = (site: SiteRecord | undefined) =>
    site ? Object.keys(previous.cohort(site.cohort).workloads).filter((id) => stateful.has(id)) : [];
  const remedy = 'give them `state: closed` in the inventory if they are closed; with --allow-removals they go anyway';

  const problems: Problem[] = [];
  if (lost.length >= 3 && lost.length * 100 > previous.names.length) {
    problems.push(
      error(
        fleet,
        `would lose ${lost.length} of ${previous.names.length} sites (${listSome(lost)}), more than 1 %; is the inventory whole? ${remedy}`,
      ),
    );
  } else if (lost.length > 0) {
    const holding = lost.filter((name) => data(previous.get(name)).length > 0);
    if (holding.length > 0)
      problems.push(
        error(
          fleet,
          `would lose ${listSome(holding)}, which hold data (${listSome([...new Set(holding.flatMap((n) => data(previous.get(n))))])}); ${remedy}`,
        ),
      );
    else problems.push(warning(fleet, `loses ${listSome(lost)}, which the last run had; ${remedy}`));
  }
  problems.push(...withdrawnData(plan, index, previous, data));
  return problems;
}

/** Workloads that hold data and leave a site that stays. */
function withdrawnData(
  plan: Plan,
  index: AssemblyIndex,
  previous: PreviousSites,
  data: (site: SiteRecord | undefined) => string[],
): Problem[] {
  const sites = new Map<string, string[]>();
  for (const [i, site] of plan.sites.entries()) {
    if (site.state === 'closing' || site.state === 'paused') continue;
    const now = index.record.cohorts[index.sites[i]?.cohort ?? '']?.workloads ?? {};
    for (const id of data(previous.get(site.name)))
      if (!(id in now)) sites.set(id, [...(sites.get(id) ?? []), site.name]);
  }
  return [...sites].map(([id, names]) =>
    error(
      plan.model.id,
      `would withdraw ${id}, which holds data, from ${names.length} sites; if that is meant, --allow-removals does it (its volume claims stay)`,
      { sites: names },
    ),
  );
}
