import { k8s } from 'cdk8s-plus-27';
import type { KubeObject } from '../../../../../lib/model/kube-object';
import type { ContainerContent, RunModel } from '../../../../../lib/model/workload-model';
import { box, render, runs, security, till } from './fixtures';

type Manifest = { manifest(props?: unknown): unknown };
const kinds: Readonly<Record<string, Manifest>> = {
  ConfigMap: k8s.KubeConfigMap,
  PersistentVolumeClaim: k8s.KubePersistentVolumeClaim,
  Service: k8s.KubeService,
  Deployment: k8s.KubeDeployment,
  DaemonSet: k8s.KubeDaemonSet,
  StatefulSet: k8s.KubeStatefulSet,
  Job: k8s.KubeJob,
  CronJob: k8s.KubeCronJob,
  Ingress: k8s.KubeIngress,
};

/** Through the generated classes of cdk8s-plus-27 and back: they keep the fields that Kubernetes has, and drop any other. */
function throughGeneratedClasses(object: KubeObject): unknown {
  const { apiVersion: _v, kind, ...props } = object;
  return JSON.parse(JSON.stringify(kinds[kind]?.manifest(typed(props, []))));
}

/** What those classes call otherwise. */
const renamed: Readonly<Record<string, string>> = { clusterIP: 'clusterIp' };

/** Quantities, and numbers that may be texts, are objects in those classes. */
function typed(value: unknown, path: readonly string[]): unknown {
  const field = path.at(-1) ?? '';
  const parent = path.at(-2) ?? '';
  if (['requests', 'limits'].includes(parent) || field === 'sizeLimit') return k8s.Quantity.fromString(String(value));
  const either =
    ['maxSurge', 'maxUnavailable', 'targetPort'].includes(field) ||
    (field === 'port' && ['httpGet', 'tcpSocket'].includes(parent));
  if (either)
    return typeof value === 'number' ? k8s.IntOrString.fromNumber(value) : k8s.IntOrString.fromString(String(value));
  if (Array.isArray(value)) return value.map((item) => typed(item, path));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [renamed[key] ?? key, typed(item, [...path, key])]),
  );
}

const rich: Partial<ContainerContent> = {
  platforms: ['linux/arm64'],
  resources: {
    cpuMillis: 250,
    cpuLimitMillis: 500,
    memoryKiB: 1024,
    memoryLimitKiB: 2048,
    diskKiB: 1024,
    accelerator: { resource: 'nvidia.com/gpu', count: 1 },
  },
  command: ['/pos'],
  args: ['--x'],
  env: { A: 'a', B: { secret: 'db', key: 'password' } },
  files: { '/etc/a': 'a', '/etc/b': { secret: 'db', key: 'ca' } },
  ports: { http: 8080 },
  ingress: { host: 'a.example', port: 'http' },
  security: { ...security, runAsUser: 1000, capabilities: ['NET_ADMIN'], hostNetwork: true, serviceAccountToken: true },
};
const mounts: ContainerContent['mounts'] = {
  '/cache': { kind: 'scratch', sizeKiB: 1024 },
  '/srv': { kind: 'host-path', path: '/srv' },
};
const claims: ContainerContent['mounts'] = { ...mounts, '/data': { kind: 'claim', sizeKiB: 1024 } };
const health: readonly ContainerContent['health'][] = [
  { kind: 'http', path: '/', port: 'http' },
  { kind: 'tcp', port: 'http' },
  { kind: 'exec', command: ['true'] },
];

test.each<[string, RunModel, Partial<ContainerContent>]>([
  ['one replica', runs.replicas(1), { mounts: claims, health: health[0] }],
  ['several replicas', runs.replicas(2), { mounts, health: health[1] }],
  ['every node', runs.everyNode, { mounts, health: health[2], devices: ['/dev/ttyUSB0'] }],
  ['stateful', runs.stateful(3), { mounts: claims }],
  ['once', runs.once, { mounts: claims }],
  ['schedule', runs.schedule, { mounts: claims }],
])('all fields of %s are fields of Kubernetes', (_what, run, more) => {
  const placement = { where: [], except: [], onNodes: [till.path] };
  const secrets = { kind: 'node-files', location: '/etc/edgecdk/secrets' } as const;
  const objects = render({ ...rich, run, ...more }, { secrets, deviceClasses: [box, till] }, { placement });
  expect(objects.map((o) => o.kind).every((kind) => kind in kinds)).toBe(true);
  for (const object of objects) expect(throughGeneratedClasses(object)).toEqual(object);
});

test('a misspelt field would be found', () => {
  const [deployment] = render();
  const wrong = { ...deployment, spec: { ...(deployment?.spec as object), replica: 1 } } as unknown as KubeObject;
  expect(throughGeneratedClasses(wrong)).not.toEqual(wrong);
});
