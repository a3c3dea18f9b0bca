import { clusterFacts } from '../../model/cluster-facts';
import type { Rule } from '../../model/fleet-model';
import type { KubeObject } from '../../model/kube-object';
import type { Plan, RenderUnit } from '../../model/plan';
import { error, type Problem } from '../../model/problem';
import type { ClusterFacts } from '../../model/site-context';
import type { Rendering } from '../../model/template';
import { showObject, showText } from '../filled-text';
import { objectRules, unitRules } from './all-rules';

/** What rules find, ours and the fleet's, once per render unit. */
export function ruleProblems(plan: Plan, rendering: Rendering): Problem[] {
  const rules = [...objectRules, ...plan.model.rules.filter((rule) => !isOurs(rule))];
  return [...wrongIds(plan), ...plan.units.flatMap((unit) => unitFindings(unit, plan, rendering, rules))];
}

function wrongIds({ model }: Plan): Problem[] {
  const ids = model.rules.map((rule) => rule.id);
  return [
    ...ids
      .filter((id, i) => ids.indexOf(id) !== i)
      .map((id) => error(model.id, `has two rules with the id ${id}; acknowledge could not tell them apart`)),
    ...model.rules
      .filter(isOurs)
      .map(({ id }) => error(model.id, `has a rule with the id ${id}; edgecdk- is the prefix of built-in rules`)),
  ];
}

function isOurs(rule: Rule): boolean {
  return rule.id.startsWith('edgecdk-');
}

function unitFindings(unit: RenderUnit, plan: Plan, rendering: Rendering, rules: readonly Rule[]): Problem[] {
  const { path } = unit.workload;
  const objects = (rendering.units.get(unit.id)?.files ?? []).flatMap((file) => file.objects);
  const declared = unitRules.flatMap((rule): Problem[] => {
    const found = rule.check(unit);
    return found === undefined ? [] : [finding(path, found, rule)];
  });
  const cluster = clusterFacts(unit);
  return [
    ...declared,
    ...objects.flatMap((object) => rules.flatMap((rule) => objectFindings(path, object, cluster, rule, plan))),
  ];
}

function objectFindings(path: string, object: KubeObject, cluster: ClusterFacts, rule: Rule, plan: Plan): Problem[] {
  let found: unknown;
  try {
    found = rule.check({ object, cluster });
  } catch (e) {
    const thrown = e instanceof Error ? `${e.name}: ${e.message}` : String(e);
    return [error(path, `could not be checked by the rule ${rule.id}, which throws ${thrown} for a ${object.kind}`)];
  }
  if (found === undefined) return [];
  if (typeof found !== 'string') {
    return [
      error(
        path,
        `could not be checked by the rule ${rule.id}, which returns no text (${typeof found}); it may not be async`,
      ),
    ];
  }
  return [finding(path, `${showObject(object, plan.tokens)}: ${showText(found, plan.tokens)}`, rule)];
}

function finding(path: string, found: string, rule: Pick<Rule, 'id' | 'severity' | 'why'>): Problem {
  return { path, message: `${found} (${rule.why})`, severity: rule.severity, rule: rule.id };
}
