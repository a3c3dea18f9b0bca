import { parseAllDocuments } from 'yaml';
import { ARGO_CD_FIELDS, type ArgoCdFields } from '../../../../lib/catalog/argo-cd';
import { ARGO_CD, type ArgoCdOptions } from '../../../../lib/engines/argo-cd/argo-cd';
import type { DeliveryContent, DeliveryFiles } from '../../../../lib/model/delivery';
import { strayFields } from './argo-cd-fields';
import { carrier, contentOf, git, metrics, oci, pos, siteOf, waves } from './sample-content';

const sharedClusters = [{ id: 'cloud', path: 'grocer/cloud', folder: 'clusters/cloud', siteShards: ['0a', 'f3'] }];
const syncWindows = [
  { kind: 'allow', schedule: '0 1 * * *', duration: '3h', timeZone: 'Europe/Rome' },
  { kind: 'deny', schedule: '0 0 * 12 *', duration: '24h', timeZone: 'UTC', owner: 'observers' },
] as const;

function render(content: DeliveryContent): DeliveryFiles {
  const made = ARGO_CD.render?.(content);
  if (!made) throw new Error('nothing is made');
  return made;
}

function objectsOf({ files, records, bootstrap }: DeliveryFiles): Record<string, unknown>[] {
  const printed = [...files].filter(([path]) => path.endsWith('.yaml')).map(([, text]) => text);
  return [
    ...printed.flatMap((text) => parseAllDocuments(text).map((document) => document.toJS())),
    ...[...records.values()].flatMap((own) => own.flatMap(({ objects }) => objects)),
    ...[...(bootstrap?.values() ?? [])].flatMap((own) => own.flatMap(({ objects }) => objects)),
  ];
}

function fieldsOf({ kind }: Readonly<Record<string, unknown>>): ArgoCdFields {
  return ARGO_CD_FIELDS[String(kind)] ?? {};
}

const table: readonly [string, Partial<ArgoCdOptions>, Partial<DeliveryContent>][] = [
  ['a hub with git', {}, {}],
  ['a hub with git, waves and windows', { syncWindows }, { waves, sharedClusters }],
  ['a hub with progressive syncs', { progressiveSyncs: true }, { waves }],
  ['a hub with a registry', { source: oci }, { waves, sharedClusters }],
  ['sites with git', { shape: 'site', source: { ...git, path: 'dist' } }, { waves, sharedClusters }],
  ['sites with a registry', { shape: 'site', source: oci, syncWindows }, { sharedClusters }],
];

describe.each(table)('%s', (_name, options, more) => {
  const made = render(contentOf({ options, more }));

  test('emits no field that Argo CD or kustomize does not know', () => {
    const objects = objectsOf(made);
    expect(objects.length).toBeGreaterThan(5);
    for (const object of objects) expect(strayFields(object, fieldsOf(object))).toEqual([]);
  });

  test('makes equal bytes from equal content, however many sites there are', () => {
    const many = Array.from({ length: 40 }, (_, i) => siteOf(`store-${i}`));
    const again = render(contentOf({ options, more, sites: many }));
    expect([...again.files]).toEqual([...made.files]);
    expect([...again.layers]).toEqual([...made.layers]);
  });

  test('writes no credentials and does not register a cluster', () => {
    const texts = [...made.files].filter(([path]) => path !== 'README.md').map(([, text]) => text);
    const all = texts.join('') + JSON.stringify([...made.records.values()]);
    expect(all).not.toMatch(/secret-type|stringData|"data":|\ndata:|bearerToken/);
  });

  test('says in its README what is pushed, and by which commands', () => {
    const readme = made.files.get('README.md') ?? '';
    expect(readme).toContain('kubectl apply --server-side');
    expect(readme).toContain(options.source?.kind === 'oci' ? 'sh delivery/argo-cd/publish.sh <tag>' : git.url);
    expect(readme.includes('## Waves')).toBe(more.waves !== undefined);
    expect(readme.includes('## Windows')).toBe(options.syncWindows !== undefined);
    expect(readme).not.toContain('undefined');
  });
});

test('a schema that lacks a field, or has another type for it, is noticed', () => {
  const setFields = fieldsOf({ kind: 'ApplicationSet' });
  const [set] = objectsOf(render(contentOf())).filter(({ kind }) => kind === 'ApplicationSet');
  expect(strayFields({ ...set, extra: 1 }, setFields)).toEqual(['extra is not known']);
  expect(strayFields({ spec: { goTemplate: 'yes' } }, setFields)).toHaveLength(1);
  expect(strayFields({ spec: { strategy: { type: 'Slowly' } } }, setFields)).toHaveLength(1);
});

test('no field is in the schemas that is never written', () => {
  const objects = table.flatMap(([, options, more]) => objectsOf(render(contentOf({ options, more }))));
  const chart = render(contentOf({ options: { shape: 'site' } })).layers.get('metrics/default/templates/metrics.yaml');
  const charts = parseAllDocuments(chart?.replaceAll(/: \{\{.*\}\}/g, ': 1') ?? '').map((document) => document.toJS());
  const written = [...objects, ...charts];
  for (const [kind, fields] of Object.entries(ARGO_CD_FIELDS)) {
    const paths = new Set(written.filter((one) => one.kind === kind).flatMap((one) => pathsOf(one, '')));
    const idle = Object.keys(fields).filter((path) => !paths.has(path) && !path.startsWith('metadata.'));
    expect([kind, idle]).toEqual([kind, []]);
  }
});

/** Of all members, `[]` for each entry of a list. */
function pathsOf(value: unknown, at: string): string[] {
  if (Array.isArray(value)) return [at, ...value.flatMap((one) => pathsOf(one, `${at}[]`))];
  if (typeof value !== 'object' || value === null) return [at];
  return [at, ...Object.entries(value).flatMap(([name, one]) => pathsOf(one, at === '' ? name : `${at}.${name}`))];
}

test('a hub has one ApplicationSet for each layer, whatever its variants, and one project for each owner', () => {
  const { files, layers } = render(contentOf());
  expect([...files.keys()]).toEqual([
    'README.md',
    'applicationsets/edgecdk-cluster.yaml',
    'applicationsets/metrics.yaml',
    'applicationsets/pos.yaml',
    'projects/edgecdk.yaml',
    'projects/observers.yaml',
    'projects/store-apps-5a5e505a.yaml',
  ]);
  expect([...layers.keys()].filter((path) => path.endsWith('Chart.yaml'))).toEqual([
    'edgecdk-cluster/store/Chart.yaml',
    'pos/default/Chart.yaml',
    'pos/gpu.k3s/Chart.yaml',
  ]);
});

test('it takes memory from sites only where it runs there', () => {
  const memory = (shape: 'hub' | 'site') =>
    ARGO_CD.overhead?.(contentOf({ options: { shape } }).delivery).memoryMiB.value;
  expect([memory('hub'), memory('site')]).toEqual([0, 600]);
});

test('sites without workloads have a record and no variables', () => {
  const content = contentOf({ layers: [carrier, metrics, pos], has: {} });
  for (const shape of ['hub', 'site'] as const) {
    const { records } = render({ ...content, delivery: contentOf({ options: { shape } }).delivery });
    expect(JSON.stringify(records.get('store-1'))).toContain('{\\"v\\":{}}');
  }
});
