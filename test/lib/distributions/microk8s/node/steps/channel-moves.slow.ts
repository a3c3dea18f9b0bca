import { join } from 'node:path';
import type { MicroK8sNodeInput } from '../../../../../../lib/model/microk8s-node-input';
import type { NodeRecord } from '../../../../../../lib/model/node-model';
import { has, put, read, run } from '../../../../render/node/script/scratch-node';
import { depot, lines, type Machine, writeArtifacts } from '../depot';
import { ALONE, DEPOT, DEPOT_NODES, OFFLINE, withCluster } from '../sample-microk8s';

const { bring, machine } = depot('microk8s-moves');
const recordOf = (place: number): NodeRecord => DEPOT_NODES[place] as NodeRecord;
const at = (channel: string, from = DEPOT): MicroK8sNodeInput => withCluster({ channel }, from);
const known = ({ node }: Machine, file: string): string =>
  `../shared/clusters/${read(node, 'sim/cluster').trim()}/${file}`;
const moves = ({ node }: Machine): string[] =>
  lines(node, 'sim/log').filter((line) => /^(cordon|uncordon|refresh)/.test(line));

/** All nodes of the sample are in one cluster. */
async function site(name: string): Promise<[Machine, Machine, Machine, Machine]> {
  const machines = DEPOT_NODES.map((record) => machine(name, record));
  for (const { node, script } of machines) expect((await run(node, script)).code).toBe(0);
  return machines as [Machine, Machine, Machine, Machine];
}

test('a server cordons itself, lets pods go elsewhere, moves, and takes pods again', async () => {
  const [first] = await site('server');
  put(
    join(first.node.root, known(first, 'pods-store-0412-box-1')),
    'shop till-7 ReplicaSet Running\nkube-system calico DaemonSet Running\nkube-system static Node Running\nshop done Job Succeeded\n',
  );
  const moved = bring(first, recordOf(0), at('1.34/stable'));
  expect((await run(moved.node, moved.script)).code).toBe(0);
  expect(moves(first)).toEqual(['cordon store-0412-box-1', 'refresh 1.34/stable', 'uncordon store-0412-box-1']);
  expect(lines(first.node, known(first, 'evicted'))).toEqual([
    '{"apiVersion":"policy/v1","kind":"Eviction","metadata":{"namespace":"shop","name":"till-7"}}',
  ]);
  expect([
    read(first.node, 'var/lib/edgecdk/channel'),
    has(first.node, 'var/lib/edgecdk/moving'),
    has(first.node, known(first, 'edgecdk-move')),
  ]).toEqual(['1.34/stable\n', false, false]);
});

test('a server waits while it is the turn of another, and takes the turn of one that is no more', async () => {
  const [first] = await site('turn');
  const moved = bring(first, recordOf(0), at('1.34/stable'));
  put(join(first.node.root, known(first, 'edgecdk-move')), 'store-0412-box-2');
  const waits = await run(moved.node, moved.script);
  expect([waits.code, waits.log]).toEqual([75, expect.stringContaining('it is the turn of store-0412-box-2')]);
  put(join(first.node.root, known(first, 'edgecdk-move')), 'store-0412-box-9');
  expect((await run(moved.node, moved.script)).code).toBe(75);
  expect((await run(moved.node, moved.script)).code).toBe(0);
  expect(moves(first)).toHaveLength(3);
});

test('a server does not go while another is missing, and a worker that is missing does not hold it up', async () => {
  const [first] = await site('missing');
  const nodes = known(first, 'nodes');
  const all = lines(first.node, nodes);
  const moved = bring(first, recordOf(0), at('1.34/stable'));
  put(
    join(first.node.root, nodes),
    `${all.map((line) => line.replace(/^(store-0412-box-2) Ready/, '$1 NotReady')).join('\n')}\n`,
  );
  const waits = await run(moved.node, moved.script);
  expect([waits.code, waits.log]).toEqual([75, expect.stringContaining('store-0412-box-2 is NotReady')]);
  put(
    join(first.node.root, nodes),
    `${all.map((line) => line.replace(/^(store-0412-till-1) Ready/, '$1 NotReady')).join('\n')}\n`,
  );
  expect((await run(moved.node, moved.script)).code).toBe(0);
});

test('a worker moves when the servers have, with its own credentials', async () => {
  const [, , , worker] = await site('worker');
  const moved = bring(worker, recordOf(3), at('1.34/stable'));
  const waits = await run(moved.node, moved.script);
  expect([waits.code, waits.log]).toEqual([
    75,
    expect.stringContaining('the servers of this site are not at 1.34/stable yet'),
  ]);
  put(join(worker.node.root, known(worker, 'minor')), '34');
  expect((await run(moved.node, moved.script)).code).toBe(0);
  expect(moves(worker)).toEqual(['cordon store-0412-till-1', 'refresh 1.34/stable', 'uncordon store-0412-till-1']);
});

test('a node that somebody had cordoned stays so', async () => {
  const [first] = await site('cordoned');
  const nodes = known(first, 'nodes');
  put(
    join(first.node.root, nodes),
    `${lines(first.node, nodes).join('\n')}\n`.replace('box-1 Ready', 'box-1 Ready,SchedulingDisabled'),
  );
  const moved = bring(first, recordOf(0), at('1.34/stable'));
  expect((await run(moved.node, moved.script)).code).toBe(0);
  expect(moves(first)).not.toContain('uncordon store-0412-box-1');
});

test('a move that snapd does not finish is tried again, and the turn is kept meanwhile', async () => {
  const [first] = await site('refused');
  const moved = bring(first, recordOf(0), at('1.34/stable'));
  put(join(first.node.root, 'sim/no-refresh'), '');
  const { code, log } = await run(moved.node, moved.script);
  expect([code, log]).toEqual([75, expect.stringContaining('could not be moved to 1.34/stable')]);
  expect([read(first.node, known(first, 'edgecdk-move')), read(first.node, 'var/lib/edgecdk/channel')]).toEqual([
    'store-0412-box-1',
    '1.33/stable\n',
  ]);
});

const alone = (name: string, input = ALONE): Machine => machine(name, recordOf(0), input, [recordOf(0)]);

test('a node alone moves without making way for pods that have nowhere to go', async () => {
  const one = alone('alone');
  await run(one.node, one.script);
  const moved = bring(one, recordOf(0), at('1.34/candidate', ALONE), [recordOf(0)]);
  expect((await run(moved.node, moved.script)).code).toBe(0);
  expect(moves(one)).toEqual(['refresh 1.34/candidate']);
});

test.each([
  ['1.35/stable', 65, 'no minor may be skipped'],
  ['1.32/stable', 0, 'stays, where the tree says 1.32/stable'],
  ['1.33-strict/stable', 65, 'fixed.yaml cannot be changed in place'],
])('a node at 1.33/stable that is brought %s ends with %i', async (channel, code, says) => {
  const one = alone(channel.replaceAll('/', '-'));
  await run(one.node, one.script);
  const moved = bring(one, recordOf(0), at(channel, ALONE), [recordOf(0)]);
  const result = await run(moved.node, moved.script);
  expect([result.code, result.log]).toEqual([code, expect.stringContaining(says)]);
  expect(moves(one)).toEqual([]);
});

test('without a link, a later revision comes from the medium, with its images, and an earlier one never', async () => {
  const one = alone('offline', OFFLINE);
  const place = join(one.node.root, 'var/lib/edgecdk/artifacts');
  const withRevision = (revision: number): Machine =>
    bring(one, recordOf(0), { ...OFFLINE, artifacts: writeArtifacts(place, revision) }, [recordOf(0)]);
  const installs = () => lines(one.node, 'sim/log').filter((line) => /^install \d+$/.test(line));
  for (const revision of [7890, 7990, 7890]) {
    const { node, script } = withRevision(revision);
    expect((await run(node, script)).code).toBe(0);
  }
  expect(installs()).toEqual(['install 7890', 'install 7990']);
  expect([read(one.node, 'var/lib/edgecdk/channel'), has(one.node, 'var/lib/edgecdk/snaps')]).toEqual([
    '1.33/stable 7990\n',
    false,
  ]);
});
