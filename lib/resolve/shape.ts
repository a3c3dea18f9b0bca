import { sorted } from '../model/digest';
import type { FleetModel } from '../model/fleet-model';
import type { HoleKinds, SitePlan } from '../model/plan';
import { error, listSome, type Problem } from '../model/problem';

/** The holes that values can fill; sites of equal shape get the same map, so that stages can compare shapes by reference. */
export class Shapes {
  private readonly known = new Map<string, HoleKinds>();

  of(values: Readonly<Record<string, unknown>>): HoleKinds {
    const holes = [
      ...leaves(values, 'site.values.'),
      ...Object.keys(values).map((key) => [`site.json.${key}`, 'text'] as const),
    ];
    const key = holes.map(([hole, kind]) => `${hole} ${kind}`).join('\n');
    const shape = this.known.get(key) ?? new Map([['site.name', 'text'], ...holes]);
    this.known.set(key, shape);
    return shape;
  }

  /** All holes of all shapes, sorted. */
  get holes(): readonly string[] {
    return sorted(new Set([...this.known.values()].flatMap((shape) => [...shape.keys()])), (hole) => hole);
  }
}

function leaves(values: object, prefix: string): (readonly [string, 'text' | 'number'])[] {
  return Object.entries(values).flatMap(([key, value]: [string, unknown]) => {
    if (typeof value === 'string') return [[`${prefix}${key}`, 'text'] as const];
    if (typeof value === 'number') return [[`${prefix}${key}`, 'number'] as const];
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? leaves(value, `${prefix}${key}.`)
      : [];
  });
}

/** Names of values that no hole can have, and labels that are no values; once per blueprint. */
export function valueNameProblems(
  model: FleetModel,
  sites: readonly Pick<SitePlan, 'blueprint' | 'values'>[],
): Problem[] {
  return model.blueprints.flatMap((blueprint) => {
    const own = sites.filter((site) => site.blueprint === blueprint.path);
    const names = new Set(own.flatMap((site) => namesIn(site.values)));
    const dotted = [...names].filter((name) => name.includes('.'));
    const unknown =
      own.length > 0 ? blueprint.labels.filter((label) => own.some((site) => !isLabel(site.values[label]))) : [];
    return [
      ...dotted.map((name) =>
        error(
          blueprint.path,
          `has a site value named ${JSON.stringify(name)}; take a name without '.', which stands between a value and its parts`,
        ),
      ),
      ...unknown.map((label) =>
        error(
          blueprint.path,
          `names ${label} as label, which is no text, number or boolean at all of its sites; its values are ${listSome([...names], 20)}`,
        ),
      ),
    ];
  });
}

function isLabel(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function namesIn(values: object): string[] {
  return Object.entries(values).flatMap(([name, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null && !Array.isArray(value) ? [name, ...namesIn(value)] : [name],
  );
}
