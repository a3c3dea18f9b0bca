import { encryptedSecretProblems } from '../../../lib/check/encrypted-secrets';
import type { DeliveryEngine } from '../../../lib/model/delivery';
import { checkPlan } from '../../support/check-plan';
import { sealedSecret, sopsBlock } from '../../support/sealed-secret';

const annotations = { 'engine.example/leave': 'yes' };

function problems(object: object, decrypts?: DeliveryEngine['decrypts']): string[] {
  const { plan, rendering } = checkPlan({ workloads: [{ id: 'pos', objects: () => [object] }] });
  const [unit] = plan.units;
  if (!unit) throw new Error('has no unit');
  const engine: DeliveryEngine = { ...unit.delivery.engine, title: 'Courier', ...(decrypts && { decrypts }) };
  const found = encryptedSecretProblems({ ...plan, units: [{ ...unit, delivery: { engine } }] }, rendering);
  expect(found.every(({ path, severity }) => path === 'fleet/pos' && severity === 'error')).toBe(true);
  return found.map(({ message }) => message);
}

const metadata = { name: 'db', namespace: 'shop', annotations };
const good = { ...sealedSecret('db', 'shop', ['password']), metadata };

test('an engine that decrypts takes what bears its annotations', () => {
  expect(problems(good, { annotations })).toEqual([]);
  expect(problems({ ...good, metadata: { name: 'db', namespace: 'shop' } }, { annotations: {} })).toEqual([]);
});

test('an engine that does not is named, with what to take', () => {
  expect(problems(good)).toEqual([expect.stringMatching(/Secret shop\/db.*Courier decrypts nothing; take a delivery/)]);
});

test.each<[string, object, RegExp]>([
  ['an annotation', { metadata: { ...metadata, annotations: {} } }, /lacks the annotation engine.example\/leave: yes/],
  ['a MAC', { sops: { ...sopsBlock(), mac: '' } }, /has no sops.mac/],
])('what lacks %s is refused', (_what, change, message) => {
  expect(problems({ ...good, ...change }, { annotations })).toEqual([expect.stringMatching(message)]);
});

test('text that an engine would take for a variable is refused where it is in clear', () => {
  const own = { ...metadata, annotations: { ...annotations, note: 'costs $5' } };
  expect(problems({ ...good, metadata: own }, { annotations })).toEqual([
    expect.stringContaining("has a '$' in clear, at metadata.annotations.note"),
  ]);
});

test('no other object is looked at', () => {
  expect(problems({ ...good, kind: 'ConfigMap' })).toEqual([]);
  expect(problems({ ...good, sops: undefined })).toEqual([]);
});
