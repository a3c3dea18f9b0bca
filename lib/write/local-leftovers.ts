import { KEPT_KINDS } from '../catalog/kubernetes';
import type { FileRecord } from '../model/assembly-record';
import type { Plan } from '../model/plan';
import { type Problem, warning } from '../model/problem';
import type { AssemblyIndex, PreviousSites } from './assembly-index';
import { Findings } from './findings';

/** What workloads leave behind in clusters of single sites that nothing withdraws from: their files go, and their objects stay and run. */
export function localLeftovers(plan: Plan, index: AssemblyIndex, before: PreviousSites): Problem[] {
  const found = new Findings(warning);
  const clusters = new Map(plan.cohorts.map(({ id, cluster }) => [id, cluster]));
  const engines = new Set(plan.cohorts.filter(({ delivery }) => delivery.engine.pulls).map(({ id }) => id)); // these prune
  for (const site of plan.sites) {
    const was = before.get(site.name);
    const cluster = clusters.get(site.cohort);
    if (!was || !cluster || site.state === 'paused' || cluster.shared !== undefined) continue;
    if (engines.has(site.cohort)) continue;
    const { distribution } = cluster;
    const old = before.cohort(was.cohort);
    // Another distribution is another cluster.
    if (distribution.withdraws || old.distribution !== distribution.name) continue;
    const has = workloadsOf(index.record.cohorts[site.cohort]?.files ?? {});
    for (const [workload, kinds] of workloadsOf(old.files))
      if (!has.has(workload) && kinds.size > 0)
        found.add(
          site.blueprint,
          `has sites that no longer have ${before.workload(workload)?.path ?? workload}, and nothing deletes what it has there. Unless an engine prunes: on a server of each, \`${distribution.kubectl ?? 'kubectl'} delete ${[...kinds].sort().join(',')} --all-namespaces --selector edgecdk.dev/workload=${workload}\`; what holds data (volume claims, namespaces) stays`,
          site.name,
        );
  }
  return found.problems;
}

/** By workload, what `kubectl delete` takes of it. */
function workloadsOf(files: Readonly<Record<string, FileRecord>>): Map<string, Set<string>> {
  const kinds = new Map<string, Set<string>>();
  for (const { workload, kinds: own } of Object.values(files)) {
    if (workload === undefined) continue;
    const known = kinds.get(workload) ?? new Set<string>();
    kinds.set(workload, known);
    for (const text of own) {
      const [kind = '', version = '', group] = text.split('/').reverse();
      const name = kind.toLowerCase();
      if (!KEPT_KINDS.has(kind)) known.add(group === undefined ? name : `${name}.${version}.${group}`);
    }
  }
  return kinds;
}
