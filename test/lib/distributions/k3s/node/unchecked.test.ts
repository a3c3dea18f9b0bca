import { K3S_CONFIG_KEYS } from '../../../../../lib/catalog/k3s-config';
import { k3sNodeRefusals } from '../../../../../lib/distributions/k3s/node/refusals';
import { k3sAgentTree, k3sServerTree } from '../../../../../lib/distributions/k3s/node/tree';
import type { K3sNodeInput } from '../../../../../lib/model/k3s-node-input';
import { FULL } from '../../../render/node/sample-input';

const FILE = '/etc/rancher/k3s/config.yaml.d/40-unchecked.yaml';

function withUnchecked(unchecked: Readonly<Record<string, unknown>>): K3sNodeInput {
  return { ...FULL, cluster: { ...FULL.cluster, unchecked } };
}

test('keys that nobody checks stand in a file of their own, on servers and agents, and in no other', () => {
  const input = withUnchecked({ 'supervisor-metrics': true, 'kube-scheduler-arg': ['v=2'] });
  expect(k3sNodeRefusals(input)).toEqual([]);
  for (const tree of [k3sServerTree(input), k3sAgentTree(input)]) {
    const holding = tree.files.filter(({ text }) => text.includes('supervisor-metrics'));
    expect(holding.map(({ path, effect }) => `${path} ${effect}`)).toEqual([`${FILE} restart`]);
    expect(holding[0]?.text).toMatch(/^# Passed on unchecked\.\n/);
  }
  expect(k3sServerTree(FULL).files.map(({ path }) => path)).not.toContain(FILE);
});

test.each([...Object.keys(K3S_CONFIG_KEYS), 'server', 'data-dir', 'kubelet-arg+'])('%s is none of them', (key) => {
  const found = k3sNodeRefusals(withUnchecked({ [key]: 'x' })).join('\n');
  expect(found).toContain(key.replace('+', ''));
});

test.each(['token', 'datastore-endpoint', 'etcd-s3-secret-key'])(
  '%s would be a secret in clear, and is not repeated',
  (key) => {
    const found = k3sNodeRefusals(withUnchecked({ [key]: 'hunter2' })).join('\n');
    expect(found).toContain(`${key} holds a secret`);
    expect(found).not.toContain('hunter2');
  },
);

test('a key without a value is refused', () => {
  expect(k3sNodeRefusals(withUnchecked({ 'supervisor-metrics': null })).join()).toContain('has no value');
});
