import { parse } from 'yaml';
import { FLEET_OBJECT_KEYS, FLEET_YAML_KEYS } from '../../../../lib/catalog/rancher-fleet';
import { RANCHER_FLEET } from '../../../../lib/engines/rancher-fleet/rancher-fleet';
import type { DeliveryContent, DeliveryFiles, SiteFacts } from '../../../../lib/model/delivery';
import { fillTemplate } from '../../../../lib/model/hole-value';
import { withFilter } from '../../../../lib/model/token';
import { printTemplate } from '../../../../lib/render/yaml-template';
import { strangeFleetFields } from '../../../support/rancher-fleet-fields';
import {
  claim,
  cohortOf,
  configMap,
  contentOf,
  deliveryOf,
  GIT,
  helmLayer,
  hole,
  layerOf,
  site,
  tokens,
  variantOf,
} from './sample-content';

const pos = layerOf('pos', [
  variantOf('default', [configMap('a', { a: hole.a, b: hole.b }), claim('data')]),
  variantOf('gpu', [configMap('a', { port: hole.port })]),
]);
const grafana = helmLayer('grafana', {
  default: { chart: 'grafana', repo: 'https://charts.example', version: '9', valuesContent: { a: hole.a, b: 1 } },
});
const cluster = layerOf('edgecdk-cluster', [variantOf('store', [configMap('c', {})])]);
const layers = [cluster, grafana, pos];
const all = { 'edgecdk-cluster': 'store', grafana: 'default', pos: 'default' };

function render(content: Partial<DeliveryContent>): DeliveryFiles {
  const made = RANCHER_FLEET.render?.(contentOf({ layers, ...content }));
  if (!made) throw new Error('nothing was made');
  return made;
}

function record(own: SiteFacts, made: DeliveryFiles) {
  const [file] = made.records.get('c') ?? [];
  const text = fillTemplate(
    printTemplate('', file?.objects ?? [], tokens, () => false),
    own,
  );
  return { name: file?.name, object: parse(text.replace(/^---\n/, '')) };
}

function cluster1(own: SiteFacts, variants: Readonly<Record<string, string>>, more: Partial<DeliveryContent> = {}) {
  return record(own, render({ cohorts: [cohortOf('c', layers, variants, [own], ['a', 'tags', 'none'])], ...more }))
    .object;
}

test('a site is one cluster of the hub, with its labels and the texts of all its variables', () => {
  const own = site('store-1', { values: { a: '0042', b: 'say "hi"', port: 80, tags: [1] } });
  const made = render({ cohorts: [cohortOf('c', layers, all, [own], ['a', 'tags', 'none'])] });
  expect(record(own, made)).toEqual({
    name: 'cluster',
    object: {
      apiVersion: 'fleet.cattle.io/v1alpha1',
      kind: 'Cluster',
      metadata: {
        name: 'store-1',
        namespace: 'fleet-default',
        labels: {
          'edgecdk.dev/site': 'store-1',
          'edgecdk.dev/profile': 'n100-16gb',
          'edgecdk.dev/a': '0042',
          'edgecdk.dev/tags': '[1]',
          'workload.edgecdk.dev/edgecdk-cluster': 'store',
          'workload.edgecdk.dev/grafana': 'default',
          'workload.edgecdk.dev/pos': 'default',
        },
      },
      spec: { templateValues: { v: { values__a: '0042', values__b: 'say \\"hi\\"' } } },
    },
  });
});

test('a number reaches the hub as text', () => {
  expect(cluster1(site('s'), { pos: 'gpu' }).spec).toEqual({ templateValues: { v: { values__port: '8080' } } });
});

test('a site without variables has a record all the same', () => {
  expect(cluster1(site('s'), { 'edgecdk-cluster': 'store' }).spec).toBeUndefined();
});

test('another variant, workload or wave is another label of the same cluster, and nothing else but values', () => {
  const waves = [{ name: 'w', sites: 2, offline: 0 }];
  const labels = (variants: Readonly<Record<string, string>>, wave: string) => {
    const { metadata } = cluster1(site('s', { wave }), variants, { waves });
    return metadata.labels;
  };
  const before = labels({ pos: 'default' }, 'w');
  expect(labels({ pos: 'gpu' }, 'w')).toEqual({ ...before, 'workload.edgecdk.dev/pos': 'gpu' });
  expect(labels({ pos: 'default' }, 'v')).toEqual({ ...before, 'edgecdk.dev/wave': 'v' });
  expect(labels({ pos: 'default', grafana: 'default' }, 'w')).toEqual({
    ...before,
    'workload.edgecdk.dev/grafana': 'default',
  });
});

const SHARED = [{ id: 'vans', path: 'grocer/vans', folder: 'clusters/vans', siteShards: ['0', 'a'] }];

test('the hub reads all layers by one path, which no workload changes', () => {
  const made = render({ delivery: deliveryOf({ git: { ...GIT, path: 'dist', secret: 'git' } }) });
  expect(parse(made.files.get('gitrepo.yaml') ?? '').spec).toEqual({
    repo: 'https://git.example/grocer.git',
    branch: 'main',
    clientSecretName: 'git',
    paths: ['dist/workloads'],
  });
  expect(render({ layers: [pos] }).files.get('gitrepo.yaml')).toBe(render({}).files.get('gitrepo.yaml'));
});

test('a cluster that sites share is a bundle of its objects and one for each shard of those that sites add', () => {
  const { files } = render({ sharedClusters: SHARED });
  const { bundles } = parse(files.get('clusters.yaml') ?? '').spec;
  const options: string[] = bundles.map((one: { base: string; options: string }) =>
    new URL(one.options, `file:///${one.base}/`).pathname.slice(1),
  );
  expect(bundles.map((one: { base: string }) => one.base)).toEqual([
    'clusters/vans/manifests',
    'clusters/vans/sites/0',
    'clusters/vans/sites/a',
  ]);
  for (const path of options) {
    const bundle = parse(files.get(path.replace('delivery/rancher-fleet/', '')) ?? '');
    expect(bundle).toMatchObject({
      keepResources: true,
      overrideTargets: [{ clusterSelector: { matchLabels: { 'edgecdk.dev/cluster': 'vans' } } }],
    });
    expect(bundle.helm.releaseName).toBe(bundle.name);
  }
  expect(parse(files.get('clusters/vans/cluster.yaml') ?? '').metadata.labels).toEqual({
    'edgecdk.dev/cluster': 'vans',
  });
  expect([...render({}).files.keys()].filter((path) => path.startsWith('clusters'))).toEqual([]);
});

describe('of all that is made', () => {
  const own = site('store-1', { wave: 'w' });
  const made = render({
    delivery: deliveryOf({ git: { ...GIT, secret: 'git' }, rollBackAfterSeconds: 60 }),
    cohorts: [cohortOf('c', layers, all, [own, site('store-2', { wave: 'w' })], ['a'])],
    waves: [{ name: 'w', sites: 2, offline: 0 }],
    sharedClusters: SHARED,
  });
  const yaml = [...made.files].filter(([path]) => path.endsWith('.yaml'));
  const bundles = [...made.layers].filter(([path]) => path.endsWith('/fleet.yaml'));
  const documents = [
    ...[...yaml, ...bundles].map(([path, text]) => [path, parse(text)]),
    ['record', record(own, made).object],
  ];

  test.each(documents)('%s has known fields alone', (_, document) => {
    expect(strangeFleetFields(document)).toEqual([]);
  });

  test('no field of the catalogue is written nowhere', () => {
    const written = new Set(documents.flatMap(([, document]) => pathsOf(document)));
    const unused = ['targetCustomizations[].defaultNamespace'];
    const known = [...Object.keys(FLEET_YAML_KEYS), ...Object.values(FLEET_OBJECT_KEYS).flatMap(Object.keys)];
    const ofBase = known.filter((key) => /^helm\.(repo|version|values|templateValues)$/.test(key));
    expect(
      known.filter((key) => !written.has(key) && ![...unused, ...ofBase].includes(key) && !isSelector(key)),
    ).toEqual([]);
  });

  test('no object says who a site is', () => {
    const text = [...yaml, ...bundles].map(([, one]) => one).join() + JSON.stringify(record(own, made).object);
    expect(text).not.toMatch(/clientID|token:|password/i);
  });
});

test('a field with a typing error, or of another type, is found', () => {
  expect(strangeFleetFields({ name: 'a', helm: { takeOwnershp: true, chart: 1 } })).toEqual([
    'helm.takeOwnershp',
    'helm.chart: 1',
  ]);
  expect(strangeFleetFields({ kind: 'Cluster', apiVersion: 'v1', spec: { clientID: 'x' } })).toEqual(['spec.clientID']);
  expect(strangeFleetFields({ kind: 'HelmOp' })).toEqual(['kind HelmOp']);
  expect(strangeFleetFields({ rolloutStrategy: { maxUnavailable: '10' } })).toEqual([
    'rolloutStrategy.maxUnavailable: "10"',
  ]);
});

/** Fields that are there in all places where clusters are selected, of which each uses some. */
function isSelector(key: string): boolean {
  return key.includes('clusterSelector.');
}

function pathsOf(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) return [path, ...value.flatMap((one) => pathsOf(one, `${path}[]`))];
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, one]) => pathsOf(one, path === '' ? key : `${path}.${key}`))];
}

describe('what is told', () => {
  const waves = [
    { name: 'canary', sites: 2, offline: 0 },
    { name: 'most', sites: 2, offline: 0 },
  ];
  const [a, b, c, d] = ['canary', 'canary', 'most', 'most'].map((wave, i) => site(`s${i}`, { wave })) as [
    SiteFacts,
    SiteFacts,
    SiteFacts,
    SiteFacts,
  ];
  const cohorts = (own: readonly SiteFacts[]) => [cohortOf('c', layers, all, own)];

  test('of a fleet that is fine, nothing', () => {
    expect(render({ waves, cohorts: cohorts([a, b, c, d]) }).problems).toEqual([]);
  });

  test('a wave that holds nothing back is an error of the fleet', () => {
    expect(render({ waves, cohorts: cohorts([a, c, d]) }).problems).toEqual([
      { path: 'grocer', severity: 'error', message: expect.stringMatching(/^has 1 site in wave 'canary'/) },
    ]);
  });

  test('a workload of which a wave has one site warns', () => {
    const some = [...cohorts([b, c, d]), cohortOf('d', layers, { grafana: 'default' }, [a])];
    expect(render({ waves, cohorts: some }).problems.map(({ path, severity }) => [path, severity])).toEqual([
      ['grocer/edgecdk-cluster', 'warning'],
      ['grocer/pos', 'warning'],
    ]);
  });

  test('a wave with a limit that stops it is an error, once', () => {
    const stopped = waves.map((wave) => ({ ...wave, maxUnavailable: 0 }));
    const { problems } = render({ waves: stopped, cohorts: cohorts([a, b, c, d]) });
    expect(problems.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^has a wave 'canary' that has a maxUnavailable of 0/),
      expect.stringMatching(/^has a wave 'most' that/),
    ]);
  });

  test('offline sites are an error by a share that the program gives, and warn by links', () => {
    const link = { kind: 'intermittent' } as const;
    const away = [a, b, { ...c, link }, { ...d, link }];
    expect(render({ waves, cohorts: cohorts(away) }).problems).toEqual([
      { path: 'grocer', severity: 'warning', message: expect.stringMatching(/^has 2 sites in wave 'most', 2 of them/) },
    ]);
    const delivery = deliveryOf({ offlineShare: 0.1 });
    expect(render({ delivery, waves, cohorts: cohorts(away) }).problems.map(({ severity }) => severity)).toEqual([
      'error',
      'error',
    ]);
    const room = deliveryOf({ offlineShare: 0 });
    expect(render({ delivery: room, waves, cohorts: cohorts(away) }).problems).toEqual([]);
  });

  test('a fleet without waves is one, with the same rules', () => {
    const many = Array.from({ length: 20 }, (_, i) => site(`s${i}`));
    const told = (offlineShare: number) =>
      render({ delivery: deliveryOf({ offlineShare }), cohorts: cohorts(many) }).problems;
    expect([told(0.05).length, told(0.1).length]).toEqual([0, 1]);
  });

  test('a site in no wave is an error', () => {
    const { problems } = render({ waves, cohorts: cohorts([a, b, c, site('s9')]) });
    expect(problems.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^has 1 site in no wave \(such as s9\)/),
    ]);
  });

  test('a name that is too long is an error of the workload, with its length', () => {
    const long = layerOf('p'.repeat(54), [variantOf('default', [])]);
    expect(render({ layers: [long] }).problems).toEqual([
      { path: `grocer/${long.name}`, severity: 'error', message: expect.stringMatching(/^has an id of 54 characters/) },
    ]);
  });

  test('a site value that Helm would remove is an error of its blueprint, with the sites', () => {
    const bad = site('s7', { values: { a: 'x <no value>', b: 'y', port: 1, tags: [] } });
    expect(render({ cohorts: cohorts([a, bad]) }).problems).toEqual([
      {
        path: 'grocer/store',
        severity: 'error',
        message: expect.stringMatching(/'<no value>' in a site value.*\(s7\)/),
      },
    ]);
  });
});

describe('texts that do not come through', () => {
  const bad = (text: string) => {
    const own = site('s7', { values: { a: text, b: 'y', port: 1, tags: [] } });
    return render({ cohorts: [cohortOf('c', layers, all, [site('s6'), own])] }).problems;
  };

  test.each(['\u007f', 'a\u0085b', '\u0099', '\ufffe', '\uffff'])('as a site value: %j', (text) => {
    expect(bad(text)).toEqual([
      { path: 'grocer/store', severity: 'error', message: expect.stringMatching(/agent cannot write \(s7\); any but/) },
    ]);
  });

  test.each(['\u00a0', '\u2028', '\ufeff', '\ufffd', '<no', '\u{1f6d2}'])('but not %j', (text) => {
    expect(bad(text)).toEqual([]);
  });

  test('in a workload, once for all that has them, with what it is', () => {
    const own = layerOf(
      'pos',
      ['a', 'b'].map((name) => variantOf(name, [configMap('x', { key: 'a\u0085' })])),
    );
    expect(render({ layers: [own] }).problems).toEqual([
      { path: 'grocer/pos', severity: 'error', message: expect.stringMatching(/cannot write, in ConfigMap pos\/x: /) },
    ]);
  });

  test('what is written as something else comes through', () => {
    const own = layerOf('pos', [variantOf('default', [configMap('x', { key: withFilter(hole.a, 'b') })])]);
    const odd = site('s', { values: { a: '\u007f<no value>', b: '', port: 1 } });
    const made = render({ layers: [own], cohorts: [cohortOf('c', [own], { pos: 'default' }, [odd])] });
    expect(made.problems).toEqual([]);
  });
});

test.each([
  [[pos], []],
  [[{ ...pos, isStateful: true }], ['- Of `pos` everything stays', '--selector edgecdk.dev/workload=<workload>']],
  [
    [pos, grafana],
    ['everything of `grafana`, which are charts of others', 'app.kubernetes.io/instance=<workload>'],
  ],
])('the README has what removes the rest of a workload, where it stays', (own, told) => {
  const readme = render({ layers: own, cohorts: [] }).files.get('README.md') ?? '';
  for (const one of told) expect(readme).toContain(one);
  expect((readme.match(/--selector/g) ?? []).length).toBe(told.length / 2);
});

test('the README says how one site is left as it is', () => {
  const readme = render({ cohorts: [] }).files.get('README.md') ?? '';
  expect(readme).toContain(`patch clusters.fleet.cattle.io <site> --type merge --patch '{"spec":{"paused":true}}'`);
});

test('the README names each file that a person applies, with its folder', () => {
  const { files } = render({
    delivery: deliveryOf({ git: { ...GIT, secret: 'git' } }),
    waves: [{ name: 'canary', sites: 5, offline: 0, maxUnavailable: 2 }],
    sharedClusters: SHARED,
  });
  const text = files.get('README.md') ?? '';
  for (const path of ['gitrepo.yaml', 'registration-token.yaml', 'clusters.yaml', 'clusters/<cluster>/cluster.yaml'])
    expect(text).toContain(`delivery/rancher-fleet/${path}`);
  expect(text).toContain('`canary` (2 at a time)');
  expect(text).toContain('`grafana`');
  expect(text).not.toMatch(/undefined|\[object|NaN/);
});

test('an agent takes memory at its site, which is a guess', () => {
  expect(RANCHER_FLEET.overhead?.(deliveryOf())).toMatchObject({
    memoryMiB: { grade: 'guessed' },
  });
});
