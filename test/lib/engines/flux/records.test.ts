import { parseAllDocuments } from 'yaml';
import { filled, git, made, oci, recordOf, type Sample, site, waves } from './sample-content';

const store = site('store-1', { wave: 'canary' });

function documents(text = ''): { kind: string; metadata: Record<string, unknown>; [key: string]: unknown }[] {
  return parseAllDocuments(text).map((one) => one.toJS());
}

function record(sample: Sample = {}, facts = store) {
  const files = recordOf(made(sample), facts);
  const [folder] = documents(files['kustomization.yaml']);
  return {
    folder: folder as unknown as { resources: string[]; patches?: { patch: string }[] },
    objects: documents(files['site.yaml']),
  };
}

test('a record names the variant of each layer', () => {
  expect(record().folder.resources).toEqual([
    'site.yaml',
    '../../../workloads/edgecdk-cluster/store',
    '../../../workloads/metrics/default',
    '../../../workloads/pos/default',
  ]);
  expect(record({ has: { pos: 'gpu.k3s' } }).folder.resources).toEqual(['site.yaml', '../../../workloads/pos/gpu.k3s']);
  expect(record({ has: {} }).folder.resources).toEqual(['site.yaml']);
});

test('all that a record names is made', () => {
  for (const source of [oci, git]) {
    const { files } = made({ options: { source } });
    const named = record({ options: { source } }).folder.resources.slice(1);
    for (const folder of named) expect(files.has(`${folder.replace('../../../', '')}/kustomization.yaml`)).toBe(true);
  }
});

test('with waves, sources follow that of the site', () => {
  const patchOf = (sample: Sample, wave: string) =>
    record(sample, site('store-1', { wave })).folder.patches?.[0]?.patch;
  expect(patchOf({ more: { waves } }, 'canary')).toBe('- op: replace\n  path: /spec/ref/tag\n  value: wave-canary\n');
  expect(patchOf({ more: { waves }, options: { source: git } }, 'rest')).toMatch(
    /\/spec\/ref\/branch\n {2}value: wave-rest/,
  );
});

test('without waves and without what clusters have there is nothing to patch', () => {
  expect(record({ has: { pos: 'default' } }).folder.patches).toBeUndefined();
});

test('values are texts as they stand between double quotes, as data', () => {
  const facts = site('store-1', { values: { a: 'a "b" \\ $X\n\u2028', port: 8080 } });
  const values = record({}, facts).objects.find(({ kind }) => kind === 'ConfigMap');
  expect(values?.data).toEqual({ name: 'store-1', values__a: 'a \\"b\\" \\\\ $X\\n\\u2028', values__port: '8080' });
});

test('a record says which site, profile and wave it is of, and has the labels of its blueprint', () => {
  const labels = record({ labels: ['a', 'none'], more: { waves } }).objects.find(({ kind }) => kind === 'ConfigMap')
    ?.metadata.labels;
  expect(labels).toEqual({
    'reconcile.fluxcd.io/watch': 'Enabled',
    'edgecdk.dev/site': 'store-1',
    'edgecdk.dev/profile': 'n100_pi',
    'edgecdk.dev/wave': 'canary',
    'edgecdk.dev/a': '0042',
  });
});

test('namespaces that nobody brings along are made, and stay', () => {
  const namespaces = record().objects.filter(({ kind }) => kind === 'Namespace');
  const annotations = { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' };
  expect(namespaces.map(({ metadata }) => metadata)).toEqual([
    { name: 'metrics', annotations },
    { name: 'shop', annotations },
  ]);
});

test('with accounts, an owner has all rights where its workloads are and no others, and keeps them to the last', () => {
  const accounts = record({ options: { serviceAccounts: true } }).objects.filter(({ kind }) =>
    /Account|Role/.test(kind),
  );
  expect(accounts.map(({ kind, metadata }) => [kind, metadata.namespace, metadata.name])).toEqual([
    ['ServiceAccount', 'flux-system', 'owner-store-apps-5a5e505a'],
    ['ServiceAccount', 'shop', 'owner-store-apps-5a5e505a'],
    ['RoleBinding', 'shop', 'edgecdk-owner-store-apps-5a5e505a'],
  ]);
  for (const { metadata } of accounts)
    expect(metadata.annotations).toEqual({ 'kustomize.toolkit.fluxcd.io/prune': 'disabled' });
  expect(record().objects.filter(({ kind }) => kind === 'ServiceAccount')).toEqual([]);
});

describe('a bootstrap', () => {
  const bootstrap = (sample: Sample, facts = store) =>
    filled(made(sample).bootstrap?.get('store-1')?.[0]?.objects ?? [], facts);

  test('names the record of its site', () => {
    const [source, root] = documents(bootstrap({}));
    expect(source?.spec).toMatchObject({ url: 'oci://registry.example/fleet/sites-cd', ref: { tag: 'latest' } });
    expect(root?.spec).toMatchObject({ path: './sites/cd/store-1', prune: true, deletionPolicy: 'Orphan' });
    const [repository, gitRoot] = documents(bootstrap({ options: { source: git } }));
    expect(repository?.spec).toMatchObject({
      ref: { branch: 'main' },
      sparseCheckout: ['dist/delivery/flux/workloads', 'dist/delivery/flux/sites/cd/store-1'],
    });
    expect(gitRoot?.spec).toMatchObject({ path: './dist/delivery/flux/sites/cd/store-1' });
  });

  test.each<[string, Sample, Partial<typeof store>]>([
    ['a value', {}, { values: { a: 'other', port: 1 } }],
    ['its wave', { more: { waves } }, { wave: 'rest' }],
    ['its profile', {}, { profile: 'pi' }],
    ['a workload', { has: { pos: 'default' } }, {}],
    ['a variant', { has: { pos: 'gpu.k3s' } }, {}],
    ['all of its workloads', { has: {} }, {}],
    ['the folder of shared content', { more: { workloadsFolder: 'delivery/flux/shared' } }, {}],
    ['accounts', { options: { serviceAccounts: true } }, {}],
  ])('is the same whoever changes %s', (_, sample, facts) => {
    for (const source of [oci, git]) {
      const changed = { ...sample, options: { ...sample.options, source } };
      expect(bootstrap(changed, { ...store, ...facts })).toBe(bootstrap({ options: { source } }));
    }
  });
});
