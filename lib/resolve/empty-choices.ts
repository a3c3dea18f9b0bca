import { fixedValues } from '../model/fixed-values';
import type { Plan, RenderUnit, SitePlan } from '../model/plan';
import { error, listSome, type Problem, warning } from '../model/problem';
import type { SiteSchema } from '../model/site-context';

/** Placements, variants and overrides that select nothing: each is a mistake in its condition, or left over. */
export function emptyChoices(plan: Plan): Problem[] {
  const { model, units } = plan;
  const problems: Problem[] = [];
  const known = new Set([...model.blueprints, ...model.sources].map((c) => c.path));
  for (const workload of model.workloads) {
    if (workload.kind === 'device-model') continue; // it follows its devices, of which the same is said
    const own = units.filter((unit) => unit.workload === workload);
    // Devices may all hang on nodes in another way, which needs no mapper.
    if (own.length === 0 && workload.kind === 'container' && workload.mapper) continue;
    if (own.length === 0) {
      const on = workload.placement.on ?? [...known];
      // Where sites are closing or closed, theirs may have been the last: no reason to stop.
      const leaving = plan.closed.size > 0 || plan.sites.some((site) => site.state === 'closing');
      const problem = leaving ? warning : error;
      problems.push(
        problem(
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
          warning(
            workload.path,
            `has a variant ${variant.name} that no site takes; an earlier one, or its condition, leaves it none`,
          ),
        );
    }
  }
  for (const override of model.overrides) {
    if (units.some((unit) => unit.overrides.includes(override))) continue;
    problems.push(
      warning(
        override.path,
        'changes nothing: none of its sites runs the workload; mend its placement, or take it out',
      ),
    );
  }
  return problems;
}

/** Override values that are of another kind than the sites' own, once per override and value. */
export function overrideValueProblems(plan: Plan): Problem[] {
  const problems: Problem[] = [];
  for (const unit of plan.units) {
    if (Object.keys(fixedValues(unit.overrides)).length === 0) continue;
    problems.push(...refusedBySchema(plan, unit));
    for (const { path, values } of unit.overrides) {
      for (const [name, value] of Object.entries(values)) {
        const kinds = new Set(unit.sites.map((site) => kindOf(ownValues(plan, site)[name])));
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

/** What a schema says of values with an override's among them; not asked where it does not take its own result, as after a transform. */
function refusedBySchema(plan: Plan, unit: RenderUnit): Problem[] {
  const [site] = unit.sites;
  const [override] = unit.overrides.filter(({ values }) => Object.keys(values).length > 0);
  const schema = plan.model.blueprints.find((b) => b.path === site?.blueprint)?.schema;
  if (!site || !override || !schema || issuesOf(schema, ownValues(plan, site)).length > 0) return [];
  return issuesOf(schema, site.values).map((issue) =>
    error(override.path, `sets site values that the schema refuses: ${issue}`),
  );
}

function issuesOf(schema: SiteSchema, values: unknown): string[] {
  const result = schema['~standard'].validate(values) as { readonly issues?: readonly { readonly message: string }[] };
  return (result.issues ?? []).map((issue) => issue.message);
}

/** A unit sees its sites with the overrides' values; these are the sites' own. */
function ownValues(plan: Plan, site: SitePlan): Readonly<Record<string, unknown>> {
  return plan.sites.find((own) => own.name === site.name)?.values ?? {};
}

function kindOf(value: unknown): string {
  if (value === undefined) return 'nothing';
  return Array.isArray(value) ? 'a list' : `a ${typeof value}`;
}
