import { type ReplacedNode, replaceRunbook } from '../../../lib/nodes/runbook';

const agent: ReplacedNode = {
  site: 'store-1',
  slot: 'till-1',
  from: 'store-1-till-1',
  to: 'store-1-till-1-g1',
  role: 'agent',
  servers: 1,
  datastore: 'sqlite',
  hasBackup: false,
  claims: [],
  kept: [],
};
const etcdServer: ReplacedNode = { ...agent, role: 'server', servers: 3, datastore: 'etcd' };
const onlyServer: ReplacedNode = { ...agent, role: 'server' };

test.each([
  ['an agent', agent],
  ['a server of several', etcdServer],
])('%s leaves the cluster before the new machine comes', (_what, node) => {
  const text = replaceRunbook(node);
  const order = [
    'kubectl drain store-1-till-1 ',
    'kubectl delete node store-1-till-1\n',
    'delete secret store-1-till-1.node-password.k3s',
    'edgecdk export store-1 --node store-1-till-1-g1',
    'kubectl wait --for=condition=Ready node/store-1-till-1-g1',
  ].map((command) => text.indexOf(command));
  expect(order).toEqual([...order].sort((a, b) => a - b));
  expect(order[0]).toBeGreaterThan(0);
});

test('of several servers a majority must be there, and the dead member must go', () => {
  const text = replaceRunbook(etcdServer);
  expect(text).toContain('2 of 3 must be ready');
  expect(text).toContain('none of the others may fail');
  expect(text).toContain('removes the member of etcd together with the node object');
  expect(replaceRunbook({ ...etcdServer, servers: 5 })).not.toContain('none of the others may fail');
});

test.each([
  [true, 'apply.sh --restore'],
  [false, 'their data does not'],
])('the only server takes the cluster with it (a copy: %s)', (hasBackup, text) => {
  const runbook = replaceRunbook({ ...onlyServer, hasBackup });
  expect(runbook).toContain('it is the only server');
  expect(runbook).toContain(text);
  expect(runbook).not.toContain('kubectl drain');
});

test('volumes that die are named, and what becomes of their claims', () => {
  const runbook = replaceRunbook({ ...agent, claims: ['pos/b', 'pos/a'] });
  expect(runbook).toContain('save what you need: pos/a, pos/b.');
  expect(runbook).toContain('delete the claim and its pod');
  expect(replaceRunbook(agent)).toContain('No workload keeps a volume');
});

test('what the inventory still says of the old machine is said', () => {
  expect(replaceRunbook({ ...agent, kept: ['serial s1', 'mac m1'] })).toContain('still says serial s1 and mac m1');
});

test('steps are numbered without a gap', () => {
  const numbers = [...replaceRunbook(etcdServer).matchAll(/^(\d+)\. /gm)].map((match) => Number(match[1]));
  expect(numbers).toEqual(numbers.map((_, i) => i + 1));
  expect(numbers.length).toBeGreaterThan(4);
});
