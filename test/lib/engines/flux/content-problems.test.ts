import {
  claim,
  configMap,
  helmLayer,
  hole,
  layerOf,
  made,
  oci,
  pos,
  type Sample,
  site,
  variantOf,
} from './sample-content';

function messages(sample: Sample): string[] {
  return made(sample).problems.map(({ path, message }) => `[${path}] ${message}`);
}

function layerWith(data: Readonly<Record<string, unknown>>): Sample {
  return { layers: [layerOf('pos', [variantOf('default', [configMap('pos', data)])])], has: { pos: 'default' } };
}

function named(name: string): Sample {
  return { layers: [layerOf(name, [variantOf('default', [claim])])], has: { [name]: 'default' } };
}

test('nothing is wrong with what is right', () => {
  expect(messages({})).toEqual([]);
});

const encrypted = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a', namespace: 'shop' }, sops: { mac: 'x' } };
const chart = { repo: 'https://charts.example', chart: 'a', version: '1.0.0' };

test.each<[string, Sample, RegExp]>([
  [
    'a long name',
    named('p'.repeat(64)),
    /^\[grocer\/p+\] has an id of 64 characters, and names a Kustomization with Flux; at most 63/,
  ],
  [
    'a long name of a release',
    { layers: [helmLayer('m'.repeat(54), { default: chart })], has: {} },
    /54 characters, and names a Helm release with Flux; at most 53/,
  ],
  ['the name of the root', named('edgecdk'), /has the id edgecdk, which the delivery by Flux has for itself/],
  ['the name that flux bootstrap takes', named('flux-system'), /has the id flux-system/],
  ['the name of a shard', named('sites-1f'), /has the id sites-1f/],
  [
    'the name of a shared cluster’s artifact',
    {
      ...named('cluster-cloud'),
      more: { sharedClusters: [{ id: 'cloud', path: 'grocer/cloud', folder: 'clusters/cloud' }] },
    },
    /has the id cluster-cloud/,
  ],
  [
    'a field of HelmChart that a release has not',
    { layers: [helmLayer('metrics', { default: { ...chart, set: { a: 'b' } } })], has: {} },
    /\[grocer\/metrics\] has a HelmChart with spec\.set, which a HelmRelease of Flux has no field for/,
  ],
  [
    'more than an object may hold',
    layerWith({ a: 'x'.repeat(1 << 20) }),
    /ConfigMap shop\/pos of 1\.0 MiB; a cluster takes 1 MiB at most/,
  ],
  [
    'a control character',
    layerWith({ 'a.txt': 'x\u007f' }),
    /text that Flux does not carry, at data\["a\.txt"\] \(U\+007F\)/,
  ],
  [
    'a control character, in an object that is named after its site',
    { layers: [layerOf('pos', [variantOf('default', [configMap(`pos-${hole.site}`, { a: '\u0080' })])])], has: {} },
    /ConfigMap shop\/pos-\{site\.name\} with text/,
  ],
  ['a tab before lines', layerWith({ a: '\ta\nb' }), /at data\.a \(a tab before text in several lines\)/],
  ['a tab before a hole', layerWith({ a: `\t${hole.a}` }), /at data\.a \(a tab before/],
  [
    'a Secret that nobody decrypts',
    { layers: [layerOf('pos', [variantOf('default', [encrypted])])], has: {} },
    /has Secrets that SOPS encrypted, and a delivery by Flux without decryption/,
  ],
  [
    'an object that asks for no variables',
    {
      layers: [
        layerOf('pos', [
          variantOf('default', [
            {
              ...claim,
              metadata: {
                ...claim.metadata,
                labels: { site: hole.site },
                annotations: { 'kustomize.toolkit.fluxcd.io/substitute': 'disabled' },
              },
            },
          ]),
        ]),
      ],
      has: {},
    },
    /PersistentVolumeClaim shop\/journal with kustomize\.toolkit\.fluxcd\.io\/substitute: disabled, so that Flux would put no site value into it/,
  ],
  [
    'an object of another namespace, with accounts',
    {
      options: { source: oci, serviceAccounts: true },
      layers: [
        {
          ...pos,
          variants: [variantOf('default', [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'x' } }])],
        },
      ],
      has: {},
    },
    /makes the object Namespace x outside of its namespace shop, which the account of Store\.Apps may not/,
  ],
  [
    'an owner that is made to look like another, with accounts',
    {
      options: { source: oci, serviceAccounts: true },
      layers: [{ ...pos, variants: [] }, layerOf('other', [], { owner: 'store-apps-5a5e505a' })],
      has: {},
    },
    /\[grocer\/other\] has the owner 'store-apps-5a5e505a', which has the account of 'Store\.Apps' with Flux; rename one/,
  ],
  [
    'a value with a control character',
    { sites: [site('store-1'), site('store-2', { values: { a: 'x\uffff', port: 1 } })] },
    /^\[grocer\/store\] has sites with a value that Flux does not carry: a \(U\+FFFF\) of store-2;/,
  ],
  [
    'a value that begins with a tab',
    { sites: [site('store-1', { values: { a: '\tx', port: 1 } })] },
    /a \(a tab at its beginning\) of store-1/,
  ],
  [
    'more values than a ConfigMap holds',
    { sites: [site('store-1', { values: { a: 'x'.repeat(1 << 20), port: 1 } })] },
    /has sites with more than 1 MiB of values for their workloads \(store-1\)/,
  ],
])('%s is told', (_, sample, problem) => {
  expect(messages(sample)).toEqual([expect.stringMatching(problem)]);
});

test('a tab within a text, and before one of a single line, is carried', () => {
  expect(messages(layerWith({ a: '\ta', b: 'a\n\tb\n', c: 'a\tb' }))).toEqual([]);
});
