import { ConfigMap } from 'cdk8s-plus-27';
import {
  ChartWorkload,
  DeviceClass,
  Fleet,
  Hardware,
  HelmWorkload,
  Inventory,
  K3sCluster,
  type KubeObject,
  Override,
  Placement,
  Run,
  SiteBlueprint,
  SiteGroup,
  Size,
  Storage,
} from 'edgecdk';
import { Rendered } from 'edgecdk/testing';
import { addContainer, platforms, resources, row, schema, smallFleet } from '../support/small-fleet';

/** What a cluster knows an object by. */
function identities(objects: readonly KubeObject[]): string[] {
  return objects.map((o) => `${o.apiVersion} ${o.kind} ${o.metadata.namespace ?? ''}/${o.metadata.name}`).sort();
}

/** One fleet in many states: which machine is the server, which variant a site takes, which profile it is of. */
function fleetWith(options: {
  readonly server?: 'box' | 'big';
  readonly format?: 'express' | 'super';
  readonly profile?: string;
  readonly tills?: number;
}) {
  const fleet = new Fleet('moving');
  const classes = {
    box: new DeviceClass(fleet, 'box', { hardware: Hardware.n100MiniPc({ memory: Size.gibibytes(16) }) }),
    big: new DeviceClass(fleet, 'big', { hardware: Hardware.x86Server({ memory: Size.gibibytes(64), cores: 16 }) }),
  };
  const till = new DeviceClass(fleet, 'till', { hardware: Hardware.raspberryPi4B({ memory: Size.gibibytes(4) }) });
  const store = new SiteBlueprint(fleet, 'store', {
    schema,
    profile: options.profile,
    cluster: ({ site }) =>
      new K3sCluster({
        version: 'v1.33.5+k3s1',
        servers: classes[options.server ?? 'box'].count(1),
        agents: till.count(site.values.tills),
      }),
    nodeAddress: ({ node }) => `${node.name}.example`,
  });
  const rows = [
    row('store-1', { format: options.format ?? 'express', tills: options.tills ?? 2 }),
    row('other', { format: 'super' }),
    row('third'),
  ];
  const stores = new SiteGroup(fleet, 'stores', { blueprint: store, inventory: Inventory.rows(rows) });
  const small = { fleet, box: classes.box, till, store, stores, placement: Placement.on(store) };
  const vision = { env: { SIZE: 'large' }, image: 'ghcr.io/acme/app:2.0.0' };
  addContainer(small, 'web', {
    ports: { http: 8080 },
    files: { '/etc/a': 'a' },
    mounts: { '/data': Storage.claim(Size.gibibytes(1)) },
    variants: { large: { when: { values: { format: 'super' } }, ...vision } },
  });
  addContainer(small, 'each', { run: Run.onEveryNode() });
  addContainer(small, 'db', { run: Run.stateful(1), mounts: { '/data': Storage.claim(Size.gibibytes(1)) } });
  addContainer(small, 'tick', { run: Run.schedule('0 3 * * *'), namespace: 'jobs' });
  new ChartWorkload(fleet, 'chart', {
    platforms,
    placement: Placement.on(store),
    content: (chart) => void new ConfigMap(chart, 'c', { data: { a: 'b' } }),
  });
  new HelmWorkload(fleet, 'helm', {
    chart: 'x',
    repo: 'https://x.example',
    version: '1.0.0',
    placement: Placement.on(store),
  });
  return Rendered.from(fleet).site('store-1');
}

describe('a site that moves', () => {
  const before = fleetWith({});

  test.each<[string, Parameters<typeof fleetWith>[0]]>([
    ['to another device class', { server: 'big' }],
    ['to another variant', { format: 'super' }],
    ['to another profile', { profile: 'special' }],
    ['to a cluster without tills', { tills: 0 }],
  ])('%s keeps kind, name and namespace of every object, and every file', (_what, change) => {
    const after = fleetWith(change);
    expect(after.cohort === before.cohort && after.profile === before.profile).toBe(false);
    expect(identities(after.objects)).toEqual(identities(before.objects));
    expect(Object.keys(after.manifests)).toEqual(Object.keys(before.manifests));
  });
});

test('no selector and no label of a pod carries what can change', () => {
  for (const object of fleetWith({}).objects) {
    const spec = object.spec as
      | { selector?: { matchLabels?: unknown }; template?: { metadata?: { labels?: unknown } } }
      | undefined;
    if (spec?.template === undefined) continue;
    expect(JSON.stringify([spec.selector, spec.template.metadata?.labels])).not.toMatch(/edgecdk\.dev|store-1|n100/);
  }
});

describe('cohorts', () => {
  test('are as many as there are different contents, whatever the number of sites', () => {
    const rows = Array.from({ length: 50 }, (_, i) => row(`store-${i}`, { storeId: `${i}`, tills: (i % 5) + 1 }));
    const small = smallFleet(rows);
    addContainer(small, 'pos', { env: ({ site }) => ({ ID: site.values.storeId }) });
    expect(Rendered.from(small.fleet).cohortNames).toHaveLength(1);
  });

  test('differ by variant and by the device classes that are there', () => {
    const small = smallFleet([row('a'), row('b', { format: 'super' }), row('c', { tills: 0 })]);
    addContainer(small, 'pos', {
      variants: { large: { when: { values: { format: 'super' } }, image: 'ghcr.io/acme/app:2.0.0' } },
    });
    const all = Rendered.from(small.fleet);
    expect(new Set(['a', 'b', 'c'].map((name) => all.site(name).cohort)).size).toBe(3);
    all.site('b').hasResource('apps/v1/Deployment', {
      spec: { template: { spec: { containers: [{ image: 'ghcr.io/acme/app:2.0.0' }] } } },
    });
  });
});

describe('an override', () => {
  const fleetOf = (props: Partial<ConstructorParameters<typeof Override>[2]>) => {
    const small = smallFleet();
    const pos = addContainer(small, 'pos', {
      env: ({ site }) => ({ ID: site.values.storeId, TILLS: `${site.values.tills}` }),
    });
    new Override(small.fleet, 'fix', {
      workload: pos,
      sites: small.placement.where({ values: { storeId: '0043' } }),
      owner: 'pay',
      reason: 'bug',
      until: '2026-12-31',
      ...props,
    } as never);
    return small.fleet;
  };
  const container = (fleet: Fleet, site: string) =>
    (
      Rendered.from(fleet).site(site).find('apps/v1/Deployment')[0] as {
        spec?: { template: { spec: { containers: object[] } } };
      }
    ).spec?.template.spec.containers[0];

  test('changes one workload at its sites only', () => {
    const fleet = fleetOf({ image: 'ghcr.io/acme/app:1.0.1', env: { FIX: '1' }, resources });
    expect(container(fleet, 'store-2')).toMatchObject({
      image: 'ghcr.io/acme/app:1.0.1',
      env: [{ name: 'ID', value: '0043' }, { value: '3' }, { name: 'FIX', value: '1' }],
    });
    expect(container(fleet, 'store-1')).toMatchObject({
      image: 'ghcr.io/acme/app:1.0.0',
      env: [{ value: '0042' }, { value: '1' }],
    });
  });

  test('may set a site value for the workload', () => {
    expect(container(fleetOf({ values: { tills: 9 } }), 'store-2')).toMatchObject({
      env: [{ value: '0043' }, { value: '9' }],
    });
  });

  test.each<[string, object, RegExp]>([
    ['without a day', { image: 'x:1', until: 'soon' }, /holds until "soon"/],
    ['without a reason', { image: 'x:1', reason: ' ' }, /no owner or no reason/],
    ['that changes nothing', {}, /changes nothing; give it/],
    ['of a value of another kind', { values: { tills: 'many' } }, /tills/],
  ])('%s is an error', (_what, props, message) => {
    expect(
      Rendered.problemsOf(fleetOf(props))
        .filter((p) => p.severity === 'error')
        .map((p) => p.message),
    ).toContainEqual(expect.stringMatching(message));
  });

  test('that selects no site of its workload is a warning', () => {
    const small = smallFleet();
    const pos = addContainer(small, 'pos', { placement: small.placement.where({ values: { storeId: '0042' } }) });
    new Override(small.fleet, 'fix', {
      workload: pos as never,
      sites: small.placement.where({ values: { storeId: '0043' } }),
      image: 'x:1',
      owner: 'a',
      reason: 'b',
      until: '2026-12-31',
    });
    expect(Rendered.problemsOf(small.fleet).map((p) => p.message)).toContainEqual(
      expect.stringMatching(/none of its sites runs the workload/),
    );
  });
});
