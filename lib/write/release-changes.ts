import type { CohortRecord } from '../model/assembly-record';
import type { ClusterModel, ReleaseChange } from '../model/distribution';
import type { Plan } from '../model/plan';
import { type Problem, warning } from '../model/problem';
import type { AssemblyIndex, PreviousSites } from './assembly-index';
import { Findings } from './findings';
import { livesOn } from './node-records';

/**
 * Sites whose cluster is described with another release than its machines have, with another distribution, or as nodes of another cluster. A move ends when
 * the program says the release that it moved to.
 */
export function releaseProblems(plan: Plan, index: AssemblyIndex, before: PreviousSites): Problem[] {
  const [errors, warnings] = [new Findings(), new Findings(warning)];
  const cohorts = new Map(plan.cohorts.map((cohort) => [cohort.id, cohort]));
  for (const [i, site] of plan.sites.entries()) {
    const [was, now] = [before.get(site.name), index.sites[i]];
    if (!was?.nodes || !now?.nodes || site.state === 'paused' || !livesOn(was, site)) continue;
    const from = before.cohort(was.cohort);
    const to = cohorts.get(now.cohort);
    const found = to && changeOf(from, to.cluster, index.record.cohorts[now.cohort]?.shared);
    if (to && found) (found.isRefused ? errors : warnings).add(to.blueprint.path, found.message, site.name);
  }
  return [...errors.problems, ...warnings.problems];
}

/** `shared`: id of the cluster that it joins. */
function changeOf(
  was: CohortRecord,
  { distribution, version }: ClusterModel,
  shared: string | undefined,
): ReleaseChange | undefined {
  if (was.distribution !== distribution.name)
    return {
      message: `has ${distribution.title} where machines run another distribution (${was.distribution}); take the change back, or count the clusterGeneration of these sites up: that begins a new, empty cluster on newly set-up machines`,
      isRefused: true,
    };
  if (was.shared !== shared)
    return {
      message: `has ${clusterName(shared)} where machines are nodes of ${clusterName(was.shared)}; take the change back, or count the clusterGeneration of these sites up: their machines are then set up anew, and leave behind what they hold`,
      isRefused: true,
    };
  if (was.version === version || was.movesTo === version) return undefined;
  return distribution.releaseChange(was.version, version);
}

function clusterName(shared: string | undefined): string {
  return shared === undefined ? 'a cluster of their own' : `the cluster ${shared}`;
}
