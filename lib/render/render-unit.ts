import { isDeepStrictEqual } from 'node:util';
import { fillText } from '../model/hole-value';
import { describeObject, fieldPath, type KubeObject, mapScalars, walkScalars } from '../model/kube-object';
import type { Plan, RenderUnit } from '../model/plan';
import { error, type Problem } from '../model/problem';
import type { ClusterFacts, ModelSite } from '../model/site-context';
import { commonHoles, extremeValue, probeSite, tokenSite } from '../model/site-view';
import { isDamaged, numberHole, TokenError } from '../model/token';
import { firstDifference } from './first-difference';
import { withFleetLabels } from './fleet-labels';
import { ContentError, type RenderContext } from './render-context';
import { renderWorkload } from './workload/renderers';

/** Objects with tokens, or why there are none. */
export type UnitObjects = { readonly objects: readonly KubeObject[] } | { readonly problems: readonly Problem[] };

/**
 * Renders a unit's content with tokens and proves that they stand for any site's values: the same content rendered with real values, the smallest and
 * the largest, must be what the tokens' places say. So content that changes a value, or is not a function of it, is found and not shipped.
 */
export function renderUnit(
  unit: RenderUnit,
  plan: Plan,
  base: Omit<RenderContext, 'context' | 'deviceClasses'>,
): UnitObjects {
  const holes = commonHoles(unit.sites);
  const fixed = Object.assign({}, ...unit.overrides.map((override) => override.values));
  const deviceClasses = plan.model.deviceClasses.filter((c) => unit.deviceClasses.includes(c.path));
  const cluster = clusterFacts(unit);
  const render = (site: ModelSite, profile: string) =>
    contentOf(unit, plan, { ...base, deviceClasses, context: { site, cluster } }, profile);
  try {
    const tokens = tokenSite(holes, plan.tokens, fixed);
    const profile = plan.tokens.text('site.profile');
    const objects = render(tokens, profile);
    const problems = [...damaged(unit, objects), ...impure(unit, objects, render(tokens, profile))];
    for (const pick of ['smallest', 'largest'] as const) {
      if (problems.length > 0) break;
      const values = memo((hole) => extremeValue(unit.sites, hole, pick));
      const filled = fillObjects(objects, plan, values);
      const real = render(probeSite(holes, values, fixed), String(values('site.profile')));
      problems.push(...untrue(unit, filled, real, pick));
    }
    return problems.length > 0 ? { problems } : { objects };
  } catch (e) {
    return { problems: [error(unit.workload.path, contentMessage(e))] };
  }
}

function contentOf(unit: RenderUnit, plan: Plan, context: RenderContext, profile: string): readonly KubeObject[] {
  const objects = renderWorkload(unit.workload, unit.content, context).map((object) => {
    const plain = JSON.parse(JSON.stringify(object)) as KubeObject; // what YAML can hold: no undefined, no classes
    const labelled = withFleetLabels(plain, unit, { name: context.context.site.name, profile });
    return [unit.workload.transform, plan.model.transform].reduce((o, transform) => {
      const changed = transform ? transform(o, context.context) : o;
      if (!isSameObject(o, changed))
        throw new ContentError(`has a transform that renames ${describeObject(o)}; kind, name and namespace must stay`);
      return changed;
    }, labelled);
  });
  if (objects.length === 0)
    throw new ContentError('renders no object at all; a workload for some sites only says so in its placement');
  return objects;
}

function isSameObject(a: KubeObject, b: KubeObject | undefined): boolean {
  return a.kind === b?.kind && a.metadata.name === b.metadata?.name && a.metadata.namespace === b.metadata.namespace;
}

function clusterFacts(unit: RenderUnit): ClusterFacts {
  return {
    distribution: unit.distribution,
    kubernetes: unit.kubernetes,
    has: (deviceClass) => unit.deviceClasses.includes(deviceClass.node.path),
  };
}

function damaged(unit: RenderUnit, objects: readonly KubeObject[]): Problem[] {
  const problems: Problem[] = [];
  for (const object of objects) {
    walkScalars(object, (value, path) => {
      if ((typeof value === 'string' || typeof value === 'number') && isDamaged(value)) {
        problems.push(
          error(
            unit.workload.path,
            `takes a site value apart, or calculates with it, at ${fieldPath(path)} of ${describeObject(object)}; ${mendValues}`,
          ),
        );
      }
    });
  }
  return problems;
}

function impure(unit: RenderUnit, first: readonly KubeObject[], second: readonly KubeObject[]): Problem[] {
  const difference = firstDifference(first, second);
  return difference
    ? [
        error(
          unit.workload.path,
          `has content that differs when it is made twice, ${difference}; it must be a function of its context alone`,
        ),
      ]
    : [];
}

function untrue(unit: RenderUnit, filled: readonly KubeObject[], real: readonly KubeObject[], pick: string): Problem[] {
  const difference = isDeepStrictEqual(filled, real) ? undefined : firstDifference(filled, real);
  return difference
    ? [
        error(
          unit.workload.path,
          `has content that changes a site value (the ${pick} of them), ${difference}; ${mendValues}`,
        ),
      ]
    : [];
}

const mendValues =
  "put the value into the site's schema as it is needed (.transform()), or say how it is written with Encode";

/** Objects with values in the place of tokens. */
function fillObjects(
  objects: readonly KubeObject[],
  plan: Plan,
  valueFor: (hole: string) => string | number,
): KubeObject[] {
  const fill = (value: string | number) => {
    if (typeof value === 'string') return fillText(value, valueFor, plan.tokens);
    const use = numberHole(value, plan.tokens);
    return use ? valueFor(use.hole) : value;
  };
  return objects.map((object) => mapScalars(object, fill) as KubeObject);
}

function memo(compute: (hole: string) => string | number): (hole: string) => string | number {
  const known = new Map<string, string | number>();
  return (hole) => {
    const value = known.get(hole) ?? compute(hole);
    known.set(hole, value);
    return value;
  };
}

/** What a user's function threw, in words for the user; with the place, where it is no error of ours. */
function contentMessage(e: unknown): string {
  if (e instanceof ContentError) return e.message;
  if (e instanceof TokenError) return `asks for what cannot be a hole: ${e.message}`;
  if (!(e instanceof Error)) return `has content that throws ${JSON.stringify(e)}`;
  const place = e.stack
    ?.split('\n')
    .find((line) => /^\s+at /.test(line))
    ?.trim();
  return `has content that throws ${e.name}: ${e.message}${place ? ` (${place.replace(/\(?(file:\/\/)?\/.*\/([^/]+:\d+:\d+)\)?$/, '$2')})` : ''}`;
}
