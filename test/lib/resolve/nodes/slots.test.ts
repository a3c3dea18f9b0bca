import { countNodes, slotsOf } from '../../../../lib/resolve/nodes/slots';

const ids = new Map([
  ['f/box', 'box'],
  ['f/till', 'till'],
]);
const count = (deviceClass: string, role: 'server' | 'agent', n: number) => ({ deviceClass, role, count: n });

test('slots are in the order of the counts, servers first, and numbers go on within a class', () => {
  const slots = slotsOf([count('f/till', 'agent', 1), count('f/box', 'agent', 2), count('f/box', 'server', 1)], ids);
  expect(slots?.map(({ slot, role }) => `${slot} ${role}`)).toEqual([
    'box-1 server',
    'till-1 agent',
    'box-2 agent',
    'box-3 agent',
  ]);
});

test.each([-1, 1.5, 1001, Number.NaN])('%d counts no nodes', (n) => {
  expect(slotsOf([count('f/box', 'server', n)], ids)).toBeUndefined();
});

test('nodes are counted in the order of the cluster’s description, what it does not have last', () => {
  const nodes = [
    { deviceClass: 'f/new', role: 'server' },
    { deviceClass: 'f/till', role: 'agent' },
    { deviceClass: 'f/till', role: 'agent' },
  ] as const;
  expect(countNodes(nodes, { nodes: [count('f/box', 'server', 1), count('f/till', 'agent', 9)] })).toEqual([
    count('f/box', 'server', 0),
    count('f/till', 'agent', 2),
    count('f/new', 'server', 1),
  ]);
});
