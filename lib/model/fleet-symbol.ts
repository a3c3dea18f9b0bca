import type { FleetModel } from './fleet-model';

/** Marks a fleet and gives its model. From the symbol registry, so that the command knows fleets of another copy of the package too. */
export const fleetKey: unique symbol = Symbol.for('edgecdk.Fleet') as never;

/** A `Fleet`, as far as the command needs it. */
export interface FleetLike<Options = object, Result = object> {
  [fleetKey](): FleetModel;
  synth(options: Options): Result;
}

export function isFleet(x: unknown): x is FleetLike {
  return typeof x === 'object' && x !== null && fleetKey in x;
}
