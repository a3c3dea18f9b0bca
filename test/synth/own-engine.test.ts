import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  Cpu,
  Encode,
  type FleetProps,
  HelmWorkload,
  K3sCluster,
  Output,
  Override,
  Run,
  Site,
  SiteBlueprint,
  type SiteContext,
  Size,
  Storage,
  SynthError,
  Wave,
} from 'edgecdk';
import { parse, parseAllDocuments } from 'yaml';
import type { z } from 'zod';
import type { AssemblyRecord } from '../../lib/model/assembly-record';
import { recordShardOf, shardOf } from '../../lib/model/digest';
import type { KubeObject } from '../../lib/model/kube-object';
import { courier } from '../support/courier/courier';
import { addContainer, type Row, row, type schema, smallFleet } from '../support/small-fleet';
import { filesOf, withFiles } from '../support/with-files';

const hostile = ['0042', 'yes', '1e3', '~', ' x ', 'O\'Neill "Ted" \\ \n#c: \u0024{X} {{y}} @{z}', 'é ü'];
const rows = hostile.map((contact, i) =>
  row(`store-${i + 1}`, { contact, storeId: `00${i}`, tills: 1 + (i % 3), format: i % 2 ? 'super' : 'express' }),
);

type Context = SiteContext<z.output<typeof schema>>;

/** Stores with a workload of each kind of hole, a variant, a volume and an override that sets a value. */
function stores(props: FleetProps, all: readonly Row[] = rows, change: { readonly image?: string } = {}) {
  const small = smallFleet(all, props);
  const pos = addContainer(small, 'pos', {
    image: change.image ?? 'ghcr.io/acme/app:1.0.0',
    env: ({ site }: Context) => ({
      STORE: site.values.storeId,
      CONTACT: site.values.contact,
      MIXED: `to ${site.values.contact}!`,
      LANES: `${site.values.tills}`,
      LITERAL: '\u0024{HOME} {{x}} @ $(y)',
    }),
    files: ({ site }: Context) => ({
      '/etc/contact': `contact=${Encode.json(site.values.contact)}\nend\n`,
      '/etc/static': 'a\n  b \u0024{c}\n',
    }),
    namespace: 'shop',
    variants: {
      big: { when: { values: { format: 'super' } }, resources: { cpu: Cpu.millis(60), memory: Size.mebibytes(65) } },
    },
  } as never);
  addContainer(small, 'ledger', { run: Run.stateful(1), mounts: { '/data': Storage.claim(Size.gibibytes(1)) } });
  new HelmWorkload(small.fleet, 'metrics', {
    chart: 'vector',
    repo: 'https://helm.vector.dev',
    version: '0.37.0',
    values: ({ site }) => ({ store: site.values.storeId, tills: site.values.tills }),
    placement: small.placement,
  });
  new Override(small.fleet, 'lost-sign', {
    workload: pos,
    sites: small.placement.where({ values: { storeId: '001' } }),
    values: { storeId: 'lost' },
    owner: 'ops',
    reason: 'the sign fell off',
    until: '2026-12-31',
  });
  return small.fleet;
}

type Files = ReadonlyMap<string, string> | Readonly<Record<string, string>>;
const textOf = (files: Files, path: string) =>
  (files instanceof Map ? files.get(path) : (files as Record<string, string>)[path]) ?? '';
const pathsOf = (files: Files) => (files instanceof Map ? [...files.keys()] : Object.keys(files));

function synthesized(props: FleetProps, all?: readonly Row[]) {
  return withFiles({}, (root) => {
    const outDir = join(root, 'dist');
    stores(props, all).synth({ outDir });
    return filesOf(outDir);
  });
}

const recordPath = (site: string) => `delivery/courier/sites/${recordShardOf(site)}/${site}/parcel.yaml`;

interface Parcel {
  readonly layers: Readonly<Record<string, string>>;
  readonly namespaces: readonly string[];
  readonly values: Readonly<Record<string, string>>;
}

/** What the engine makes of a site's record. */
function pulled(files: Files, site: string): KubeObject[] {
  const { layers, namespaces, values } = parse(textOf(files, recordPath(site))) as Parcel;
  const shared = Object.entries(layers).flatMap(([layer, variant]) => {
    const text = textOf(files, `workloads/${layer}/${variant}/all.yaml`);
    return documents(text.replace(/@\{([A-Za-z_0-9]+)\}/g, (literal: string, name: string) => values[name] ?? literal));
  });
  const spaces = namespaces.map((name) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }));
  return [...spaces, ...shared];
}

function documents(text: string): KubeObject[] {
  return parseAllDocuments(text).map((d) => {
    expect(d.errors).toEqual([]);
    return d.toJS() as KubeObject;
  });
}

function own(files: Files, site: string, folder = 'manifests'): KubeObject[] {
  const prefix = `sites/${shardOf(site)}/${site}/${folder}/`;
  return pathsOf(files)
    .filter((path) => path.startsWith(prefix))
    .flatMap((path) => documents(textOf(files, path)));
}

const key = ({ apiVersion, kind, metadata }: KubeObject) =>
  `${apiVersion}/${kind} ${metadata.namespace}/${metadata.name}`;
const byKey = (objects: readonly KubeObject[]) =>
  Object.fromEntries(objects.map((o) => [key(o), withValues(o)] as const).sort(([a], [b]) => (a < b ? -1 : 1)));

/** Values of a HelmChart as a tree, which K3s gets as text. */
function withValues(object: KubeObject): unknown {
  const spec = object.spec as { readonly valuesContent?: unknown } | undefined;
  if (object.kind !== 'HelmChart' || typeof spec?.valuesContent !== 'string') return object;
  return { ...object, spec: { ...spec, valuesContent: parse(spec.valuesContent) } };
}

const pulling = { delivery: courier('north') };

test('what an engine makes of shared content and a record is what the site would have as files of its own', () => {
  const [local, layered] = [synthesized({}), synthesized(pulling)];
  for (const { name } of rows) expect(byKey(pulled(layered, name))).toEqual(byKey(own(local, name)));
});

test('a site has its record and what it begins with, and nothing else', () => {
  const files = synthesized(pulling);
  const mine = pathsOf(files).filter((path) => path.includes('/store-1/'));
  expect(mine.sort()).toEqual(
    [recordPath('store-1'), `sites/${shardOf('store-1')}/store-1/manifests/courier.yaml`].sort(),
  );
});

test('the objects of a site are written in full beside where the fleet says so', () => {
  const [local, both] = [synthesized({}), synthesized({ ...pulling, output: Output.expanded() })];
  for (const { name } of rows) expect(byKey(own(both, name, 'expanded'))).toEqual(byKey(own(local, name)));
});

test('shared content is the same for 7 and for 140 sites', () => {
  const many = Array.from({ length: 140 }, (_, i) => ({ ...(rows[i % rows.length] as Row), name: `store-${i + 1}` }));
  const shared = (files: Files) =>
    Object.fromEntries(
      pathsOf(files)
        .filter((p) => /^(workloads|delivery\/courier\/[^/]*$)/.test(p))
        .map((p) => [p, textOf(files, p)]),
    );
  expect(shared(synthesized(pulling, many))).toEqual(shared(synthesized(pulling)));
});

test('shared folders are named by variant, and by more where content differs', () => {
  const folders = new Set(
    pathsOf(synthesized(pulling)).flatMap((path) => /^workloads\/(.*)\/all.yaml$/.exec(path)?.[1] ?? []),
  );
  expect([...folders].sort()).toEqual([
    'ledger/default',
    'metrics/default',
    'pos/big',
    'pos/big_lost-sign',
    'pos/default',
  ]);
});

/** Objects of a site that come, go and change, by what it pulls. */
function difference(before: Files, after: Files, site: string) {
  const [was, is] = [byKey(pulled(before, site)), byKey(pulled(after, site))];
  const same = (k: string) => JSON.stringify(was[k]) === JSON.stringify(is[k]);
  return {
    created: Object.keys(is).filter((k) => !(k in was)),
    changed: Object.keys(is).filter((k) => k in was && !same(k)),
    deleted: Object.keys(was).filter((k) => !(k in is)),
  };
}

test('another variant changes what it says in place', () => {
  const others = rows.map((r) => (r.name === 'store-1' ? { ...r, format: 'super' as const } : r));
  const [before, after] = [synthesized(pulling), synthesized(pulling, others)];
  expect(difference(before, after, 'store-1')).toEqual({
    created: [],
    changed: ['apps/v1/Deployment shop/pos'],
    deleted: [],
  });
  expect(textOf(after, `sites/${shardOf('store-1')}/store-1/manifests/courier.yaml`)).toBe(
    textOf(before, `sites/${shardOf('store-1')}/store-1/manifests/courier.yaml`),
  );
});

test('the index knows what a site has, and claims that would go are refused as ever', () => {
  withFiles({}, (root) => {
    const outDir = join(root, 'dist');
    stores(pulling).synth({ outDir });
    const index = JSON.parse(readFileSync(join(outDir, 'assembly.json'), 'utf8')) as AssemblyRecord;
    expect(Object.values(index.cohorts).every(({ delivery }) => delivery === 'courier')).toBe(true);
    const again = stores(pulling).synth({ outDir });
    expect({ written: again.written, removed: again.removed }).toEqual({ written: 0, removed: 0 });
    const small = smallFleet(rows, pulling);
    addContainer(small, 'pos');
    expect(() => small.fleet.synth({ outDir })).toThrow(/would withdraw ledger, which holds data/);
  });
});

test('files of a site that begins to pull are dropped and never withdrawn: the engine takes their objects over', () => {
  withFiles({}, (root) => {
    const outDir = join(root, 'dist');
    stores({}).synth({ outDir });
    const { warnings } = stores(pulling).synth({ outDir });
    expect(warnings.map(({ message }) => message)).toEqual([
      expect.stringMatching(
        /^has sites that get what they run by Courier from now on, and by files of their own before/,
      ),
    ]);
    expect(Object.keys(own(filesOf(outDir), 'store-1'))).toHaveLength(1);
    const index = readFileSync(join(outDir, `sites/${shardOf('store-1')}/index.ndjson`), 'utf8');
    expect(index).not.toContain('retired');
    stores({}).synth({ outDir });
    expect(byKey(own(filesOf(outDir), 'store-1'))).toEqual(byKey(own(synthesized({}), 'store-1')));
  });
});

test('a value that leaves the records while later waves may still ask for it is told', () => {
  withFiles({}, (root) => {
    const outDir = join(root, 'dist');
    const fleetOf = (env: (context: Context) => Record<string, string>, isWaved = true) => {
      const small = smallFleet(rows, pulling);
      if (isWaved) Wave.rest(small.fleet, 'all');
      addContainer(small, 'pos', { env } as never);
      return small.fleet;
    };
    const tags = ({ site }: Context) => ({ TAGS: site.json.tags, STORE: site.values.storeId });
    fleetOf(tags).synth({ outDir });
    const { warnings } = fleetOf(() => ({ TAGS: 'none' })).synth({ outDir });
    expect(warnings.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^no longer has dj__json__tags, for which content of waves .* still asks/),
    ]);
    fleetOf(tags).synth({ outDir });
    expect(fleetOf(() => ({ TAGS: 'none' }), false).synth({ outDir }).warnings).toEqual([]);
  });
});

test('sites that no wave has are told, whatever engine asks for their wave', () => {
  const small = smallFleet(rows, pulling);
  Wave.where(small.fleet, 'early', { values: { format: 'super' } });
  addContainer(small, 'pos', { env: ({ site }: Context) => ({ STORE: site.values.storeId }) } as never);
  expect(messageOf(() => small.fleet.synth({ outDir: '/nowhere' }))).toMatch(
    /sites of 7 in none of its waves; add Wave.rest/,
  );
});

test('a paused site keeps its record, and what it shares with others is told', () => {
  withFiles({}, (root) => {
    const outDir = join(root, 'dist');
    const paused = rows.map((r) => (r.name === 'store-1' ? { ...r, state: 'paused', storeId: '9999' } : r));
    stores(pulling).synth({ outDir });
    const before = textOf(filesOf(outDir), recordPath('store-1'));
    const { warnings } = stores(pulling, paused, { image: 'ghcr.io/acme/app:2.0.0' }).synth({ outDir });
    expect(textOf(filesOf(outDir), recordPath('store-1'))).toBe(before);
    expect(warnings.map(({ message }) => message).join()).toMatch(
      /paused sites, which keep their record .*: pos changes for them too/,
    );
  });
});

test('what is wrong with an engine is told with its fleet', () => {
  expect(messageOf(() => synthesized({ delivery: courier('') }))).toContain(
    '[small] has a Courier without a depot; name it',
  );
});

test('one fleet has one description of an engine', () => {
  const small = smallFleet(rows, pulling);
  addContainer(small, 'pos');
  const kiosk = new SiteBlueprint(small.fleet, 'kiosk', {
    cluster: new K3sCluster({ version: 'v1.33.5+k3s1', servers: small.box.count(1) }),
    delivery: courier('south'),
  });
  new Site(small.fleet, 'hall', { blueprint: kiosk });
  expect(messageOf(() => small.fleet.synth({ outDir: '/nowhere' }))).toContain(
    '[small/kiosk] describes Courier otherwise than [small]',
  );
});

function messageOf(run: () => unknown): string {
  try {
    run();
  } catch (e) {
    if (e instanceof SynthError) return e.message;
    throw e;
  }
  return '';
}
