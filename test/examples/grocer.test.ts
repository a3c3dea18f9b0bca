import { Match, Rendered } from 'edgecdk/testing';
import grocer from '../../examples/grocer/grocer';

const assembly = Rendered.from(grocer);
const store = assembly.site('store-0002'); // Kraków, express, one till
const superstore = assembly.site('super-001'); // London
const depot = assembly.site('depot-1'); // Liverpool
const van = assembly.site('van-001');

test('has 240 stores, 5 depots and 30 vans of the inventories, and two sites written by hand', () => {
  expect(assembly.siteNames).toHaveLength(277);
  expect(assembly.siteNames).toEqual(expect.arrayContaining(['flagship', 'ribeira-market']));
});

test('has five hardware profiles', () => {
  expect(new Set(assembly.siteNames.map((name) => assembly.site(name).profile))).toEqual(
    new Set([
      'n100-16gb+rpi-4b-4gb',
      'jetson-orin-nano-8gb+n100-16gb+rpi-4b-4gb',
      'rpi-5-8gb',
      'n100-16gb+x86-8c-32gb',
      'rpi-4b-4gb',
    ]),
  );
});

test('the point of sale runs on every till, with the city and contact of its store', () => {
  store.hasResource('apps/v1/DaemonSet', {
    metadata: { name: 'pos', labels: { 'edgecdk.dev/owner': 'payments', 'edgecdk.dev/site': 'store-0002' } },
    spec: { template: { metadata: { labels: Match.exactly({ 'app.kubernetes.io/name': 'pos' }) } } },
  });
  const data = Object.values(
    store.find('v1/ConfigMap', { metadata: { name: 'pos' } })[0]?.data as Record<string, string>,
  );
  expect(data.map((text) => JSON.parse(text))).toEqual([{ city: 'Kraków', contact: "Aoife O'Neill" }]);
});

test('shelves are watched by the box of a larger store, and by the GPU where there are cameras', () => {
  const image = (image: string) => ({ spec: { template: { spec: { containers: [{ image }] } } } });
  store.resourceCountIs('v1/PersistentVolumeClaim', 0);
  assembly.site('store-0003').hasResource('apps/v1/Deployment', image('ghcr.io/grocer/vision:2.1.0'));
  superstore.hasResource('apps/v1/Deployment', {
    metadata: { name: 'shelf-vision' },
    spec: {
      template: {
        spec: {
          runtimeClassName: 'nvidia',
          containers: [
            { image: 'ghcr.io/grocer/vision:2.1.0-l4t', resources: { limits: { 'nvidia.com/gpu': Match.anyValue() } } },
          ],
        },
      },
    },
  });
});

test('northern express stores run the card reader fix, and no others', () => {
  const fixed = assembly.siteNames.filter((name) => assembly.site(name).manifests.pos?.includes('pos:1.4.3-rc1'));
  expect(fixed.length).toBeGreaterThan(0);
  for (const name of fixed) expect(assembly.site(name).manifests.pos).toContain('variant default+pos-reader-fix');
  expect(superstore.manifests.pos).toContain('pos:1.4.2');
});

test('no password is anywhere, only its name', () => {
  store.hasResource('external-secrets.io/v1/ExternalSecret', {
    metadata: { name: 'pos-pos-db' },
    spec: { secretStoreRef: { name: 'vault' } },
  });
  store.resourceCountIs('v1/Secret', 0);
});

test('sales are kept in a volume of their own', () => {
  store.hasResource('apps/v1/StatefulSet', {
    metadata: { name: 'ledger' },
    spec: { volumeClaimTemplates: Match.anyValue() },
  });
});

test('the pricing team\u2019s chart runs unchanged, with one lane in express stores', () => {
  store.hasResource('v1/ConfigMap', { data: Match.exactly({ store: '0002', lanes: '1', refresh: 'nightly' }) });
  superstore.hasResource('v1/ConfigMap', { data: { lanes: '4', refresh: 'hourly' } });
});

test('Traefik is told what superstores need, and the collector which store it is in', () => {
  superstore.hasResource('helm.cattle.io/v1/HelmChartConfig', {
    metadata: { name: 'traefik', namespace: 'kube-system' },
  });
  store.hasResource('helm.cattle.io/v1/HelmChart', {
    metadata: { name: 'metrics' },
    spec: { valuesContent: Match.stringLike(/store: "0002"/) },
  });
  store.hasResource('v1/Namespace', { metadata: { name: 'observability' } });
  assembly.site('flagship').resourceCountIs('helm.cattle.io/v1/HelmChart', 1);
});

test('the cold chain\u2019s own manifest is only where there are refrigerators', () => {
  superstore.hasResource('apps/v1/Deployment', { metadata: { name: 'cold-chain', namespace: 'default' } });
  expect(Object.keys(store.manifests)).not.toContain('cold-chain');
});

test('the one site that closes has nothing left but its cluster', () => {
  expect(assembly.site('store-0145').objects.filter((o) => o.kind !== 'Namespace')).toEqual([]);
});

test('prices are synchronized at depots and in vans as at stores, each with its own number', () => {
  for (const [site, name, id, region] of [
    [store, 'price-sync', '0002', 'east'],
    [depot, 'price-sync', '0951', 'north'],
    [van, 'price-sync-van-001', '0951', 'north'],
  ] as const) {
    const [cron] = site.find('batch/v1/CronJob', { metadata: { name } });
    expect(JSON.stringify(cron)).toContain(`"args":["--store","${id}","--region","${region}"]`);
  }
});

test('depots keep sales as stores do, and their machines join MicroK8s', () => {
  depot.hasResource('apps/v1/StatefulSet', { metadata: { name: 'ledger' } });
  depot.resourceCountIs('helm.cattle.io/v1/HelmChart', 0);
});

test('a van tells which it is and whose parcels it has, and runs one route planner with all others', () => {
  const env = [
    { name: 'SITE', value: 'van-001' },
    { name: 'DEPOT', value: '0951' },
  ];
  van.hasResource('apps/v1/Deployment', {
    metadata: { name: 'parcels-van-001' },
    spec: { template: { spec: { containers: [{ env: Match.arrayWith(env) }] } } },
  });
  van.hasResource('apps/v1/Deployment', { metadata: { name: 'route' } });
  expect(Object.keys(van.manifests).sort()).toEqual(['parcels', 'price-sync']);
  assembly.cluster('cloud').hasResource('apps.kubeedge.io/v1alpha1/EdgeApplication', { metadata: { name: 'route' } });
});

test('has nothing to warn of', () => {
  expect(assembly.warnings).toEqual([]);
});
