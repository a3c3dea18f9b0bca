import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MICROK8S_SCRIPT } from '../../../../../../lib/distributions/microk8s/node/apply-script';
import { sha256 } from '../../../../../../lib/model/digest';
import type { NodeRecord } from '../../../../../../lib/model/node-model';
import { sweep } from '../../../../render/node/script/kill-sweep';
import { copyNode, lastingState, put, run, type ScratchNode } from '../../../../render/node/script/scratch-node';
import { SHELLS } from '../../../../render/node/script/workshop';
import { depot, lines, type Machine, writeArtifacts } from '../depot';
import { ALONE, DEPOT, DEPOT_NODES, OFFLINE, withCluster } from '../sample-microk8s';

const { bring, folder, machine } = depot('microk8s-killed');
const [first, second] = DEPOT_NODES as [NodeRecord, NodeRecord];
const busybox = SHELLS.at(-1) ?? 'sh';

/** A copy of the script that ends, as by a power cut, when a step is done for the first time. */
function endingAfter(script: string, step: string): string {
  const tree = join(script, '..');
  const text = readFileSync(script, 'utf8');
  const cut = `step=${step}; ${step}\n    [ -f "$root/sim/was-cut" ] || { : > "$root/sim/was-cut"; kill -9 0; }`;
  const changed = text.replace(`step=${step}; ${step}`, () => cut);
  const manifest = readFileSync(join(tree, 'manifest'), 'utf8').replace(sha256(text), sha256(changed));
  writeFileSync(script, changed);
  writeFileSync(join(tree, 'manifest'), manifest);
  return script;
}

/** What lasts, without what names the payload: the script that ends is another. */
const stateOf = (node: ScratchNode): string[] =>
  lastingState(node).filter(
    (line) => !/^var\/lib\/edgecdk\/(payloads|current|applied|apply\.sh)|^var\/lib\/edgecdk 7/.test(line),
  );

describe.each([
  ['sh', 'a medium'],
  [busybox, 'the store'],
] as const)('a first server in %s, installed from %s', (shell, from) => {
  const site = from.replace(' ', '-');

  function fresh(name: string): Machine {
    const one = machine(`${site}-${name}`, first);
    if (from === 'the store') return one;
    const place = join(one.node.root, 'var/lib/edgecdk/artifacts');
    return bring(one, first, { ...DEPOT, install: OFFLINE.install, artifacts: writeArtifacts(place, 7890) });
  }

  test.each(
    Object.values(MICROK8S_SCRIPT.steps)
      .flat()
      .map(({ name }) => name),
  )('that is ended after the step %s ends as if nothing had been', async (step) => {
    const whole = fresh(`whole-${step}`);
    expect((await run(whole.node, whole.script, { shell })).code).toBe(0);
    const cut = fresh(`cut-${step}`);
    const script = endingAfter(cut.script, step);
    expect((await run(cut.node, script, { shell })).code).toBeUndefined();
    expect((await run(cut.node, script, { shell })).code).toBe(0);
    expect(stateOf(cut.node)).toEqual(stateOf(whole.node));
    expect(lines(cut.node, 'sim/log').filter((line) => /^install (1\.|\d+$)/.test(line))).toHaveLength(1);
    expect(lines(cut.node, 'sim/enabled')).toEqual(lines(whole.node, 'sim/enabled'));
  });
});

test('a first install from a medium, killed at every third command, ends as if nothing had been', async () => {
  const one = machine('sweep', first, OFFLINE, [first]);
  const place = join(one.node.root, 'var/lib/edgecdk/artifacts');
  const { node, script } = bring(one, first, { ...OFFLINE, artifacts: writeArtifacts(place, 7890) }, [first]);
  // The machines of a sweep share nothing.
  const own = copyNode(node, join(folder, 'sweep-own'));
  put(join(own.shared, 'begun'), '');
  for (const name of ['up', 'roots', 'clusters']) put(join(own.shared, name, '.keep'), '');
  const result = await sweep({ node: own, script, folder: join(folder, 'sweep-runs'), every: 3 });
  expect(result.failures).toEqual([]);
  expect(result.kills).toBeGreaterThan(40);
}, 180_000);

test('a join, killed at every third command, ends in the same cluster', async () => {
  const a = machine('join', first);
  expect((await run(a.node, a.script)).code).toBe(0);
  const whole = machine('join', second);
  const before = machine('join', second);
  const count = async (): Promise<number> => {
    await run(whole.node, whole.script);
    return Number(readFileSync(join(whole.node.root, 'sim/count'), 'utf8'));
  };
  const last = await count();
  const cluster = lines(a.node, 'sim/cluster');
  for (let killAt = 1; killAt <= last; killAt += 3) {
    const b = machine('join', second);
    let { code } = await run(b.node, before.script, { killAt });
    expect({ killAt, code }).toEqual({ killAt, code: undefined });
    for (let tries = 0; tries < 3 && code !== 0; tries += 1) code = (await run(b.node, before.script)).code;
    expect({ killAt, code, cluster: lines(b.node, 'sim/cluster') }).toEqual({ killAt, code: 0, cluster });
    expect(lines(b.node, 'sim/launched').some((line) => line.includes('"10.0.0.11"'))).toBe(true);
  }
  expect(last).toBeGreaterThan(40);
}, 180_000);

test('a move to another channel, killed at every command, ends as if nothing had been', async () => {
  const one = machine('move', first, ALONE, [first]);
  expect((await run(one.node, one.script)).code).toBe(0);
  const moved = bring(one, first, withCluster({ channel: '1.34/stable' }), [first]);
  const shared = join(one.node.root, '../shared');
  const own: ScratchNode = { ...one.node, shared };
  const before = Number(readFileSync(join(own.root, 'sim/count'), 'utf8'));
  const whole = copyNode(own, join(folder, 'move-whole'));
  expect((await run({ ...whole, shared }, moved.script)).code).toBe(0);
  const last = Number(readFileSync(join(whole.root, 'sim/count'), 'utf8'));
  for (let killAt = before + 1; killAt <= last; killAt += 1) {
    const node = { ...copyNode(own, join(folder, 'move-killed')), shared };
    expect((await run(node, moved.script, { killAt })).code).toBeUndefined();
    expect((await run(node, moved.script)).code).toBe(0);
    expect({ killAt, state: lastingState(node) }).toEqual({ killAt, state: lastingState(whole) });
  }
  expect(last - before).toBeGreaterThan(10);
}, 180_000);

test('a move of one of several servers, killed at every second command, leaves neither a cordon nor a turn', async () => {
  const one = machine('move-turn', first);
  expect((await run(one.node, one.script)).code).toBe(0);
  const { script } = bring(one, first, withCluster({ channel: '1.34/stable' }, DEPOT));
  const { shared } = one.node;
  const cluster = join(shared, 'clusters', lines(one.node, 'sim/cluster')[0] ?? '');
  const nodes = 'store-0412-box-1 Ready v\nstore-0412-box-2 Ready v\nstore-0412-box-3 Ready v\n';
  const again = (name: string): ScratchNode => {
    put(join(cluster, 'nodes'), nodes);
    return { ...copyNode(one.node, join(folder, name)), shared };
  };
  const before = Number(readFileSync(join(one.node.root, 'sim/count'), 'utf8'));
  const whole = again('turn-whole');
  expect((await run(whole, script)).code).toBe(0);
  const last = Number(readFileSync(join(whole.root, 'sim/count'), 'utf8'));
  for (let killAt = before + 1; killAt <= last; killAt += 2) {
    const node = again('turn-killed');
    expect((await run(node, script, { killAt })).code).toBeUndefined();
    expect((await run(node, script)).code).toBe(0);
    expect({ killAt, state: lastingState(node) }).toEqual({ killAt, state: lastingState(whole) });
    expect([readFileSync(join(cluster, 'nodes'), 'utf8'), existsSync(join(cluster, 'edgecdk-move'))]).toEqual([
      nodes.replace('box-1 Ready v', 'box-1 Ready v1.34.5'),
      false,
    ]);
    // Once it is installed, it is not installed again.
    expect(lines(node, 'sim/log').filter((line) => line === 'install 8034')).toHaveLength(1);
  }
  expect(last - before).toBeGreaterThan(20);
}, 180_000);
