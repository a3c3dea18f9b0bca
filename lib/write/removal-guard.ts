import type { AssemblyRecord, CohortRecord, SiteRecord } from '../model/assembly-record';
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
  const tooMany = Math.max(2, previous.names.length / 100);
  if (
    lost.length > tooMany ||
    (lost.length > 0 && lost.length * 3 >= previous.names.length && previous.names.length > 1)
  ) {
    problems.push(
      error(
        fleet,
        `would lose ${lost.length} of ${previous.names.length} sites (${listSome(lost)}); is the inventory whole? ${remedy}`,
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
  problems.push(...changedData(plan, index, previous, stateful));
  return problems;
}

/** Workloads that hold data and leave a site that stays, and volume claims that go or change. */
function changedData(
  plan: Plan,
  index: AssemblyIndex,
  previous: PreviousSites,
  stateful: ReadonlySet<string>,
): Problem[] {
  const sites = new Map<string, string[]>();
  const known = new Map<string, readonly string[]>(); // sites of two cohorts have the same to say
  const titles = new Map(plan.cohorts.map(({ id, cluster }) => [id, cluster.distribution.title]));
  for (const [i, site] of plan.sites.entries()) {
    const before = previous.get(site.name);
    if (!before || site.state === 'closing' || site.state === 'paused') continue;
    const now = index.sites[i]?.cohort ?? '';
    const key = `${before.cohort} ${now}`;
    const title = titles.get(now) ?? '';
    const losses =
      known.get(key) ?? lossesBetween(previous.cohort(before.cohort), index.record.cohorts[now], stateful, title);
    known.set(key, losses);
    for (const loss of losses) {
      const names = sites.get(loss) ?? [];
      names.push(site.name);
      sites.set(loss, names);
    }
  }
  return [...sites].map(([loss, names]) =>
    error(plan.model.id, `${loss}; if that is meant, --allow-removals does it`, { sites: names }),
  );
}

function lossesBetween(
  before: CohortRecord,
  now: CohortRecord | undefined,
  stateful: ReadonlySet<string>,
  title: string,
): string[] {
  const gone = Object.keys(before.workloads).filter((id) => stateful.has(id) && !(id in (now?.workloads ?? {})));
  const [had, has] = [claimsOf(before), claimsOf(now)];
  const changed = [...had].filter(
    ([key, { workload, size }]) => !gone.includes(workload) && has.get(key)?.size !== size,
  );
  return [
    ...gone.map(
      (id) =>
        `would withdraw ${id}, which holds data or may (volume claims stay where they are, a Helm release goes with all it has)`,
    ),
    ...changed.map(([key, { claim, workload, size }]) => {
      const to = has.get(key)?.size;
      return to === undefined
        ? `would leave the ${claim} of ${workload} behind with its data, and go on without it`
        : `would change the ${claim} of ${workload} from ${size} to ${to}, which ${title} cannot do in place`;
    }),
  ];
}

interface Claimed {
  readonly claim: string;
  readonly workload: string;
  readonly size: string;
}

/** Claims of a cohort; one of the same name in another cluster is another. */
function claimsOf(cohort: CohortRecord | undefined): Map<string, Claimed> {
  const { files = {}, shared = '' } = cohort ?? {};
  return new Map(
    Object.values(files).flatMap(({ workload = '', claims = {} }) =>
      Object.entries(claims).map(([claim, size]) => [`${shared} ${claim}`, { claim, workload, size }] as const),
    ),
  );
}
