import { TokenTable } from '../../../../../lib/model/token';
import { ofKind, podSpec, render } from './fixtures';

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
