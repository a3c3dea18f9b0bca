import { ConfigMap, Secret } from 'cdk8s-plus-27';
import {
  acknowledge,
  ChartWorkload,
  DeviceClass,
  Fleet,
  Hardware,
  HelmWorkload,
  Inventory,
  K3sCluster,
  Override,
  Placement,
  Run,
  SecretRef,
  Site,
  SiteBlueprint,
  SiteGroup,
  Size,
  Storage,
} from 'edgecdk';
import { Rendered } from 'edgecdk/testing';
import { z } from 'zod';
import { collect } from '../../constructs/collect';
import { model } from '../../constructs/internal';
import { renderFleet } from '../../lib/synth';
import { addContainer, platforms, row, schema, smallFleet } from '../support/small-fleet';

type Small = ReturnType<typeof smallFleet>;

function problems(fleet: Fleet, severity: 'error' | 'warning' = 'error'): string[] {
  return Rendered.problemsOf(fleet)
    .filter((p) => p.severity === severity)
    .map((p) => `[${p.path}] ${p.message}`);
}

/** A blueprint with a cluster of one's own, and a site of it. */
function withCluster(cluster: (box: DeviceClass, till: DeviceClass) => object, blueprint: object = {}): Fleet {
  const fleet = new Fleet('f');
  const box = new DeviceClass(fleet, 'box', { hardware: Hardware.n100MiniPc({ memory: Size.gibibytes(16) }) });
  const till = new DeviceClass(fleet, 'till', { hardware: Hardware.raspberryPi4B({ memory: Size.gibibytes(4) }) });
  const props = {
    cluster: new K3sCluster({ version: 'v1.33.5+k3s1', servers: box.count(1), ...cluster(box, till) } as never),
    ...blueprint,
  };
  new Site(fleet, 'here', { blueprint: new SiteBlueprint(fleet, 'store', props as never) } as never);
  return fleet;
}

describe('a cluster', () => {
  test.each<[string, (box: DeviceClass, till: DeviceClass) => object, RegExp]>([
    ['of two servers', (box) => ({ servers: box.count(2 as 1) }), /\[f\/store\] has 2 servers; K3s takes one/],
    [
      'of no release',
      () => ({ version: 'v1.33.5' }),
      /has "v1\.33\.5" as version of K3s; write a release by its full name/,
    ],
    ['of an unknown minor', () => ({ version: 'v1.99.1+k3s1' }), /knows Kubernetes 1\.27 to 1\.3\d/],
    [
      'that both disables and configures Traefik',
      () => ({ disable: ['traefik'], packagedValues: { traefik: { a: 1 } } }),
      /has values for traefik and disables it/,
    ],
    [
      'that counts a class twice',
      (_box, till) => ({ agents: [till.count(1), till.count(2)] }),
      /counts the device class f\/till twice/,
    ],
    ['with a fraction of a node', (_box, till) => ({ agents: till.count(1.5) }), /counts 1\.5 nodes of f\/till/],
    [
      'of several nodes without addresses',
      (_box, till) => ({ agents: till.count(1) }),
      /several nodes, and servers that the others cannot find/,
    ],
  ])('%s is an error', (_what, cluster, message) => {
    expect(problems(withCluster(cluster))).toContainEqual(expect.stringMatching(message));
  });

  test.each<[string, object, RegExp]>([
    [
      'that throw',
      {
        nodeAddress: () => {
          throw new Error('no');
        },
      },
      /nodeAddress that throws: no/,
    ],
    ['that are impossible', { nodeAddress: () => 'a b' }, /neither a DNS name nor an IP address/],
  ])('with node addresses %s is an error', (_what, blueprint, message) => {
    expect(
      problems(withCluster((_box, till) => ({ agents: till.count(1) }), { nodeAddress: () => 'x', ...blueprint })),
    ).toContainEqual(expect.stringMatching(message));
  });
});

describe('a device class', () => {
  test.each<[string, () => object, RegExp]>([
    [
      'of a size that is not sold',
      () => Hardware.raspberryPi4B({ memory: Size.gibibytes(3) }),
      /rpi-4b-3gb, which is not sold with 3072 MiB; take one of 1024, 2048, 4096, 8192 MiB/,
    ],
    ['of a micro-controller', () => Hardware.esp32(), /runs no containers/],
    [
      'of hardware without memory',
      () => Hardware.custom({ name: 'x', platforms: ['linux/amd64'], cores: 1, memory: Size.mebibytes(0) }),
      /both must be more than none/,
    ],
    [
      'of a name that labels cannot bear',
      () => Hardware.custom({ name: 'My Box', platforms: ['linux/amd64'], cores: 1, memory: Size.gibibytes(4) }),
      /hardware named "My Box"/,
    ],
  ])('%s is an error', (_what, hardware, message) => {
    const small = smallFleet();
    new DeviceClass(small.fleet, 'odd', { hardware: hardware() as never });
    expect(problems(small.fleet)).toContainEqual(expect.stringMatching(message));
  });

  test('with a label of Kubernetes\u2019 own is an error, since K3s would not start', () => {
    const small = smallFleet();
    new DeviceClass(small.fleet, 'odd', {
      hardware: Hardware.siemensIpc127e(),
      nodeLabels: { 'node-role.kubernetes.io/edge': '' },
    });
    expect(problems(small.fleet)).toContainEqual(
      expect.stringMatching(/no kubelet starts with labels of Kubernetes' own/),
    );
  });

  test('whose figures are corrected is taken at them', () => {
    const hardware = Hardware.raspberryPi4B({ memory: Size.gibibytes(4) }).with({
      name: 'rpi-4b-3gb',
      memory: Size.gibibytes(3),
    });
    const small = smallFleet();
    new DeviceClass(small.fleet, 'odd', { hardware });
    expect(problems(small.fleet)).toEqual([]);
    expect([hardware.name, hardware.platforms, hardware.cores]).toEqual(['rpi-4b-3gb', ['linux/arm64'], 4]);
  });
});

describe('a workload', () => {
  const add: Record<string, (small: Small) => unknown> = {
    'placed nowhere': (s) => addContainer(s, 'a', { placement: s.placement.where({ values: { storeId: 'none' } }) }),
    'with a variant that runs it another way': (s) =>
      addContainer(s, 'a', { variants: { x: { when: { values: { format: 'express' } }, run: Run.stateful(1) } } }),
    'with a variant of other claims': (s) =>
      addContainer(s, 'a', {
        mounts: { '/d': Storage.claim(Size.gibibytes(1)) },
        variants: {
          x: { when: { values: { format: 'express' } }, mounts: { '/d': Storage.claim(Size.gibibytes(2)) } },
        },
      }),
    'with a variant that no site takes': (s) =>
      addContainer(s, 'a', { variants: { x: { when: { values: { format: 'super' } }, image: 'x:1' } } }),
    'named like another': (s) => [addContainer(s, 'a'), new SiteGroupOfOne(s)],
    'with a name that no object can bear': (s) => addContainer(s, 'A_1'),
    'in a namespace that cannot be': (s) => addContainer(s, 'a', { namespace: 'My Space' }),
    'of an owner that is no label': (s) => addContainer(s, 'a', { owner: 'team: one' }),
    'with a variant called default': (s) => addContainer(s, 'a', { variants: { default: { when: {}, image: 'x:1' } } }),
    'with a secret and no store': (s) => addContainer(s, 'a', { env: { P: SecretRef.of('db', 'password') } }),
    'whose chart has a literal Secret': (s) =>
      new ChartWorkload(s.fleet, 'a', {
        platforms,
        placement: s.placement,
        content: (chart) => void new Secret(chart, 's', { stringData: { p: 'hunter2' } }),
      }),
    'of a chart by range': (s) =>
      new HelmWorkload(s.fleet, 'a', { chart: 'x', repo: 'https://x.example', version: '^1', placement: s.placement }),
    'of a chart without repo': (s) =>
      new HelmWorkload(s.fleet, 'a', { chart: 'x', version: '1.0.0', placement: s.placement }),
    'that renames an object in transform': (s) =>
      addContainer(s, 'a', { transform: (o) => ({ ...o, metadata: { ...o.metadata, name: 'b' } }) }),
    'named like a part of K3s': (s) => addContainer(s, 'traefik'),
    'of another fleet\u2019s sites': (s) => addContainer(s, 'a', { placement: smallFleet().placement as never }),
  };
  class SiteGroupOfOne {
    constructor(s: Small) {
      const inner = new Site(s.fleet, 'inner-scope', {
        blueprint: s.store,
        values: { ...row('x'), name: undefined } as never,
      });
      addContainer({ ...s, fleet: inner as never }, 'a');
    }
  }

  test.each<[keyof typeof add & string, RegExp]>([
    ['placed nowhere', /\[small\/a\] is placed nowhere: no site of small\/store fits/],
    ['with a variant that runs it another way', /has a variant x that runs it another way \(stateful, not replicas\)/],
    ['with a variant of other claims', /has a variant x with other volume claims/],
    ['named like another', /\[small\/inner-scope\/a\] has the id of the workload \[small\/a\]/],
    ['with a name that no object can bear', /has "A_1" as id of a workload/],
    ['in a namespace that cannot be', /has "My Space" as namespace/],
    ['of an owner that is no label', /has "team: one" as owner/],
    ['with a variant called default', /has a variant named "default"/],
    ['with a secret and no store', /SecretStore/],
    ['whose chart has a literal Secret', /SecretRef/],
    ['of a chart by range', /has "\^1" as version of its chart; take an exact one/],
    ['of a chart without repo', /has a chart without a repo/],
    ['that renames an object in transform', /has a transform that renames Deployment default\/a/],
    ['named like a part of K3s', /traefik/],
    ['of another fleet\u2019s sites', /./],
  ])('%s is an error', (what, message) => {
    const small = smallFleet();
    add[what]?.(small);
    if (what === 'of another fleet\u2019s sites') return expect(problems(small.fleet)).toEqual([]); // equal paths: the same blueprint by another name
    return expect(problems(small.fleet)).toContainEqual(expect.stringMatching(message));
  });

  test('two workloads that make one object are an error that names both', () => {
    const small = smallFleet();
    for (const id of ['a', 'b']) {
      new ChartWorkload(small.fleet, id, {
        platforms,
        placement: small.placement,
        content: (chart) => void new ConfigMap(chart, 'c', { metadata: { name: 'shared' }, data: {} }),
      });
    }
    expect(problems(small.fleet)).toContainEqual(expect.stringMatching(/small\/[ab].*small\/[ab]/));
  });
});

test('a variant or an override that nothing takes is a warning, and so is a workload whose last site closes', () => {
  const small = smallFleet([row('store-1', { state: 'closing' }), row('store-2', { storeId: '2' })]);
  addContainer(small, 'gone', { placement: small.placement.where({ values: { storeId: '0042' } }) });
  addContainer(small, 'a', {
    variants: { x: { when: { values: { format: 'super' } }, image: 'ghcr.io/acme/app:2.0.0' } },
  });
  expect(problems(small.fleet)).toEqual([]);
  expect(problems(small.fleet, 'warning')).toEqual([
    expect.stringMatching(/\[small\/gone\] is placed nowhere/),
    expect.stringMatching(/has a variant x that no site takes/),
  ]);
});

describe('functions of a blueprint', () => {
  const rows = [row('store-1', { tills: 1 }), row('store-2', { tills: 3 }), row('store-3', { tills: 5 })];
  const withBlueprint = (props: object) => {
    const { fleet, box, till } = smallFleet(rows);
    const odd = new SiteBlueprint(fleet, 'odd', {
      schema,
      cluster: ({ site }) =>
        new K3sCluster({ version: 'v1.33.5+k3s1', servers: box.count(1), agents: till.count(site.values.tills) }),
      nodeAddress: ({ node }) => `${node.name}.example`,
      ...props,
    });
    new SiteGroup(fleet, 'odds', {
      blueprint: odd,
      inventory: Inventory.rows(rows.map((r) => ({ ...r, name: `odd-${r.name}` }))),
    });
    return { fleet, box, till };
  };
  type Context = {
    site: { name: string; values: { format: string; tills: number } };
    node: { name: string; ordinal: number };
  };
  const { box, till } = smallFleet();

  test.each<[string, object]>([
    [
      'a cluster that counts otherwise',
      {
        cluster: ({ site }: Context) =>
          new K3sCluster({
            version: 'v1.33.5+k3s1',
            servers: box.count(1),
            agents: till.count(Math.min(site.values.tills, 2)),
          }),
      },
    ],
    [
      'a cluster that decides',
      {
        cluster: ({ site }: Context) =>
          new K3sCluster({ version: 'v1.33.5+k3s1', servers: box.count(site.values.tills > 2 ? 3 : 1) }),
      },
    ],
    [
      'packaged values that change one',
      {
        cluster: ({ site }: Context) =>
          new K3sCluster({
            version: 'v1.33.5+k3s1',
            servers: box.count(1),
            packagedValues: { traefik: { a: site.values.format.toUpperCase() } },
          }),
      },
    ],
    [
      'node addresses in lower case',
      { nodeAddress: ({ site, node }: Context) => `${site.values.format.toLowerCase()}-${node.ordinal}` },
    ],
    ['node addresses that calculate', { nodeAddress: ({ node }: Context) => `10.0.0.${node.ordinal - 1}` }],
  ])('are proven as content is: %s', (_what, props) => {
    expect(problems(withBlueprint(props).fleet)).toEqual([
      expect.stringMatching(/\[small\/odd\] has a (cluster|nodeAddress) that /),
    ]);
  });

  test('take labels and value names that can be', () => {
    expect(problems(withBlueprint({ labels: ['tags'] }).fleet)).toContainEqual(
      expect.stringMatching(/names tags as label, which is no text, number or boolean/),
    );
    const fleet = new Fleet('f');
    const one = new DeviceClass(fleet, 'one', { hardware: Hardware.siemensIpc127e() });
    const dotted = new SiteBlueprint(fleet, 'dotted', {
      schema: z.object({ 'store.id': z.string() }),
      cluster: new K3sCluster({ version: 'v1.33.5+k3s1', servers: one.count(1) }),
    });
    new Site(fleet, 'here', { blueprint: dotted, values: { 'store.id': '1' } });
    expect(problems(fleet)).toContainEqual(expect.stringMatching(/has a site value named "store\.id"/));
  });
});

test('all problems come at once, each once, however many sites have them', () => {
  const rows = Array.from({ length: 40 }, (_, i) => row(`store-${i}`));
  const small = smallFleet([...rows, row('Bad Name'), row('store-1')]);
  addContainer(small, 'a', { image: 'no tag at all' });
  addContainer(small, 'B');
  const found = problems(small.fleet);
  expect(found).toHaveLength(4);
  expect(new Set(found).size).toBe(4);
});

test.each<[string, object, RegExp]>([
  [
    'an ingress without Traefik',
    { disable: ['traefik'], content: { ports: { http: 80 }, ingress: { host: 'a.example', port: 'http' } } },
    /Ingress default\/a needs an ingress controller, and its cluster disables traefik/,
  ],
  [
    'a claim without local-storage',
    { disable: ['local-storage'], content: { mounts: { '/d': Storage.claim(Size.gibibytes(1)) } } },
    /PersistentVolumeClaim default\/a-d needs a storage class/,
  ],
  [
    'claims of a StatefulSet without local-storage',
    {
      disable: ['local-storage'],
      content: { run: Run.stateful(1), mounts: { '/d': Storage.claim(Size.gibibytes(1)) } },
    },
    /StatefulSet default\/a needs a storage class/,
  ],
])(
  '%s is a warning, and none where K3s has all its parts',
  (_what, { disable, content }: { disable?: string[]; content?: object }, message) => {
    const found = (list: readonly string[]) => {
      const { fleet, box } = smallFleet();
      const bare = new SiteBlueprint(fleet, 'bare', {
        cluster: new K3sCluster({ version: 'v1.33.5+k3s1', servers: box.count(1), disable: list as never }),
      });
      new Site(fleet, 'here', { blueprint: bare });
      addContainer({ fleet, placement: Placement.on(bare) } as never, 'a', content);
      return Rendered.problemsOf(fleet).map((p) => `${p.rule} ${p.message}`);
    };
    expect(found([])).toEqual([]);
    expect(found(disable ?? [])).toEqual([expect.stringMatching(message)]);
    expect(found(disable ?? [])[0]).toMatch(/^edgecdk-disabled-component /);
  },
);

describe('warnings', () => {
  test('name the rule, and go when they are acknowledged', () => {
    const fleetOf = (reason?: string) => {
      const small = smallFleet();
      const a = addContainer(small, 'a', { image: 'ghcr.io/acme/app:latest' });
      if (reason !== undefined) acknowledge(a, 'edgecdk-image-tag', reason);
      return small.fleet;
    };
    expect(Rendered.problemsOf(fleetOf()).map((p) => [p.severity, p.rule])).toEqual([['warning', 'edgecdk-image-tag']]);
    expect(Rendered.problemsOf(fleetOf('a lab'))).toEqual([]);
    expect(problems(fleetOf(' '))).toContainEqual(expect.stringMatching(/reason/));
  });

  test('of an unknown rule are errors', () => {
    const small = smallFleet();
    acknowledge(addContainer(small, 'a'), 'edgecdk-imagetag', 'x');
    expect(problems(small.fleet)).toContainEqual(expect.stringMatching(/edgecdk-imagetag/));
  });
});

test('an override is checked for its last day only when a day is given', () => {
  const small = smallFleet();
  const pos = addContainer(small, 'pos') as never;
  new Override(small.fleet, 'fix', {
    workload: pos,
    sites: small.placement,
    image: 'x:1',
    owner: 'pay',
    reason: 'bug',
    until: '2026-12-31',
  });
  const errors = (today?: string) =>
    renderFleet(collect(small.fleet, small.fleet[model]), { today })
      .problems.filter((p) => p.severity === 'error')
      .map((p) => p.message);
  expect([errors(), errors('2026-12-31')]).toEqual([[], []]);
  expect(errors('2027-01-01')).toEqual([
    expect.stringMatching(/held until 2026-12-31 and today is 2027-01-01; ask pay \(bug\)/),
  ]);
  expect(errors('tomorrow')).toEqual([expect.stringMatching(/"tomorrow"/)]);
});

test('a fleet without sites, and a relative inventory without root, are errors', () => {
  expect(problems(new Fleet('empty'))).toEqual([expect.stringMatching(/\[empty\] has no sites/)]);
  const fleet = new Fleet('f');
  const box = new DeviceClass(fleet, 'box', { hardware: Hardware.siemensIpc127e() });
  const store = new SiteBlueprint(fleet, 'store', {
    cluster: new K3sCluster({ version: 'v1.33.5+k3s1', servers: box.count(1) }),
  });
  new SiteGroup(fleet, 'stores', { blueprint: store, inventory: Inventory.csv('stores.csv') });
  expect(problems(fleet)).toContainEqual(expect.stringMatching(/root: __dirname/));
});
