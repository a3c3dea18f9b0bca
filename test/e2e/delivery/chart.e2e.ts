import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { RANCHER_FLEET } from '../../../lib/engines/rancher-fleet/rancher-fleet';
import type { DeliveryFiles, RecordFile, SiteFacts } from '../../../lib/model/delivery';
import { applyFilters } from '../../../lib/model/filter';
import { fillTemplate, siteValue } from '../../../lib/model/hole-value';
import type { KubeObject } from '../../../lib/model/kube-object';
import { chartFiles } from '../../../lib/render/layer/chart-files';
import { goTemplateText } from '../../../lib/render/layer/go-template-text';
import { printTemplate, printYaml, toTemplate } from '../../../lib/render/yaml-template';
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
import { helmValuesWith, objectsWith, texts, writableTexts } from './hostile-content';

interface Result {
  readonly error?: string;
  readonly value?: unknown;
  readonly objects?: readonly KubeObject[];
  readonly release?: Readonly<Record<string, string>>;
}

const missing = withoutGo();

const pos = layerOf('pos', [
  variantOf('default', objectsWith(writableTexts)),
  variantOf('gpu', [configMap('pos-config', { gpu: hole.a })]),
  variantOf('plain', [configMap('pos-config', { none: 'here' })]),
]);
const grafana = helmLayer('grafana', {
  default: {
    chart: 'grafana',
    repo: 'https://charts.example',
    version: '9.1.0',
    valuesContent: helmValuesWith(writableTexts),
  },
  oci: { chart: 'oci://registry.example/charts/grafana', version: '9.1.0', valuesContent: { whole: hole.a } },
});
const layers = [grafana, pos];

const variants = { grafana: 'default', pos: 'default' };
const waves = [
  { name: 'canary', sites: 2, offline: 0 },
  { name: 'most', sites: 9, offline: 0 },
];

function made(sites: readonly SiteFacts[], own: Readonly<Record<string, string>> = variants): DeliveryFiles {
  const content = contentOf({ layers, cohorts: [cohortOf('store', layers, own, sites)], waves });
  const files = RANCHER_FLEET.render?.(content);
  if (!files) throw new Error('nothing was made');
  return files;
}

function bundleOf({ layers: all }: DeliveryFiles, layer: string): Readonly<Record<string, string>> {
  const own = [...all].filter(([path]) => path.startsWith(`${layer}/`));
  return Object.fromEntries(own.map(([path, text]) => [path.slice(layer.length + 1), text]));
}

function recordText({ records }: DeliveryFiles, own: SiteFacts): string {
  const [record] = records.get('store') as readonly RecordFile[];
  return fillTemplate(
    printTemplate('', record?.objects ?? [], tokens, () => false),
    own,
  ).replace(/^---\n/, '');
}

/** The site's objects as it would have them in files of its own. */
function expanded(of: readonly KubeObject[], own: SiteFacts): KubeObject[] {
  const text = fillTemplate(
    printTemplate('', of, tokens, () => false),
    own,
  );
  return parseAllDocuments(text).map((document) => document.toJS());
}

function kept(object: KubeObject): KubeObject {
  if (object.kind !== 'PersistentVolumeClaim') return object;
  return { ...object, metadata: { ...object.metadata, annotations: { 'helm.sh/resource-policy': 'keep' } } };
}

function byName(all: readonly KubeObject[] = []): Record<string, KubeObject> {
  return Object.fromEntries(all.map((object) => [`${object.kind} ${object.metadata.name}`, object]));
}

function sitesWith(own: readonly string[]): SiteFacts[] {
  return own.map((text, i) =>
    site(`store-${i}`, { wave: i % 2 ? 'most' : 'canary', values: { a: text, b: `<${text}>`, port: 8080 + i } }),
  );
}

/** JSON for the annotation of a cluster, as one text of its own. */
function argoData(own: SiteFacts): object {
  const all = layers.flatMap((layer) => layer.variants).flatMap((variant) => variant.variables);
  const v = Object.fromEntries(all.map(({ name, use }) => [name, applyFilters(siteValue(own, use.hole), use.filters)]));
  return { metadata: { annotations: { 'edgecdk.dev/values': JSON.stringify({ v }) } } };
}

function filled(values: unknown, own: SiteFacts): unknown {
  return parse(
    fillTemplate(
      toTemplate(
        printYaml(values, tokens, () => false),
        tokens,
      ),
      own,
    ),
  );
}

const suite = missing === undefined ? describe : describe.skip;
if (missing !== undefined) test.skip(`skipped: what Helm makes of charts, for ${missing}`, () => undefined);

suite('what real programs make of shared content', () => {
  let program: GoProgram;
  beforeAll(() => {
    program = goProgram(join(__dirname, 'chart'));
  });
  const run = (cases: readonly object[]) => program(cases) as readonly Result[];

  function eachFine(
    sites: readonly SiteFacts[],
    results: readonly Result[],
    see: (own: SiteFacts, result: Result) => void,
  ) {
    for (const [i, own] of sites.entries()) {
      expect([own.values.a, results[i]?.error]).toEqual([own.values.a, undefined]);
      see(own, results[i] ?? {});
    }
  }

  test('Rancher Fleet and Helm give each site the objects that it would have in files of its own', () => {
    const sites = sitesWith(writableTexts);
    const files = made(sites);
    expect(files.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    const bundle = bundleOf(files, 'pos');
    const results = run(sites.map((own) => ({ bundle, cluster: recordText(files, own) })));
    eachFine(sites, results, (own, { objects, release }) => {
      expect(byName(objects)).toEqual(byName(expanded(objectsWith(writableTexts), own).map(kept)));
      expect(release).toMatchObject({ name: 'pos', namespace: 'pos', chart: 'default', partition: own.wave });
    });
  });

  test('a text that the agent of Rancher Fleet cannot write is an error of the synthesis, as a value and in a workload', () => {
    const unwritable = texts.filter((text) => !writableTexts.includes(text));
    const sites = sitesWith(unwritable);
    const files = made(sites);
    const results = run(sites.map((own) => ({ bundle: bundleOf(files, 'pos'), cluster: recordText(files, own) })));
    for (const [i, own] of sites.entries()) {
      const config = results[i]?.objects?.find(({ metadata }) => metadata.name === 'pos-config');
      expect((config?.data as { whole?: string } | undefined)?.whole).not.toBe(own.values.a);
      const layer = layerOf('pos', [variantOf('default', [configMap('a', { a: own.values.a })])]);
      const told = [made([own]), RANCHER_FLEET.render?.(contentOf({ layers: [layer] }))];
      for (const problems of told.map((one) => one?.problems ?? []))
        expect(problems).toContainEqual(expect.objectContaining({ message: expect.stringMatching(/cannot write/) }));
    }
  });

  test('Rancher Fleet gives the values of a chart of others to each site as they are', () => {
    const sites = sitesWith(writableTexts);
    const files = made(sites);
    const bundle = bundleOf(files, 'grafana');
    const results = run(sites.map((own) => ({ bundle, cluster: recordText(files, own) })));
    eachFine(sites, results, (own, { value, release }) => {
      expect(value).toEqual(filled(helmValuesWith(writableTexts), own));
      expect(release).toMatchObject({ name: 'grafana', repo: 'https://charts.example', version: '9.1.0' });
    });
  });

  test('a variant is another chart of the same release, with its own variables alone', () => {
    const own = site('store-1', { wave: 'most' });
    const [gpu, plain, gone] = ['gpu', 'plain', 'gone'].map((variant) => {
      const files = made([own], { pos: variant });
      return run([{ bundle: bundleOf(files, 'pos'), cluster: recordText(files, own) }])[0];
    });
    expect([gpu?.release?.name, plain?.release?.name]).toEqual(['pos', 'pos']);
    expect(gpu?.value).toEqual({ v: { values__a: 'x' } });
    expect(plain?.objects).toEqual([configMap('pos-config', { none: 'here' })]);
    expect(gone?.error).toMatch(/names no variant that the bundle has/);
  });

  test('of a chart in a registry the whole address is the repo', () => {
    const own = site('store-1', { wave: 'canary' });
    const files = made([own], { grafana: 'oci' });
    const [result] = run([{ bundle: bundleOf(files, 'grafana'), cluster: recordText(files, own) }]);
    expect(result).toMatchObject({
      release: { repo: 'oci://registry.example/charts/grafana', chart: 'grafana', version: '9.1.0' },
      value: { whole: 'x' },
    });
  });

  test('a record without a value that a bundle asks for is an error, and no empty text', () => {
    const own = site('store-1', { wave: 'canary' });
    const record = recordText(made([own], { pos: 'plain' }), own).replace('plain', 'default');
    const [result] = run([{ bundle: bundleOf(made([own]), 'pos'), cluster: record }]);
    expect(result?.error).toMatch(/map has no entry for key/);
  });

  test('Argo CD and Helm give each site the same objects', () => {
    const sites = sitesWith(texts);
    const chart = Object.fromEntries(chartFiles(pos, variantOf('default', objectsWith(texts)), tokens));
    const values = '{{ index .metadata.annotations "edgecdk.dev/values" }}';
    const results = run(sites.map((own) => ({ chart, values, data: argoData(own) })));
    eachFine(sites, results, (own, { objects }) => {
      expect(byName(objects)).toEqual(byName(expanded(objectsWith(texts), own).map(kept)));
    });
  });

  test('Helm values of an ApplicationSet give each site the values of a chart of others', () => {
    const sites = sitesWith(texts);
    const tree = helmValuesWith(texts);
    const dialect = { open: '{{', close: '}}', expression: (variable: string) => `$v.${variable}` };
    const text = goTemplateText(
      printYaml(tree, tokens, () => false),
      tokens,
      dialect,
    );
    const values = `{{- $v := (index .metadata.annotations "edgecdk.dev/values" | fromJson).v -}}\n${text}`;
    const results = run(sites.map((own) => ({ text: values, open: '{{', close: '}}', data: argoData(own) })));
    eachFine(sites, results, (own, { value }) => expect(value).toEqual(filled(tree, own)));
  });
});
