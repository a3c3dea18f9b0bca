import type { Plan } from '../model/plan';
import type { Problem } from '../model/problem';
import type { Rendering } from '../model/template';
import { acknowledge } from './acknowledge';
import { clashProblems } from './clashes';
import { codeTextProblems } from './code-text';
import { encryptedSecretProblems } from './encrypted-secrets';
import { fieldProblems } from './grammar/field-problems';
import { sizeProblems } from './grammar/sizes';
import { leafMapperProblems } from './leaf-mappers';
import { capacityProblems } from './ledger/ledger';
import { objectSets } from './object-set';
import { offlineImageProblems } from './offline-images';
import { ownFileProblems } from './own-files';
import { repeatedKeys } from './repeated-keys';
import { disabledComponentProblems } from './rules/disabled-component';
import { ruleProblems } from './rules/run-rules';

export interface Checked {
  readonly problems: readonly Problem[];
  /** Findings that the program acknowledges: no problems, but reports list them. */
  readonly acknowledged: readonly Problem[];
}

/** What is wrong with rendered objects, and with what they ask of the hardware: once per content, not per site. Findings of the rendering that have a rule are among it. */
export function check(plan: Plan, rendering: Rendering): Checked {
  const sets = objectSets(plan, rendering);
  const found = [
    ...rendering.problems.filter(({ rule }) => rule !== undefined),
    ...fieldProblems(sets, plan.tokens),
    ...sizeProblems(sets, plan),
    ...codeTextProblems(sets, plan.tokens),
    ...repeatedKeys(sets, plan.tokens),
    ...clashProblems(plan, rendering),
    ...ownFileProblems(plan, rendering),
    ...disabledComponentProblems(plan, rendering),
    ...offlineImageProblems(plan, rendering),
    ...leafMapperProblems(plan),
    ...encryptedSecretProblems(plan, rendering),
    ...ruleProblems(plan, rendering),
    ...capacityProblems(plan, rendering),
  ];
  return acknowledge(merge(found), plan.model);
}

/** Findings that say the same of one construct are one, with the sites of all. */
function merge(found: readonly Problem[]): Problem[] {
  const merged = new Map<string, { readonly problem: Problem; readonly sites: Set<string> }>();
  for (const problem of found) {
    const key = JSON.stringify([problem.path, problem.message, problem.rule]);
    const known = merged.get(key) ?? { problem, sites: new Set<string>() };
    for (const site of problem.sites ?? []) known.sites.add(site);
    merged.set(key, known);
  }
  return [...merged.values()].map(({ problem, sites }) =>
    sites.size > 0 ? { ...problem, sites: [...sites].sort() } : problem,
  );
}
