import { join } from 'node:path';
import type { Delivery, Fleet } from 'edgecdk';
import { type FleetFiles, fleetFiles } from './fleet-files';

const folder = join(__dirname, '../../../examples/grocer');
/** What the example stands on, which is loaded once: constructs of two copies are strangers. */
const standsOn = ['edgecdk', 'cdk8s', 'cdk8s-plus-27', 'constructs', 'zod'].map(
  (name) => [name, require(name) as unknown] as const,
);

/** The example with another line in its `delivery.ts`. */
export function grocerWith(delivery: Delivery): FleetFiles {
  let fleet: Fleet | undefined;
  jest.isolateModules(() => {
    for (const [name, module] of standsOn) jest.doMock(name, () => module);
    jest.doMock(join(folder, 'delivery'), () => ({ delivery }));
    fleet = (require(join(folder, 'grocer')) as { readonly default: Fleet }).default;
  });
  if (!fleet) throw new Error('there is no grocer');
  return fleetFiles(fleet);
}
