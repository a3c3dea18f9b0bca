import { type K3sRelease, parseK3sVersion } from '../catalog/k3s';
import type { CohortRecord } from '../model/assembly-record';
import type { Plan } from '../model/plan';
import { type Problem, warning } from '../model/problem';
import type { AssemblyIndex, PreviousSites } from './assembly-index';
import { Findings } from './findings';
import { livesOn } from './node-records';

/**
 * Sites whose cluster is described with another release than its machines have. A node tree never replaces a K3s that is there: a move does, which ends when
 * the program says the release that it moved to.
 */
export function releaseProblems(plan: Plan, index: AssemblyIndex, before: PreviousSites): Problem[] {
  const [errors, warnings] = [new Findings(), new Findings(warning)];
  for (const [i, site] of plan.sites.entries()) {
    const [was, now] = [before.get(site.name), index.sites[i]];
    if (!was?.nodes || !now?.nodes || site.state === 'paused' || !livesOn(was, site)) continue;
    const from = before.cohort(was.cohort);
    const to = index.record.cohorts[now.cohort];
    const found = to && changeOf(from, to);
    if (to && found) (found.isRefused ? errors : warnings).add(to.blueprint, found.message, site.name);
  }
  return [...errors.problems, ...warnings.problems];
}

function changeOf(
  was: CohortRecord,
  now: CohortRecord,
): { readonly message: string; readonly isRefused: boolean } | undefined {
  const [from, to] = [parseK3sVersion(was.version), parseK3sVersion(now.version)];
  if (!from || !to || was.version === now.version || was.movesTo === now.version) return undefined;
  const move = `version: { from: '${was.version}', to: '${now.version}' }`;
  const steps = to.minor - from.minor;
  if (Math.abs(steps) > 1)
    return {
      message: `has K3s ${now.version} where machines run ${was.version}, and no minor may be skipped; move to 1.${from.minor + Math.sign(steps)} first, or take the change back`,
      isRefused: true,
    };
  if (isEarlier(to, from))
    return {
      message: `has K3s ${now.version} where machines run ${was.version}, and K3s does not go back: they keep what they have; take the change back`,
      isRefused: false,
    };
  return {
    message: `has K3s ${now.version} where machines run ${was.version}, and keep it: only a move replaces it; write \`${move}\` until all have moved`,
    isRefused: false,
  };
}

function isEarlier(a: K3sRelease, b: K3sRelease): boolean {
  return (a.minor - b.minor || a.patch - b.patch || a.k3s - b.k3s) < 0;
}
