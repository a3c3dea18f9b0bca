import { ofKind, podSpec, render, security } from './fixtures';

const secrets = { kind: 'node-files', location: '/etc/edgecdk/secrets' } as const;
const bare = { security: { ...security, writableRoot: true } };

test('files are keys of one ConfigMap, each mounted alone', () => {
  const objects = render({ ...bare, files: { '/etc/pos/store.json': '{ "a": 1 }\n', '/etc/motd': 'hello' } });
  expect(ofKind(objects, 'ConfigMap')).toEqual([
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'pos', namespace: 'shop', labels: { 'app.kubernetes.io/name': 'pos' } },
      data: { etc_motd: 'hello', 'etc_pos_store.json': '{ "a": 1 }\n' },
    },
  ]);
  const { volumes, containers } = podSpec(objects);
  expect(volumes).toEqual([{ name: 'files', configMap: { name: 'pos' } }]);
  expect(containers[0].volumeMounts).toEqual([
    { name: 'files', mountPath: '/etc/motd', subPath: 'etc_motd', readOnly: true },
    { name: 'files', mountPath: '/etc/pos/store.json', subPath: 'etc_pos_store.json', readOnly: true },
  ]);
});

test.each([
  ['/.env', '_env'],
  ['/..x', '_x'],
  ['/etc/a b+ü', 'etc_a_b__'],
  ['/etc/conf.d/10-pos.conf', 'etc_conf.d_10-pos.conf'],
])('%s has the key %s', (path, key) => {
  const [map] = ofKind(render({ files: { [path]: '' } }), 'ConfigMap');
  expect(map?.data).toEqual({ [key]: '' });
});

test('paths that would share a key have keys of their own', () => {
  const [map] = ofKind(render({ files: { '/etc/a/b': '1', '/etc/a_b': '2', '/etc/c': '3' } }), 'ConfigMap');
  const data = Object.entries(map?.data as Record<string, string>);
  expect(data.map(([key, text]) => [key.replace(/[0-9a-f]{8}$/, '*'), text])).toEqual([
    ['etc_a_b-*', '1'],
    ['etc_a_b-*', '2'],
    ['etc_c', '3'],
  ]);
  expect(new Set(data.map(([key]) => key)).size).toBe(3);
});

test('a long path still has a legal key', () => {
  const [map] = ofKind(render({ files: { [`/${'a'.repeat(300)}`]: '' } }), 'ConfigMap');
  expect(Object.keys(map?.data as object)[0]).toHaveLength(200);
});

test('files of secrets are items of one volume per secret', () => {
  const objects = render(
    {
      ...bare,
      files: { '/etc/tls.crt': { secret: 'tls', key: 'crt' }, '/etc/tls.key': { secret: 'tls', key: 'key' } },
    },
    { secrets },
  );
  const { volumes, containers } = podSpec(objects);
  expect(volumes).toEqual([
    {
      name: 'secret-tls',
      secret: {
        secretName: 'pos-tls',
        items: [
          { key: 'crt', path: 'crt' },
          { key: 'key', path: 'key' },
        ],
      },
    },
  ]);
  expect(containers[0].volumeMounts).toEqual([
    { name: 'secret-tls', mountPath: '/etc/tls.crt', subPath: 'crt', readOnly: true },
    { name: 'secret-tls', mountPath: '/etc/tls.key', subPath: 'key', readOnly: true },
  ]);
  expect(ofKind(objects, 'ConfigMap')).toEqual([]);
});

describe('is refused:', () => {
  const mounts = { '/data': { kind: 'scratch', sizeKiB: 1024 } } as const;
  test.each<[string, Record<string, unknown>, RegExp]>([
    ['a relative path', { 'etc/a': '' }, /file at "etc\/a"; write an absolute path/],
    ['a path with ..', { '/etc/../a': '' }, /write an absolute path/],
    ['a path with a colon', { '/etc/a:b': '' }, /write an absolute path/],
    ['the place of a mount', { '/data': '' }, /both a file and a mount or device at \/data/],
    ['a file as folder', { '/etc/a': '', '/etc/a/b': '' }, /file at \/etc\/a and \/etc\/a\/b inside/],
    ['a value that is no text', { '/etc/a': 3 }, /file \/etc\/a a value of type number/],
  ])('%s', (_what, files, message) => {
    expect(() => render({ mounts, files: () => files as Record<string, string> })).toThrow(message);
  });
});

test('a file may lie inside of a mount', () => {
  const mounts = { '/data': { kind: 'scratch', sizeKiB: 1024 } } as const;
  expect(() => render({ mounts, files: { '/data/conf/a': '' } })).not.toThrow();
});
