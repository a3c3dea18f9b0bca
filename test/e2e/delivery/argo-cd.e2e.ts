import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { ARGO_CD, type ArgoCdOptions, argoCdDelivery } from '../../../lib/engines/argo-cd/argo-cd';
import { keepObject } from '../../../lib/engines/argo-cd/kept';
import type { DeliveryFiles, SiteFacts } from '../../../lib/model/delivery';
import { recordFolder } from '../../../lib/model/folders';
import { fillTemplate } from '../../../lib/model/hole-value';
import type { KubeObject } from '../../../lib/model/kube-object';
import { printTemplate } from '../../../lib/render/yaml-template';
import {
  cohortOf,
  configMap,
  contentOf,
  helmLayer,
  hole,
  layerOf,
  site,
  tokens,
  variantOf,
} from '../../lib/engines/rancher-fleet/sample-content';
import { type GoProgram, goProgram, withoutGo } from '../tools/go-program';
import { helmValuesWith, objectsWith, texts } from './hostile-content';

/** Its definitions of objects are taken from it; it is not built. */
const argoCd = 'github.com/argoproj/argo-cd/v3@v3.5.7';

interface Checked {
  readonly objects: readonly (readonly string[])[];
  readonly builds: readonly { readonly objects?: readonly KubeObject[]; readonly error?: string }[];
}

interface Filled {
  readonly error?: string;
  readonly value?: unknown;
  readonly objects?: readonly KubeObject[];
}

interface Source {
  readonly repoURL: string;
  readonly path: string;
  readonly targetRevision: string;
  readonly chart?: string;
  readonly helm: { readonly values: string; readonly valuesObject?: unknown };
}

const objects = objectsWith(texts);
const helmValues = helmValuesWith(texts);
const missing = withoutGo();
const git = { kind: 'git', url: 'https://git.example/fleet.git', branch: 'main', path: 'dist' } as const;
const oci = { kind: 'oci', url: 'oci://registry.example/fleet', tag: 'stable' } as const;
const waves = [
  { name: 'canary', sites: 2, offline: 0, maxUnavailable: 1 },
  { name: 'most', sites: 9, offline: 0 },
];
const variants = { grafana: 'default', pos: 'default' };
const layers = [
  helmLayer('grafana', {
    default: { chart: 'grafana', repo: 'https://charts.example', version: '9.1.0', valuesContent: helmValues },
    oci: { chart: 'oci://registry.example/charts/grafana', version: '9.2.0', valuesContent: { whole: hole.a } },
  }),
  layerOf('pos', [variantOf('default', objects), variantOf('gpu', [configMap('pos-config', { gpu: hole.a })])], {
    owner: 'Store.Apps',
  }),
];
const sites = texts.map((text, i) =>
  site(`store-${i}`, { wave: i % 2 ? 'most' : 'canary', values: { a: text, b: `<${text}>`, port: 8080 + i } }),
);

function made(own: readonly SiteFacts[], options: Partial<ArgoCdOptions> = {}, has: object = variants): DeliveryFiles {
  const cohorts = [cohortOf('store', layers, has as Record<string, string>, own)];
  const sharedClusters = [{ id: 'cloud', path: 'grocer/cloud', folder: 'clusters/cloud', siteShards: ['0a', 'f3'] }];
  const delivery = argoCdDelivery({ source: git, ...options });
  const files = ARGO_CD.render?.(contentOf({ layers, cohorts, waves, sharedClusters, delivery }));
  if (!files) throw new Error('nothing was made');
  return files;
}

function filled(of: readonly KubeObject[], own: SiteFacts): string {
  return fillTemplate(
    printTemplate('', of, tokens, () => false),
    own,
  );
}

/** What a site would have in files of its own. */
function expanded(of: readonly KubeObject[], own: SiteFacts): KubeObject[] {
  return parseAllDocuments(filled(of, own)).map((document) => document.toJS());
}

function kept(object: KubeObject): KubeObject {
  if (object.kind !== 'PersistentVolumeClaim') return object;
  const { metadata, ...rest } = keepObject(object);
  const annotations = { ...(metadata.annotations as object), 'helm.sh/resource-policy': 'keep' };
  return { ...rest, apiVersion: object.apiVersion, kind: object.kind, metadata: { ...metadata, annotations } };
}

function byName(all: readonly KubeObject[] = []): Record<string, KubeObject> {
  return Object.fromEntries(all.map((object) => [`${object.kind} ${object.metadata.name}`, object]));
}

const wantedValues = (own: SiteFacts) => parse(filled([helmValues as never], own).replace(/^---\n/, ''));

/** What the generator of clusters makes of the Secret that registers the site. */
function clusterOf({ records }: DeliveryFiles, own: SiteFacts): object {
  const [secret] = expanded(records.get('store')?.[0]?.objects ?? [], own);
  return { name: own.name, nameNormalized: own.name, server: 'https://10.0.0.1', metadata: secret?.metadata };
}

function templateOf({ files }: DeliveryFiles, layer: string): { spec: { source: Source } } {
  return parse(files.get(`applicationsets/${layer}.yaml`) ?? '').spec.template;
}

function sourceOf(application: KubeObject | undefined): Source {
  if (!application) throw new Error('there is no such Application');
  return (application.spec as { readonly source: Source }).source;
}

function folderOf(all: ReadonlyMap<string, string>, folder: string): Record<string, string> {
  return Object.fromEntries(
    [...all]
      .filter(([path]) => path.startsWith(`${folder}/`))
      .map(([path, text]) => [path.slice(folder.length + 1), text]),
  );
}

/** The assembly as a site's Argo CD finds it in the repository, as far as kustomize reads it. */
function repositoryOf({ files, records }: DeliveryFiles, own: SiteFacts): Record<string, string> {
  const shared = [...files].map(([path, text]) => [`delivery/argo-cd/${path}`, text] as const);
  const record = (records.get('store') ?? []).map(
    (file) => [`${recordFolder('argo-cd', own.name)}/${file.name}.yaml`, filled(file.objects, own)] as const,
  );
  return Object.fromEntries([...shared, ...record].filter(([path]) => path.endsWith('.yaml')));
}

if (missing !== undefined) test.skip(`skipped: what Argo CD makes of a fleet, for ${missing}`, () => undefined);
else
  describe('what real programs make of a delivery by Argo CD', () => {
    let fill: (cases: readonly object[]) => readonly Filled[];
    let check: (cases: object) => Checked;
    beforeAll(() => {
      const chart: GoProgram = goProgram(join(__dirname, 'chart'));
      const own: GoProgram = goProgram(join(__dirname, 'argo-cd'));
      const { Dir } = JSON.parse(
        execFileSync('go', ['mod', 'download', '-json', argoCd], { cwd: tmpdir(), encoding: 'utf8' }),
      );
      fill = (cases) => chart(cases) as readonly Filled[];
      check = (cases) =>
        own({ objects: [], builds: [], ...cases, definitions: join(Dir, 'manifests', 'crds') }) as Checked;
    });

    const options: readonly Partial<ArgoCdOptions>[] = [
      { syncWindows: [{ kind: 'allow', schedule: '0 1 * * *', duration: '3h', timeZone: 'Europe/Rome' }] },
      { progressiveSyncs: true },
      { source: oci },
      { shape: 'site' },
      { shape: 'site', source: oci },
    ];

    test.each(options)('the API server takes every object, with every field: %j', (some) => {
      const own = site('store-1', { wave: 'most' });
      const { files, bootstrap } = made([own], some);
      const all = [
        ...[...files].filter(([path]) => path.endsWith('.yaml')).flatMap(([, text]) => parseAllDocuments(text)),
      ].map((document) => document.toJS() as KubeObject);
      const first = (bootstrap?.get('store') ?? []).flatMap((file) => expanded(file.objects, own));
      const objects = [...all, ...first].filter(({ kind }) => kind !== 'Kustomization');
      expect(objects.length).toBeGreaterThan(4);
      expect(check({ objects }).objects).toEqual(objects.map(() => []));
    });

    test('an object that is wrong is refused', () => {
      const set = parse(made(sites).files.get('applicationsets/pos.yaml') ?? '');
      const broken = [
        { ...set, spec: { ...set.spec, goTemplates: true } },
        { ...set, spec: { ...set.spec, goTemplate: 'yes' } },
        { ...set, spec: { generators: set.spec.generators } },
      ];
      const found = check({ objects: broken }).objects;
      expect(found.map((problems) => problems.length > 0)).toEqual([true, true, true]);
    });

    test('a hub gives each site the objects that it would have in files of its own', () => {
      const files = made(sites);
      const { source } = templateOf(files, 'pos').spec;
      const cases = sites.map((own) => ({
        chart: folderOf(files.layers, 'pos/default'),
        values: source.helm.values,
        data: clusterOf(files, own),
      }));
      const results = fill(cases);
      for (const [i, own] of sites.entries()) {
        expect([own.values.a, results[i]?.error]).toEqual([own.values.a, undefined]);
        expect(byName(results[i]?.objects)).toEqual(byName(expanded(objects, own).map(kept)));
      }
    });

    test('a hub gives each site the values of a chart of others, and the chart of its variant', () => {
      const files = made(sites);
      const { source } = templateOf(files, 'grafana').spec;
      const text = (template: string, data: object) => ({ text: template, open: '{{', close: '}}', data });
      const results = fill(sites.map((own) => text(source.helm.values, clusterOf(files, own))));
      for (const [i, own] of sites.entries()) {
        expect([own.values.a, results[i]?.error]).toEqual([own.values.a, undefined]);
        expect(results[i]?.value).toEqual(wantedValues(own));
      }
      const own = site('store-1', { wave: 'most' });
      const chosen = ['default', 'oci', 'gone'].map((grafana) => {
        const cluster = clusterOf(made([own], {}, { grafana }), own);
        return fill([source.repoURL, source.targetRevision].map((one) => text(one, cluster)));
      });
      const unknown = expect.stringMatching(/grafana has no variant "gone"/);
      expect(chosen.map((fields) => fields.map(({ value, error }) => value ?? error))).toEqual([
        ['https://charts.example', '9.1.0'],
        ['registry.example/charts', '9.2.0'],
        [unknown, unknown],
      ]);
    });

    test('names, paths and revisions are those of the site', () => {
      const own = site('store-1', { wave: 'most' });
      const files = made([own], {}, { pos: 'gpu' });
      const template = parse(files.files.get('applicationsets/pos.yaml') ?? '').spec.template;
      const { source, destination } = template.spec;
      const fields = [template.metadata.name, source.path, source.targetRevision, destination.name];
      const data = clusterOf(files, own);
      expect(fill(fields.map((text) => ({ text, open: '{{', close: '}}', data }))).map(({ value }) => value)).toEqual([
        'pos-store-1',
        'dist/workloads/pos/gpu',
        'wave-most',
        'store-1',
      ]);
    });

    test('a cluster that sites share has one Application for what all have, and one for each shard', () => {
      const { spec } = parse(made(sites).files.get('applicationsets/cluster.cloud.yaml') ?? '');
      const [, { list }] = spec.generators[0].matrix.generators;
      const fields = [spec.template.metadata.name, spec.template.spec.source.path];
      const texts = list.elements.flatMap((element: object) =>
        fields.map((text) => ({ text, open: '{{', close: '}}', data: { name: 'cloud', ...element } })),
      );
      expect(fill(texts).map(({ value }) => value)).toEqual([
        'cluster.cloud-manifests',
        'dist/clusters/cloud/manifests',
        'cluster.cloud-sites-0a',
        'dist/clusters/cloud/sites/0a',
        'cluster.cloud-sites-f3',
        'dist/clusters/cloud/sites/f3',
      ]);
    });

    test('a site whose record lacks a value keeps what it has: nothing is rendered', () => {
      const own = site('store-1', { wave: 'most' });
      const files = made([own]);
      const old = clusterOf(made([own], {}, { pos: 'gpu' }), own);
      const bare = { name: 'store-1', metadata: { labels: {}, annotations: {} } };
      const chart = folderOf(files.layers, 'pos/default');
      const { values } = templateOf(files, 'pos').spec.source.helm;
      const [without, unregistered] = fill([old, bare].map((data) => ({ chart, values, data })));
      expect(without?.error).toMatch(/missing propert/);
      expect(unregistered?.error).toContain('edgecdk.dev/values');
    });

    test('a site with an Argo CD of its own gets the same', () => {
      const files = made(sites, { shape: 'site' });
      const builds = sites.map((own) => ({ files: repositoryOf(files, own), path: recordFolder('argo-cd', own.name) }));
      const results = check({ builds }).builds;
      const applications = results.map(({ objects: all = [] }) => byName(all));
      expect(results.map(({ error }) => error)).toEqual(sites.map(() => undefined));
      const objectsOfAll = results.flatMap(({ objects: all = [] }) => all);
      expect(check({ objects: objectsOfAll }).objects.flat()).toEqual([]);
      for (const layer of ['pos', 'grafana']) {
        const sources = applications.map((own) => sourceOf(own[`Application ${layer}`]));
        expect(new Set(sources.map(({ path, targetRevision }) => `${path} ${targetRevision}`))).toEqual(
          new Set([`dist/workloads/${layer}/default wave-canary`, `dist/workloads/${layer}/default wave-most`]),
        );
        const rendered = fill(
          sources.map(({ helm }) => ({
            chart: folderOf(files.layers, `${layer}/default`),
            values: '{{ .values }}',
            data: { values: helm.values },
          })),
        );
        for (const [i, own] of sites.entries()) {
          expect([own.values.a, rendered[i]?.error]).toEqual([own.values.a, undefined]);
          if (layer === 'pos') {
            expect(byName(rendered[i]?.objects)).toEqual(byName(expanded(objects, own).map(kept)));
          } else {
            const [application] = rendered[i]?.objects ?? [];
            expect(sourceOf(application).helm.valuesObject).toEqual(wantedValues(own));
            expect(check({ objects: [application] }).objects).toEqual([[]]);
          }
        }
      }
    });

    test('a record from a registry names what is in its artifact', () => {
      const own = site('store-1', { wave: 'most' });
      const files = made([own], { shape: 'site', source: oci }, { pos: 'gpu' });
      const [result] = check({
        builds: [{ files: repositoryOf(files, own), path: recordFolder('argo-cd', 'store-1') }],
      }).builds;
      expect(result?.error).toBeUndefined();
      expect(Object.keys(byName(result?.objects)).sort()).toEqual([
        'AppProject edgecdk',
        'AppProject edgecdk-shared',
        expect.stringMatching(/^AppProject store-apps-/),
        'Application pos',
      ]);
      const [root] = (files.bootstrap?.get('store') ?? []).flatMap((file) => expanded(file.objects, own));
      expect(sourceOf(root).path).toBe(recordFolder('argo-cd', 'store-1'));
    });
  });
