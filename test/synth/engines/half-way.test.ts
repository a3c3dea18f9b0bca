import type { Files } from '../../support/engines/assembly-files';
import { type EngineCase, SHAPES } from '../../support/engines/engines';
import { fleetFiles } from '../../support/engines/fleet-files';
import { keyOf } from '../../support/engines/held';
import { type SampleFleet, sampleFleet, storeRow } from '../../support/engines/sample-fleet';

type IsPart = (path: string) => boolean;

const isRecord: IsPart = (path) => /^delivery\/[a-z-]+\/sites\//.test(path);
const isContent: IsPart = (path) => path.startsWith('workloads/');
const isOwn: IsPart = (path) => path.startsWith('delivery/') && !isRecord(path);

/** What is pushed or applied one after the other, as the README of each says. */
const orders: Readonly<Record<string, readonly IsPart[]>> = {
  'Rancher Fleet': [isRecord, (path) => isContent(path) || isOwn(path)],
  'Argo CD on a hub': [(path) => path.includes('/projects/'), isRecord, isOwn, isContent],
  'Argo CD at each site, with artifacts': [isContent, (path) => isRecord(path) || isOwn(path)],
  'Flux, with artifacts': [isContent, (path) => isRecord(path) || isOwn(path)],
};

/** The assembly after each step but the last. */
function halfWay(order: readonly IsPart[], before: Files, after: Files): Files[] {
  return order.slice(0, -1).map((_, done) => {
    const isNew: IsPart = (path) => order.slice(0, done + 1).some((isPart) => isPart(path));
    const entries = [
      ...Object.entries(before).filter(([path]) => !isNew(path)),
      ...Object.entries(after).filter(([path]) => isNew(path)),
    ];
    return Object.fromEntries(entries);
  });
}

/** Objects of each unit; undefined for one that the engine cannot make, and so leaves as it is. */
function keysAt(engine: EngineCase, files: Files, site: string): ReadonlyMap<string, readonly string[] | undefined> {
  const stuck = new Set<string>();
  const units = engine.heldAt(files, site, undefined, stuck);
  return new Map([
    ...units.map(({ name, objects }) => [name, objects.map(keyOf)] as const),
    ...[...stuck].map((name) => [name, undefined] as const),
  ]);
}

test.each(SHAPES)('$title: half of a push takes nothing away that the whole of it leaves', (engine) => {
  const stores = [
    storeRow('store-1', { kiosk: true, archive: true }),
    storeRow('store-2', { format: 'super' }),
    storeRow('store-3', { release: 'newer', kiosk: true }),
  ];
  const moved = [
    storeRow('store-1', { contact: 'Bo', gpus: 1, archive: true }),
    storeRow('store-2', { format: 'express', kiosk: true }),
    storeRow('store-3', { format: 'super', metrics: false }),
  ];
  const run = (more: Omit<SampleFleet, 'delivery'>) =>
    fleetFiles(sampleFleet({ delivery: engine.delivery, ...more })).files;
  const [before, after] = [
    run({ stores, without: ['ledger'] }),
    run({ stores: moved, isOverridden: true, asksMore: true, image: '2.0.0', without: ['vision'] }),
  ];
  const order = orders[engine.title] ?? [];
  expect(order.length).toBeGreaterThan(1);
  for (const files of halfWay(order, before, after)) {
    for (const { name } of stores) {
      const [was, is] = [keysAt(engine, before, name), keysAt(engine, after, name)];
      const between = keysAt(engine, files, name);
      const lost = [...was].flatMap(([unit, keys = []]) => {
        const there = between.has(unit) ? between.get(unit) : [];
        return there ? keys.filter((key) => is.get(unit)?.includes(key) && !there.includes(key)) : [];
      });
      expect([name, lost]).toEqual([name, []]);
      expect([...was.values(), ...is.values()]).not.toContain(undefined);
      expect([...between.values()].filter((keys) => keys !== undefined).length).toBeGreaterThan(0);
    }
  }
});
