import type { Plan } from '../../../../lib/model/plan';
import { imageLists } from '../../../../lib/render/images/image-lists';
import { checkPlan, deviceClass, type TestFleet, type TestSite } from '../../../support/check-plan';

const classes = [deviceClass('box'), deviceClass('till', { platforms: ['linux/arm64', 'linux/arm/v7'] })];
const nodes = { box: 1, till: 2 };
const sites = (count: number): TestSite[] =>
  Array.from({ length: count }, (_, i) => ({
    name: `store-${i + 1}`,
    nodes,
    values: { region: i % 2 === 0 ? 'north' : 'south' },
  }));

const pod = (image: string, more: object = {}) => ({ containers: [{ name: 'main', image }], ...more });
const deployment = (spec: object) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'app' },
  spec: { template: { spec } },
});
const helmChart = (spec: object) => ({
  apiVersion: 'helm.cattle.io/v1',
  kind: 'HelmChart',
  metadata: { name: 'app' },
  spec,
});

function listsOf(fleet: Partial<TestFleet>, change: (plan: Plan) => Plan = (plan) => plan) {
  const { plan, rendering } = checkPlan({ classes, sites: sites(2), workloads: [], ...fleet });
  return Object.fromEntries(imageLists(change(plan), rendering));
}

test('whole names of all images, each once and sorted, for each platform of the nodes', () => {
  const both = [
    deployment({
      ...pod('nginx:1.27'),
      initContainers: [
        { name: 'first', image: 'ghcr.io/shops/migrate:2.0' },
        { name: 'side', image: 'nginx:1.27' },
      ],
    }),
  ];
  const text = 'docker.io/library/nginx:1.27\nghcr.io/shops/migrate:2.0\n';
  expect(listsOf({ workloads: [{ id: 'web', platforms: 'unknown', objects: () => both }] })).toEqual({
    'images/box-hw.linux-amd64.txt': text,
    'images/box-hw.linux-arm-v7.txt': text,
    'images/box-hw.linux-arm64.txt': text,
  });
});

describe('an image is listed for', () => {
  const listed = (workload: Partial<TestFleet['workloads'][number]>, spec: object = {}, of = classes) =>
    Object.keys(
      listsOf({
        classes: of,
        workloads: [{ id: 'app', platforms: 'unknown', objects: () => [deployment(pod('app:1', spec))], ...workload }],
      }),
    ).map((path) => path.replace(/^images\/box-hw\.(.*)\.txt$/, '$1'));

  test('platforms that it is built for', () => {
    expect(listed({ platforms: ['linux/arm64', 'linux/riscv64'] })).toEqual(['linux-arm64']);
  });

  test('nodes that its workload is placed on', () => {
    expect(listed({ onNodes: ['box'] })).toEqual(['linux-amd64']);
  });

  test('nodes that its pods select', () => {
    expect(listed({}, { nodeSelector: { 'kubernetes.io/arch': 'arm' } })).toEqual(['linux-arm-v7']);
    expect(listed({}, { nodeSelector: { 'edgecdk.dev/device-class': 'box' } })).toEqual(['linux-amd64']);
  });

  test('the one platform that a machine runs which is set up here', () => {
    const [box, till] = classes as [(typeof classes)[number], (typeof classes)[number]];
    const known = { ...till, operatingSystem: {} } as unknown as typeof till;
    expect(listed({}, {}, [box, known])).toEqual(['linux-amd64', 'linux-arm64']);
  });
});

test('what a cluster holds itself is listed, Plans of K3s and jobs of Helm too', () => {
  const plan = {
    apiVersion: 'upgrade.cattle.io/v1',
    kind: 'Plan',
    metadata: { name: 'k3s' },
    spec: {
      version: 'v1.34.3+k3s1',
      prepare: { image: 'rancher/k3s-upgrade:v1.34.2-k3s1' },
      upgrade: { image: 'rancher/k3s-upgrade' },
    },
  };
  const clusterObjects = [plan, helmChart({ chart: 'oci://ghcr.io/shops/app', version: '1.0', jobImage: 'helm:1' })];
  const lists = listsOf({ classes: [deviceClass('box')], sites: [{ name: 'store-1' }], clusterObjects });
  expect(lists['images/box-hw.linux-amd64.txt']).toBe(
    'docker.io/library/helm:1\ndocker.io/rancher/k3s-upgrade:v1.34.2-k3s1\ndocker.io/rancher/k3s-upgrade:v1.34.3-k3s1\n',
  );
});

test('kinds that nobody knows are looked through for containers', () => {
  const rollout = { ...deployment(pod('app:1')), apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout' };
  const lists = listsOf({ workloads: [{ id: 'app', objects: () => [rollout] }] });
  expect(lists).toEqual({ 'images/box-hw.linux-amd64.txt': 'docker.io/library/app:1\n' });
});

test('charts are named, since nobody knows here what is in them', () => {
  const objects = () => [
    helmChart({ chart: 'redis', version: '20.1.0', repo: 'https://charts.example' }),
    helmChart({ chart: 'oci://ghcr.io/shops/pos', version: '3.0.0' }),
  ];
  expect(listsOf({ workloads: [{ id: 'app', objects }] })).toEqual({
    'images/box-hw.charts.txt': 'oci://ghcr.io/shops/pos 3.0.0\nredis 20.1.0 https://charts.example\n',
  });
});

describe('sites', () => {
  const byRegion: TestFleet['workloads'] = [
    {
      id: 'app',
      objects: (tokens) => [deployment(pod(`registry.${tokens.text('site.values.region')}.example/app:1`))],
    },
  ];

  test('each add what their values make of an image', () => {
    expect(listsOf({ workloads: byRegion })).toEqual({
      'images/box-hw.linux-amd64.txt': 'registry.north.example/app:1\nregistry.south.example/app:1\n',
    });
  });

  test('make no list longer by their number', () => {
    expect(listsOf({ workloads: byRegion, sites: sites(200) })).toEqual(listsOf({ workloads: byRegion }));
  });

  test('have the lists of their own profile', () => {
    const lists = listsOf({ workloads: byRegion }, (plan) => {
      const own = plan.sites.map((site, i) => ({ ...site, profile: i === 0 ? 'small' : 'the "big" one' }));
      return {
        ...plan,
        sites: own,
        cohorts: plan.cohorts.map((cohort) => ({ ...cohort, sites: own })),
        units: plan.units.map((unit) => ({ ...unit, sites: own })),
      };
    });
    expect(Object.entries(lists)).toEqual([
      ['images/small.linux-amd64.txt', 'registry.north.example/app:1\n'],
      [
        expect.stringMatching(/^images\/the__big__one-[0-9a-f]{8}\.linux-amd64\.txt$/),
        'registry.south.example/app:1\n',
      ],
    ]);
  });
});

test('a fleet without workloads has no lists', () => {
  expect(listsOf({})).toEqual({});
});
