import { join } from 'node:path';
import { shardOf } from '../../../lib/model/digest';
import type { Files } from '../../support/engines/assembly-files';
import { type EngineCase, LOCAL_CASE, PULLING } from '../../support/engines/engines';
import { type FilesAt, type Step, stepOf } from '../../support/engines/held';
import { type SampleFleet, type StoreRow, sampleFleet, storeRow } from '../../support/engines/sample-fleet';
import { filesOf, withFiles } from '../../support/with-files';

type Engine = EngineCase['engine'] | 'local';

/** Something that happens to one site, while others are what they were. */
interface Change {
  readonly title: string;
  readonly before?: Partial<StoreRow>;
  readonly after: Partial<StoreRow>;
  /** All else is empty. */
  readonly expected: (engine: Engine) => Partial<Step>;
  /** Workload whose own objects of the engine come or go. @default - none */
  readonly unit?: string;
}

const release = 'helm.example/Release observability/metrics';
const kiosk = ['Service kiosk/kiosk', 'apps/Deployment kiosk/kiosk'];
const archive = 'apps/Deployment archive/archive';
const archived = ['Namespace archive', 'PersistentVolumeClaim archive/archive-data'];

const CHANGES: readonly Change[] = [
  { title: 'nothing', after: {}, expected: () => ({}) },
  {
    title: 'another value',
    after: { contact: 'Bo \u0024{x} {{ y }}' },
    expected: () => ({ changed: ['ConfigMap shop/pos', 'apps/Deployment shop/pos', release] }),
  },
  {
    title: 'another value of the cluster',
    after: { port: 30081 },
    expected: () => ({ changed: ['helm.cattle.io/HelmChartConfig kube-system/traefik'] }),
  },
  {
    title: 'one more workload',
    after: { kiosk: true },
    expected: () => ({ created: ['Namespace kiosk', ...kiosk] }),
    unit: 'kiosk',
  },
  {
    title: 'one workload less',
    before: { kiosk: true },
    after: { kiosk: false },
    expected: () => ({ deleted: kiosk, left: ['Namespace kiosk'] }),
    unit: 'kiosk',
  },
  {
    title: 'one more workload with a volume',
    after: { archive: true },
    expected: () => ({ created: [...archived, archive] }),
    unit: 'archive',
  },
  {
    title: 'one workload with a volume less',
    before: { archive: true },
    after: { archive: false },
    // Rancher Fleet keeps all of a bundle in which there may be data.
    expected: (engine) =>
      engine === 'rancher-fleet' ? { left: [...archived, archive] } : { deleted: [archive], left: archived },
    unit: 'archive',
  },
  {
    title: 'one chart of others less',
    after: { metrics: false },
    // Nobody knows what is in it. Flux tells Helm to keep what holds data, and uninstalls the rest; K3s uninstalls it.
    expected: (engine) =>
      engine === 'flux' || engine === 'local'
        ? { deleted: [release], left: ['Namespace observability'] }
        : { left: ['Namespace observability', release] },
    unit: 'metrics',
  },
  { title: 'another wave', after: { wave: 'pilot' }, expected: () => ({}) },
  { title: 'another variant', after: { format: 'super' }, expected: () => ({ changed: ['apps/Deployment shop/pos'] }) },
  {
    title: 'another class of machines',
    after: { gpus: 1 },
    // The hardware profile of its site is a label on each object.
    expected: () => ({
      changed: [
        ...['ConfigMap shop/pos', 'Service default/ledger', 'apps/Deployment default/vision'],
        ...['apps/Deployment shop/pos', 'apps/StatefulSet default/ledger'],
      ],
    }),
  },
  { title: 'another release of its distribution', after: { release: 'newer' }, expected: () => ({}) },
];

/** Sites that have all that there is, so that a change at one is never the first of its kind; and two in each wave. */
const OTHERS = [
  storeRow('other-1', { format: 'super', gpus: 1, kiosk: true, archive: true, wave: 'pilot' }),
  storeRow('other-2', { release: 'newer', wave: 'pilot' }),
];

function siteOf({ title }: Pick<Change, 'title'>): string {
  return title.replaceAll(' ', '-');
}

function fleetOf(delivery: SampleFleet['delivery'], when: 'before' | 'after'): SampleFleet {
  const rows = CHANGES.map((change) =>
    storeRow(siteOf(change), { ...change.before, ...(when === 'after' && change.after) }),
  );
  return { delivery, hasWaves: true, stores: [...rows, ...OTHERS] };
}

/** One run after the other in one folder, as it stands after each. */
function runs(...fleets: readonly SampleFleet[]): readonly Files[] {
  return withFiles({}, (root) =>
    fleets.map((fleet) => {
      const outDir = join(root, 'dist');
      sampleFleet(fleet).synth({ outDir, allowRemovals: true });
      return filesOf(outDir);
    }),
  );
}

const nothing: Step = { created: [], changed: [], deleted: [], left: [] };

function bootstrapOf(files: Files, site: string): Record<string, string> {
  const folder = `sites/${shardOf(site)}/${site}/`;
  return Object.fromEntries(
    Object.entries(files).filter(([path]) => path.startsWith(folder) && !path.endsWith('.ndjson')),
  );
}

describe.each([...PULLING, { ...LOCAL_CASE, engine: 'local' } as const])('$title', (engine) => {
  const { delivery } = engine;
  const then = fleetOf(delivery, 'after');
  const [before = {}, after = {}, fewer = {}, bumped = {}] = runs(
    fleetOf(delivery, 'before'),
    then,
    { ...then, without: ['kiosk', 'archive', 'ledger'] },
    { ...then, without: ['kiosk', 'archive', 'ledger'], releases: { store: 'v1.34.1+k3s1', newer: 'v1.34.1+k3s1' } },
  );
  const unitsOf = (files: Files, site: string) => engine.heldAt(files, site).map(({ name }) => name);
  const sites = [...CHANGES.map(siteOf), ...OTHERS.map(({ name }) => name)];

  test.each(CHANGES)('$title reaches its site, and what holds data stays', (change) => {
    const site = siteOf(change);
    const step = stepOf(engine, before, after, site);
    expect(step).toEqual({ ...nothing, ...change.expected(engine.engine) });
    expect(step.deleted.filter((key) => /^(Namespace|PersistentVolume)/.test(key))).toEqual([]);
  });

  // Local delivery has all of a site in its own folder.
  if (engine.engine !== 'local')
    test.each(CHANGES)("$title leaves its site's first files and the engine's own objects there", (change) => {
      const site = siteOf(change);
      expect(bootstrapOf(after, site)).toEqual(bootstrapOf(before, site));
      const others = (files: Files) => unitsOf(files, site).filter((name) => !isOf(name, change.unit));
      expect(others(after)).toEqual(others(before));
      expect(others(after).length).toBeGreaterThan(3);
    });

  test('other sites are what they were', () => {
    for (const { name } of OTHERS) expect(stepOf(engine, before, after, name)).toEqual(nothing);
  });

  test('workloads that leave the program leave all sites, but for what holds data', () => {
    const step = stepOf(engine, after, fewer, 'other-1');
    const [ledger, pods] = [
      ['Service default/ledger', 'apps/StatefulSet default/ledger'],
      [archive, ...kiosk],
    ];
    expect(step).toEqual({
      ...nothing,
      ...(engine.engine === 'rancher-fleet'
        ? { deleted: kiosk, left: [...archived, 'Namespace kiosk', ledger[0], archive, ledger[1]].sort() }
        : {
            deleted: [...ledger, ...pods].sort(),
            left: [...archived, 'Namespace kiosk'].sort(),
          }),
    });
    expect(stepOf(engine, after, fewer, 'nothing').deleted).toEqual(engine.engine === 'rancher-fleet' ? [] : ledger);
  });

  test('another release of the distribution of all sites changes none of their objects', () => {
    for (const site of sites) expect(stepOf(engine, fewer, bumped, site)).toEqual(nothing);
  });

  if (engine.engine === 'rancher-fleet' || engine.engine === 'local') return; // the first has its waves in its bundles, and one branch
  test('content that changes waits for its wave, and a site that joins the wave gets it', () => {
    const [newer = {}] = runs({ ...then, image: '2.0.0' });
    const pilotOnly: FilesAt = (ref) => (ref === 'wave-pilot' ? newer : after);
    const step = (site: string, from = after) => stepOf(engine, from, newer, site, { after: pilotOnly });
    expect(step('other-1').changed).toEqual(['apps/Deployment shop/pos']);
    expect(step('nothing')).toEqual(nothing);
    expect(step('another-wave', before)).toEqual({ ...nothing, changed: ['apps/Deployment shop/pos'] });
  });
});

/** `kiosk`, or at a hub `kiosk-<site>`; a chart at a site has an Application in one of ours. */
function isOf(name: string, workload: string | undefined): boolean {
  return workload !== undefined && new RegExp(`^${workload}([.-].*)?$`).test(name);
}
