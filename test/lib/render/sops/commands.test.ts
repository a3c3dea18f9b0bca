import { parse } from 'yaml';
import { encryptCommand, recipientsCommand, slotTemplate, sopsConfig } from '../../../../lib/render/sops/commands';

const record = { workload: 'pos', secret: 'db', namespace: 'shop', object: 'pos-db', keys: ['password', 'user'] };
const age = ['age1aaa', 'age1bbb'];

test('what to write has the name, the keys and what the engine asks for, and no value', () => {
  expect(parse(slotTemplate(record, { 'engine.example/leave': 'yes' }))).toEqual({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'pos-db', namespace: 'shop', annotations: { 'engine.example/leave': 'yes' } },
    stringData: { password: '', user: '' },
  });
  expect(parse(slotTemplate(record, {})).metadata).toEqual({ name: 'pos-db', namespace: 'shop' });
});

test('the command encrypts values alone, for all recipients, whatever configuration there is', () => {
  expect(encryptCommand('secrets/pos/db.yaml', age)).toBe(
    "sops encrypt --age age1aaa,age1bbb --encrypted-regex '^(data|stringData)$' --in-place secrets/pos/db.yaml",
  );
  expect(encryptCommand("my secrets/it's.yaml", age)).toMatch(/ 'my secrets\/it'\\''s.yaml'$/);
});

test('recipients come and go by one command', () => {
  expect(recipientsCommand('a.yaml', { add: age, remove: [] })).toBe(
    'sops rotate --in-place --add-age age1aaa,age1bbb a.yaml',
  );
  expect(recipientsCommand('a.yaml', { remove: ['age1aaa'] })).toBe('sops rotate --in-place --rm-age age1aaa a.yaml');
});

test.each([
  [
    'secrets',
    ['secrets/pos/db.yaml', '/home/ana/fleet/secrets/pos/db.yaml'],
    ['secrets/db.yaml', 'my-secrets/pos/db.yaml'],
  ],
  ['./deploy/s.d/', ['deploy/s.d/pos/db.yaml'], ['deploy/s-d/pos/db.yaml', 'deploy/s.d/pos/db.yaml.bak']],
  ['../shared', ['/home/ana/shared/pos/db.yaml'], ['shared/pos/deeper/db.yaml']],
])('the configuration for %s is for its files alone', (folder, inside, outside) => {
  const { creation_rules: rules } = parse(sopsConfig(folder, age)) as { creation_rules: Record<string, string>[] };
  expect(rules).toEqual([
    { path_regex: expect.any(String), encrypted_regex: '^(data|stringData)$', age: 'age1aaa,age1bbb' },
  ]);
  const path = new RegExp(rules[0]?.path_regex ?? '');
  expect(inside.filter((file) => !path.test(file))).toEqual([]);
  expect(outside.filter((file) => path.test(file))).toEqual([]);
});
