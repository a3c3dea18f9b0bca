import { sharedWorkloadFile } from '../model/folders';
import type { Plan } from '../model/plan';
import { listSome, type Problem, warning } from '../model/problem';
import type { AssemblyIndex, PreviousSites } from './assembly-index';
import { Findings } from './findings';

/**
 * Workloads that change at paused sites, since these share them: what stands in a cluster once goes on for all of its sites. It cannot be kept for some, and if
 * each had its own because one is paused, all would change.
 */
export function pausedProblems(plan: Plan, index: AssemblyIndex, before: PreviousSites): Problem[] {
  const found = new Findings(warning);
  const engines = new Map(
    plan.cohorts.filter(({ delivery }) => delivery.engine.pulls).map(({ id, delivery }) => [id, delivery.engine]),
  );
  const paths = new Map(plan.model.sharedClusters.map(({ id, path }) => [id, path]));
  for (const [i, site] of plan.sites.entries()) {
    const [kept, planned] = [index.sites[i]?.cohort, site.cohort].map((id) => index.record.cohorts[id ?? '']);
    if (site.state !== 'paused' || !before.get(site.name) || !kept || !planned) continue;
    const engine = engines.get(site.cohort);
    if (engine && kept.delivery === engine.name) {
      const changed = Object.keys(kept.workloads).filter((workload) => sharesOther(workload, index, before));
      if (changed.length > 0)
        found.add(
          site.blueprint,
          `has paused sites, which keep their record and pull what they share with others: ${listSome(changed)} changes for them too${engine.pause === undefined ? '' : `; to keep one as it is: ${engine.pause}`}`,
          site.name,
        );
    }
    if (kept.shared === undefined) continue;
    const own = new Set(Object.values(kept.files).map(({ workload }) => workload));
    for (const workload of new Set([...Object.keys(kept.workloads), ...Object.keys(planned.workloads)])) {
      const file = sharedWorkloadFile(kept.shared, workload);
      const [old, now] = [before.files[file], index.record.files[file]];
      if (old === now) continue;
      found.add(
        paths.get(kept.shared) ?? plan.model.id,
        `has paused sites, and what sites share cannot be paused: ${file} ${becomes(old, now, own.has(workload))}; take the change back until they are active again, or do not apply that file`,
        site.name,
      );
    }
  }
  return found.problems;
}

/** Whether shared content of a workload, in whichever folder, is other than before. */
function sharesOther(workload: string, index: AssemblyIndex, before: PreviousSites): boolean {
  const own = (path: string) => new RegExp(`^(workloads|delivery/[^/]+/shared)/${workload}/`).test(path);
  return Object.keys({ ...before.files, ...index.record.files }).some(
    (path) => own(path) && before.files[path] !== index.record.files[path],
  );
}

function becomes(old: string | undefined, now: string | undefined, hasOwn: boolean): string {
  if (now === undefined) return 'is no longer there';
  if (old === undefined && hasOwn) return 'is there from now on, and they keep files of their own beside it';
  return 'changes for them too';
}
