import type { KubeObject } from '../../../../../lib/model/kube-object';
import { TokenTable } from '../../../../../lib/model/token';
import { sealed, sealedSecret, sopsBlock } from '../../../../support/sealed-secret';
import { ofKind, podSpec, render, runs, template } from './fixtures';

const vault = { secrets: { kind: 'external-secrets', location: 'vault' } } as const;
const nodeFiles = { secrets: { kind: 'node-files', location: '/etc/edgecdk/secrets' } } as const;
const env = { PASSWORD: { secret: 'pos-db', key: 'password' }, USER: { secret: 'pos-db', key: 'user' } };

test('External Secrets makes one Secret per secret, with all keys that are used', () => {
  const objects = render(
    { env, files: { '/run/password': env.PASSWORD, '/run/ca': { secret: 'ca', key: 'crt' } } },
    vault,
  );
  const found = ofKind(objects, 'ExternalSecret');
  expect(found.map((o) => o.metadata.name)).toEqual(['pos-ca', 'pos-pos-db']);
  expect(found[1]).toEqual({
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    metadata: { name: 'pos-pos-db', namespace: 'shop', labels: { 'app.kubernetes.io/name': 'pos' } },
    spec: {
      refreshInterval: '1h',
      secretStoreRef: { kind: 'ClusterSecretStore', name: 'vault' },
      target: { name: 'pos-pos-db', creationPolicy: 'Owner' },
      data: [
        { secretKey: 'password', remoteRef: { key: 'pos-db', property: 'password' } },
        { secretKey: 'user', remoteRef: { key: 'pos-db', property: 'user' } },
      ],
    },
  });
});

test('with files on the node there is a reference and no object', () => {
  const objects = render({ env }, nodeFiles);
  expect(objects.map((o) => o.kind)).toEqual(['Deployment']);
  expect(podSpec(objects).containers[0].env).toEqual([
    { name: 'PASSWORD', valueFrom: { secretKeyRef: { name: 'pos-pos-db', key: 'password' } } },
    { name: 'USER', valueFrom: { secretKeyRef: { name: 'pos-pos-db', key: 'user' } } },
  ]);
});

test('the key in the store may be that of a site', () => {
  const tokens = new TokenTable(['site.name']);
  const site = { name: tokens.text('site.name'), values: {}, json: {} } as never;
  const cluster = { distribution: 'k3s', kubernetes: '1.33', has: () => false } as const;
  const key = (of: { site: { name: string }; workload: string; secret: string }) =>
    `sites/${of.site.name}/${of.workload}/${of.secret}`;
  const [object] = ofKind(
    render({ env }, { secrets: { ...vault.secrets, key }, context: { site, cluster } }),
    'ExternalSecret',
  );
  const remote = `sites/${tokens.text('site.name')}/pos/pos-db`;
  expect(object?.spec).toMatchObject({
    target: { name: 'pos-pos-db' },
    data: [
      { secretKey: 'password', remoteRef: { key: remote, property: 'password' } },
      { secretKey: 'user', remoteRef: { key: remote, property: 'user' } },
    ],
  });
});

test.each(['', ' ', undefined, 7])('a store that answers %j for the key is refused', (answer) => {
  const secrets = { ...vault.secrets, key: () => answer as string };
  expect(() => render({ env }, { secrets })).toThrow(/has no key for the secret pos-db: `key` of the fleet's secret/);
});

describe('with SOPS', () => {
  const secrets = { kind: 'sops', location: 'secrets', age: ['age1'] } as const;
  const object = sealedSecret('pos-pos-db', 'shop', ['password', 'user']) as KubeObject;
  const withSecret = (change: object = {}, content: Parameters<typeof render>[0] = { env }) =>
    render(content, { secrets, encrypted: new Map([['shop/pos-pos-db', { ...object, ...change }]]) });
  const mark = (objects: KubeObject[]) =>
    (template(objects).metadata as { annotations?: Record<string, string> }).annotations?.['edgecdk.dev/secrets'];

  test('the Secret is that of the team, in all its fields', () => {
    expect(ofKind(withSecret(), 'Secret')).toEqual([object]);
  });

  test('a Secret that could not be read is not there, which its reader tells', () => {
    expect(ofKind(render({ env }, { secrets }), 'Secret')).toEqual([]);
  });

  test('pods are new when a value is, and not when another one may read it', () => {
    const before = mark(withSecret());
    expect(before).toMatch(/^[0-9a-f]{16}$/);
    expect(mark(withSecret({ stringData: { password: sealed('bmV3'), user: sealed() } }))).not.toBe(before);
    expect(mark(withSecret({ sops: sopsBlock(['age1']) }))).toBe(before);
  });

  test('runs of a schedule, and pods without secrets, have no mark', () => {
    expect(mark(withSecret({}, { env, run: runs.schedule }))).toBeUndefined();
    expect(mark(withSecret({}, {}))).toBeUndefined();
    expect(mark(render({ env }, vault))).toBeUndefined();
  });
});

test('a fleet without a secret store says how to have one', () => {
  expect(() => render({ env })).toThrow(
    /secret pos-db, but the fleet has no secret store.*SecretStore\.externalSecrets/,
  );
  expect(() => render({ files: { '/run/a': env.USER } })).toThrow(/no secret store/);
});

test.each([
  ['kv/pos-db', 'password', /secret "kv\/pos-db"; take up to 56 lower-case letters/],
  ['Pos', 'password', /secret "Pos"/],
  ['a'.repeat(57), 'password', /up to 56/],
  ['pos-db', 'pass word', /key "pass word" of the secret pos-db/],
  ['pos-db', '..', /key "\.\."/],
  [new TokenTable(['site.name']).text('site.name'), 'password', /names a secret by a site value/],
  ['pos-db', new TokenTable(['site.name']).text('site.name'), /names a secret by a site value/],
])('the secret %s with the key %s is refused', (secret, key, message) => {
  for (const store of [vault, nodeFiles]) expect(() => render({ env: { A: { secret, key } } }, store)).toThrow(message);
});
