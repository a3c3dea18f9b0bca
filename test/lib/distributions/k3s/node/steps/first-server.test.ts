import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { linesOf } from '../../../../render/node/script/kill-sweep';
import { addressOf, oneOfThree, SINGLE_SERVER } from '../../../../render/node/script/sample-payloads';
import {
  has,
  makeNode,
  powerCycle,
  put,
  read,
  run,
  type ScratchNode,
  writePayload,
} from '../../../../render/node/script/scratch-node';
import { writeStubs } from '../../../../render/node/script/stub-commands';
import { SHELLS } from '../../../../render/node/script/workshop';

const folder = mkdtempSync(join(tmpdir(), 'edgecdk-servers-'));
const stubs = join(folder, 'stubs');

beforeAll(() => writeStubs(stubs));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Server {
  readonly node: ScratchNode;
  readonly script: string;
}

/** A machine with nothing on it but its rank and generation. */
function bare(site: string, rank: number, generation = 0): Server {
  const place = join(folder, site, String(rank));
  const node = makeNode(join(place, 'root'), stubs, addressOf(rank), join(folder, site, 'shared'));
  // What was there before is gone with its disk.
  rmSync(join(node.shared, 'up', addressOf(rank)), { force: true });
  const script = writePayload(join(place, 'payload'), oneOfThree(rank, generation));
  return { node, script };
}

/** Runs in this order, again and again as a unit would, until all are done. */
async function bootInOrder(servers: readonly Server[]): Promise<number[][]> {
  const rounds: number[][] = [];
  while (rounds.length < 4) {
    const codes: number[] = [];
    for (const { node, script } of servers) codes.push((await run(node, script)).code ?? -1);
    rounds.push(codes);
    if (codes.every((code) => code === 0)) break;
  }
  return rounds;
}

function clusters(servers: readonly Server[]): string[] {
  return servers.map(({ node }) => read(node, 'var/lib/rancher/k3s/server/db/etcd/cluster').trim());
}

function expectOneCluster(servers: readonly Server[]): void {
  const [first] = servers;
  expect(linesOf(first?.node as ScratchNode, '../../shared/begun')).toHaveLength(1);
  expect(new Set(clusters(servers)).size).toBe(1);
  for (const { node } of servers) {
    expect(has(node, 'etc/rancher/k3s/config.yaml.d/01-init.yaml')).toBe(false);
    expect(has(node, 'etc/rancher/k3s/config.yaml.d/60-join.yaml')).toBe(true);
  }
}

/** All servers of the site are down. */
function silence({ node }: Server): void {
  for (const address of [0, 1, 2].map(addressOf)) rmSync(join(node.shared, 'up', address), { force: true });
}

const ORDERS = [
  [0, 1, 2],
  [0, 2, 1],
  [1, 0, 2],
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0],
] as const;

async function site(name: string): Promise<Server[]> {
  const servers = [0, 1, 2].map((rank) => bare(name, rank));
  await bootInOrder(servers);
  return servers;
}

test.each(ORDERS)('three servers that boot in the order %i, %i, %i make one cluster', async (...order) => {
  const servers = order.map((rank) => bare(`order-${order.join('')}`, rank));
  const rounds = await bootInOrder(servers);
  expect(rounds.at(-1)).toEqual([0, 0, 0]);
  // Those before rank 0 waited, and did not begin.
  expect(rounds[0]).toEqual(order.map((_, place) => (place < order.indexOf(0) ? 75 : 0)));
  expectOneCluster(servers);
});

test('a first server that is wiped and gets the next generation joins the others', async () => {
  const [, ...others] = await site('reflashed');
  const servers = [bare('reflashed', 0, 1), ...others];
  expect(await bootInOrder(servers)).toEqual([[0, 0, 0]]);
  expectOneCluster(servers);
});

test('a first server of the next generation waits for the others, and never begins, while they are down', async () => {
  const [, ...others] = await site('down');
  const wiped = bare('down', 0, 1);
  silence(wiped);
  expect((await run(wiped.node, wiped.script)).code).toBe(75);
  for (const { node } of others) powerCycle(node);
  expect((await run(wiped.node, wiped.script)).code).toBe(0);
  expectOneCluster([wiped, ...others]);
});

test('a first server that is wiped joins even where its generation was forgotten, if anyone answers', async () => {
  const [, ...others] = await site('forgotten');
  const servers = [bare('forgotten', 0), ...others];
  expect(await bootInOrder(servers)).toEqual([[0, 0, 0]]);
  expectOneCluster(servers);
});

test('a wiped first server that heard of the cluster never begins another, though all fall silent and systemd starts it', async () => {
  const [, ...others] = await site('silent');
  const wiped = bare('silent', 0);
  const joined = 'etc/rancher/k3s/config.yaml.d/60-join.yaml';
  put(join(wiped.node.root, joined), `server: "https://${addressOf(1)}:6443"\n`);
  silence(wiped);
  expect((await run(wiped.node, wiped.script)).code).toBe(75);
  put(join(wiped.node.root, 'sim/enabled'), '');
  powerCycle(wiped.node);
  expect(linesOf(wiped.node, '../../shared/begun')).toHaveLength(1);
  for (const { node } of others) powerCycle(node);
  expect((await run(wiped.node, wiped.script)).code).toBe(0);
  expectOneCluster([wiped, ...others]);
});

describe.each(SHELLS)('in %s', (shell) => {
  test.each(['sqlite', 'etcd'] as const)(
    'a server that is alone with %s begins whatever its generation is',
    async (datastore) => {
      const place = join(folder, `alone-${datastore}-${shell.length}`);
      const node = makeNode(join(place, 'root'), stubs);
      const identity = { nodeName: 'store-0412-a-g2', rank: 0, generation: 2 };
      const settings = { datastore, healthWait: 10 };
      const script = writePayload(join(place, 'payload'), { ...SINGLE_SERVER, settings, identity });
      expect((await run(node, script, { shell })).code).toBe(0);
      expect(linesOf(node, 'sim/shared/begun')).toHaveLength(1);
    },
  );
});

describe.each(SHELLS)('in %s, a server that is alone and copies to another disk', (shell) => {
  const begin = async (datastore: 'sqlite' | 'etcd', generation: number, ...args: readonly string[]) => {
    const place = join(folder, `replaced-${datastore}-${generation}-${shell.length}-${args.length}`);
    const node = makeNode(join(place, 'root'), stubs);
    const settings = { datastore, healthWait: 10, backupFolder: '/mnt/copies' };
    const identity = { nodeName: 'store-0412-a', rank: 0, generation };
    const script = writePayload(join(place, 'payload'), { ...SINGLE_SERVER, settings, identity });
    return { node, ...(await run(node, script, { shell, args })) };
  };

  test.each(['sqlite', 'etcd'] as const)('waits for the disk with %s, where it replaces another', async (datastore) => {
    const { node, code, log } = await begin(datastore, 1);
    expect([code, log]).toEqual([75, expect.stringContaining('is its disk plugged in?')]);
    expect(linesOf(node, 'sim/shared/begun')).toEqual([]);
    expect((await begin(datastore, 1, '--initialise')).code).toBe(0);
  });

  test('begins where it is the first', async () => {
    expect((await begin('sqlite', 0)).code).toBe(0);
  });
});

test.each([
  [0, 1],
  [1, 0],
])('two servers that are wiped, %i before %i, join the third', async (first, second) => {
  const name = `two-${first}`;
  const [, , third] = await site(name);
  const servers = [bare(name, first, 1), bare(name, second, 1), third as Server];
  expect(await bootInOrder(servers)).toEqual([[0, 0, 0]]);
  expectOneCluster(servers);
});

test('a server whose database is gone is refused, and K3s that starts by itself does not begin another cluster', async () => {
  const [lost] = (await site('lost')) as [Server];
  const { node, script } = lost;
  rmSync(join(node.root, 'var/lib/rancher/k3s/server'), { recursive: true });
  silence(lost);
  powerCycle(node);
  const result = await run(node, script);
  expect(result.code).toBe(65);
  expect(result.log).toContain('the database of this server is gone');
  expect(linesOf(node, '../../shared/begun')).toHaveLength(1);
});

test('where all servers are lost, none begins by itself, and one does when it is told to', async () => {
  const servers = [0, 1, 2].map((rank) => bare('all-lost', rank, 1));
  expect((await bootInOrder(servers)).flat()).not.toContain(0);
  const [first] = servers as [Server];
  expect((await run(first.node, first.script, { args: ['--initialise'] })).code).toBe(0);
  expect((await bootInOrder(servers)).at(-1)).toEqual([0, 0, 0]);
  expectOneCluster(servers);
});

test('a server is not told to begin a cluster while another answers', async () => {
  const [, ...others] = await site('told');
  const wiped = bare('told', 0, 1);
  const result = await run(wiped.node, wiped.script, { args: ['--initialise'] });
  expect(result.code).toBe(65);
  expect(result.log).toContain('there is a cluster to join');
  expectOneCluster(others);
});
