import { App, Size } from 'cdk8s';
import { DeviceClass } from '../../constructs/device-class';
import { Hardware } from '../../constructs/hardware';
import { model } from '../../constructs/internal';
import { KubeEdgeCluster } from '../../constructs/kubeedge-cluster';
import { KubeEdgeEnrolment } from '../../constructs/kubeedge-enrolment';
import { ConfigUpdateJob, ImagePrePullJob, JobNodes, NodeUpgradeJob } from '../../constructs/kubeedge-jobs';
import { KubeEdgeRule, KubeEdgeRuleEndpoint } from '../../constructs/kubeedge-rule';
import { jobObject, jobProblems } from '../../lib/distributions/kubeedge/cloud/jobs';
import { endpointObject, ruleObjects, ruleProblems } from '../../lib/distributions/kubeedge/cloud/rules';
import { KUBEEDGE_CLUSTER_KINDS, unknownFields } from '../support/kubeedge-crds';

const scope = new App();
const vans = new KubeEdgeCluster(scope, 'vans', {
  version: 'v1.23.1',
  kubernetes: '1.32',
  advertiseAddress: ['203.0.113.10'],
  features: ['jobs', 'rules'],
});
const gateways = JobNodes.labelled({ 'edgecdk.dev/device-class': 'gateway' });
const cluster = { kubernetes: '1.32', version: 'v1.23.1', features: ['jobs', 'rules'] };

test('what a site puts into the cluster are agents of it, and the cluster is none of its own', () => {
  const gateway = new DeviceClass(scope, 'gateway', {
    hardware: Hardware.raspberryPi4B({ memory: Size.gibibytes(4) }),
  });
  const join = vans.join(gateway.count(2));
  expect(join[model]).toMatchObject({
    distribution: { name: 'kubeedge' },
    version: 'v1.23.1',
    nodes: [{ deviceClass: 'gateway', count: 2, role: 'agent' }],
    machines: { cloud: { path: 'vans' } },
    shared: 'vans',
  });
});

test('mirrors of a blueprint come before those of the cluster, for each registry', () => {
  const hub = { endpoints: ['https://far.example'] };
  const cloud = new KubeEdgeCluster(scope, 'mirrored', {
    version: 'v1.23.1',
    kubernetes: '1.32',
    advertiseAddress: ['203.0.113.10'],
    registries: { 'docker.io': hub, 'ghcr.io': hub },
    onlyMirrors: true,
  });
  const panel = new DeviceClass(scope, 'panel', { hardware: Hardware.raspberryPi4B({ memory: Size.gibibytes(4) }) });
  const near = { 'docker.io': { endpoints: ['http://10.20.7.5:5000'] } };
  expect(cloud.joinWith({ registries: near }, panel.count(1))[model].machines).toMatchObject({
    registries: [
      { registry: 'docker.io', endpoints: ['http://10.20.7.5:5000'] },
      { registry: 'ghcr.io', endpoints: ['https://far.example'] },
    ],
    onlyMirrors: true,
  });
  expect(cloud.joinWith({ onlyMirrors: false }, panel.count(1))[model].machines?.onlyMirrors).toBe(false);
});

test('a cluster has certificates that come with machines, unless it is told otherwise', () => {
  expect(vans[model].record.enrolment).toEqual({ kind: 'preissued', secret: 'kubeedge-certificate' });
  expect(KubeEdgeEnrolment.token(['/bin/x'])[model]).toEqual({ kind: 'token', argv: ['/bin/x'], seconds: 60 });
});

const jobs = [
  new NodeUpgradeJob(scope, 'upgrade', {
    cluster: vans,
    nodes: gateways,
    version: 'v1.23.1',
    digests: { arm64: `sha256:${'a'.repeat(64)}` },
  }),
  new ImagePrePullJob(scope, 'pull', {
    cluster: vans,
    nodes: JobNodes.named('van-001-gateway-1'),
    images: ['registry.example/a:1'],
    imageSecret: 'shop/login',
  }),
  new ConfigUpdateJob(scope, 'config', { cluster: vans, nodes: gateways, values: { 'modules.edgeHub.heartbeat': 30 } }),
].map(({ [model]: { record } }) => {
  if (record.kind !== 'job') throw new Error('no job');
  return record.job;
});

test.each(jobs)('a $kind is of v1alpha2, in no namespace, and has the fields of its kind alone', (job) => {
  const object = jobObject(job);
  expect(object.apiVersion).toBe('operations.kubeedge.io/v1alpha2');
  expect(object.metadata).toEqual({ name: job.name });
  expect(KUBEEDGE_CLUSTER_KINDS).toContain(object.kind);
  expect(unknownFields(`${object.apiVersion}/${object.kind}`, object.spec)).toEqual([]);
  expect(jobProblems(job, cluster)).toEqual([]);
});

test('a job has names of nodes or labels, and never both', () => {
  const specs = jobs.map((job) => JSON.stringify(jobObject(job).spec));
  for (const spec of specs)
    expect([spec.includes('"nodeNames"'), spec.includes('"labelSelector"')].filter(Boolean)).toHaveLength(1);
});

test.each([
  ['a release with known holes', { ...jobs[0], version: 'v1.23.0' }, 'known holes'],
  ['a release that would be a command', { ...jobs[0], version: 'v1.23.1;reboot' }, 'is no release'],
  ['an image with a tag', { ...jobs[0], image: 'kubeedge/installation-package:v1' }, 'without a tag'],
  ['a digest that is none', { ...jobs[0], digests: { arm64: 'abc' } }, 'is no digest'],
  ['a name that is none', { ...jobs[1], nodes: { kind: 'names', names: ['Van 1'] } }, 'is no name of a node'],
  ['no nodes', { ...jobs[1], nodes: { kind: 'labels', matchLabels: {} } }, 'would be for none'],
  [
    'a key that is unknown',
    { ...jobs[2], updateFields: { 'modules.edgeHub.heartBeat': '1' } },
    'is no key of edgecore.yaml',
  ],
  [
    'the name of a node as a value',
    { ...jobs[2], updateFields: { 'modules.edged.hostnameOverride': 'x' } },
    'next generation',
  ],
  ['a value that keadm cuts', { ...jobs[2], updateFields: { 'modules.edgeHub.heartbeat': '1,2=3' } }, 'keadm cuts'],
  ['more failures than nodes', { ...jobs[2], failureTolerate: '2' }, 'from 0 to 1'],
])('a job with %s is refused', (_, job, message) => {
  const problems = jobProblems(job as (typeof jobs)[number], cluster);
  expect(problems.map((problem) => problem.message).join()).toContain(message);
});

test('a job that nobody acts upon is refused', () => {
  for (const job of jobs)
    expect(jobProblems(job, { ...cluster, features: [] })).toMatchObject([
      { message: expect.stringContaining("feature 'jobs' is off") },
    ]);
});

const rest = KubeEdgeRuleEndpoint.rest({ name: 'api' });
const mqtt = KubeEdgeRuleEndpoint.eventBus({ name: 'mqtt' });
const service = KubeEdgeRuleEndpoint.serviceBus({ name: 'service', port: 8080 });
const rules = [
  new KubeEdgeRule(scope, 'down', { cluster: vans, from: rest, to: mqtt, path: '/a', topic: 'a' }),
  new KubeEdgeRule(scope, 'call', { cluster: vans, from: rest, to: service, path: '/b', servicePath: '/c' }),
  new KubeEdgeRule(scope, 'up', {
    cluster: vans,
    from: mqtt,
    to: rest,
    topic: 'b',
    nodeName: 'van-001-gateway-1',
    url: 'https://api.example/in',
  }),
].map(({ [model]: { record } }) => {
  if (record.kind !== 'rule') throw new Error('no rule');
  return record.rule;
});

test('rules are written after their endpoints, with the resources of their pair', () => {
  const objects = ruleObjects(rules);
  expect(objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([
    'RuleEndpoint api',
    'RuleEndpoint mqtt',
    'RuleEndpoint service',
    'Rule down',
    'Rule call',
    'Rule up',
  ]);
  for (const { apiVersion, kind, spec } of objects) expect(unknownFields(`${apiVersion}/${kind}`, spec)).toEqual([]);
  expect(objects.slice(3).map(({ spec }) => spec)).toEqual([
    { source: 'api', target: 'mqtt', sourceResource: { path: '/a' }, targetResource: { topic: 'a' } },
    { source: 'api', target: 'service', sourceResource: { path: '/b' }, targetResource: { path: '/c' } },
    {
      source: 'mqtt',
      target: 'api',
      sourceResource: { topic: 'b', node_name: 'van-001-gateway-1' },
      targetResource: { resource: 'https://api.example/in' },
    },
  ]);
  expect(endpointObject(service[model]).spec).toEqual({
    ruleEndpointType: 'servicebus',
    properties: { service_port: '8080' },
  });
  expect(ruleProblems(rules, ['rules'])).toEqual([]);
});

test('a pair that KubeEdge has not does not compile', () => {
  const other = new App();
  // @ts-expect-error: MQTT goes to HTTP alone
  const toItself = () => new KubeEdgeRule(other, 'x', { cluster: vans, from: mqtt, to: mqtt, path: '/a', topic: 'a' });
  const wrong = { cluster: vans, from: service, to: rest, path: '/a', topic: 'a' } as const;
  // @ts-expect-error: an HTTP service is no source
  const fromService = () => new KubeEdgeRule(other, 'y', wrong);
  expect([toItself, fromService]).toHaveLength(2);
});

test('two rules with one source, and endpoints in two namespaces, are refused', () => {
  const [down] = rules;
  if (down === undefined) throw new Error('no rule');
  expect(ruleProblems([down, { ...down, constructPath: 'other' }], ['rules'])).toMatchObject([
    { message: expect.stringContaining('one source') },
  ]);
  const away = { ...down, target: { ...down.target, namespace: 'away' } };
  expect(ruleProblems([away], ['rules'])).toMatchObject([{ message: expect.stringContaining('one namespace') }]);
  expect(ruleProblems([down], [])).toMatchObject([{ message: expect.stringContaining("feature 'rules' is off") }]);
  const port = { ...rules[1], target: { ...service[model], port: 70_000 } } as typeof down;
  expect(ruleProblems([port], ['rules'])).toMatchObject([{ message: expect.stringContaining('from 1 to 65535') }]);
});
