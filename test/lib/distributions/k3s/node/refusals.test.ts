import { k3sNodeRefusals } from '../../../../../lib/distributions/k3s/node/refusals';
import type { K3sNodeInput } from '../../../../../lib/model/k3s-node-input';
import { FULL, RASPIOS, SINGLE } from '../../../render/node/sample-input';

const withCluster = (cluster: Partial<K3sNodeInput['cluster']>, from = SINGLE): K3sNodeInput => ({
  ...from,
  cluster: { ...from.cluster, ...cluster },
});
const S3 = FULL.cluster.backup;
const DISK = { kind: 'disk', path: '/var/lib/rancher/copies', keep: 3 } as const;

test.each([
  ['a single server', SINGLE],
  ['three servers with everything', FULL],
])('%s is fine', (_, input) => {
  expect(k3sNodeRefusals(input)).toEqual([]);
});

const withClass = (deviceClass: Partial<K3sNodeInput['deviceClass']>, from = FULL): K3sNodeInput => ({
  ...from,
  deviceClass: { ...from.deviceClass, ...deviceClass },
});
const withoutDisk: K3sNodeInput = { ...FULL, dataMount: undefined };
const OFFLINE: K3sNodeInput = { ...SINGLE, link: { kind: 'offline' }, install: { mode: 'preloaded' } };

test('a card is good enough for an agent, for a single server, and for what boots a server with a data disk', () => {
  expect(k3sNodeRefusals(withClass({ storage: 'sd' }, withoutDisk), 'agent')).toEqual([]);
  expect(k3sNodeRefusals(withClass({ storage: 'sd' }), 'server')).toEqual([]);
  expect(k3sNodeRefusals(withCluster({ datastore: 'etcd' }), 'server')).toEqual([]);
});

test('one platform of a machine that is locked is enough', () => {
  expect(k3sNodeRefusals(withClass({ platforms: ['linux/arm64', 'linux/arm/v7'] }))).toEqual([]);
});

test.each([
  ['a version that is none', withCluster({ version: '1.33' }), "'1.33' is no release of K3s"],
  [
    'two servers with SQLite',
    withCluster({ servers: 2 }, { ...SINGLE, secrets: { token: 'token' } }),
    'cannot share SQLite',
  ],
  ['an even count with etcd', withCluster({ servers: 4 }, FULL), 'take 1, 3, 5 or 7'],
  ['several servers without a token', { ...FULL, secrets: { agentToken: 'a' } }, 'need a token to join with'],
  ['agents without a token', { ...FULL, secrets: { token: 'a' } }, 'agents need a token'],
  ['one token for all', { ...FULL, secrets: { token: 'a', agentToken: 'a' } }, 'must not share a token'],
  [
    'a machine of ARMv6',
    withClass({ platforms: ['linux/arm/v6'] }),
    "device class 'till' runs linux/arm/v6; K3s is released for linux/amd64, linux/arm64, linux/arm/v7 alone",
  ],
  ['a microcontroller', withClass({ platforms: [] }), "device class 'till' runs no operating system"],
  [
    'a platform that is not locked',
    withClass({ platforms: ['linux/amd64'] }),
    "device class 'till' runs linux/amd64, and K3s v1.33.4+k3s1 is locked for arm64 alone: run edgecdk lock",
  ],
  ['etcd on SD cards', withClass({ storage: 'sd' }, withoutDisk), 'etcd writes more than SD cards can take'],
  ['etcd on eMMC', withClass({ storage: 'emmc' }, withoutDisk), 'etcd writes more than eMMC can take'],
  ['a data disk elsewhere', { ...SINGLE, dataMount: '/data' }, 'mount it at /var/lib/rancher'],
  ['a data disk above the records of apply.sh', { ...SINGLE, dataMount: '/var/lib' }, 'mount it at /var/lib/rancher'],
  ['a bucket of an offline site', { ...FULL, link: { kind: 'offline' as const } }, 'reaches no bucket'],
  [
    'a snapshot in a bucket without a token of ours',
    withCluster({ datastore: 'etcd', backup: S3 }),
    'a snapshot is read with the token',
  ],
  ['an offline site without images', OFFLINE, 'cannot pull the images of K3s'],
  ['an external datastore without a secret', withCluster({ datastore: 'external' }), 'K3S_DATASTORE_ENDPOINT'],
  ['SQLite in S3', withCluster({ backup: S3 }), 'only etcd is copied to S3'],
  [
    'a copy on the same disk',
    { ...withCluster({ backup: DISK }), dataMount: '/var/lib/rancher' },
    'on the disk that holds the data',
  ],
  ['an offline site that downloads', { ...SINGLE, link: { kind: 'offline' as const } }, 'take preloaded'],
  ['no binary', { ...SINGLE, artifacts: { binarySha256: {}, lockedOn: '2026-11-01' } }, 'edgecdk lock'],
  ['a kernel line nobody knows', { ...SINGLE, operatingSystem: { ...RASPIOS, cmdlinePaths: [] } }, 'no file is known'],
  [
    'a mirror without a scheme',
    withCluster({ registries: [{ registry: 'docker.io', endpoints: ['mirror.example'] }] }),
    "the mirror 'mirror.example' of docker.io must be a URL",
  ],
])('%s is refused', (_, input: K3sNodeInput, message) => {
  expect(k3sNodeRefusals(input).join('\n')).toContain(message);
});

const withSecrets = (secrets: K3sNodeInput['secrets']): K3sNodeInput => ({ ...SINGLE, secrets });
const withCommand = (...argv: string[]): K3sNodeInput => ({
  ...SINGLE,
  secretsFrom: { kind: 'command', argv, seconds: 60 },
});

test.each<[string, K3sNodeInput, string]>([
  ['a command that is looked for', withCommand('fetch', '{name}'), 'must be an absolute path'],
  ['no command', withCommand(), 'must be an absolute path'],
  ['a line break', withCommand('/bin/fetch', 'a\nb'), 'another control character'],
  [
    'a password in a URL',
    withCommand('/bin/fetch', 'https://user:hunter2@vault.example'),
    'has credentials in an argument',
  ],
  ['a token', withCommand('/bin/fetch', 'K10deadbeef::server:hunter2'), 'looks like a secret itself'],
  ['a key', withCommand('/bin/fetch', '0123456789abcdef0123456789abcdef'), 'looks like a secret itself'],
  [
    'an hour',
    { ...SINGLE, secretsFrom: { kind: 'command', argv: ['/bin/fetch'], seconds: 3600 } },
    'may take 3600 seconds; give it whole seconds, from 1 to 600',
  ],
  ['half a second', { ...SINGLE, secretsFrom: { kind: 'command', argv: ['/bin/fetch'], seconds: 0.5 } }, '0.5 seconds'],
  ['authorities that are a path', withSecrets({ certificateAuthority: '../ca' }), 'must be the name of a file'],
  [
    'authorities and token of one name',
    withSecrets({ token: 'k3s', certificateAuthority: 'k3s' }),
    'the token of servers and the certificate authorities have the same secret',
  ],
])('%s is refused for secrets, and not repeated where it may be one', (_, input, message) => {
  const refusals = k3sNodeRefusals(input).join('\n');
  expect(refusals).toContain(message);
  expect(refusals).not.toMatch(/hunter2|0123456789abcdef/);
});

const withMirror = (endpoint: string, credentials?: string): K3sNodeInput =>
  withCluster({ registries: [{ registry: 'docker.io', endpoints: [endpoint], credentials }] });
const withToken = (token: string): K3sNodeInput => ({ ...SINGLE, secrets: { token } });

test.each<[string, K3sNodeInput, string]>([
  ['a token of K3s', withToken('K10deadbeef::server:hunter2'), 'looks like a token itself'],
  ['a bare token of K3s', withToken('x::server:hunter2'), 'looks like a token itself'],
  ['a token to join with once', withToken('abcdef.hunter2hunter2ab'), 'looks like a token itself'],
  ['something random', withToken('0123456789abcdef0123456789abcdef'), 'looks like a token itself'],
  ['a password', withToken('hunter2 hunter2'), 'must be the name of a file'],
  ['user and password', withMirror('https://mirror.example', 'user:hunter2'), 'must be the name of a file'],
  ['a mirror with a password', withMirror('https://user:hunter2@mirror.example'), 'has credentials in its URL'],
  ['a mirror with a password and no scheme', withMirror('user:hunter2@mirror.example'), 'has credentials in its URL'],
  [
    'a download with a password',
    { ...SINGLE, install: { mode: 'mirror', baseUrl: 'https://user:hunter2@mirror.example/k3s' } },
    'has credentials in it',
  ],
  [
    'a bucket with a password',
    withCluster({ backup: { ...FULL.cluster.backup, endpoint: 'user:hunter2@s3.example' } as typeof S3 }, FULL),
    'the endpoint of the bucket has credentials',
  ],
])('%s in the place of a name is refused, and not repeated', (_, input, message) => {
  const refusals = k3sNodeRefusals(input).join('\n');
  expect(refusals).toContain(message);
  expect(refusals).not.toMatch(/hunter2|0123456789abcdef/);
});
