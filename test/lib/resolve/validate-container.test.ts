import type { ContainerContent, ResourcesModel, RunModel, SecurityModel } from '../../../lib/model/workload-model';
import { validateContainer } from '../../../lib/resolve/validate-container';

const resources: ResourcesModel = { cpuMillis: 250, memoryKiB: 1024, memoryLimitKiB: 1024 };
const security: SecurityModel = {
  groups: [],
  allowRoot: false,
  writableRoot: false,
  capabilities: [],
  hostNetwork: false,
  serviceAccountToken: false,
};
const sound: ContainerContent = {
  image: 'ghcr.io/acme/pos:1.4.2',
  resources,
  run: { kind: 'replicas', replicas: 1, moveAfterSeconds: 600 },
  ports: { http: 8080 },
  mounts: { '/data': { kind: 'claim', sizeKiB: 1024 }, '/srv': { kind: 'host-path', path: '/' } },
  devices: ['/dev/ttyUSB0'],
  files: { '/data/conf': 'a' },
  health: { kind: 'http', path: '/', port: 'http' },
  ingress: { host: 'a.example', port: 'http' },
  security,
};

function messages(content: Partial<ContainerContent>): string[] {
  return validateContainer({ ...sound, ...content }, 'grocer/pos').map((p) => p.message);
}

test('sound content has no problems', () => {
  expect(messages({})).toEqual([]);
});

test('each problem is an error of the workload, and all are found at once', () => {
  expect(validateContainer({ ...sound, image: '', ports: { http: 0 } }, 'grocer/pos')).toEqual([
    { path: 'grocer/pos', severity: 'error', message: expect.stringContaining('has no image') },
    { path: 'grocer/pos', severity: 'error', message: 'has 0 as port http; take 1 to 65535' },
  ]);
});

describe('an image', () => {
  const digest = `sha256:${'0a'.repeat(32)}`;
  test.each([
    'pos',
    'acme/pos',
    'pos:1.4.2',
    'localhost:5000/pos',
    '10.0.0.1:5000/a/b_c/d-e.f:v1',
    `ghcr.io/acme/pos@${digest}`,
    `ghcr.io/acme/pos:1.4.2@${digest}`,
  ])('%s is taken', (image) => {
    expect(messages({ image })).toEqual([]);
  });

  test.each([
    'acme/POS',
    'pos:',
    'pos:1 4',
    ' pos',
    'pos@sha256:123',
    'https://ghcr.io/acme/pos',
    '/pos',
    'a//b',
    'pos:-1',
    'a..b',
  ])('%j is refused', (image) => {
    expect(messages({ image })).toEqual([
      expect.stringContaining(`has the image ${JSON.stringify(image)}, which is no reference`),
    ]);
  });
});

describe('refused is', () => {
  const stateful = (replicas: number): RunModel => ({ kind: 'stateful', replicas, moveAfterSeconds: 0 });
  const replicas = (n: number, moveAfterSeconds = 0): RunModel => ({ kind: 'replicas', replicas: n, moveAfterSeconds });
  test.each<[string, Partial<ContainerContent>, RegExp]>([
    ['no CPU', { resources: { ...resources, cpuMillis: 0 } }, /asks for 0m of CPU/],
    ['half a thousandth of CPU', { resources: { ...resources, cpuMillis: 0.5 } }, /whole thousandths/],
    [
      'a limit under the CPU request',
      { resources: { ...resources, cpuLimitMillis: 100 } },
      /limits CPU to 100m and asks for 250m/,
    ],
    ['no memory', { resources: { ...resources, memoryKiB: 0 } }, /asks for 0 KiB of memory/],
    [
      'a limit under the memory request',
      { resources: { ...resources, memoryLimitKiB: 512 } },
      /limits memory to 512 KiB/,
    ],
    ['no disk', { resources: { ...resources, diskKiB: 0 } }, /0 KiB of disk/],
    [
      'half a GPU',
      { resources: { ...resources, accelerator: { resource: 'nvidia.com/gpu', count: 0.5 } } },
      /come whole/,
    ],
    [
      'an accelerator without a domain',
      { resources: { ...resources, accelerator: { resource: 'gpu', count: 1 } } },
      /such as nvidia\.com\/gpu/,
    ],
    ['part of a replica', { run: replicas(1.5) }, /runs in 1\.5 copies; take a whole number from 0 on/],
    ['fewer than no replicas', { run: replicas(-1) }, /runs in -1 copies/],
    ['a StatefulSet of none', { run: stateful(0) }, /from 1 on/],
    ['a negative time to move', { run: replicas(1, -1) }, /moves its pods after -1 seconds/],
    ['a schedule of four fields', { run: { kind: 'schedule', cron: '0 3 * *' } }, /schedule "0 3 \* \*"; write minute/],
    [
      'a schedule of six fields',
      { run: { kind: 'schedule', cron: '0 0 3 * * *' } },
      /write minute, hour, day, month and weekday/,
    ],
    [
      'a port name that is too long',
      { ports: { http: 80, 'a-very-long-name': 81 } },
      /port "a-very-long-name"; take up to 15/,
    ],
    ['a port name in capitals', { ports: { http: 80, Web: 81 } }, /port "Web"/],
    ['a port name of digits', { ports: { http: 80, '81': 81 } }, /with a letter/],
    ['a port beyond the last', { ports: { http: 65536 } }, /has 65536 as port http/],
    ['part of a port', { ports: { http: 80.5 } }, /has 80\.5 as port http/],
    ['a port of two names', { ports: { http: 80, web: 80 } }, /two names for the port 80, http and web/],
    ['health on no port', { health: { kind: 'tcp', port: 'web' } }, /health on the port web; its ports are http/],
    ['health at a relative path', { health: { kind: 'http', path: 'x', port: 'http' } }, /health at the path "x"/],
    ['health by no command', { health: { kind: 'exec', command: [] } }, /without a command/],
    [
      'an ingress to no port',
      { ingress: { host: 'a.example', port: 'web' } },
      /ingress to the port web; its ports are http/,
    ],
    [
      'an ingress for a relative path',
      { ingress: { host: 'a.example', port: 'http', path: 'x' } },
      /begin it with '\/'/,
    ],
    ['a mount at a relative path', { mounts: { data: { kind: 'scratch', sizeKiB: 1 } } }, /mounts at "data"/],
    ['a mount at the root', { mounts: { '/': { kind: 'scratch', sizeKiB: 1 } } }, /mounts at "\/"/],
    ['a mount with a slash at its end', { mounts: { '/data/': { kind: 'scratch', sizeKiB: 1 } } }, /'\/' at its end/],
    ['a mount of no size', { mounts: { '/x': { kind: 'scratch', sizeKiB: 0 } } }, /mounts 0 KiB at \/x/],
    [
      'a relative folder of the node',
      { mounts: { '/x': { kind: 'host-path', path: 'srv' } } },
      /mounts the folder "srv" at \/x/,
    ],
    [
      'a folder of the node with ..',
      { mounts: { '/x': { kind: 'host-path', path: '/srv/../etc' } } },
      /without '\.\.'/,
    ],
    [
      'two mounts of one name',
      { mounts: { '/a/b': { kind: 'scratch', sizeKiB: 1 }, '/a-b': { kind: 'scratch', sizeKiB: 1 } } },
      /mounts \/a\/b and \/a-b, whose volumes/,
    ],
    ['a device elsewhere', { devices: ['/tmp/x'] }, /device "\/tmp\/x"; name a device file/],
    ['a device twice', { devices: ['/dev/a', '/dev/a'] }, /mounts \/dev\/a twice/],
    ['a file in the place of a device', { files: { '/dev/ttyUSB0': '' } }, /both a file and a mount or device/],
    ['a file at a relative path', { files: { x: '' } }, /file at "x"/],
    ['root by its number', { security: { ...security, runAsUser: 0 } }, /user 0, which is root; say allowRoot/],
    ['a user that is no number of one', { security: { ...security, runAsUser: -1 } }, /user -1/],
    [
      'a capability with CAP_',
      { security: { ...security, capabilities: ['CAP_NET_ADMIN'] } },
      /without CAP_, such as NET_ADMIN/,
    ],
  ])('%s', (_what, content, message) => {
    expect(messages(content)).toEqual([expect.stringMatching(message)]);
  });
});

test.each(['*/5 * * * *', '0 3 * * mon-fri', '0 0 1,15 * ?', '@hourly', '@every 1h30m'])(
  'the schedule %s is taken',
  (cron) => {
    expect(messages({ run: { kind: 'schedule', cron } })).toEqual([]);
  },
);

test('what functions return is not looked at', () => {
  const never = () => {
    throw new Error('was called');
  };
  expect(messages({ files: never, ingress: never, env: never, args: never, command: never })).toEqual([]);
});

test('root is taken where it is allowed', () => {
  expect(messages({ security: { ...security, runAsUser: 0, allowRoot: true } })).toEqual([]);
});
