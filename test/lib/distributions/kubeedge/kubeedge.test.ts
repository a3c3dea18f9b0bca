import {
  ContainerWorkload,
  DeviceModel,
  Duration,
  JobNodes,
  KubeEdgeRule,
  KubeEdgeRuleEndpoint,
  LeafDevice,
  LeafMapper,
  LeafProtocol,
  LeafVisitor,
  ModelProperty,
  NodeUpgradeJob,
  Placement,
  Run,
  SecretRef,
  Storage,
} from 'edgecdk';
import { unknownFields } from '../../../support/kubeedge-crds';
import { APP, type VanFleet, van, vans } from '../../../support/van-fleet';
import { clusterFiles, fourWorkloads, type Loose, type Made, names, objectsIn, problems } from './made-clusters';

describe('a fleet of vans', () => {
  const files = clusterFiles({ more: fourWorkloads });

  test('has one folder for its cluster, and in it what each site adds', () => {
    const shared = Object.keys(files)
      .filter((path) => !path.startsWith('sites/'))
      .sort();
    expect(shared).toEqual([
      'README.md',
      'charts/cloudcore.values.yaml',
      'manifests/00-namespaces.yaml',
      'manifests/00-node-groups.yaml',
      'manifests/00-roles.yaml',
      'manifests/workloads/agent.yaml',
      'manifests/workloads/clock.yaml',
      'manifests/workloads/scanner.yaml',
      'patches/daemonset.kube-system.kube-proxy.yaml',
      'post-render/cloudcore.sh',
      'post-render/cloudcore/configmap.cloudcore.yaml',
      'post-render/cloudcore/kustomization.yaml',
    ]);
    const ofSites = Object.keys(files).filter((path) => path.startsWith('sites/'));
    expect(ofSites.map((path) => path.split('/').slice(2).join('/')).sort()).toEqual(
      ['north-1', 'north-2', 'south-1', 'south-2'].flatMap((site) =>
        ['db-claim-db-data.yaml', 'db.yaml', 'scanner.yaml'].map((name) => `${site}/${name}`),
      ),
    );
  });

  test('has a node group for each site group and device class, by the labels that nodes register with', () => {
    const groups = objectsIn(files, 'manifests/00-node-groups');
    expect(groups.map(({ metadata, spec }) => [metadata.name, Object.values(spec.matchLabels)])).toEqual([
      ['north-gateway', ['north', 'gateway']],
      ['north-panel', ['north', 'panel']],
      ['south-gateway', ['south', 'gateway']],
      ['south-panel', ['south', 'panel']],
    ]);
  });

  test('has what is the same at all sites once: an EdgeApplication of a Deployment, and a DaemonSet as it is', () => {
    const [clock] = objectsIn(files, 'manifests/workloads/clock');
    expect(unknownFields('apps.kubeedge.io/v1alpha1/EdgeApplication', clock.spec)).toEqual([]);
    expect(clock.metadata).toMatchObject({
      name: 'clock',
      namespace: 'shop',
      labels: { 'edgecdk.dev/workload': 'clock' },
    });
    expect(clock.spec.workloadScope.targetNodeGroups).toEqual([
      { name: 'north-gateway', overriders: { replicas: 2 } },
      { name: 'south-gateway', overriders: { replicas: 2 } },
    ]);
    const [agent, ...others] = objectsIn(files, 'manifests/workloads/agent');
    expect([agent.kind, others]).toEqual(['DaemonSet', []]);
    expect(names(objectsIn(files, 'manifests/00-namespaces'))).toEqual(['Namespace shop']);
  });

  test('has no label of a site on what all sites share', () => {
    const text = JSON.stringify(objectsIn(files, 'manifests/workloads'));
    expect(text).not.toContain('edgecdk.dev/profile');
    expect(text).not.toMatch(/"edgecdk.dev\/site":/);
  });

  test('has what differs at each site, under the name of the site, on nodes of that site', () => {
    const own = objectsIn(files, 'sites/').filter(({ metadata }) => metadata.labels['edgecdk.dev/site'] === 'south-2');
    expect(names(own)).toEqual([
      'Deployment db-south-2',
      'Deployment scanner-south-2',
      'PersistentVolumeClaim db-data-south-2',
    ]);
    const scanner = own.find(({ metadata }) => metadata.name === 'scanner-south-2').spec.template.spec;
    expect(scanner.containers[0].env).toEqual([{ name: 'PLATE', value: 'P-south-2' }]);
    expect(JSON.stringify(scanner.affinity)).toContain('"edgecdk.dev/site","operator":"In","values":["south-2"]');
    const db = own.find(({ metadata }) => metadata.name === 'db-south-2').spec.template.spec;
    expect(db.volumes).toContainEqual({ name: 'data', persistentVolumeClaim: { claimName: 'db-data-south-2' } });
  });

  test('has a file without site values once, whoever refers to it', () => {
    expect(names(objectsIn(files, 'manifests/workloads/scanner'))).toEqual(['ConfigMap scanner']);
    const [scanner] = objectsIn(files, 'sites/').filter(({ metadata }) => metadata.name.startsWith('scanner-'));
    expect(JSON.stringify(scanner.spec.template.spec.volumes)).toContain('"configMap":{"name":"scanner"}');
  });

  test('tells people what to do in which order, and why each workload has its form', () => {
    const readme = files['README.md'] ?? '';
    const order = [
      'kubectl patch daemonset kube-proxy',
      'helm template cloudcore',
      '--filename manifests',
      'kubectl get nodes',
    ];
    expect(order.map((text) => readme.indexOf(text))).toEqual(
      order.map((text) => readme.indexOf(text)).sort((a, b) => a - b),
    );
    expect(order.filter((text) => !readme.includes(text))).toEqual([]);
    expect(readme).toContain('| scanner | objects of each site | 1 | 1 | its content differs from site to site |');
    expect(readme).toContain('| clock | EdgeApplication | 1 | 0 |  |');
  });

  test('is the same text twice, and whatever the order of its sites', () => {
    expect(clusterFiles({ more: fourWorkloads })).toEqual(files);
    expect(clusterFiles({ more: fourWorkloads, north: vans('north', 2).reverse() })).toEqual(files);
  });
});

test('what runs by the clock at a site goes by the clock of that site', () => {
  const files = clusterFiles({
    more: ({ fleet, van: place, gateway }) => {
      const run = Run.schedule('0 3 * * *');
      new ContainerWorkload(fleet, 'nightly', { ...APP, run, placement: Placement.on(place).onNodes(gateway) });
    },
  });
  const jobs = objectsIn(files, 'sites/').filter(({ kind }) => kind === 'CronJob');
  expect(jobs.length).toBeGreaterThan(1);
  for (const { spec } of jobs) expect([spec.schedule, spec.timeZone]).toEqual(['0 3 * * *', 'UTC']);
});

test('a cluster that no site joins yet has its cloud part', () => {
  const files = clusterFiles({ north: [], south: [] });
  expect(Object.keys(files)).toEqual(expect.arrayContaining(['README.md', 'charts/cloudcore.values.yaml']));
  expect(Object.keys(files).some((path) => path.includes('node-groups'))).toBe(false);
});

test('another van changes how many pods there are, and no pod template', () => {
  const more = ({ fleet, van: place, gateway }: Made) => {
    new ContainerWorkload(fleet, 'clock', { ...APP, placement: Placement.on(place).onNodes(gateway) });
  };
  const [few, many] = [2, 3].map(
    (count) => objectsIn(clusterFiles({ more, north: vans('north', count) }), 'manifests/workloads')[0],
  );
  expect(many.spec.workloadTemplate).toEqual(few.spec.workloadTemplate);
  expect(many.spec.workloadScope.targetNodeGroups[0].overriders.replicas).toBe(3);
});

test('a van that closes keeps what is shared until its nodes are deleted, and the form of nothing changes', () => {
  const files = clusterFiles({ more: fourWorkloads, north: [van('north-1'), van('north-2', { state: 'closing' })] });
  const [clock] = objectsIn(files, 'manifests/workloads/clock');
  expect(clock.spec.workloadScope.targetNodeGroups[0]).toEqual({ name: 'north-gateway', overriders: { replicas: 2 } });
  expect(objectsIn(files, 'sites/').some(({ metadata }) => metadata?.name.endsWith('north-2'))).toBe(false);
});

test('EdgeMesh is a chart of its own, and its key is in no file', () => {
  const files = clusterFiles({
    cluster: {
      edgeMesh: { relays: { 'north-1-gateway-1': ['203.0.113.20'] }, psk: SecretRef.of('mesh', 'psk') },
    },
  });
  expect(files['charts/edgemesh.values.yaml']).toContain('nodeName: north-1-gateway-1');
  expect(files['charts/edgemesh.values.yaml']).not.toContain('psk');
  expect(files['README.md']).toContain('--set-file agent.psk=/dev/shm/mesh.psk');
  expect(files['README.md']).toContain('kubectl apply --server-side --filename edgemesh/build/crds/istio');
  expect(objectsIn(files, 'patches/service')).toMatchObject([
    { metadata: { name: 'kubernetes', namespace: 'default' } },
  ]);
});

test('a device is of its site, and its model of the cluster', () => {
  const files = clusterFiles({
    more: ({ fleet, van: place, gateway }) => {
      const behind = Placement.on(place).onNodes(gateway);
      const model = new DeviceModel(fleet, 'sensor', {
        protocol: 'modbus',
        properties: { heat: ModelProperty.float() },
      });
      const mapper = new LeafMapper(fleet, 'mapper', { ...APP, protocol: 'modbus', placement: behind });
      new LeafDevice(fleet, 'fridge', {
        behind,
        model,
        mapper,
        protocol: () => LeafProtocol.modbusTcp({ host: '10.0.0.7', unit: 1 }),
        properties: () => ({
          heat: { visitor: LeafVisitor.modbus({ register: 'holding', offset: 0 }), every: Duration.seconds(5) },
        }),
      } as Loose);
    },
  });
  expect(names(objectsIn(files, 'manifests/workloads/sensor'))).toEqual(['DeviceModel sensor']);
  const devices = objectsIn(files, 'sites/');
  expect(devices.map(({ metadata, spec }) => [metadata.name, spec.nodeName, spec.deviceModelRef.name]).sort()).toEqual(
    ['north-1', 'north-2', 'south-1', 'south-2'].map((site) => [`fridge-${site}`, `${site}-gateway-1`, 'sensor']),
  );
  expect(names(objectsIn(files, 'manifests/workloads/mapper'))).toContain('DaemonSet mapper');
});

describe('variants', () => {
  const night = (change: object) => (made: Made) => {
    const { fleet, van: place, gateway } = made;
    new ContainerWorkload(fleet, 'clock', {
      ...APP,
      env: { LIGHT: 'on', ZONE: 'a' },
      placement: Placement.on(place).onNodes(gateway),
      variants: { night: { when: { values: { mode: 'night' } }, ...change } },
    } as Loose);
  };
  const south = vans('south', 2).map((row) => ({ ...row, mode: 'night' }));

  test('of whole site groups are overriders', () => {
    const change = { image: 'ghcr.io/acme/app:2.0.0', env: { LIGHT: 'off', ZONE: 'a' }, args: ['--dim'] };
    const [clock] = objectsIn(clusterFiles({ more: night(change), south }), 'manifests/workloads');
    expect(unknownFields('apps.kubeedge.io/v1alpha1/EdgeApplication', clock.spec)).toEqual([]);
    const [north, other] = clock.spec.workloadScope.targetNodeGroups;
    expect(north.overriders).toEqual({ replicas: 2 });
    expect(other).toEqual({
      name: 'south-gateway',
      overriders: {
        replicas: 2,
        imageOverriders: [
          {
            component: 'Tag',
            operator: 'replace',
            value: '2.0.0',
            predicate: { path: '/spec/template/spec/containers/0/image' },
          },
        ],
        envOverriders: [{ containerName: 'clock', operator: 'replace', value: [{ name: 'LIGHT', value: 'off' }] }],
        argsOverriders: [{ containerName: 'clock', operator: 'add', value: ['--dim'] }],
      },
    });
  });

  test.each<[string, object, VanFleet['south']]>([
    ['of some vans of a group', { args: ['--dim'] }, [van('south-1'), van('south-2', { mode: 'night' })]],
    ['that differ in more than can be overridden', { mounts: { '/x': Storage.hostPath('/var/x') } }, south],
  ])('%s are objects of each site', (_, change, rows) => {
    const files = clusterFiles({ more: night(change), south: rows });
    expect(objectsIn(files, 'manifests/workloads')).toEqual([]);
    expect(names(objectsIn(files, 'sites/'))).toEqual(
      ['north-1', 'north-2', 'south-1', 'south-2'].map((site) => `Deployment clock-${site}`),
    );
  });
});

test('without node groups, labels of nodes say where a workload goes', () => {
  const files = clusterFiles({ more: fourWorkloads, cluster: { features: ['logs'] } });
  const [clock] = objectsIn(files, 'manifests/workloads/clock');
  expect(clock).toMatchObject({ kind: 'Deployment', spec: { replicas: 4 } });
  expect(JSON.stringify(clock.spec.template.spec.affinity)).toContain(
    '"edgecdk.dev/device-class","operator":"In","values":["gateway"]',
  );
  expect(Object.keys(files).some((path) => path.includes('node-groups'))).toBe(false);
});

describe('what belongs to a cluster beside its sites', () => {
  const endpoint = {
    from: KubeEdgeRuleEndpoint.eventBus({ name: 'mqtt' }),
    to: KubeEdgeRuleEndpoint.rest({ name: 'api' }),
  };
  const both = (node: string) => (made: Made) => {
    const { fleet, cloud: cluster } = made;
    new NodeUpgradeJob(fleet, 'next', { cluster, nodes: JobNodes.named(node), version: 'v1.23.1' });
    new KubeEdgeRule(fleet, 'alarms', { cluster, ...endpoint, topic: 'a', nodeName: node, url: 'http://api.example' });
  };
  const cluster = { features: ['nodeGroups', 'jobs', 'rules'] as const };

  test('stands in files of its own', () => {
    const files = clusterFiles({ more: both('north-1-gateway-1'), cluster });
    expect(names(objectsIn(files, 'manifests/jobs'))).toEqual(['NodeUpgradeJob next']);
    expect(objectsIn(files, 'manifests/rules').map(({ kind }) => kind)).toEqual([
      'RuleEndpoint',
      'RuleEndpoint',
      'Rule',
    ]);
  });

  test('is refused for a node that the cluster has not got, and where its feature is off', () => {
    expect(problems({ more: both('north-9-gateway-1'), cluster })).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^\[vans\/next\] no node of its cluster is called north-9-gateway-1/),
        expect.stringMatching(/^\[vans\/alarms\] no node of its cluster is called 'north-9-gateway-1'/),
      ]),
    );
    expect(problems({ more: both('north-1-gateway-1') })).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^\[vans\/next\] nobody acts upon a NodeUpgradeJob where the feature 'jobs' is off/),
        expect.stringMatching(/^\[vans\/alarms\] nobody acts upon a rule where the feature 'rules' is off/),
      ]),
    );
  });
});

test('the objects that all sites share are as many for 5 vans and for 500, and each van adds as many as any other', () => {
  const count = (north: number, south: number) => {
    const files = clusterFiles({ more: fourWorkloads, north: vans('north', north), south: vans('south', south) });
    const below = (folder: string) =>
      Object.entries(files)
        .filter(([path]) => path.startsWith(folder))
        .reduce((sum, [, text]) => sum + (text.match(/^kind: /gm)?.length ?? 0), 0);
    return { shared: below('manifests/'), perSite: below('sites/') };
  };
  const [few, many] = [count(3, 2), count(250, 250)];
  expect(many.shared).toBe(few.shared);
  expect([few.perSite, many.perSite]).toEqual([5 * 3, 500 * 3]);
});

test.each([
  [{ features: ['nodeGroups'] }, '203.0.113.10: 10000/tcp, 10002/tcp for certificates.'],
  [{ features: ['logs', 'nodeGroups'] }, '10000/tcp, 10002/tcp for certificates, 10004/tcp for logs and exec.'],
] as const)('the README of a cluster with %j says which ports nodes dial, and how media are made', (cluster, ports) => {
  const readme = clusterFiles({ cluster })['README.md'];
  expect(readme).toContain(ports);
  expect(readme).toContain('`edgecdk export <site> --secrets <folder>`');
});
