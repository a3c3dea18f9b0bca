import type { ContainerContent, SecurityModel } from '../../../../../lib/model/workload-model';
import { cpuQuantity, sizeQuantity } from '../../../../../lib/render/workload/container/resources';
import { contextOf, podSpec, render, security } from './fixtures';

function pod(content: Partial<ContainerContent>) {
  const spec = podSpec(render(content));
  return { spec, container: spec.containers[0] };
}

test.each([
  [1, '1Ki'],
  [1000, '1000Ki'],
  [1024, '1Mi'],
  [1536 * 1024, '1536Mi'],
  [4 * 1024 * 1024, '4Gi'],
])('%d KiB are written %s', (kib, text) => {
  expect(sizeQuantity(kib)).toBe(text);
});

test.each([
  [50, '50m'],
  [1000, '1'],
  [1500, '1500m'],
])('%d thousandths of a CPU are written %s', (millis, text) => {
  expect(cpuQuantity(millis)).toBe(text);
});

test('limits are those that are given, and that of memory', () => {
  const { container } = pod({
    resources: { cpuMillis: 500, cpuLimitMillis: 2000, memoryKiB: 65_536, memoryLimitKiB: 131_072, diskKiB: 102_400 },
  });
  expect(container.resources).toEqual({
    requests: { cpu: '500m', memory: '64Mi', 'ephemeral-storage': '100Mi' },
    limits: { cpu: '2', memory: '128Mi', 'ephemeral-storage': '100Mi' },
  });
});

test('scratch volumes come on top of the disk, since Kubernetes counts them against it', () => {
  const resources = { cpuMillis: 1, memoryKiB: 1024, memoryLimitKiB: 1024, diskKiB: 1024 };
  const { container } = pod({ resources, mounts: { '/cache': { kind: 'scratch', sizeKiB: 2048 } } });
  expect(container.resources).toMatchObject({ limits: { 'ephemeral-storage': '3Mi' } });
});

test('an accelerator is a request and a limit, and of NVIDIA a runtime too', () => {
  const resources = { cpuMillis: 1000, memoryKiB: 1024, memoryLimitKiB: 1024 };
  const nvidia = pod({ resources: { ...resources, accelerator: { resource: 'nvidia.com/gpu', count: 1 } } });
  expect(nvidia.container.resources).toEqual({
    requests: { cpu: '1', memory: '1Mi', 'nvidia.com/gpu': '1' },
    limits: { memory: '1Mi', 'nvidia.com/gpu': '1' },
  });
  expect(nvidia.spec.runtimeClassName).toBe('nvidia');
  const hailo = pod({ resources: { ...resources, accelerator: { resource: 'hailo.ai/npu', count: 2 } } });
  expect(hailo.container.resources).toMatchObject({ limits: { 'hailo.ai/npu': '2' } });
  expect(hailo.spec).not.toHaveProperty('runtimeClassName');
});

describe('security', () => {
  const secure = (options: Partial<SecurityModel>, more: Partial<ContainerContent> = {}) =>
    pod({ security: { ...security, ...options }, ...more });

  test('lets an image run as root where that is allowed', () => {
    expect(secure({ allowRoot: true }).spec.securityContext).toEqual({ seccompProfile: { type: 'RuntimeDefault' } });
  });

  test('names the user', () => {
    expect(secure({ runAsUser: 1000 }).spec.securityContext).toEqual({
      runAsNonRoot: true,
      runAsUser: 1000,
      seccompProfile: { type: 'RuntimeDefault' },
    });
  });

  test.each<[string, Partial<SecurityModel>, 'claim' | 'scratch', object | undefined]>([
    [
      'a known user a claim of its group',
      { runAsUser: 1000 },
      'claim',
      { fsGroup: 1000, fsGroupChangePolicy: 'OnRootMismatch' },
    ],
    ['no group to a scratch volume', { runAsUser: 1000 }, 'scratch', undefined],
    ['no group to an unknown user', {}, 'claim', undefined],
    ['no group to root', { runAsUser: 0, allowRoot: true }, 'claim', undefined],
  ])('gives %s', (_what, options, kind, expected) => {
    const { securityContext } = secure(options, { mounts: { '/data': { kind, sizeKiB: 1024 } } }).spec;
    if (expected) expect(securityContext).toMatchObject(expected);
    else expect(securityContext).not.toHaveProperty('fsGroup');
  });

  test('adds capabilities to none', () => {
    expect(secure({ capabilities: ['SYS_TIME', 'NET_ADMIN'] }).container.securityContext).toMatchObject({
      capabilities: { drop: ['ALL'], add: ['NET_ADMIN', 'SYS_TIME'] },
    });
  });

  test('with a writable root asks for no /tmp', () => {
    const { spec, container } = secure({ writableRoot: true });
    expect(container.securityContext).not.toHaveProperty('readOnlyRootFilesystem');
    expect(spec).not.toHaveProperty('volumes');
    expect(container).not.toHaveProperty('volumeMounts');
  });

  test('gives the network of the node with the names of the cluster', () => {
    expect(secure({ hostNetwork: true }).spec).toMatchObject({
      hostNetwork: true,
      dnsPolicy: 'ClusterFirstWithHostNet',
    });
    expect(secure({}).spec).not.toHaveProperty('dnsPolicy');
  });

  test('gives the token of a service account', () => {
    expect(secure({ serviceAccountToken: true }).spec.automountServiceAccountToken).toBe(true);
  });

  test('of a container with devices is privileged, and says nothing that contradicts it', () => {
    const { container } = secure({ capabilities: ['NET_ADMIN'] }, { devices: ['/dev/ttyUSB0'] });
    expect(container.securityContext).toEqual({ privileged: true, readOnlyRootFilesystem: true });
  });
});

describe('health', () => {
  test.each<[string, ContainerContent['health'], object]>([
    ['http', { kind: 'http', path: '/healthz', port: 'http' }, { httpGet: { path: '/healthz', port: 'http' } }],
    ['tcp', { kind: 'tcp', port: 'http' }, { tcpSocket: { port: 'http' } }],
    ['exec', { kind: 'exec', command: ['true'] }, { exec: { command: ['true'] } }],
  ])('by %s is three probes', (_kind, health, handler) => {
    expect(pod({ health, ports: { http: 80 } }).container).toMatchObject({
      startupProbe: { ...handler, periodSeconds: 5, timeoutSeconds: 5, failureThreshold: 120 },
      readinessProbe: { ...handler, periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 3 },
      livenessProbe: { ...handler, periodSeconds: 20, timeoutSeconds: 10, failureThreshold: 6 },
    });
  });
});

describe('command, arguments and environment', () => {
  test('come from the site where they are functions', () => {
    const context = contextOf().context;
    const { container } = pod({
      command: ['/pos'],
      args: ({ site }) => ['--site', site.name],
      env: ({ cluster }) => ({ MINOR: cluster.kubernetes }),
    });
    expect(container).toMatchObject({
      command: ['/pos'],
      args: ['--site', context.site.name],
      env: [{ name: 'MINOR', value: '1.33' }],
    });
  });

  test('keep their order, since a variable may refer to those before it', () => {
    expect(pod({ env: { Z: '1', A: '$(Z)', EMPTY: '' } }).container.env).toEqual([
      { name: 'Z', value: '1' },
      { name: 'A', value: '$(Z)' },
      { name: 'EMPTY', value: '' },
    ]);
  });

  test('take text alone', () => {
    const env = { TILLS: 3 as unknown as string };
    expect(() => render({ env })).toThrow(/variable TILLS a value of type number; write it as text/);
  });
});
