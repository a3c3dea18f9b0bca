import type { CohortRecord } from '../model/assembly-record';
import type { ClusterModel, ReleaseChange } from '../model/distribution';
import type { Plan } from '../model/plan';
import { type Problem, warning } from '../model/problem';
import type { AssemblyIndex, PreviousSites } from './assembly-index';
import { Findings } from './findings';
import { livesOn } from './node-records';

/**
 * Sites whose cluster is described with another release than its machines have, or with another distribution. A move ends when the program says the release
 * that it moved to.
 */
export function releaseProblems(plan: Plan, index: AssemblyIndex, before: PreviousSites): Problem[] {
  const [errors, warnings] = [new Findings(), new Findings(warning)];
  const cohorts = new Map(plan.cohorts.map((cohort) => [cohort.id, cohort]));
  for (const [i, site] of plan.sites.entries()) {
    const [was, now] = [before.get(site.name), index.sites[i]];
    if (!was?.nodes || !now?.nodes || site.state === 'paused' || !livesOn(was, site)) continue;
    const from = before.cohort(was.cohort);
    const to = cohorts.get(now.cohort);
    const found = to && changeOf(from, to.cluster);
    if (to && found) (found.isRefused ? errors : warnings).add(to.blueprint.path, found.message, site.name);
  }
  return [...errors.problems, ...warnings.problems];
}

function changeOf(was: CohortRecord, { distribution, version }: ClusterModel): ReleaseChange | undefined {
  if (was.distribution !== distribution.name)
    return {
      message: `has ${distribution.title} where machines run another distribution (${was.distribution}); take the change back, or count the clusterGeneration of these sites up: that begins a new, empty cluster on newly set-up machines`,
      isRefused: true,
    };
  if (was.version === version || was.movesTo === version) return undefined;
  return distribution.releaseChange(was.version, version);
}
