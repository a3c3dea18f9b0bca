import { join } from 'node:path';
import fc from 'fast-check';
import { parse, parseAllDocuments } from 'yaml';
import { notCarried } from '../../../lib/engines/flux/carried-text';
import { FLUX_CONSTANTS, fluxText } from '../../../lib/engines/flux/flux-text';
import { keepingPatch } from '../../../lib/engines/flux/kept';
import type { DeliveryFiles, SiteFacts } from '../../../lib/model/delivery';
import { applyFilters, quotedBody } from '../../../lib/model/filter';
import { siteValue } from '../../../lib/model/hole-value';
import type { KubeObject } from '../../../lib/model/kube-object';
import { withFilter } from '../../../lib/model/token';
import {
  claim,
  configMap,
  filled,
  git,
  hole,
  layerOf,
  made,
  metrics,
  oci,
  recordOf,
  type Sample,
  site,
  tokens,
  variantOf,
  waves,
} from '../../lib/engines/flux/sample-content';
import { hostileTexts, inventoryText } from '../../support/hostile';
import { type GoProgram, goProgram, withoutGo } from '../tools/go-program';
import { texts } from './hostile-content';

interface Got {
  readonly objects?: readonly KubeObject[];
  readonly error?: string;
}
interface Build {
  readonly files: Readonly<Record<string, string>>;
  readonly path: string;
  readonly sites?: readonly Readonly<Record<string, string>>[];
}

const missing = withoutGo();
const kustomization = 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [objects.yaml]\n';
const long = 'word '.repeat(30);

/** Holes wherever they may be; `literal` is what a user wrote. */
function objectsWith(literal: string, i = 0): KubeObject[] {
  return [
    {
      ...configMap(`pos-${i}`, {
        whole: hole.a,
        mixed: `${hole.a}-${hole.b}`,
        inside: `x ${hole.a} y ${hole.b} ${hole.a}`,
        long: `${long}${hole.a} ${hole.b} ${long} ${hole.a}${long}  ${hole.b}  ${long}`,
        file: `first line\nkey = ${hole.a}\nlast ${hole.b} line\n`,
        first: `${hole.a}\n${hole.b}\n`,
        base64: withFilter(hole.a, 'b'),
        json: `{"a":"${withFilter(hole.a, 'j')}"}`,
        argument: withFilter(hole.b, 'd'),
        port: `n=${hole.port}`,
        dollars: '\u0024{HOME} $$ $(X) {{y}} $',
        'dollar-before-hole': `$${hole.a}$\u0024{${hole.b}}`,
        'almost-a-hole': `\u0024{${hole.a}/.\u0007/}`,
        block: `x: $1\ny: \u0024{A}\n  z: $$\n`,
        literal,
        both: `${literal}${hole.a}${literal}`,
        [`key-${hole.site}`]: hole.a,
      }),
    },
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: `${hole.site}-${i}`, namespace: 'shop', annotations: { literal } },
      none: null,
      on: true,
      empty: {},
      keys: {
        yes: 1,
        null: 'a',
        '1': 'b',
        '1e3': hole.a,
        '~': 'c',
        'a: b': [],
        '\u0024{X}': 'd',
        '': 'e',
        '0x1f': 'f',
      },
      spec: { replicas: hole.port, template: { spec: { containers: [{ args: [hole.a], ports: [hole.port, 2] }] } } },
    },
  ];
}

function carried(text: string): boolean {
  return notCarried(text) === undefined && !text.startsWith('\t');
}

const own: readonly string[] = [
  '1e3',
  ' x',
  '#c',
  '\\',
  '.\\a',
  '.\u0007',
  'x \u0007',
  '$$',
  '$(A)',
  '\ue000',
  '\ue000u0041',
];
const values = [...new Set([...hostileTexts, ...texts, ...own])].filter(carried);
const sites = values.map((text, i) => site(`s${i}`, { values: { a: text, b: `<${text}>`, port: i } }));

function variablesFor(objects: readonly KubeObject[], facts: SiteFacts): Readonly<Record<string, string>> {
  const all = variantOf('', objects).variables;
  return Object.fromEntries([
    ...Object.entries(FLUX_CONSTANTS),
    ...all.map(({ name, use }) => [name, applyFilters(siteValue(facts, use.hole), use.filters)] as const),
  ]);
}

/** The site's objects as it would have them in files of its own. */
function expanded(objects: readonly KubeObject[], facts: SiteFacts): KubeObject[] {
  return parseAllDocuments(filled(objects, facts)).map((document) => document.toJS());
}

function byName(objects: readonly KubeObject[] = []): Record<string, KubeObject> {
  return Object.fromEntries(objects.map((object) => [`${object.kind} ${object.metadata.name}`, object]));
}

if (missing !== undefined) test.skip(`skipped: what Flux makes of shared content, for ${missing}`, () => undefined);
else
  describe("what Flux' own code makes of shared content", () => {
    let program: GoProgram;
    beforeAll(() => {
      program = goProgram(join(__dirname, 'flux'));
    });
    const build = (builds: readonly Build[]) => (program({ builds }) as { builds: Got[][] }).builds;
    const complaints = (objects: readonly unknown[]) => (program({ objects }) as { objects: string[] }).objects;

    function expectSame(objects: readonly KubeObject[], of: readonly SiteFacts[]): void {
      const files = { 'l/kustomization.yaml': kustomization, 'l/objects.yaml': fluxText(objects, tokens) };
      const [got = []] = build([{ files, path: 'l', sites: of.map((one) => variablesFor(objects, one)) }]);
      expect(got.length).toBe(of.length);
      for (const [i, facts] of of.entries()) {
        expect([facts.values, got[i]?.error]).toEqual([facts.values, undefined]);
        expect(byName(got[i]?.objects)).toEqual(byName(expanded(objects, facts)));
      }
    }

    test('any value arrives as it is', () => expectSame(objectsWith('x'), sites));

    test("any text of the user's own survives, beside any value", () => {
      const objects = values.flatMap((text, i) => objectsWith(text, i));
      expectSame(objects, [
        site('store-1', { values: { a: '', b: 'yes', port: 0 } }),
        site('store-2', { values: { a: ' q ', b: '', port: 3 } }),
      ]);
    });

    test('generated values and texts arrive as they are', () => {
      const literal = fc
        .oneof(
          inventoryText,
          fc.string({ unit: 'binary', maxLength: 60 }).map((text) => text.replace(/\p{Cs}/gu, '')),
        )
        .filter(carried);
      const value = inventoryText.filter(carried);
      const facts = fc
        .record({ a: value, b: value, port: fc.integer() })
        .map((one) => site('store-1', { values: one }));
      const some = <T>(of: fc.Arbitrary<T>, numRuns: number, seed: number) => fc.sample(of, { numRuns, seed });
      expectSame(objectsWith('x'), some(facts, 400, 1));
      expectSame(
        some(literal, 300, 2).flatMap((text, i) => objectsWith(text, i)),
        some(facts, 5, 3),
      );
    });

    test('a number that any JSON reader takes arrives as the same', () => {
      const numbers = [0, -1, 65_535, 2_147_483_648, 9_007_199_254_740_991, 0.1, -1.5, 1e21, 1e-7];
      expectSame(
        objectsWith('x'),
        numbers.map((port) => site('store-1', { values: { a: 'x', b: 'y', port } })),
      );
    });

    test('what Flux does not carry is what is refused, and nothing else', () => {
      const odd = [...Array(0x180).keys(), 0x2028, 0x2029, 0xfeff, 0xfffd, 0xfffe, 0xffff, 0x1f600].map((code) =>
        String.fromCodePoint(code),
      );
      const tabs = ['\t', '\ta', '\ta\n', '\t\nb', '\n\ta', ' \ta\n', 'a\n\tb', '\n\t'];
      const all = [...odd.flatMap((c) => [c, `a${c}b`, `a\n${c}b`, `a${c}\n`]), ...tabs];
      const object = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata: {v: "\u0024{v/.\\u0007/}"}\n';
      const files = { 'l/kustomization.yaml': kustomization, 'l/objects.yaml': object };
      const [got = []] = build([{ files, path: 'l', sites: all.map((text) => ({ v: quotedBody(text) })) }]);
      const arrived = all.map((text, i) => [
        text,
        (got[i]?.objects?.[0]?.data as { v: string } | undefined)?.v === text,
      ]);
      expect(arrived).toEqual(all.map((text) => [text, notCarried(text) === undefined]));
    });

    test('without forced quotes, and with spaces beside long text, Flux would make other values', () => {
      const object = (text: string) =>
        `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata: {v: ${JSON.stringify(text)}}\n`;
      const [plain, spaced] = ['\u0024{v}', `${'x'.repeat(90)} \u0024{v/.\u0007/}`].map((text) => ({
        files: { 'l/kustomization.yaml': kustomization, 'l/objects.yaml': object(text) },
        path: 'l',
        sites: [{ v: '0042' }, { v: ' x' }],
      }));
      const got = build([plain, spaced].flatMap((one) => one ?? [])).map((all) =>
        all.map(({ objects }) => objects?.[0]?.data),
      );
      expect(got).toEqual([
        [{ v: 34 }, { v: 'x' }],
        [{ v: `${'x'.repeat(90)} 0042` }, { v: `${'x'.repeat(90)} x` }],
      ]);
    });

    test('an object that asks for no variables stays as it is, beside others', () => {
      const annotations = { 'kustomize.toolkit.fluxcd.io/substitute': 'disabled' };
      const object = configMap('sealed', { a: '\u0024{X} $$ $' });
      const sealed = { ...object, metadata: { ...object.metadata, annotations } };
      expectSame([sealed, ...objectsWith('x')], [site('store-1')]);
    });

    test('a variable that nobody fills in is an error where Flux is strict', () => {
      const files = { 'l/kustomization.yaml': kustomization, 'l/objects.yaml': fluxText(objectsWith('x'), tokens) };
      expect(build([{ files, path: 'l', sites: [FLUX_CONSTANTS] }])[0]?.[0]?.error).toMatch(/variable not set/);
    });

    /** What a shard's artifact has for one site. */
    function artifactOf({ files }: DeliveryFiles, record: Readonly<Record<string, string>>): Record<string, string> {
      const shared = [...files].filter(([path]) => path.startsWith('workloads/'));
      const own = Object.entries(record).map(([name, text]) => [`sites/cd/store-1/${name}`, text] as const);
      return Object.fromEntries([...shared, ...own]);
    }

    function rootObjects(delivery: DeliveryFiles, facts: SiteFacts): Readonly<Record<string, KubeObject>> {
      const files = artifactOf(delivery, recordOf(delivery, facts));
      const [got] = build([{ files, path: 'sites/cd/store-1' }])[0] ?? [];
      expect(got?.error).toBeUndefined();
      return byName(got?.objects);
    }

    test.each(['oci', 'git'])(
      'with %s, a record makes Flux apply the layers of its site, at its wave, in their order',
      (kind) => {
        const source = kind === 'oci' ? oci : git;
        const facts = site('store-1', { wave: 'canary' });
        const objects = rootObjects(made({ options: { source, serviceAccounts: true }, more: { waves } }), facts);
        const followed = Object.values(objects).filter(
          ({ metadata }) => metadata.labels && 'edgecdk.dev/follows' in (metadata.labels as object),
        );
        expect(followed.length).toBe(kind === 'oci' ? 3 : 1);
        for (const one of followed)
          expect(one.spec).toMatchObject({ ref: { [kind === 'oci' ? 'tag' : 'branch']: 'wave-canary' } });
        expect((objects['Kustomization edgecdk-cluster']?.spec as object) ?? {}).not.toHaveProperty('dependsOn');
        for (const name of ['pos', 'metrics'])
          expect(objects[`Kustomization ${name}`]?.spec).toMatchObject({ dependsOn: [{ name: 'edgecdk-cluster' }] });
        expect(complaints(Object.values(objects).filter(({ apiVersion }) => !apiVersion.startsWith('rbac')))).toEqual(
          Object.values(objects).flatMap(({ apiVersion }) => (apiVersion.startsWith('rbac') ? [] : [''])),
        );
      },
    );

    test('a site without anything of its cluster waits for nothing, and without waves follows the tag of all', () => {
      const objects = rootObjects(made({ has: { pos: 'default' } }), site('store-1'));
      expect(objects['Kustomization pos']?.spec as object).not.toHaveProperty('dependsOn');
      expect(objects['OCIRepository pos']?.spec).toMatchObject({ ref: { tag: 'stable' } });
      expect(objects).not.toHaveProperty('Kustomization metrics');
    });

    test('through record, Kustomization and content, each site has the objects that it would have in files of its own', () => {
      const objects = objectsWith('x');
      const pos = layerOf('pos', [variantOf('default', [...objects, claim])]);
      const delivery = made({ layers: [pos], has: { pos: 'default' }, sites });
      const files = Object.fromEntries(delivery.layers);
      const applied = sites.map((facts) => rootOf(delivery, facts));
      const folder = join('pos', String(applied[0]?.spec.path));
      const [got = []] = build([{ files, path: folder, sites: applied.map(({ variables }) => variables) }]);
      for (const [i, facts] of sites.entries()) {
        const kept = { annotations: { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' } };
        const all = [...objects, { ...claim, metadata: { ...claim.metadata, ...kept } }];
        expect([facts.values, byName(got[i]?.objects)]).toEqual([facts.values, byName(expanded(all, facts))]);
      }
    });

    /** What the controller reads of a record: the Kustomization of `pos`, and its variables. */
    function rootOf(delivery: DeliveryFiles, facts: SiteFacts) {
      const documents = parseAllDocuments(recordOf(delivery, facts)['site.yaml'] ?? '').map((one) => one.toJS());
      const data = documents.find(({ kind }) => kind === 'ConfigMap').data as Record<string, string>;
      const text = delivery.files.get('workloads/pos/default/delivery.yaml') ?? '';
      const { spec } = parseAllDocuments(text)
        .map((one) => one.toJS())
        .find(({ kind }) => kind === 'Kustomization');
      // The controller takes line ends out of what it finds there.
      const plain = Object.entries(data).map(([name, value]) => [name, value.replaceAll('\n', '')]);
      return { spec, variables: { ...Object.fromEntries(plain), ...spec.postBuild.substitute } };
    }

    test('values of a chart of others arrive as they are, and its types are those of Flux', () => {
      const layer = { ...metrics, variants: [metrics.variants[0] ?? variantOf('default', [])] };
      const delivery = made({ layers: [layer], has: { metrics: 'default' } });
      const path =
        [...delivery.layers.keys()].find((name) => name.endsWith('objects.yaml'))?.replace('/objects.yaml', '') ?? '';
      const facts = site('0042');
      const variables = { ...FLUX_CONSTANTS, name: '0042', values__port: '8080' };
      const [got] = build([{ files: Object.fromEntries(delivery.layers), path, sites: [variables] }])[0] ?? [];
      const release = got?.objects?.find(({ kind }) => kind === 'HelmRelease');
      expect(release?.spec).toMatchObject({ values: { site: facts.name, port: 8080, format: '\u0024{X}' } });
      expect(complaints(got?.objects ?? [])).toEqual(['', '']);
    });

    test.each<[string, Sample]>([
      [
        'artifacts',
        {
          options: {
            source: { ...oci, verify: { provider: 'cosign', secret: 'keys' }, secret: 'login', insecure: true },
          },
        },
      ],
      [
        'git',
        { options: { source: { ...git, secret: 'login' }, decryption: { secret: 'sops-age' }, serviceAccounts: true } },
      ],
    ])("every object that is made for %s has fields of Flux' own types", (_, { options }) => {
      const cluster = { id: 'cloud', path: 'grocer/cloud', folder: 'clusters/cloud', siteShards: ['0a'] };
      const { files, layers, bootstrap } = made({ options, more: { waves, sharedClusters: [cluster] } });
      const texts = [...files, ...layers].filter(([path]) => /(delivery|source|objects|cloud)\.yaml$/.test(path));
      const all = [
        ...texts.flatMap(([, text]) => parseAllDocuments(text).map((one) => one.toJS())),
        ...expanded(bootstrap?.get('store-1')?.[0]?.objects ?? [], site('store-1')),
      ].filter(({ apiVersion }) => apiVersion.includes('toolkit.fluxcd.io'));
      expect(all.length).toBeGreaterThan(9);
      expect(complaints(all)).toEqual(all.map(() => ''));
    });

    test('a field that Flux does not know is found', () => {
      const object = parse(made().files.get('workloads/pos/default/delivery.yaml')?.split('---\n')[1] ?? '');
      const broken = [
        { ...object, spec: { ...object.spec, prun: true } },
        { ...object, spec: { ...object.spec, interval: 'soon' } },
        { ...object, spec: { ...object.spec, wait: 'yes' } },
      ];
      for (const complaint of complaints(broken)) expect(complaint).not.toBe('');
    });

    test('the patch of charts and shared clusters keeps what holds data, and touches nothing else', () => {
      const others = [configMap('a', { x: 'y' }), { ...claim, kind: 'VolumeClaim', apiVersion: 'example.com/v1' }];
      const kept: KubeObject[] = [
        { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } },
        { apiVersion: 'v1', kind: 'PersistentVolume', metadata: { name: 'disk', annotations: { own: 'x' } } },
        claim,
        {
          apiVersion: 'apiextensions.k8s.io/v1',
          kind: 'CustomResourceDefinition',
          metadata: { name: 'a.example.com' },
        },
      ];
      const files = {
        'l/kustomization.yaml': `${kustomization}patches: ${JSON.stringify([keepingPatch({ keep: 'yes' })])}\n`,
        'l/objects.yaml': filled([...kept, ...others], site('store-1')),
      };
      const [got] = build([{ files, path: 'l' }])[0] ?? [];
      const annotated = kept.map((object) => {
        const annotations = { ...(object.metadata.annotations as object | undefined), keep: 'yes' };
        return { ...object, metadata: { ...object.metadata, annotations } };
      });
      expect(got?.error).toBeUndefined();
      expect(byName(got?.objects)).toEqual(byName([...annotated, ...others]));
    });
  });
