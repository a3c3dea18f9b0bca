import type { ReplacedNode, ReplaceSteps } from '../../../lib/model/replaced-node';
import { type ReplaceFacts, replaceRunbook } from '../../../lib/nodes/runbook';

const node: ReplacedNode = {
  site: 'store-1',
  slot: 'till-1',
  from: 'store-1-till-1',
  to: 'store-1-till-1-g1',
  role: 'agent',
  servers: 1,
  hasOthers: true,
};
const nothing: ReplaceFacts = { claims: [], kept: [] };

const steps: ReplaceSteps = {
  kubectl: 'anykube kubectl',
  where: 'Commands are run on the moon.',
  loses: 'The cluster is on it.',
  before: [{ text: 'Let it go.', commands: ['anykube part', 'anykube forget'], note: 'It takes a while.' }],
  kit: 'It has a token.',
  after: [{ text: 'Greet it.' }],
};

test('what a distribution asks for stands around what is the same everywhere, in order', () => {
  const text = replaceRunbook(node, nothing, steps);
  const order = [
    'The cluster is on it. Commands are run on the moon.\n',
    '2. Let it go.\n\n   ```sh\n   anykube part\n   anykube forget\n   ```\n\n   It takes a while.\n',
    '3. Make the kit for store-1-till-1-g1',
    'edgecdk export store-1 --node store-1-till-1-g1',
    '   It has a token.\n',
    '4. Greet it.\n',
    'anykube kubectl wait --for=condition=Ready node/store-1-till-1-g1',
  ].map((part) => text.indexOf(part));
  expect(order).toEqual([...order].sort((a, b) => a - b));
  expect(order[0]).toBeGreaterThan(0);
});

test('where a distribution says nothing, the node is emptied and its object deleted', () => {
  const text = replaceRunbook(node, nothing);
  expect(text).toContain('kubectl drain store-1-till-1 ');
  expect(text).toContain('kubectl delete node store-1-till-1\n');
  expect(text).not.toContain('undefined');
});

test('volumes that die are named, and what becomes of their claims', () => {
  const text = replaceRunbook(node, { ...nothing, claims: ['pos/b', 'pos/a'] }, steps);
  expect(text).toContain('save what you need: pos/a, pos/b.');
  expect(text).toContain('delete the claim and its pod');
  expect(text).toContain('anykube kubectl get pv');
  expect(replaceRunbook(node, nothing)).toContain('No workload keeps a volume');
});

test('what the inventory still says of the old machine is said', () => {
  expect(replaceRunbook(node, { ...nothing, kept: ['serial s1', 'mac m1'] })).toContain(
    'still says serial s1 and mac m1',
  );
});

test('steps are numbered without a gap', () => {
  const text = replaceRunbook(node, { ...nothing, claims: ['a/b'] }, steps);
  const numbers = [...text.matchAll(/^(\d+)\. /gm)].map((match) => Number(match[1]));
  expect(numbers).toEqual([1, 2, 3, 4, 5]);
});
