import { Chart, type ChartProps } from 'cdk8s';
import { ConfigMap, Deployment } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import {
  ChartWorkload,
  Encode,
  HelmWorkload,
  K3sCluster,
  ManifestWorkload,
  Override,
  Placement,
  Site,
  SiteBlueprint,
} from 'edgecdk';
import { Match, Rendered } from 'edgecdk/testing';
import { z } from 'zod';
import { addContainer, platforms, row, smallFleet } from '../support/small-fleet';
import { withFiles } from '../support/with-files';

function errorsOf(fleet: Parameters<typeof Rendered.problemsOf>[0]): string[] {
  return Rendered.problemsOf(fleet)
    .filter((p) => p.severity === 'error')
    .map((p) => `[${p.path}] ${p.message}`);
}

interface Props extends ChartProps {
  readonly store: string;
  readonly lanes: number;
}
class Prices extends Chart {
  constructor(scope: Construct, id: string, props: Props) {
    super(scope, id, { disableResourceNameHashes: true, ...props });
    new ConfigMap(this, 'prices', { data: { store: props.store, lanes: `${props.lanes}` } });
    new Inner(this, 'inner', props.store);
  }
}
class Inner extends Chart {
  constructor(scope: Construct, id: string, store: string) {
    super(scope, id, { disableResourceNameHashes: true });
    new ConfigMap(this, 'nested', { data: { store } });
  }
}

describe('site values', () => {
  test('reach text, numbers and names', () => {
    const small = smallFleet();
    addContainer(small, 'pos', {
      env: ({ site }) => ({ ID: site.values.storeId, AT: `${site.name}:${site.values.tills}` }),
    });
    const env = (name: string) => Rendered.from(small.fleet).site(name).find('apps/v1/Deployment')[0]?.spec;
    expect(env('store-1')).toMatchObject({
      template: {
        spec: {
          containers: [
            {
              env: [
                { name: 'ID', value: '0042' },
                { name: 'AT', value: 'store-1:1' },
              ],
            },
          ],
        },
      },
    });
    expect(env('store-2')).toMatchObject({
      template: { spec: { containers: [{ env: [{ value: '0043' }, { value: 'store-2:3' }] }] } },
    });
  });

  test('that are no holes come as JSON text', () => {
    const small = smallFleet([row('store-1', { tags: ['b', 'a'], open: false })]);
    addContainer(small, 'pos', {
      env: ({ site }) => ({ TAGS: site.json.tags, OPEN: site.json.open, TILLS: site.json.tills }),
    });
    Rendered.from(small.fleet)
      .site('store-1')
      .hasResource('apps/v1/Deployment', {
        spec: {
          template: { spec: { containers: [{ env: [{ value: '["b","a"]' }, { value: 'false' }, { value: '1' }] }] } },
        },
      });
  });

  test.each<[string, (value: string, n: number) => string, RegExp]>([
    ['folded', (value) => value.toLowerCase(), /takes a site value apart.*env\[0\]\.value/],
    ['sliced at its end', (value) => value.slice(0, 9), /takes a site value apart/],
    ['sliced at its start', (value) => value.slice(12), /changes a site value/],
    ['measured', (value) => `${value.length}`, /changes a site value, or decides on one.*env\[0\]\.value/],
    ['encoded by hand', (value) => Buffer.from(value).toString('base64'), /changes a site value/],
    ['calculated with', (_value, n) => `${n + 1}`, /changes a site value|takes a site value apart/],
    ['branched on', (value) => (value === '0042' ? 'yes' : 'no'), /changes a site value/],
  ])('that are %s are an error with the place', (_what, change, message) => {
    const small = smallFleet();
    addContainer(small, 'pos', { env: ({ site }) => ({ A: change(site.values.storeId, site.values.tills) }) });
    expect(errorsOf(small.fleet)).toEqual([expect.stringMatching(message)]);
    expect(errorsOf(small.fleet)[0]).toContain('[small/pos]');
  });

  test('that do not exist name those that do', () => {
    const small = smallFleet();
    addContainer(small, 'pos', {
      env: ({ site }) => ({ A: (site.values as unknown as Record<string, string>).storeID as string }),
    });
    expect(errorsOf(small.fleet)).toEqual([
      expect.stringMatching(/site\.values\.storeID is no text or number.*storeId, contact, tills, format/),
    ]);
  });

  test('with a dollar sign survive the kubelet in environment, command and arguments', () => {
    const small = smallFleet([row('store-1', { contact: '$(STORE)$$x' })]);
    addContainer(small, 'pos', {
      env: ({ site }) => ({ A: site.values.contact }),
      args: ({ site }) => [site.values.contact],
    });
    Rendered.from(small.fleet)
      .site('store-1')
      .hasResource('apps/v1/Deployment', {
        spec: {
          template: { spec: { containers: [{ env: [{ value: '$$(STORE)$$$$x' }], args: ['$$(STORE)$$$$x'] }] } },
        },
      });
  });
});

describe('what decides on a value of which there are few', () => {
  const rows = ['aa', 'express', 'zzzzzzzzzzz'].map((storeId, i) =>
    row(`store-${i}`, { storeId, tills: [1, 4, 9][i] }),
  );

  class Branching extends Chart {
    constructor(scope: Construct, id: string, props: { readonly id: string; readonly n: number }) {
      super(scope, id, { disableResourceNameHashes: true });
      new ConfigMap(this, 'c', {
        data: { speed: props.id === 'express' ? 'fast' : 'slow', n: props.n === 4 ? 'four' : 'not' },
      });
    }
  }

  test.each<[string, { id: boolean; n: boolean }]>([
    ['a text in the middle', { id: true, n: false }],
    ['a number in the middle', { id: false, n: true }],
  ])('%s is found', (_what, { id, n }) => {
    const small = smallFleet(rows);
    new ChartWorkload(small.fleet, 'a', {
      platforms,
      placement: small.placement,
      chart: Branching,
      props: ({ site }) => ({ id: id ? site.values.storeId : 'x', n: n ? site.values.tills : 0 }),
    });
    expect(errorsOf(small.fleet)).toEqual([expect.stringMatching(/decides on one: at .*data\.(speed|n): /)]);
  });
});

test('values that an override sets go through the same checks, and are written as the site\u2019s own', () => {
  const fleetOf = (value: string, args: (id: string) => string[]) => {
    const small = smallFleet([row('store-1')]);
    const pos = addContainer(small, 'pos', {
      args: ({ site }) => args(site.values.storeId),
      env: ({ site }) => ({ ID: site.values.storeId }),
    });
    new Override(small.fleet, 'fix', {
      workload: pos as never,
      sites: small.placement,
      values: { storeId: value } as never,
      owner: 'a',
      reason: 'b',
      until: '2026-12-31',
    });
    return small.fleet;
  };
  expect(errorsOf(fleetOf('x; reboot', (id) => ['sh', '-c', `run ${id}`]))).toEqual([
    expect.stringMatching(/Encode\.shell/),
  ]);
  Rendered.from(fleetOf('$(A)', (id) => [id]))
    .site('store-1')
    .hasResource('apps/v1/Deployment', {
      spec: { template: { spec: { containers: [{ args: ['$$(A)'], env: [{ value: '$$(A)' }] }] } } },
    });
});

test('values that a blueprint names are labels of its objects, and of no pod', () => {
  const { fleet, box } = smallFleet([row('store-1')]);
  const labelled = new SiteBlueprint(fleet, 'labelled', {
    schema: z.object({ region: z.string(), n: z.number(), open: z.boolean() }),
    labels: ['region', 'n', 'open'],
    cluster: new K3sCluster({ version: 'v1.33.5+k3s1', servers: box.count(1) }),
  });
  new Site(fleet, 'here', { blueprint: labelled, values: { region: 'north', n: 3, open: true } });
  addContainer({ fleet, placement: Placement.on(labelled) } as never, 'pos');
  Rendered.from(fleet)
    .site('here')
    .hasResource('apps/v1/Deployment', {
      metadata: { labels: { 'edgecdk.dev/region': 'north', 'edgecdk.dev/n': '3', 'edgecdk.dev/open': 'true' } },
      spec: { template: { metadata: { labels: Match.exactly({ 'app.kubernetes.io/name': 'pos' }) } } },
    });
});

describe('content that is no function of its context', () => {
  test('differs when it is made twice', () => {
    const small = smallFleet();
    let n = 0;
    addContainer(small, 'pos', { env: () => ({ A: `${n++}` }) });
    expect(errorsOf(small.fleet)).toEqual([expect.stringMatching(/differs when it is made twice.*env\[0\]\.value/)]);
  });

  test('throws with its place and name', () => {
    const small = smallFleet();
    addContainer(small, 'pos', {
      env: () => {
        throw new TypeError('no such thing');
      },
    });
    expect(errorsOf(small.fleet)).toEqual([
      expect.stringMatching(/\[small\/pos\] has content that throws TypeError: no such thing \(.*content\.test\.ts/),
    ]);
  });
});

describe('code-like text', () => {
  const contact = (write: (value: string) => string, value: string) => {
    const small = smallFleet([row('store-1', { contact: value })]);
    addContainer(small, 'pos', { files: ({ site }) => ({ '/etc/x.json': write(site.values.contact) }) });
    return small.fleet;
  };

  test('takes harmless values, and names the site of another', () => {
    expect(errorsOf(contact((value) => `{ "c": "${value}" }`, 'Ana-Maria'))).toEqual([]);
    expect(errorsOf(contact((value) => `{ "c": "${value}" }`, 'Ana" }'))).toEqual([
      expect.stringMatching(/Encode\.json/),
    ]);
  });

  test('takes any value that Encode writes', () => {
    const fleet = contact((value) => `{ "c": ${Encode.json(value)} }`, 'Ana "x" \\ \n y');
    const data = Rendered.from(fleet).site('store-1').find('v1/ConfigMap')[0]?.data as Record<string, string>;
    expect(Object.values(data).map((text) => JSON.parse(text))).toEqual([{ c: 'Ana "x" \\ \n y' }]);
  });
});

describe('a ChartWorkload', () => {
  test('runs a chart class unchanged, nested charts too', () => {
    const small = smallFleet();
    new ChartWorkload(small.fleet, 'prices', {
      chart: Prices,
      platforms,
      props: ({ site }) => ({ store: site.values.storeId, lanes: site.values.tills }),
      placement: small.placement,
    });
    const maps = Rendered.from(small.fleet).site('store-2').find('v1/ConfigMap');
    expect(maps.map((map) => map.data)).toEqual(
      expect.arrayContaining([{ store: '0043', lanes: '3' }, { store: '0043' }]),
    );
    expect(maps).toHaveLength(2);
  });

  test('fills a chart by a function that may ask for the cluster', () => {
    const small = smallFleet();
    new ChartWorkload(small.fleet, 'web', {
      platforms,
      placement: small.placement,
      content: (chart, { cluster, site }) => {
        new Deployment(chart, 'web', {
          containers: [
            {
              image: 'x:1',
              envVariables: {
                T: { value: `${cluster.has(small.till)}` },
                K: { value: cluster.kubernetes },
                S: { value: site.name },
              },
            },
          ],
        });
      },
    });
    Rendered.from(small.fleet)
      .site('store-1')
      .hasResource('apps/v1/Deployment', {
        spec: {
          template: { spec: { containers: [{ env: [{ value: 'true' }, { value: '1.33' }, { value: 'store-1' }] }] } },
        },
      });
  });

  test('says it when a chart loses objects to a wrong prop', () => {
    const small = smallFleet();
    new ChartWorkload(small.fleet, 'empty', { placement: small.placement, content: () => {} });
    expect(errorsOf(small.fleet)).toEqual([expect.stringMatching(/renders no object/)]);
  });
});

test('a HelmWorkload is a HelmChart whose values hold any site value', () => {
  const small = smallFleet([row('store-1', { contact: 'a: "b" # {{ c }}', storeId: 'yes' })]);
  new HelmWorkload(small.fleet, 'metrics', {
    chart: 'vector',
    repo: 'https://helm.vector.dev',
    version: '0.37.0',
    namespace: 'observability',
    values: ({ site }) => ({ contact: site.values.contact, id: site.values.storeId, tills: site.values.tills }),
    placement: small.placement,
  });
  const site = Rendered.from(small.fleet).site('store-1');
  const spec = site.find('helm.cattle.io/v1/HelmChart', { metadata: { name: 'metrics', namespace: 'kube-system' } })[0]
    ?.spec as Record<string, string>;
  expect(spec).toMatchObject({ chart: 'vector', targetNamespace: 'observability', version: '0.37.0' });
  expect(spec.valuesContent).toBe('contact: "a: \\"b\\" # {{ c }}"\nid: "yes"\ntills: 1\n');
  site.hasResource('v1/Namespace', { metadata: { name: 'observability' } });
});

describe('a ManifestWorkload', () => {
  test('keeps objects as they are, custom resources and Kubernetes\u2019 reading of YAML too', () => {
    withFiles(
      {
        'a.yaml':
          'apiVersion: acme.example/v1\nkind: Door\nmetadata: { name: front }\nspec: { mode: 0644, on: yes, at: 2026-01-01, long: 1:30 }\n---\napiVersion: acme.example/v1\nkind: Limit\nmetadata: { name: l }\nspec: { maximum: 9223372036854775807 }\n---\n# nothing\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: c }\n',
      },
      (root) => {
        const small = smallFleet([row('store-1')], { root });
        new ManifestWorkload(small.fleet, 'doors', { files: ['a.yaml'], placement: small.placement });
        const site = Rendered.from(small.fleet).site('store-1');
        expect(site.objects.filter((o) => o.kind !== 'Namespace')).toHaveLength(3);
        // Read back by a parser that rounds; the text has every digit.
        expect(site.manifests.doors).toContain('maximum: 9223372036854775807\n');
        expect(site.find('acme.example/v1/Door')[0]).toMatchObject({
          spec: { mode: 420, true: true, at: '2026-01-01', long: '1:30' },
        });
        expect(site.find('acme.example/v1/Door')[0]?.metadata.namespace).toBeUndefined();
        site.hasResource('v1/ConfigMap', { metadata: { name: 'c', namespace: 'default' } });
      },
    );
  });

  test.each<[string, string, RegExp]>([
    ['no YAML', 'a: [', /is no YAML/],
    ['no object', 'a: 1', /no Kubernetes object/],
    ['no name', 'apiVersion: v1\nkind: Pod\nmetadata: { generateName: x }', /without metadata\.name/],
  ])('refuses a file that is %s', (_what, text, message) => {
    withFiles({ 'a.yaml': text }, (root) => {
      const small = smallFleet([row('store-1')], { root });
      new ManifestWorkload(small.fleet, 'doors', { files: ['a.yaml'], placement: small.placement });
      expect(errorsOf(small.fleet)).toEqual([expect.stringMatching(message)]);
    });
  });

  test('refuses a file that is not there', () => {
    withFiles({}, (root) => {
      const small = smallFleet([row('store-1')], { root });
      new ManifestWorkload(small.fleet, 'doors', { files: ['none.yaml'], placement: small.placement });
      expect(errorsOf(small.fleet)).toEqual([expect.stringMatching(/none\.yaml, which cannot be read \(ENOENT\)/)]);
    });
  });
});
