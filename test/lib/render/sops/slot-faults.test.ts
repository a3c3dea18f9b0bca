import type { KubeObject } from '../../../../lib/model/kube-object';
import { slotFaults } from '../../../../lib/render/sops/slot-faults';
import { PEOPLE_KEY, SITES_KEY, sealed, sealedSecret, sopsBlock } from '../../../support/sealed-secret';

const record = { workload: 'pos', secret: 'db', namespace: 'shop', object: 'pos-db', keys: ['password', 'user'] };
const slot = { record, file: 'secrets/pos/db.yaml', age: [SITES_KEY, PEOPLE_KEY] };
const good = sealedSecret('pos-db', 'shop', ['password', 'user']);
const faults = (...objects: readonly object[]) => slotFaults(objects as KubeObject[], slot);

test('an encrypted Secret with the keys, and with more, is taken', () => {
  expect(faults(good)).toEqual([]);
  expect(faults(sealedSecret('pos-db', 'shop', ['password', 'user', 'more'], { type: 'Opaque' }))).toEqual([]);
  expect(faults({ ...good, stringData: { user: sealed() }, data: { password: sealed() } })).toEqual([]);
  expect(faults({ ...good, sops: sopsBlock([PEOPLE_KEY, SITES_KEY, 'age1another']) })).toEqual([]);
});

test.each<[string, readonly object[], RegExp]>([
  ['no object', [], /with 0 objects; write one, the Secret shop\/pos-db/],
  ['two objects', [good, good], /with 2 objects/],
  [
    'another name',
    [sealedSecret('db', 'shop', [])],
    /the Secret shop\/db, where its pods look for the Secret shop\/pos-db/,
  ],
  ['another namespace', [sealedSecret('pos-db', 'default', [])], /Secret default\/pos-db, where/],
  ['no namespace', [{ ...good, metadata: { name: 'pos-db' } }], /Secret pos-db, where/],
  ['another kind', [{ ...good, kind: 'ConfigMap' }], /ConfigMap shop\/pos-db, where/],
  [
    'all of it encrypted',
    [{ ...good, apiVersion: sealed(), kind: sealed() }],
    /encrypted as a whole.*sops decrypt --in-place/,
  ],
  [
    'no sops block',
    [{ ...good, sops: undefined }],
    /a secret in clear: .* no sops block.*sops encrypt --age.*other values/,
  ],
  ['an empty sops block', [{ ...good, sops: null }], /no sops block/],
  [
    'a value in clear',
    [{ ...good, stringData: { password: 'hunter2', user: sealed() } }],
    /not encrypted, or empty \(password\)/,
  ],
  [
    'an empty value',
    [{ ...good, stringData: { password: '', user: sealed() } }],
    /not encrypted, or empty \(password\)/,
  ],
  [
    'a value that begins like one',
    [{ ...good, stringData: { password: `${sealed()} hunter2`, user: sealed() } }],
    /\(password\)/,
  ],
  [
    'a key less',
    [sealedSecret('pos-db', 'shop', ['user'])],
    /names the key password of the secret db, and .* has user; .*sops edit/,
  ],
  ['no keys', [sealedSecret('pos-db', 'shop', [])], /names the keys password, user of the secret db, and .* has none/],
  [
    'a recipient less',
    [{ ...good, sops: sopsBlock([PEOPLE_KEY]) }],
    /age1sites0* cannot decrypt.*sops rotate --in-place --add-age age1sites0* secrets/,
  ],
  ['no recipients of age', [{ ...good, sops: { mac: sealed(), pgp: [{ fp: 'F' }], age: null } }], /cannot decrypt/],
])('a file with %s is refused with what to do, and no value is told', (_what, objects, message) => {
  const found = faults(...objects);
  expect(found).toEqual([expect.stringMatching(message)]);
  expect(found.join('')).not.toContain('hunter2');
});

test('all that is wrong is told at once', () => {
  const found = faults({ ...good, stringData: { user: 'hunter2' }, sops: sopsBlock([]) });
  expect(found).toEqual([
    expect.stringContaining('secret in clear'),
    expect.stringContaining('names the key password'),
    expect.stringContaining('cannot decrypt'),
  ]);
});
