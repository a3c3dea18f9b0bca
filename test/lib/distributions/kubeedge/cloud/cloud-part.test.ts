import { parse } from 'yaml';
import { CLOUDCORE_CHART_KEYS, CLOUDCORE_KEYS } from '../../../../../lib/catalog/kubeedge-cloud';
import { chartValues } from '../../../../../lib/distributions/kubeedge/cloud/chart-values';
import { cloudPart } from '../../../../../lib/distributions/kubeedge/cloud/cloud-part';
import { cloudcoreConfig } from '../../../../../lib/distributions/kubeedge/cloud/cloudcore-config';
import { cloudProblems } from '../../../../../lib/distributions/kubeedge/cloud/cluster-refusals';
import { cloudcoreStep } from '../../../../../lib/distributions/kubeedge/cloud/install-steps';
import { flattened, type Tree } from '../../../../../lib/model/dotted-paths';
import type { KubeEdgeClusterModel } from '../../../../../lib/model/kubeedge-cluster-model';
import { ALL_FEATURES, CLUSTER } from './samples';

const TYPES = { string: 'string', integer: 'number', boolean: 'boolean', duration: 'string' } as const;

function typeProblems(tree: Tree, keys: Readonly<Record<string, { readonly type: string }>>): string[] {
  return Object.entries(flattened(tree, (path) => Object.hasOwn(keys, path))).flatMap(([path, value]) => {
    const type = keys[path]?.type;
    if (type === undefined) return ['apiVersion', 'kind'].includes(path) ? [] : [`${path} is unknown`];
    if (value === null) return [`${path} is null`];
    if (type === 'list') return Array.isArray(value) ? [] : [`${path} is no list`];
    if (type === 'map') return typeof value === 'object' ? [] : [`${path} is no map`];
    const right = typeof value === TYPES[type as keyof typeof TYPES] && (type !== 'integer' || Number.isInteger(value));
    return right ? [] : [`${path} is no ${type}`];
  });
}

test.each([
  ['as little as possible', CLUSTER],
  ['all features', ALL_FEATURES],
  ['node ports', { ...CLUSTER, exposure: 'node-ports' } as KubeEdgeClusterModel],
])('every key of cloudcore.yaml and of the chart is known and of its type, with %s', (_, cluster) => {
  expect(typeProblems(cloudcoreConfig(cluster), CLOUDCORE_KEYS)).toEqual([]);
  expect(typeProblems(chartValues(cluster), CLOUDCORE_CHART_KEYS)).toEqual([]);
});

test('every known key says where it is from', () => {
  for (const { source } of Object.values({ ...CLOUDCORE_KEYS, ...CLOUDCORE_CHART_KEYS }))
    expect(source).toMatch(/kubeedge/);
});

test('cloudcore has nothing to set right in its configuration, whatever its number of nodes', () => {
  for (const nodeLimit of [1, 49, 500, 999, 30_000]) {
    const { kubeAPIConfig, modules } = JSON.parse(JSON.stringify(cloudcoreConfig({ ...CLUSTER, nodeLimit })));
    const { load, buffer } = modules.edgeController;
    expect([kubeAPIConfig.qps, kubeAPIConfig.burst]).toEqual([5 * nodeLimit, 10 * nodeLimit]);
    expect(load.queryNodeWorkers).toBeGreaterThanOrEqual(nodeLimit);
    expect(load.patchNodeWorkers).toBeGreaterThanOrEqual(100 + Math.trunc(nodeLimit / 50));
    expect(load.createLeaseWorkers).toBeGreaterThanOrEqual(nodeLimit);
    expect(buffer.patchNode).toBeGreaterThanOrEqual(1024 + Math.trunc(nodeLimit / 2));
    expect(buffer.queryNode).toBeGreaterThanOrEqual(1024 + nodeLimit);
    expect(buffer.createLease).toBeGreaterThanOrEqual(1024 + nodeLimit);
  }
});

test('the ConfigMap of the chart is replaced where it would drift or cloudcore authorizes, and stays else', () => {
  const [chart] = cloudPart(CLUSTER, []).charts;
  const [patch] = chart?.postRender ?? [];
  expect(patch).toMatchObject({ kind: 'ConfigMap' });
  // As the chart has it: a patch with a namespace would be of another object.
  expect(patch?.metadata).toEqual({ name: 'cloudcore' });
  const text = (patch?.data as Record<string, string> | undefined)?.['cloudcore.yaml'] ?? '';
  expect(parse(text)).toEqual(JSON.parse(JSON.stringify(cloudcoreConfig(CLUSTER))));
  const patches = (change: Partial<KubeEdgeClusterModel>) =>
    cloudPart({ ...CLUSTER, ...change }, []).charts[0]?.postRender.length;
  expect([patches({ nodeLimit: 500 }), patches({ features: ['jobs'] })]).toEqual([1, 1]);
  expect(patches({ nodeLimit: 500, features: ['jobs'] })).toBe(0);
});

describe('cloudcore', () => {
  const authorization = (change: Partial<KubeEdgeClusterModel>) =>
    JSON.parse(JSON.stringify(cloudcoreConfig({ ...CLUSTER, ...change }))).modules.cloudHub.authorization;
  const roles = (change: Partial<KubeEdgeClusterModel>) =>
    cloudPart({ ...CLUSTER, ...change }, []).objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`);

  test('holds nodes to the names in their certificates, and may speak for them', () => {
    expect(authorization({})).toEqual({ enable: true, debug: false, modes: [{ node: { enable: true } }] });
    expect(roles({})).toEqual([
      'ClusterRole edgecdk-cloudcore-device-statuses',
      'ClusterRole edgecdk-cloudcore-authorization',
      'ClusterRole edgecdk-node-devices',
      'ClusterRoleBinding edgecdk-node-devices',
    ]);
    const own = cloudPart(CLUSTER, []).objects.find(({ metadata }) => metadata.name.endsWith('-authorization'));
    expect(own?.metadata.labels).toEqual({ 'rbac/aggregate-to-cloudcore': 'true' });
    expect(own?.rules).toEqual([
      { apiGroups: [''], resources: ['users'], verbs: ['impersonate'] },
      { apiGroups: [''], resources: ['groups'], resourceNames: ['system:nodes'], verbs: ['impersonate'] },
      { apiGroups: ['storage.k8s.io'], resources: ['volumeattachments'], verbs: ['get', 'list', 'watch'] },
    ]);
  });

  test.each([
    ['v1.21.2', 'devices'],
    ['v1.22.2', 'devices'],
    ['v1.23.1', 'devicestatuses'],
  ])('of %s writes what a device reports as its node, which may change %s', (version, resource) => {
    const { objects } = cloudPart({ ...CLUSTER, version }, []);
    expect(objects.find(({ metadata }) => metadata.name === 'edgecdk-node-devices')?.rules).toEqual([
      { apiGroups: ['devices.kubeedge.io'], resources: [resource], verbs: ['patch'] },
    ]);
  });

  test.each<[string, Partial<KubeEdgeClusterModel>, RegExp]>([
    ['jobs', { features: ['jobs'] }, /`jobs` \(what a node reports/],
    ['the metaServer', { features: ['metaServer'] }, /`metaServer` \(what pods ask/],
    ['what needs the metaServer', { features: ['inClusterConfig'] }, /`metaServer` \(what pods ask/],
    ['EdgeMesh', { edgeMesh: ALL_FEATURES.edgeMesh }, /`metaServer` \(what pods ask/],
  ])('does not hold nodes to their names with %s, which would end, and the README says so', (_, change, why) => {
    expect(authorization(change)).toMatchObject({ enable: false });
    expect(roles(change)).toEqual(['ClusterRole edgecdk-cloudcore-device-statuses']);
    const text = cloudcoreStep({ ...CLUSTER, ...change });
    expect(text).toContain('does not hold nodes to their names');
    expect(text).toMatch(why);
  });
});

test('cloudcore is started anew whenever its chart was applied, and a running cluster gets its roles first', () => {
  const text = cloudcoreStep(CLUSTER);
  expect(text).toMatch(/rollout restart deployment\/cloudcore\n.*rollout status deployment\/cloudcore/);
  expect(text).toContain('apply `manifests/00-roles.yaml` first');
});

test('the controller-manager has memory for all nodes of all cloudcores', () => {
  const memory = (change: Partial<KubeEdgeClusterModel>) =>
    JSON.parse(JSON.stringify(chartValues({ ...CLUSTER, ...change }))).controllerManager.resources?.limits.memory;
  expect([memory({ nodeLimit: 100 }), memory({ nodeLimit: 5000 })]).toEqual(['256Mi', '1408Mi']);
  expect(memory({ nodeLimit: 5000, cloudcores: 3 })).toBe('2688Mi');
  expect(memory({ features: [] })).toBeUndefined();
});

test('a feature is switched on with all that it needs', () => {
  const config = JSON.parse(JSON.stringify(cloudcoreConfig(ALL_FEATURES)));
  expect(config.featureGates.requireAuthorization).toBe(true);
  for (const name of ['cloudStream', 'dynamicController', 'router', 'taskManager', 'iptablesManager'])
    expect([name, config.modules[name].enable]).toEqual([name, true]);
  const values = JSON.parse(JSON.stringify(chartValues({ ...CLUSTER, features: ['jobs'] })));
  expect([values.controllerManager.enable, values.cloudCore.modules.taskManager.enable]).toEqual([true, true]);
  const none = JSON.parse(JSON.stringify(chartValues({ ...CLUSTER, features: [] })));
  expect([
    none.controllerManager.enable,
    none.iptablesManager.enable,
    none.cloudCore.modules.cloudStream.enable,
  ]).toEqual([false, false, false]);
});

test('no secret is among the values of a chart', () => {
  const [, mesh] = cloudPart(ALL_FEATURES, []).charts;
  expect(mesh?.secretValues).toEqual({ 'agent.psk': { name: 'edgemesh', key: 'psk' } });
  expect(JSON.stringify(mesh?.values)).not.toContain('psk');
});

test.each<[string, Partial<KubeEdgeClusterModel>, number, string]>([
  ['a release with known holes', { version: 'v1.23.0' }, 1, 'CVE-2026-62371'],
  ['a release that is too old', { version: 'v1.19.2', kubernetes: '1.29' }, 1, 'take one of v1.21.2, v1.22.2, v1.23.1'],
  ['no release', { version: 'v1.23' }, 1, 'is no release of KubeEdge'],
  [
    'a release of Kubernetes',
    { kubernetes: '1.32.4' },
    1,
    "'1.32.4' is a release of Kubernetes; write its minor alone, '1.32'",
  ],
  ['a Kubernetes that does not go with it', { kubernetes: '1.34' }, 1, 'does not go with Kubernetes 1.34'],
  ['an address that is a name', { advertiseAddress: ['edge.example'] }, 1, 'is no IP address'],
  ['an address that is nothing', { advertiseAddress: [''] }, 1, 'is no IP address'],
  ['no address', { advertiseAddress: [] }, 1, 'needs an address'],
  ['a name that is an address', { dnsNames: ['203.0.113.10'] }, 1, 'belong into advertiseAddress'],
  ['more nodes than it takes', { nodeLimit: 400 }, 500, 'raise nodeLimit to 500'],
  [
    'more nodes than remain with one cloudcore lost',
    { nodeLimit: 300, cloudcores: 2, exposure: 'load-balancer' },
    500,
    'raise nodeLimit to 500',
  ],
  ['more nodes than were ever shown', { nodeLimit: 40_000 }, 1, 'the most that was ever shown'],
  ['a token in clear', { enrolment: { kind: 'preissued', secret: 'f'.repeat(64) } }, 1, 'not repeated here'],
  [
    'a token in a command',
    { enrolment: { kind: 'token', argv: ['/bin/echo', `${'a'.repeat(64)}.eyJ.eyJ.x`], seconds: 60 } },
    1,
    'has a secret in an argument',
  ],
  [
    'a command that is no path',
    { enrolment: { kind: 'token', argv: ['edge-token'], seconds: 60 } },
    1,
    'absolute path',
  ],
  ['EdgeMesh without a relay', { edgeMesh: { relays: [], psk: { name: 'a', key: 'b' } } }, 1, 'needs a relay'],
  [
    'EdgeMesh beside kube-proxy',
    {
      edgeMesh: { relays: [{ node: 'a', addresses: ['203.0.113.1'] }], psk: { name: 'a', key: 'b' } },
      cloudDaemonSets: [],
    },
    1,
    'name kube-proxy among',
  ],
])('a cluster with %s is refused', (_, change, nodes, message) => {
  const problems = cloudProblems({ ...CLUSTER, ...change }, nodes).filter(({ severity }) => severity === 'error');
  expect(problems.map((problem) => problem.message).join('\n')).toContain(message);
  expect(problems.every(({ path }) => path === 'grocer/vans')).toBe(true);
});

test('a good cluster has no problem, and a Kubernetes that nobody tested only warns', () => {
  expect(cloudProblems(CLUSTER, 500)).toEqual([]);
  expect(cloudProblems({ ...CLUSTER, kubernetes: '1.29' }, 1)).toMatchObject([{ severity: 'warning' }]);
});

test('features with which cloudcore holds no node to its name are told, and may be acknowledged', () => {
  expect(cloudProblems(ALL_FEATURES, 500)).toMatchObject([
    {
      severity: 'warning',
      rule: 'edgecdk-kubeedge-authorization',
      message: expect.stringContaining('jobs and metaServer'),
    },
  ]);
});
