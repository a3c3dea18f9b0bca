import type { Plan } from '../model/plan';
import { error, listSome, type Problem } from '../model/problem';

/** Placements, variants and overrides that select nothing: each is a mistake in its condition, or left over. */
export function emptyChoices(plan: Plan): Problem[] {
  const { model, units } = plan;
  const problems: Problem[] = [];
  const known = new Set([...model.blueprints, ...model.sources].map((c) => c.path));
  for (const workload of model.workloads) {
    const own = units.filter((unit) => unit.workload === workload);
    if (own.length === 0) {
      const on = workload.placement.on ?? [...known];
      problems.push(
        error(
          workload.path,
          `is placed nowhere: no site of ${listSome(on)} fits its placement; widen it, or take the workload out`,
        ),
      );
      continue;
    }
    for (const variant of workload.variants) {
      const used = own.some((unit) => unit.variant.split('+')[0] === variant.name);
      if (!used)
        problems.push(
          error(
            workload.path,
            `has a variant ${variant.name} that no site takes; an earlier one, or its condition, leaves it none`,
          ),
        );
    }
  }
  for (const override of model.overrides) {
    if (units.some((unit) => unit.overrides.includes(override))) continue;
    problems.push(
      error(override.path, 'changes nothing: none of its sites runs the workload; mend its placement, or take it out'),
    );
  }
  return problems;
}

/** Override values that are of another kind than the sites' own, once per override and value. */
export function overrideValueProblems(plan: Plan): Problem[] {
  const problems: Problem[] = [];
  for (const unit of plan.units) {
    for (const { path, values } of unit.overrides) {
      for (const [name, value] of Object.entries(values)) {
        const kinds = new Set(unit.sites.map((site) => kindOf(site.values[name])));
        if (kinds.has(kindOf(value))) continue;
        const wanted = [...kinds].join(' or ');
        problems.push(
          error(path, `sets the site value ${name} to ${JSON.stringify(value)}; its sites have ${wanted} there`),
        );
      }
    }
  }
  return problems;
}

function kindOf(value: unknown): string {
  if (value === undefined) return 'nothing';
  return Array.isArray(value) ? 'a list' : `a ${typeof value}`;
}
