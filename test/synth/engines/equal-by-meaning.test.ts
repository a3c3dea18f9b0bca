import { type Files, Refused } from '../../support/engines/assembly-files';
import { differences, expectEqualByMeaning, fromLocal } from '../../support/engines/compare';
import { LOCAL_CASE, PULLING, SHAPES } from '../../support/engines/engines';
import { fleetFiles } from '../../support/engines/fleet-files';
import { sampleFleet, storeRow } from '../../support/engines/sample-fleet';

// More runs, and all forms of an engine, are in equal-by-meaning.slow.ts.
test('whatever sites say of themselves, all engines make the same of it', () => {
  expectEqualByMeaning(SHAPES, 6);
});

const inGit = PULLING.filter(({ title }) => ['Rancher Fleet', 'Argo CD on a hub', 'Flux'].includes(title));
const pairs = inGit.flatMap((one) => inGit.filter((other) => other !== one).map((other) => ({ one, other })));

test.each(pairs)(
  '$one.title for stores and $other.title for halls are in one assembly, each with its own content',
  ({ one, other }) => {
    const sites = {
      stores: [storeRow('store-1', { kiosk: true }), storeRow('store-2', { format: 'super' })],
      halls: [storeRow('hall-1', { contact: 'Zoë' }), storeRow('hall-2', { format: 'super' })],
    };
    const local = fleetFiles(sampleFleet({ delivery: LOCAL_CASE.delivery, ...sites }));
    const { files } = fleetFiles(sampleFleet({ delivery: one.delivery, hallDelivery: other.delivery, ...sites }));
    for (const [engine, names] of [
      [one, ['store-1', 'store-2']],
      [other, ['hall-1', 'hall-2']],
    ] as const)
      for (const name of names) expect(differences(name, [LOCAL_CASE, local.files], [engine, files])).toEqual([]);
  },
);

describe.each(SHAPES)('$title', (engine) => {
  const stores = [storeRow('store-1', { contact: 'Zoë', kiosk: true }), storeRow('store-2', { storeId: '0043' })];
  const local = fleetFiles(sampleFleet({ delivery: LOCAL_CASE.delivery, stores }));
  const { files } = fleetFiles(sampleFleet({ delivery: engine.delivery, stores }));
  const changed = (isMeant: (path: string) => boolean, change: (text: string) => string | undefined): Files =>
    Object.fromEntries(
      Object.entries(files).flatMap(([path, text]) => {
        const then = isMeant(path) ? change(text) : text;
        return then === undefined ? [] : [[path, then]];
      }),
    );
  const isPos = (path: string) => path.startsWith('workloads/pos/');
  const isRecord = (path: string) => /^delivery\/[a-z-]+\/sites\//.test(path);

  test('another text in shared content is noticed', () => {
    const found = fromLocal(
      engine,
      changed(isPos, (text) => text.replaceAll('ghcr.io/acme/pos', 'ghcr.io/acme/sop')),
      local,
    );
    expect(found.map(({ site, key }) => `${site} ${key}`)).toEqual([
      'store-1 apps/Deployment shop/pos',
      'store-2 apps/Deployment shop/pos',
    ]);
  });

  test('another text in one record is noticed, and nobody else has it', () => {
    const found = fromLocal(
      engine,
      changed(isRecord, (text) => text.replace('Zoë', 'Zoe')),
      local,
    );
    expect([...new Set(found.map(({ site }) => site))]).toEqual(['store-1']);
  });

  test.each([
    ['a value that records lack', isRecord, (text: string) => text.replaceAll('values__contact', 'values__contract')],
    ['a variant that is not there', (path: string) => path.startsWith('workloads/pos/default/'), () => undefined],
  ] as const)('%s is refused', (_, isMeant, change) => {
    expect(() => fromLocal(engine, changed(isMeant, change), local)).toThrow(Refused);
  });
});
