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
