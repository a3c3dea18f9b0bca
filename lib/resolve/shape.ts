import { sorted } from '../model/digest';
import type { HoleKinds } from '../model/plan';

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
