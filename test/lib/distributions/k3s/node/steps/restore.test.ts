import { rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT_CODES } from '../../../../../support/exit-codes';
import { linesOf } from '../../../../render/node/script/kill-sweep';
import { addressOf, oneOfThree, PRELOADED_AGENT, SINGLE_SERVER } from '../../../../render/node/script/sample-payloads';
import {
  commandsOf,
  converge,
  has,
  lastingState,
  type Payload,
  powerCycle,
  put,
  read,
  run,
  type ScratchNode,
} from '../../../../render/node/script/scratch-node';
import { SHELLS, withSettings, workshop } from '../../../../render/node/script/workshop';

const { fresh, running, copyOf, payload } = workshop('restore');

const DB = 'var/lib/rancher/k3s/server/db';
const SQLITE = withSettings({ backupFolder: '/mnt/copies' });
/** The same with etcd; another name, for the machine is another. */
const ETCD: Payload = {
  ...withSettings({ datastore: 'etcd' }, SQLITE),
  files: {
    ...SINGLE_SERVER.files,
    '/etc/systemd/system/k3s.service.d/50-edgecdk.conf': [
      '[Service]\nEnvironmentFile=/etc/edgecdk/secrets/s3-login\n',
      'restart',
      '0644',
    ],
  },
  identity: { nodeName: 'store-0412-a-g1', rank: 0, generation: 1 },
};

/** The disk with the copies outlived the server. */
function withCopies(node: ScratchNode): ScratchNode {
  const copies = join(node.root, 'mnt/copies');
  for (const [name, cluster] of [
    ['20261122T013000Z', 'the cluster, a day earlier\n'],
    ['20261123T013000Z', 'the cluster\n'],
  ] as const) {
    put(join(copies, name, 'db/state.db'), cluster);
    put(join(copies, name, 'token'), 'K10ca::server:secret\n');
    put(join(copies, name, 'node-password'), 'password\n');
  }
  for (const [name, cluster, time] of [
    ['etcd-snapshot-b-1700000000', 'the cluster, a day earlier\n', 1_700_000_000],
    ['etcd-snapshot-a-1700086400.zip', 'the cluster\n', 1_700_086_400],
    ['etcd-snapshot-c-1700090000.part', 'half of it\n', 1_700_090_000],
  ] as const) {
    put(join(copies, 'snapshots', name), cluster);
    utimesSync(join(copies, 'snapshots', name), time, time);
  }
  put(join(copies, 'token'), 'K10ca::server:secret\n');
  return node;
}

const copiesOf = (node: ScratchNode): string[] => ['--restore', join(node.root, 'mnt/copies')];
const begun = (node: ScratchNode): string[] => linesOf(node, 'sim/shared/begun');

describe.each(SHELLS)('in %s', (shell) => {
  test.each([
    ['SQLite', SQLITE, `${DB}/state.db`],
    ['etcd', ETCD, `${DB}/etcd/cluster`],
  ])(
    'a new server with %s begins no empty cluster beside copies of one, and is restored from the newest',
    async (_name, content, database) => {
      const node = withCopies(copyOf(fresh));
      const script = payload(content);
      const first = await converge(node, script, { shell, until: [EXIT_CODES.refused] });
      expect([first.codes.at(-1), first.log]).toEqual([65, expect.stringContaining('--restore /mnt/copies restores')]);
      expect((await run(node, script, { shell, args: copiesOf(node) })).code).toBe(EXIT_CODES.done);
      expect(read(node, database)).toBe('the cluster\n');
      expect(read(node, 'var/lib/rancher/k3s/server/token')).toBe('K10ca::server:secret\n');
      expect(statSync(join(node.root, 'var/lib/rancher/k3s/server/token')).mode & 0o777).toBe(0o600);
      expect(begun(node)).toEqual([]);
      expect(has(node, 'sim/enabled')).toBe(true);
      expect((await run(node, script, { shell })).code).toBe(EXIT_CODES.done);
    },
  );

  test('the password of the machine comes back with SQLite, and K3s reaches snapshots with the variables of its unit', async () => {
    const single = withCopies(copyOf(fresh));
    await converge(single, payload(SQLITE), { shell, args: copiesOf(single) });
    expect(read(single, 'etc/rancher/node/password')).toBe('password\n');
    const node = withCopies(copyOf(fresh));
    await converge(node, payload(ETCD), { shell, args: copiesOf(node) });
    expect(read(node, 'sim/ran')).toContain('--property=EnvironmentFile=/etc/edgecdk/secrets/s3-login');
    expect(read(node, 'sim/ran')).toContain('/snapshots/etcd-snapshot-a-1700086400.zip --etcd-s3=false');
  });

  test('an empty cluster is begun beside copies where that is asked for', async () => {
    const node = withCopies(copyOf(fresh));
    const { codes } = await converge(node, payload(SQLITE), { shell, args: ['--initialise'] });
    expect(codes).toEqual([EXIT_CODES.rebooting, EXIT_CODES.done]);
    expect(begun(node)).toHaveLength(1);
  });
});

test('the first of three is restored from a snapshot in a bucket, though it was told to join', async () => {
  const node = copyOf(fresh);
  put(join(node.root, 'sim/address'), `${addressOf(0)}\n`);
  put(join(node.root, 'sim/bucket/etcd-snapshot-1'), 'the cluster\n');
  const script = payload(oneOfThree(0, 1));
  put(join(node.root, 'etc/rancher/k3s/config.yaml.d/60-join.yaml'), `server: "https://${addressOf(1)}:6443"\n`);
  const { code, log } = await run(node, script, { args: ['--restore', 'etcd-snapshot-1'] });
  expect([code, log]).toEqual([EXIT_CODES.done, expect.stringContaining('the other servers join this one')]);
  expect(read(node, `${DB}/etcd/cluster`)).toBe('the cluster\n');
  expect(read(node, 'sim/ran')).not.toContain('--etcd-s3=false');
  expect(has(node, 'etc/rancher/k3s/config.yaml.d/60-join.yaml')).toBe(true);
});

test.each([
  ['a server that has a database', running, SINGLE_SERVER, 'this server has a database'],
  ['a place without copies', fresh, SINGLE_SERVER, 'there is no copy of a database of this kind (sqlite)'],
  ['an agent', fresh, PRELOADED_AGENT, 'only a server with a database of its own'],
])('%s is refused, and nothing changes', async (_name, original, content, says) => {
  const node = copyOf(original);
  const { code, log } = await run(node, payload(content), { args: ['--restore', '/mnt/nothing'] });
  expect([code, log]).toEqual([EXIT_CODES.refused, expect.stringContaining(says)]);
  expect(lastingState(node)).toEqual(lastingState(original));
});

test('a copy whose disk was pulled out is waited for', async () => {
  const node = withCopies(copyOf(fresh));
  const script = payload(SQLITE);
  expect((await run(node, script, { args: copiesOf(node) })).code).toBe(EXIT_CODES.rebooting);
  powerCycle(node);
  rmSync(join(node.root, 'mnt/copies'), { recursive: true });
  const { code, log } = await run(node, script);
  expect([code, log]).toEqual([EXIT_CODES.later, expect.stringContaining('is its disk plugged in?')]);
  expect((await run(withCopies(node), script)).code).toBe(EXIT_CODES.done);
  expect(read(node, `${DB}/state.db`)).toBe('the cluster\n');
});

// The machine ran, and its database is gone: all that a restore does, and little else.
test.each([
  ['SQLite', SQLITE],
  ['etcd', { ...ETCD, identity: { ...SINGLE_SERVER.identity, rank: 0 } }],
])(
  'a restore with %s, killed at any command, ends as if nothing had been',
  async (_name, content) => {
    const script = payload(content);
    const lost = withCopies(copyOf(fresh));
    await converge(lost, script, { args: ['--initialise'] });
    rmSync(join(lost.root, DB), { recursive: true });
    rmSync(join(lost.root, 'sim/active'));
    const undisturbed = copyOf(lost);
    expect((await run(undisturbed, script, { args: copiesOf(undisturbed) })).code).toBe(EXIT_CODES.done);
    let inPlace = false;
    let kill = 0;
    // What comes after the restore is what comes in every run.
    while (!inPlace) {
      kill += 1;
      const node = copyOf(lost);
      const args = copiesOf(node);
      expect((await run(node, script, { args, killAt: commandsOf(lost) + kill })).code).toBeUndefined();
      inPlace = has(node, DB) && !has(node, 'var/lib/edgecdk/restore');
      // Before it was on record, it must be asked for again; from then on, a plain run goes on.
      const again = await run(node, script);
      if (again.code !== 0) expect([kill, again.code, (await run(node, script, { args })).code]).toEqual([kill, 65, 0]);
      expect([kill, lastingState(node)]).toEqual([kill, lastingState(undisturbed)]);
      expect(begun(node)).toEqual(begun(lost));
    }
    expect(kill).toBeGreaterThan(8);
  },
  120_000,
);
