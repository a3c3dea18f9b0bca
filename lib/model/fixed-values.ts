import type { OverrideModel } from './fleet-model';

/** Site values that overrides set, the later over the earlier. */
export function fixedValues(overrides: readonly OverrideModel[]): Readonly<Record<string, unknown>> {
  return Object.assign({}, ...overrides.map((override) => override.values));
}
