import { rmSync } from 'node:fs';
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
  lines(node, 'sim/log').filter((line) => /^(cordon|uncordon|fetch|switch|install \d+$)/.test(line));

/** Whether it is still on its way, and whether anybody has the turn. */
const left = (one: Machine): boolean[] => [
  has(one.node, 'var/lib/edgecdk/moving'),
  has(one.node, known(one, 'edgecdk-move')),
];

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
  expect(moves(first)).toEqual([
    'fetch 1.34/stable',
    'cordon store-0412-box-1',
    'install 8034',
    'switch 1.34/stable',
    'uncordon store-0412-box-1',
  ]);
  expect(lines(first.node, known(first, 'evicted'))).toEqual([
    '{"apiVersion":"policy/v1","kind":"Eviction","metadata":{"namespace":"shop","name":"till-7"}}',
  ]);
  expect([
    read(first.node, 'var/lib/edgecdk/channel'),
    has(first.node, 'var/lib/edgecdk/moving'),
    has(first.node, known(first, 'edgecdk-move')),
    has(first.node, 'var/lib/edgecdk/snaps'),
  ]).toEqual(['1.34/stable\n', false, false, false]);
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
  // What it fetched while it waited is what it takes.
  expect(moves(first).map((line) => line.split(' ')[0])).toEqual(['fetch', 'cordon', 'install', 'switch', 'uncordon']);
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
  expect(moves(worker).filter((line) => / (store-0412-till-1|8034)$/.test(line))).toEqual([
    'cordon store-0412-till-1',
    'install 8034',
    'uncordon store-0412-till-1',
  ]);
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

test('a server whose store is out of reach neither makes way nor takes the turn', async () => {
  const [first] = await site('no-store');
  const moved = bring(first, recordOf(0), at('1.34/stable'));
  put(join(first.node.root, 'sim/no-store'), '');
  const { code, log } = await run(moved.node, moved.script);
  expect([code, log]).toEqual([75, expect.stringContaining('could not be fetched from 1.34/stable')]);
  expect(moves(first)).toEqual(['fetch 1.34/stable']);
  expect(left(first)).toEqual([false, false]);
});

test('a move that snapd does not finish is taken back, and tried again after an hour or a restart', async () => {
  const [first] = await site('refused');
  const moved = bring(first, recordOf(0), at('1.34/stable'));
  put(join(first.node.root, 'sim/no-install'), '');
  const { code, log } = await run(moved.node, moved.script);
  expect([code, log]).toEqual([75, expect.stringContaining('could not be moved to 1.34/stable: microk8s_8034')]);
  const once = ['fetch 1.34/stable', 'cordon store-0412-box-1', 'install 8034', 'uncordon store-0412-box-1'];
  expect(moves(first)).toEqual(once);
  expect([...left(first), read(first.node, 'var/lib/edgecdk/channel')]).toEqual([false, false, '1.33/stable\n']);
  rmSync(join(first.node.root, 'sim/no-install'));
  const soon = await run(moved.node, moved.script);
  expect([soon.code, soon.log]).toEqual([75, expect.stringContaining('within the last hour')]);
  expect(moves(first)).toEqual(once);
  put(join(first.node.root, 'proc/uptime'), '3800.20 300.10\n');
  expect((await run(moved.node, moved.script)).code).toBe(0);
  // What was fetched for the first try is still what it was.
  expect(moves(first).filter((line) => line.startsWith('fetch'))).toHaveLength(1);
  expect(has(first.node, 'var/lib/edgecdk/move-failed')).toBe(false);
});

test('a server that was cut short on its way comes back where it cannot go on, and leaves the turn of another alone', async () => {
  const [first] = await site('cut');
  const moved = bring(first, recordOf(0), at('1.34/stable'));
  const nodes = known(first, 'nodes');
  const all = `${lines(first.node, nodes).join('\n')}\n`;
  put(join(first.node.root, 'var/lib/edgecdk/moving'), 'open\n');
  put(join(first.node.root, known(first, 'edgecdk-move')), 'store-0412-box-1');
  put(
    join(first.node.root, nodes),
    all.replace('box-1 Ready', 'box-1 Ready,SchedulingDisabled').replace('box-2 Ready', 'box-2 NotReady'),
  );
  const waits = await run(moved.node, moved.script);
  expect([waits.code, waits.log]).toEqual([75, expect.stringContaining('store-0412-box-2 is NotReady')]);
  expect(moves(first)).toEqual(['fetch 1.34/stable', 'uncordon store-0412-box-1']);
  expect(left(first)).toEqual([false, false]);
  put(join(first.node.root, 'var/lib/edgecdk/moving'), 'open\n');
  put(join(first.node.root, known(first, 'edgecdk-move')), 'store-0412-box-2');
  expect((await run(moved.node, moved.script)).code).toBe(75);
  expect(left(first)).toEqual([false, true]);
});

test('a snap that was fetched and is damaged is fetched again', async () => {
  const [first] = await site('damaged');
  const moved = bring(first, recordOf(0), at('1.34/stable'));
  put(join(first.node.root, known(first, 'edgecdk-move')), 'store-0412-box-2');
  await run(moved.node, moved.script);
  put(join(first.node.root, 'var/lib/edgecdk/snaps/microk8s_8034.snap'), 'half\n');
  await run(moved.node, moved.script);
  await run(moved.node, moved.script);
  expect(moves(first)).toEqual(['fetch 1.34/stable', 'fetch 1.34/stable']);
});

const alone = (name: string, input = ALONE): Machine => machine(name, recordOf(0), input, [recordOf(0)]);

test('a node alone moves without making way for pods that have nowhere to go', async () => {
  const one = alone('alone');
  await run(one.node, one.script);
  const moved = bring(one, recordOf(0), at('1.34/candidate', ALONE), [recordOf(0)]);
  expect((await run(moved.node, moved.script)).code).toBe(0);
  expect(moves(one)).toEqual(['fetch 1.34/candidate', 'install 8034', 'switch 1.34/candidate']);
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
