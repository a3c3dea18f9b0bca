import { overriderRefusals } from '../../../../../lib/distributions/kubeedge/cloud/edge-application';
import { edgeHazards } from '../../../../../lib/distributions/kubeedge/cloud/edge-hazards';
import {
  nodeGroupRefusals,
  nodeGroups,
  nodeGroupWarnings,
} from '../../../../../lib/distributions/kubeedge/cloud/node-groups';
import { clusterCounts, countWarnings } from '../../../../../lib/distributions/kubeedge/cloud/object-counts';
import { byClockOf } from '../../../../../lib/distributions/kubeedge/cloud/per-site';
import { type PlacedWorkload, placeWorkload } from '../../../../../lib/distributions/kubeedge/cloud/place-workload';
import type { KubeObject } from '../../../../../lib/model/kube-object';
import { unknownFields } from '../../../../support/kubeedge-crds';
import { deployment, FACTS } from './samples';

const LABELS = [{ key: 'edgecdk.dev/device-class', values: ['gateway'] }];
const SERVICE: KubeObject = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'scanner' },
  spec: { selector: { 'app.kubernetes.io/name': 'scanner' }, ports: [{ port: 80 }] },
};

function shared(placed: PlacedWorkload): readonly KubeObject[] {
  if (placed.form === 'per-site') throw new Error('per site');
  return placed.shared;
}

// biome-ignore lint/suspicious/noExplicitAny: fields of objects are looked at by name
const any = (value: unknown): any => value;

test('a Deployment without holes is one EdgeApplication, with a pod for each site', () => {
  const placed = placeWorkload([deployment()], FACTS, LABELS);
  expect([placed.form, placed.why]).toEqual(['edge-application', []]);
  const [object] = shared(placed);
  expect(unknownFields(`${object?.apiVersion}/${object?.kind}`, object?.spec)).toEqual([]);
  const { workloadScope, workloadTemplate } = any(object?.spec);
  expect(workloadScope.targetNodeGroups).toEqual([{ name: 'vans-gateway', overriders: { replicas: 500 } }]);
  const [manifest] = workloadTemplate.manifests;
  expect(manifest.metadata).toMatchObject({ name: 'scanner', namespace: 'shop' });
  expect(manifest.spec.template.spec.topologySpreadConstraints).toMatchObject([
    {
      topologyKey: 'edgecdk.dev/site',
      maxSkew: 1,
      whenUnsatisfiable: 'DoNotSchedule',
      matchLabelKeys: ['pod-template-hash'],
    },
  ]);
});

test('a nodeSelector, which an EdgeApplication would lose, becomes affinity', () => {
  const selected = deployment('scanner', { nodeSelector: { 'kubernetes.io/arch': 'arm64' } });
  const [object] = shared(placeWorkload([selected], FACTS, LABELS));
  const pod = any(object?.spec).workloadTemplate.manifests[0].spec.template.spec;
  expect(pod.nodeSelector).toBeUndefined();
  expect(
    pod.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchExpressions,
  ).toContainEqual({
    key: 'kubernetes.io/arch',
    operator: 'In',
    values: ['arm64'],
  });
});

test.each([
  ['node groups are off', { nodeGroups: false }, [deployment()], 'nobody would act upon it'],
  ['it has a DaemonSet', {}, [{ ...deployment(), kind: 'DaemonSet' }], 'a DaemonSet would be made once'],
  [
    'it is in another namespace',
    {},
    [{ ...deployment(), metadata: { name: 'scanner', namespace: 'other' } }],
    'in another namespace',
  ],
])('plain objects with affinity where %s', (_, facts, objects, why) => {
  const placed = placeWorkload(objects, { ...FACTS, ...facts }, LABELS);
  expect([placed.form, placed.why.join()]).toEqual(['plain', expect.stringContaining(why)]);
  const [object] = shared(placed);
  const pod = any(object?.spec).template.spec;
  expect(JSON.stringify(pod.affinity)).toContain('edgecdk.dev/device-class');
  expect(JSON.stringify(pod.affinity)).toContain('node-role.kubernetes.io/edge');
  expect(any(object?.spec).replicas).toBe(object?.kind === 'Deployment' ? 500 : 1);
});

test('of several groups, plain objects go to those that are meant', () => {
  const placed = placeWorkload([{ ...deployment(), kind: 'DaemonSet' }], { ...FACTS, allGroups: 3 }, LABELS);
  expect(JSON.stringify(shared(placed))).toContain(
    '"apps.kubeedge.io/belonging-to","operator":"In","values":["vans-gateway"]',
  );
});

describe('content with holes is one set of objects for each site', () => {
  const configMap: KubeObject = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'scanner-files', namespace: 'shop' },
    data: {},
  };
  const withFiles = deployment('scanner', {
    volumes: [
      { name: 'files', configMap: { name: 'scanner-files' } },
      { name: 'others', configMap: { name: 'of-the-platform' } },
    ],
  });
  const placed = placeWorkload([withFiles, configMap, SERVICE], { ...FACTS, hasHoles: true }, LABELS);
  if (placed.form !== 'per-site') throw new Error(placed.form);
  const objects = placed.perSite('van-001');

  test('with the site behind the names, and in what refers to them', () => {
    expect(objects.map(({ metadata }) => metadata.name)).toEqual([
      'scanner-van-001',
      'scanner-files-van-001',
      'scanner-van-001',
    ]);
    const [first] = objects;
    expect(any(first?.spec).template.spec.volumes).toEqual([
      { name: 'files', configMap: { name: 'scanner-files-van-001' } },
      { name: 'others', configMap: { name: 'of-the-platform' } },
    ]);
  });

  test('on the nodes of the site, and found by nobody else', () => {
    const [first, , service] = objects;
    const own = { 'edgecdk.dev/of-site': 'van-001' };
    expect(JSON.stringify(any(first?.spec).template.spec.affinity)).toContain(
      '"edgecdk.dev/site","operator":"In","values":["van-001"]',
    );
    expect(any(first?.spec).selector.matchLabels).toMatchObject(own);
    expect(any(first?.spec).template.metadata.labels).toMatchObject(own);
    expect(any(service?.spec).selector).toMatchObject(own);
    expect(any(first?.spec).replicas).toBe(1);
  });
});

test.each(['StatefulSet', 'Job', 'CronJob', 'Service', 'PersistentVolumeClaim'])(
  'each site has a %s of its own',
  (kind) => {
    const placed = placeWorkload(
      [{ ...deployment(), kind, apiVersion: kind.endsWith('Job') ? 'batch/v1' : 'apps/v1' }],
      FACTS,
      LABELS,
    );
    expect(placed).toMatchObject({ form: 'per-site', why: [expect.stringContaining(kind)] });
  },
);

test('pods stay with a node that is off, and nothing waits for it', () => {
  const placed = placeWorkload(
    [
      deployment('scanner', {
        tolerations: [
          { key: 'node.kubernetes.io/unreachable', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 },
        ],
      }),
    ],
    {
      ...FACTS,
      nodeGroups: false,
      taint: { key: 'grocer.example/edge', effect: 'NoSchedule' },
    },
    LABELS,
  );
  const [object] = shared(placed);
  const { template, strategy } = any(object?.spec);
  expect(template.spec.tolerations).toEqual([
    { key: 'node.kubernetes.io/not-ready', operator: 'Exists', effect: 'NoExecute' },
    { key: 'node.kubernetes.io/unreachable', operator: 'Exists', effect: 'NoExecute' },
    { key: 'grocer.example/edge', operator: 'Exists', effect: 'NoSchedule' },
  ]);
  expect(template.metadata.labels['app-offline.kubeedge.io']).toBe('autonomy');
  expect(template.spec.automountServiceAccountToken).toBe(false);
  expect(strategy).toEqual({ type: 'RollingUpdate', rollingUpdate: { maxSurge: 0, maxUnavailable: '100%' } });
});

test.each([
  [
    'a container that is not there',
    { env: [{ container: 'x', operator: 'add' as const, value: [] }] },
    "no container 'x'",
  ],
  [
    'an image without its path',
    { images: [{ component: 'Tag' as const, operator: 'replace' as const, value: '2', path: '' }] },
    'changes them all',
  ],
  [
    'a resource that the template lacks',
    { resources: [{ container: 'main', limits: { cpu: '1' } }] },
    'the template has none',
  ],
  ['a resource with a slash', { resources: [{ container: 'main', limits: { 'nvidia.com/gpu': '1' } }] }, 'has a slash'],
  ['a resource of 0', { resources: [{ container: 'main', limits: { memory: '0' } }] }, 'passed over'],
])('overriders with %s are refused', (_, overriders, message) => {
  const facts = { ...FACTS, groups: [{ name: 'vans-gateway', sites: 1, nodes: 1, overriders }] };
  expect(overriderRefusals([deployment()], facts).join()).toContain(message);
});

test('a group that is there twice, and a name that is too long, are refused', () => {
  const [group] = FACTS.groups;
  if (group === undefined) throw new Error('no group');
  expect(overriderRefusals([deployment()], { ...FACTS, groups: [group, group] })).toEqual([
    "the node group 'vans-gateway' is there twice",
  ]);
  expect(overriderRefusals([deployment('x'.repeat(52))], FACTS).join()).toContain('more than 63 characters');
});

test('overriders are written with the fields that an EdgeApplication has', () => {
  const groups = [
    {
      name: 'vans-gateway',
      sites: 2,
      nodes: 2,
      overriders: {
        images: [
          {
            component: 'Tag' as const,
            operator: 'replace' as const,
            value: '2',
            path: '/spec/template/spec/containers/0/image',
          },
        ],
        env: [{ container: 'main', operator: 'add' as const, value: [{ name: 'A', value: 'b' }] }],
        args: [{ container: 'main', operator: 'add' as const, value: ['-v'] }],
        resources: [{ container: 'main', limits: { memory: '128Mi' } }],
      },
    },
  ];
  const [object] = shared(placeWorkload([deployment()], { ...FACTS, groups }, LABELS));
  expect(unknownFields('apps.kubeedge.io/v1alpha1/EdgeApplication', object?.spec)).toEqual([]);
  expect(overriderRefusals([deployment()], { ...FACTS, groups })).toEqual([]);
});

test('node groups are of a site group and a device class, and do not grow with the fleet', () => {
  const groups = nodeGroups([{ siteGroup: 'vans', deviceClass: 'gateway' }]);
  expect(groups).toEqual([
    {
      apiVersion: 'apps.kubeedge.io/v1alpha1',
      kind: 'NodeGroup',
      metadata: { name: 'vans-gateway' },
      spec: { matchLabels: { 'edgecdk.dev/site-group': 'vans', 'edgecdk.dev/device-class': 'gateway' } },
    },
  ]);
  expect(unknownFields('apps.kubeedge.io/v1alpha1/NodeGroup', groups[0]?.spec)).toEqual([]);
  const clash = [
    { siteGroup: 'a-b', deviceClass: 'c' },
    { siteGroup: 'a', deviceClass: 'b-c' },
  ];
  expect(nodeGroupRefusals(clash).join()).toContain("make one node group, 'a-b-c'");
  expect(nodeGroupRefusals([{ siteGroup: 'x'.repeat(50), deviceClass: 'abc' }]).join()).toContain('no room');
});

test.each([
  ['a runtimeClassName', deployment('x', { runtimeClassName: 'nvidia' }), 'error', 'never starts'],
  [
    'an Ingress',
    { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: { name: 'x' } },
    'error',
    'no ingress controller',
  ],
  ['a Service without EdgeMesh', SERVICE, 'warning', 'no kube-proxy'],
  ['a service account', deployment('x', { serviceAccountName: 'y' }), 'warning', 'no Kubernetes API'],
  ['a nodeName', deployment('x', { nodeName: 'y' }), 'warning', 'pile up'],
  [
    'a device of the old API',
    { apiVersion: 'devices.kubeedge.io/v1alpha2', kind: 'Device', metadata: { name: 'x' } },
    'error',
    'v1beta1',
  ],
  [
    'a job of the old API',
    { apiVersion: 'operations.kubeedge.io/v1alpha1', kind: 'NodeUpgradeJob', metadata: { name: 'x' } },
    'error',
    'v1alpha2',
  ],
  [
    'an object of cloudcore',
    { apiVersion: 'reliablesyncs.kubeedge.io/v1alpha1', kind: 'ObjectSync', metadata: { name: 'x' } },
    'error',
    'written by cloudcore itself',
  ],
])('%s at the edge is told', (_, object, severity, message) => {
  expect(edgeHazards([object as KubeObject], { edgeMesh: false, metaServer: false })).toEqual([
    {
      severity,
      message: expect.stringContaining(message),
      ...(severity === 'warning' && { rule: expect.stringMatching(/^edgecdk-kubeedge-/) }),
    },
  ]);
});

test('a Service with EdgeMesh, and a plain Deployment, are fine', () => {
  expect(edgeHazards([SERVICE, deployment()], { edgeMesh: true, metaServer: true })).toEqual([]);
});

test('objects are counted, and held against what KubeEdge was shown with', () => {
  const workloads = Array.from({ length: 20 }, (_, n) => ({
    workload: `w${n}`,
    namespace: 'shop',
    shared: 1,
    perSite: n < 10 ? 2 : 0,
    sites: 500,
    pods: 500,
  }));
  const counts = clusterCounts(500, workloads);
  expect(counts).toEqual({ nodes: 500, objects: 20 + 10 * 2 * 500, pods: 10_000, podsByNamespace: { shop: 10_000 } });
  expect(countWarnings(counts)).toEqual([
    expect.stringContaining("10000 pods in the namespace 'shop' are more than the 2500"),
  ]);
  expect(countWarnings(clusterCounts(200_000, []))).toEqual([
    expect.stringContaining('200000 nodes are more than the 100000'),
  ]);
});

test('a node group of more than 1,000 nodes is warned of, and no smaller one', () => {
  const group = (nodes: number) => ({ siteGroup: 'north', deviceClass: 'gateway', nodes });
  expect(nodeGroupWarnings([group(1000)])).toEqual([]);
  expect(nodeGroupWarnings([group(1001)])).toEqual([
    expect.stringMatching(/'north-gateway' has 1001 nodes.*more site groups$/),
  ]);
});

test('a CronJob goes by the clock of its site, where it names none, and nothing else does', () => {
  const cron = {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { name: 'nightly' },
    spec: { schedule: '0 3 * * *' },
  };
  expect(byClockOf(cron, 'Europe/Lisbon').spec).toEqual({ schedule: '0 3 * * *', timeZone: 'Europe/Lisbon' });
  const own = { ...cron, spec: { ...cron.spec, timeZone: 'Etc/UTC' } };
  expect(byClockOf(own, 'Europe/Lisbon')).toEqual(own);
  expect(byClockOf(deployment(), 'Europe/Lisbon')).toEqual(deployment());
});
