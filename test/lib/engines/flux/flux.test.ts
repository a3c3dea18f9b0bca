import { parseAllDocuments } from 'yaml';
import { FLUX, fluxDelivery } from '../../../../lib/engines/flux/flux';
import type { KubeObject } from '../../../../lib/model/kube-object';
import { printYaml } from '../../../../lib/render/yaml-template';
import { strayFields } from './flux-fields';
import {
  carrier,
  contentOf,
  filled,
  git,
  made,
  oci,
  pos,
  recordOf,
  type Sample,
  site,
  tokens,
  variantOf,
  waves,
} from './sample-content';

const cluster = { id: 'cloud', path: 'grocer/cloud', folder: 'clusters/cloud', siteShards: ['0a', 'f3'] };
const full = { serviceAccounts: true, decryption: { secret: 'sops-age' } };
const signed = { ...oci, verify: { provider: 'cosign', secret: 'keys' }, secret: 'login', insecure: true } as const;
const samples: readonly (readonly [string, Sample])[] = [
  ['artifacts', { options: { source: oci } }],
  ['signed artifacts', { options: { source: signed, ...full }, more: { waves, sharedClusters: [cluster] } }],
  ['git', { options: { source: { ...git, secret: 'login' }, ...full }, more: { waves, sharedClusters: [cluster] } }],
  ['git without waves', { options: { source: git } }],
];

function documents(text: string): KubeObject[] {
  return parseAllDocuments(text).map((one) => one.toJS());
}

function objectOf(text: string | undefined, kind: string): KubeObject | undefined {
  return documents(text ?? '').find((object) => object.kind === kind);
}

test.each(samples)('all objects for %s are in the closed schema', (_, sample) => {
  const delivery = made(sample);
  const facts = site('store-1', { wave: 'canary' });
  const all = [
    ...[...delivery.files, ...delivery.layers].filter(([path]) => path.endsWith('.yaml')).map(([, text]) => text),
    ...Object.values(recordOf(delivery, facts)),
    filled(delivery.bootstrap?.get('store-1')?.[0]?.objects ?? [], facts),
  ].flatMap(documents);
  const checked = all.map(strayFields).filter((found) => found !== undefined);
  expect(checked.length).toBeGreaterThan(15);
  expect(checked.flat()).toEqual([]);
});

test('a field that is not in the schema, or is of another type, is found', () => {
  const object = objectOf(made().files.get('workloads/pos/default/delivery.yaml'), 'Kustomization') as KubeObject;
  const spec = object.spec as object;
  expect(strayFields({ ...object, spec: { ...spec, prun: true } })).toEqual(['spec.prun is not known']);
  expect(strayFields({ ...object, spec: { ...spec, interval: 'soon' } })).toEqual([
    'spec.interval is "soon", and no duration',
  ]);
});

test.each(samples)('with %s, all but records and bootstraps is the same for any number of sites', (_, sample) => {
  const many = Array.from({ length: 50 }, (__, i) => site(`store-${i}`, { wave: 'rest' }));
  const [few, more] = [made(sample), made({ ...sample, sites: many })];
  expect([...more.files]).toEqual([...few.files]);
  expect([...more.layers]).toEqual([...few.layers]);
  expect([more.records, more.bootstrap]).toEqual([few.records, few.bootstrap]);
});

test('the Kustomization of a layer has its name alone, and a path for each variant', () => {
  const { files } = made({ options: { source: oci } });
  const of = (variant: string) => objectOf(files.get(`workloads/pos/${variant}/delivery.yaml`), 'Kustomization');
  const [one, other] = [of('default'), of('gpu.k3s')];
  expect([one?.metadata.name, other?.metadata.name]).toEqual(['pos', 'pos']);
  const paths = [one, other].map((object) => String((object?.spec as { path?: string } | undefined)?.path));
  expect(paths).toEqual(['./default', './gpu.k3s']);
});

test('what holds data is never pruned, and the rest is', () => {
  const text = [...made().layers].find(([path]) => /^pos\/default\/.*objects/.test(path))?.[1] ?? '';
  expect(documents(text).map(({ kind, metadata }) => [kind, metadata.annotations])).toEqual([
    ['ConfigMap', undefined],
    ['PersistentVolumeClaim', { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' }],
  ]);
});

test('a Secret that SOPS encrypted goes on as it is', () => {
  const secret: KubeObject = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'login', namespace: 'shop', annotations: { ...FLUX.decrypts?.annotations } },
    data: { a: 'ENC[AES256_GCM,data:Zm9v,iv:YQ==,tag:Yg==,type:str]' },
    sops: { mac: 'ENC[AES256_GCM,data:Zm9v,iv:YQ==,tag:Yg==,type:str]' },
  };
  const layer = { ...pos, variants: [variantOf('default', [secret])] };
  const { layers, problems } = made({
    layers: [layer],
    has: { pos: 'default' },
    options: { decryption: { secret: 'age' } },
  });
  expect(layers.get('pos/default/objects.yaml')).toContain(printYaml(secret, tokens, () => false));
  expect(problems).toEqual([]);
});

test('what clusters have is applied first and waited for by nobody’s health', () => {
  const spec = (layer: string, variant: string) =>
    objectOf(made().files.get(`workloads/${layer}/${variant}/delivery.yaml`), 'Kustomization')?.spec;
  expect(spec('edgecdk-cluster', 'store')).toMatchObject({ wait: false });
  expect(spec('pos', 'default')).toMatchObject({ wait: true });
});

test('all substitute at least one variable, so that dollar signs are the user’s own again', () => {
  for (const [path, text] of made().files)
    if (path.endsWith('delivery.yaml'))
      expect(objectOf(text, 'Kustomization')?.spec).toMatchObject({
        postBuild: {
          substitute: { edgecdk_escape: '\\' },
          substituteFrom: [{ kind: 'ConfigMap', name: 'edgecdk-site' }],
        },
      });
});

test('a folder of shared content elsewhere is found there', () => {
  const more = { workloadsFolder: 'delivery/flux/shared' };
  const { files } = made({ options: { source: git }, layers: [carrier], has: {}, more });
  const text = files.get('workloads/edgecdk-cluster/store/delivery.yaml');
  expect(objectOf(text, 'Kustomization')?.spec).toMatchObject({
    path: './dist/delivery/flux/shared/edgecdk-cluster/store',
  });
  expect(objectOf(files.get('workloads/edgecdk-workloads/source.yaml'), 'GitRepository')?.spec).toMatchObject({
    sparseCheckout: ['dist/delivery/flux/shared'],
  });
});

test.each([
  ['sites add objects', ['0a'], ['edgecdk-cloud-manifests', 'edgecdk-cloud-sites']],
  ['no site adds any', undefined, ['edgecdk-cloud-manifests']],
])('a cluster that sites share is delivered folder by folder, as they are there: %s', (_, siteShards, names) => {
  const { files } = made({ options: { source: git }, more: { sharedClusters: [{ ...cluster, siteShards }] } });
  const kustomizations = documents(files.get('clusters/cloud.yaml') ?? '').filter(
    ({ kind }) => kind === 'Kustomization',
  );
  expect(kustomizations.map(({ metadata }) => metadata.name)).toEqual(names);
});

test('in a repository without workloads no site fetches their folder, and its bootstrap is the same', () => {
  const [none, some] = [{ layers: [], has: {} }, {}].map((sample) => made({ options: { source: git }, ...sample }));
  const recordIn = (delivery = made()) => recordOf(delivery, site('store-1'))['kustomization.yaml'];
  expect(recordIn(some)).toContain('workloads/edgecdk-workloads');
  expect(recordIn(none)).not.toContain('workloads');
  expect([...(none?.files.keys() ?? [])]).toContain('workloads/edgecdk-workloads/kustomization.yaml');
  expect(none?.bootstrap).toEqual(some?.bootstrap);
});

test('a delivery has the usual tag, branch and interval where nobody says', () => {
  expect(fluxDelivery({ source: { kind: 'oci', url: oci.url } })).toMatchObject({
    source: { tag: 'latest' },
    intervalMinutes: 15,
    serviceAccounts: false,
  });
  expect(fluxDelivery({ source: { kind: 'git', url: git.url } }).source).toMatchObject({ branch: 'main', path: '' });
  expect(contentOf().delivery.engine).toBe(FLUX);
});
