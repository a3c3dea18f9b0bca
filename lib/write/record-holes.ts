import type { CohortRecord } from '../model/assembly-record';
import type { Plan } from '../model/plan';
import { listSome, type Problem, warning } from '../model/problem';
import type { AssemblyIndex, PreviousSites } from './assembly-index';
import { Findings } from './findings';

/**
 * Values that leave the records of sites while content of waves that have not had their turn still asks for them. A site's record is of today, and its content
 * as old as its wave.
 */
export function recordProblems(plan: Plan, index: AssemblyIndex, before: PreviousSites): Problem[] {
  if (plan.waves.length === 0) return [];
  const found = new Findings(warning);
  const lost = new Map<string, readonly string[]>(); // sites of two cohorts have the same to say
  for (const site of plan.sites) {
    const was = before.get(site.name);
    const now = index.record.cohorts[site.cohort];
    if (!was || !now?.delivery || site.state === 'paused') continue;
    const key = `${was.cohort} ${site.cohort}`;
    const gone = lost.get(key) ?? lostHoles(before.cohort(was.cohort), now);
    lost.set(key, gone);
    if (gone.length > 0)
      found.add(
        site.blueprint,
        `no longer has ${listSome(gone)}, for which content of waves that have not had their turn still asks; keep the values until the last wave has what is new`,
        site.name,
      );
  }
  return found.problems;
}

function lostHoles(was: CohortRecord, now: CohortRecord): string[] {
  if (was.delivery !== now.delivery) return [];
  const known = new Set(now.offers);
  return (was.asks ?? []).filter((variable) => !known.has(variable));
}
