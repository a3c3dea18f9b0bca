import { SynthError } from 'edgecdk';
import fc from 'fast-check';
import { inventoryText } from '../hostile';
import type { Files } from './assembly-files';
import { type EngineCase, LOCAL_CASE } from './engines';
import { type FleetFiles, fleetFiles } from './fleet-files';
import { canonical, type EngineSimulator, keyOf, objectsAt } from './held';
import { type SampleFleet, sampleFleet, storeRow } from './sample-fleet';

/** What a site gets of one delivery and not of the other, or otherwise. */
export function differences(
  site: string,
  one: readonly [EngineSimulator, Files],
  other: readonly [EngineSimulator, Files],
) {
  const textsOf = ([simulator, files]: readonly [EngineSimulator, Files]) =>
    new Map(objectsAt(simulator, files, site).map((object) => [keyOf(object), canonical(object)]));
  const [a, b] = [textsOf(one), textsOf(other)];
  return [...new Set([...a.keys(), ...b.keys()])]
    .filter((key) => a.get(key) !== b.get(key))
    .map((key) => ({ site, key, one: a.get(key), other: b.get(key) }));
}

/** The same of all sites of a fleet, and local delivery. */
export function fromLocal(engine: EngineSimulator, files: Files, local: FleetFiles) {
  return local.plan.sites
    .filter(({ cohort }) => local.plan.cohorts.find(({ id }) => id === cohort)?.cluster.shared === undefined)
    .flatMap(({ name }) => differences(name, [LOCAL_CASE, local.files], [engine, files]));
}

/** Control characters are errors with Flux, and a tab that begins a text. */
const carried = inventoryText.filter((text) => !/[\u007f-\u009f\ufffe\uffff]|^\t/.test(text));
const values = fc.record({
  ...{ storeId: carried, contact: carried, port: fc.integer({ min: 30_000, max: 32_000 }) },
  ...{ tills: fc.integer({ min: 1, max: 4 }), gpus: fc.integer({ min: 0, max: 1 }) },
  ...{ format: fc.constantFrom('express', 'super'), release: fc.constantFrom('store', 'newer') },
  ...{ kiosk: fc.boolean(), archive: fc.boolean(), metrics: fc.boolean(), wave: fc.constantFrom('pilot', 'all') },
});
const rows = (prefix: string, minLength: number) =>
  fc
    .array(values, { minLength, maxLength: 4 })
    .map((all) => all.map((one, i) => storeRow(`${prefix}-${i + 1}`, one as never)));
const samples: fc.Arbitrary<Omit<SampleFleet, 'delivery'>> = fc.record({
  ...{ stores: rows('store', 1), halls: rows('hall', 0), literal: carried },
  ...{ isOverridden: fc.boolean(), hasWaves: fc.boolean() },
});

/** Fleets in which sites say something odd of themselves, each with all of these engines and with local delivery. */
export function expectEqualByMeaning(engines: readonly EngineCase[], numRuns: number): void {
  let compared = 0;
  const property = fc.property(samples, (sample) => {
    const local = accepted(() => fleetFiles(sampleFleet({ ...sample, delivery: LOCAL_CASE.delivery })));
    if (!local) return;
    compared++;
    for (const engine of engines) {
      const { files } = fleetFiles(sampleFleet({ ...sample, delivery: engine.delivery }));
      expect([engine.title, fromLocal(engine, files, local)]).toEqual([engine.title, []]);
    }
  });
  fc.assert(property, { numRuns });
  expect(compared).toBeGreaterThanOrEqual(numRuns / 2);
}

/** Some text is refused whoever delivers it: what a program parses must not be one thing at one site and another elsewhere. */
function accepted(run: () => FleetFiles): FleetFiles | undefined {
  try {
    return run();
  } catch (e) {
    if (e instanceof SynthError) return undefined;
    throw e;
  }
}
