import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { NodeRecord } from '../../../../../../lib/model/node-model';
import { put, read, run } from '../../../../render/node/script/scratch-node';
import { SHELLS } from '../../../../render/node/script/workshop';
import { depot, lines, type Machine, TOKEN } from '../depot';
import { ALONE, DEPOT, DEPOT_NODES } from '../sample-microk8s';

const { machine, bring } = depot('microk8s-orders');
const recordOf = (place: number): NodeRecord => DEPOT_NODES[place] as NodeRecord;
const TOKENS = 'var/snap/microk8s/current/credentials/persistent-cluster-tokens.txt';

/** Runs in this order, again and again as units would, until all are done. */
async function bootInOrder(machines: readonly Machine[], shell = 'sh'): Promise<number[][]> {
  const rounds: number[][] = [];
  while (rounds.length < 5) {
    const codes: number[] = [];
    for (const { node, script } of machines) codes.push((await run(node, script, { shell })).code ?? -1);
    rounds.push(codes);
    if (codes.every((code) => code === 0) && machines.every(({ node }) => lines(node, TOKENS).length === 0)) break;
  }
  return rounds;
}

const clusterOf = ({ node }: Machine): string => read(node, 'sim/cluster').trim();

function expectOneCluster(machines: readonly Machine[]): void {
  const [first] = machines as [Machine];
  expect(new Set(machines.map(clusterOf)).size).toBe(1);
  expect(
    lines(first.node, `../shared/clusters/${clusterOf(first)}/nodes`)
      .map((line) => line.split(' ')[0])
      .sort(),
  ).toEqual(DEPOT_NODES.map(({ name }) => name).sort());
  // Nobody can join any more.
  for (const { node } of machines) expect(lines(node, TOKENS)).toEqual([]);
}

describe.each([
  [[0, 1, 2, 3], 'sh'],
  [[2, 1, 0, 3], SHELLS.at(-1) ?? 'sh'],
  [[3, 1, 2, 0], 'sh'],
] as const)('nodes that boot in the order %j under %s', (order, shell) => {
  test('make one cluster, which the first server begins and which takes nobody in afterwards', async () => {
    const name = `order-${order.join('')}`;
    const machines = order.map((place) => machine(name, recordOf(place)));
    const rounds = await bootInOrder(machines, shell);
    expect(rounds.at(-1)).toEqual([0, 0, 0, 0]);
    // Those before the first server waited, without MicroK8s on them.
    expect(rounds[0]).toEqual(order.map((_, place) => (place < order.indexOf(0 as never) ? 75 : 0)));
    expectOneCluster(machines);
    for (const [index, place] of order.entries()) {
      const joins = lines((machines[index] as Machine).node, 'sim/joins');
      expect(joins.length > 0).toBe(place !== 0);
    }
  });
});

test('a node joins by address, token and fingerprint, and a worker as one', async () => {
  const machines = [0, 3].map((place) => machine('by-address', recordOf(place)));
  await bootInOrder(machines);
  const [line = ''] = lines((machines[1] as Machine).node, 'sim/joins');
  expect(line).toMatch(new RegExp(`^join 10\\.0\\.0\\.10 ${TOKEN} [0-9a-f]{64} --worker$`));
});

test('a fingerprint that somebody brought is taken, and not the one that is shown', async () => {
  const [first, second] = [0, 1].map((place) => machine('fingerprint', recordOf(place))) as [Machine, Machine];
  await run(first.node, first.script);
  put(join(second.node.root, 'etc/edgecdk/secrets/microk8s-fingerprint'), 'abcdef012345\n');
  expect((await run(second.node, second.script)).code).toBe(0);
  expect(lines(second.node, 'sim/joins')).toEqual([`join 10.0.0.10 ${TOKEN} abcdef012345 `]);
});

test('a member does not join again', async () => {
  const machines = [0, 1].map((place) => machine('member', recordOf(place)));
  await bootInOrder(machines);
  const { node, script } = machines[1] as Machine;
  const before = lines(node, 'sim/joins');
  expect((await run(node, script)).code).toBe(0);
  // Nor where its records are gone: MicroK8s itself says what it is.
  for (const name of ['heard', 'launched']) rmSync(join(node.root, 'var/lib/edgecdk', name), { force: true });
  expect((await run(node, script)).code).toBe(0);
  expect(lines(node, 'sim/joins')).toEqual(before);
});

test('a worker that is a member does not join again', async () => {
  const machines = [0, 3].map((place) => machine('worker-member', recordOf(place)));
  await bootInOrder(machines);
  const { node, script } = machines[1] as Machine;
  expect((await run(node, script)).code).toBe(0);
  expect(lines(node, 'sim/joins')).toHaveLength(1);
});

test('a node waits for those before it, and goes on without them when they do not come', async () => {
  const [first, , third] = [0, 1, 2].map((place) => machine('gap', recordOf(place))) as [Machine, Machine, Machine];
  await run(first.node, first.script);
  const { code, log } = await run(third.node, third.script);
  expect(code).toBe(0);
  expect(log).toContain('not all servers of a lower rank are in the cluster');
  expect(clusterOf(third)).toBe(clusterOf(first));
});

test('the token is held by the first server alone, until all have joined', async () => {
  const [first, second] = [0, 1].map((place) => machine('token', recordOf(place))) as [Machine, Machine];
  await run(first.node, first.script);
  expect(lines(first.node, TOKENS)).toEqual([TOKEN]);
  await run(second.node, second.script);
  expect(lines(second.node, TOKENS)).toEqual([]);
  expect(lines(first.node, TOKENS)).toEqual([TOKEN]);
});

test.each(['0123abcd4567', 'with-dash-0123456789abcdef0123456789'])(
  'a token that is none (%s) is refused, and not repeated',
  async (token) => {
    const [first, second] = [0, 1].map((place) => machine(`bad-${token}`, recordOf(place))) as [Machine, Machine];
    await run(first.node, first.script);
    put(join(second.node.root, 'etc/edgecdk/secrets/microk8s-token'), `${token}\n`);
    const { code, log } = await run(second.node, second.script);
    expect(code).toBe(65);
    expect(log).toContain('the secret microk8s-token');
    expect(log).not.toContain(token);
  },
);

test('a token that no server knows leaves the node waiting, and is not repeated', async () => {
  const [first, second] = [0, 1].map((place) => machine('unknown-token', recordOf(place))) as [Machine, Machine];
  await run(first.node, first.script);
  const other = 'fedcba9876543210fedcba9876543210';
  put(join(second.node.root, 'etc/edgecdk/secrets/microk8s-token'), `${other}\n`);
  const { code, log } = await run(second.node, second.script);
  expect([code, log.includes('invalid token (...)'), log.includes(other)]).toEqual([75, true, false]);
});

describe('a first server that is wiped', () => {
  async function site(name: string): Promise<Machine[]> {
    const machines = [0, 1, 2, 3].map((place) => machine(name, recordOf(place)));
    await bootInOrder(machines);
    return machines;
  }

  test('and gets the next generation joins the others, one of which takes it in', async () => {
    const [, second, third, worker] = (await site('replaced')) as [Machine, Machine, Machine, Machine];
    const replacement = { ...recordOf(0), name: 'store-0412-box-1-g1', generation: 1 };
    const nodes = [replacement, recordOf(1), recordOf(2), recordOf(3)];
    const first = machine('replaced', replacement, DEPOT, nodes);
    const others = [second, third, worker].map((one, index) => bring(one, recordOf(index + 1), DEPOT, nodes));
    const rounds = await bootInOrder([first, ...others]);
    expect(rounds.at(-1)).toEqual([0, 0, 0, 0]);
    expect(clusterOf(first)).toBe(clusterOf(second));
    expect(lines(second.node, TOKENS)).toEqual([]);
  });

  test('joins even where its generation was forgotten, if anyone answers', async () => {
    const [, second] = (await site('forgotten')) as [Machine, Machine];
    const first = machine('forgotten', recordOf(0));
    put(join(second.node.root, TOKENS), `${TOKEN}\n`);
    expect((await run(first.node, first.script)).code).toBe(0);
    expect(clusterOf(first)).toBe(clusterOf(second));
    expect(lines(first.node, 'var/lib/edgecdk/heard')).toEqual(['yes']);
  });

  test('never begins another cluster at a site whose cluster it heard of, though all are silent', async () => {
    await site('silent');
    const first = machine('silent', recordOf(0));
    for (const address of ['10.0.0.10', '10.0.0.11', '10.0.0.12', '10.0.0.20'])
      rmSync(join(first.node.shared, 'up', address), { force: true });
    put(join(first.node.root, 'var/lib/edgecdk/heard'), 'yes\n');
    const { code, log } = await run(first.node, first.script);
    expect([code, log.includes('only joins'), lines(first.node, 'sim/snaps/microk8s')]).toEqual([75, true, []]);
  });
});

test('the last of three servers, with its lost quorum restored, stays a member, and takes in those that replace the others', async () => {
  const before = [0, 1, 2].map((place) => machine('last', recordOf(place)));
  await bootInOrder(before);
  const third = before[2] as Machine;
  expect(lines(third.node, 'var/lib/edgecdk/joined')).toEqual(['store-0412-box-3']);
  const joins = lines(third.node, 'sim/joins');
  // As after restore-quorum: its database knows itself alone, and the dead were taken out.
  put(
    join(third.node.root, 'var/snap/microk8s/current/var/kubernetes/backend/cluster.yaml'),
    '- Address: 10.0.0.12:19001\n',
  );
  put(join(third.node.shared, 'clusters', clusterOf(third), 'nodes'), 'store-0412-box-3 Ready v\n');
  rmSync(join(third.node.shared, 'up/10.0.0.11'));
  // An empty machine that answers is no cluster to join.
  put(join(third.node.shared, 'up/10.0.0.10'), 'empty\n');
  const replaced = (place: number): NodeRecord => ({
    ...recordOf(place),
    name: `${recordOf(place).name}-g1`,
    generation: 1,
  });
  const nodes = [replaced(0), replaced(1), recordOf(2)];
  const last = bring(third, recordOf(2), DEPOT, nodes);
  expect((await run(last.node, last.script)).code).toBe(0);
  expect([lines(last.node, TOKENS), lines(last.node, 'sim/joins')]).toEqual([[TOKEN], joins]);
  const others = [0, 1].map((place) => machine('last', replaced(place), DEPOT, nodes));
  expect((await bootInOrder([...others, last])).at(-1)).toEqual([0, 0, 0]);
  expect(new Set([...others, last].map(clusterOf))).toEqual(new Set([clusterOf(third)]));
});

test('a server that joined, and whose MicroK8s is gone, is no member any more', async () => {
  const [first, second] = [0, 1].map((place) => machine('no-member', recordOf(place))) as [Machine, Machine];
  await bootInOrder([first, second]);
  for (const path of ['sim/snaps', 'var/snap']) rmSync(join(second.node.root, path), { recursive: true });
  const told = await run(second.node, second.script, { args: ['--initialise'] });
  expect([told.code, told.log.includes('there is a cluster to join')]).toEqual([65, true]);
  expect(lines(second.node, 'var/lib/edgecdk/joined')).toEqual([]);
});

test('where all servers are lost, one begins anew when it is told to, and not while another answers', async () => {
  const nodes = [0, 1, 2].map((place) => ({ ...recordOf(place), generation: 1 }));
  const [first, second] = nodes.map((record) => machine('all-lost', record, DEPOT, nodes)) as [Machine, Machine];
  expect((await run(first.node, first.script)).code).toBe(75);
  expect((await run(first.node, first.script, { args: ['--initialise'] })).code).toBe(0);
  const told = await run(second.node, second.script, { args: ['--initialise'] });
  expect([told.code, told.log.includes('there is a cluster to join')]).toEqual([65, true]);
});

test('a node whose MicroK8s is gone is refused, and does not begin anew', async () => {
  const { node, script } = machine('gone', recordOf(0), ALONE, [recordOf(0)]);
  await run(node, script);
  rmSync(join(node.root, 'sim/snaps'), { recursive: true });
  const { code, log } = await run(node, script);
  expect([code, log.includes('MicroK8s is gone from this machine')]).toEqual([65, true]);
});
