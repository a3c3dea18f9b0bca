import type { K3sNodeInput } from '../../../../../lib/model/k3s-node-input';
import { k3sNodeRefusals } from '../../../../../lib/render/node/k3s/refusals';
import { FULL, RASPIOS, SINGLE } from '../sample-input';

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
  ['one token for all', { ...FULL, secrets: { token: 'a', agentToken: 'a' } }, "must not share the token 'a'"],
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
])('%s is refused', (_, input, message) => {
  expect(k3sNodeRefusals(input).join('\n')).toContain(message);
});
