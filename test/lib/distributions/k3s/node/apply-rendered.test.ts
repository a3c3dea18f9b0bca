import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { k3sIdentity, k3sIdentityInput } from '../../../../../lib/distributions/k3s/node/identity';
import { k3sAgentTree, k3sServerTree } from '../../../../../lib/distributions/k3s/node/tree';
import type { NodeIdentityFiles, NodeTree } from '../../../../../lib/model/node-tree';
import { folderOf } from '../../../../support/payload-folder';
import { FULL, node, RASPIOS, SERVERS, SINGLE, SITE } from '../../../render/node/sample-input';
import { converge, has, makeNode, put, read, type ScratchNode } from '../../../render/node/script/scratch-node';
import { writeStubs } from '../../../render/node/script/stub-commands';

const folder = mkdtempSync(join(tmpdir(), 'edgecdk-rendered-'));
const stubs = join(folder, 'stubs');
beforeAll(() => writeStubs(stubs));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, tree: NodeTree, identity: NodeIdentityFiles): string {
  for (const [path, text] of Object.entries(folderOf(tree, identity))) {
    const file = join(folder, name, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return join(folder, name, 'tree/apply.sh');
}

function expectFiles(machine: ScratchNode, tree: NodeTree, identity: NodeIdentityFiles): void {
  for (const { path, text } of [...tree.files, ...identity.files])
    if (!path.endsWith('/')) expect([path, read(machine, path)]).toEqual([path, text]);
}

test('apply.sh brings a machine to a rendered server tree, and finds nothing to do the second time', async () => {
  const server = node(0, { address: { kind: 'dynamic' } });
  const input = { ...SINGLE, operatingSystem: RASPIOS };
  const tree = k3sServerTree(input);
  const identity = k3sIdentity(server, [server], SITE, input);
  const machine = makeNode(join(folder, 'server'), stubs);
  const script = write('server-payload', tree, identity);
  const first = await converge(machine, script, { powerCut: false });
  expect([first.codes, first.log]).toEqual([[76, 0], expect.stringContaining('done: store-0412-box-1, server')]);
  expectFiles(machine, tree, identity);
  const starts = read(machine, 'sim/log');
  expect((await converge(machine, script)).codes).toEqual([0]);
  expect(read(machine, 'sim/log')).toBe(starts);
});

test('apply.sh brings a machine to a rendered agent tree, once its server answers', async () => {
  const agent = node(undefined);
  const tree = k3sAgentTree(FULL);
  const identity = k3sIdentity(agent, SERVERS, SITE, FULL);
  const machine = makeNode(join(folder, 'agent'), stubs, '10.0.0.20');
  for (const secret of ['agent-token', 'mirror-login'])
    put(join(machine.root, 'etc/edgecdk/secrets', secret), 'value\n');
  put(join(machine.shared, 'up/10.0.0.10'), 'cluster\n');
  const { codes, log } = await converge(machine, write('agent-payload', tree, identity));
  expect([codes, log]).toEqual([[0], expect.stringContaining('done: store-0412-till-1, agent')]);
  expectFiles(machine, tree, identity);
  expect(has(machine, 'etc/rancher/k3s/config.yaml.d/60-join.yaml')).toBe(false);
});

test('a server of three begins the cluster where it is the first and nobody answers', async () => {
  const tree = k3sServerTree(FULL);
  const identity = k3sIdentity(node(0), SERVERS, SITE, FULL);
  const machine = makeNode(join(folder, 'first'), stubs);
  for (const secret of ['agent-token', 'mirror-login', 's3-login', 'token'])
    put(join(machine.root, 'etc/edgecdk/secrets', secret), 'value\n');
  const { codes, log } = await converge(machine, write('first-payload', tree, identity));
  expect([codes, log]).toEqual([[0], expect.stringContaining('done: store-0412-box-1, server')]);
  expect(has(machine, 'var/lib/rancher/k3s/server/db/etcd/member/wal')).toBe(true);
  expect(has(machine, 'var/lib/rancher/k3s/server/logs')).toBe(true);
});

test('another network is refused on a server that runs', async () => {
  const server = node(0);
  const machine = makeNode(join(folder, 'fixed'), stubs);
  const identity = k3sIdentity(server, [server], SITE, SINGLE);
  await converge(machine, write('fixed-before', k3sServerTree(SINGLE), identity));
  const moved = { ...SINGLE, cluster: { ...SINGLE.cluster, clusterCidr: ['10.99.0.0/16'] } };
  const { codes, log } = await converge(machine, write('fixed-after', k3sServerTree(moved), identity), { until: [65] });
  expect([codes, log]).toEqual([[65], expect.stringContaining('20-fixed.yaml cannot be changed in place')]);
});

describe('mirrors at an address of the site', () => {
  const server = node(0, { address: { kind: 'dynamic' } });
  const withMirrors = (registries: (typeof SINGLE)['cluster']['registries']) => ({
    ...SINGLE,
    cluster: { ...SINGLE.cluster, registries },
  });
  const same = withMirrors([{ registry: 'docker.io', endpoints: ['https://mirror.example'] }]);
  const own = withMirrors([{ registry: 'docker.io', endpoints: [], perSite: true, credentials: 'login' }]);
  const at = (port: number) =>
    k3sIdentity(
      server,
      [server],
      {
        ...SITE,
        registries: [{ registry: 'docker.io', endpoints: [`http://10.20.7.5:${port}`], credentials: 'login' }],
      },
      k3sIdentityInput(own),
    );
  const plain = k3sIdentity(server, [server], SITE, SINGLE);
  const FILE = '/etc/rancher/k3s/registries.yaml';
  const machine = (name: string): ScratchNode => {
    const made = makeNode(join(folder, name), stubs);
    put(join(made.root, 'etc/edgecdk/secrets/login'), 'joe:hunter2\n');
    return made;
  };

  test('come with the identity; another restarts K3s', async () => {
    const one = machine('own');
    expect((await converge(one, write('own-5000', k3sServerTree(own), at(5000)))).codes).toEqual([0]);
    expect(read(one, FILE)).toContain('http://10.20.7.5:5000');
    const before = read(one, 'sim/log');
    const { codes } = await converge(one, write('own-5001', k3sServerTree(own), at(5001)));
    expect([codes, read(one, FILE)]).toEqual([[0], expect.stringContaining('http://10.20.7.5:5001')]);
    expect(read(one, 'sim/log').slice(before.length)).toBe('stop\nstart\n');
  });

  test.each([
    ['a tree that leaves them to identities', 'to-own', same, plain, own, `${FILE} is each machine's own now`],
    ['a tree that has them itself', 'to-same', own, at(5000), same, `both claim ${FILE}`],
  ] as const)(
    '%s is not taken with the identity of before, and nothing changes',
    async (_, name, from, identity, to, says) => {
      const one = machine(name);
      await converge(one, write(`${name}-before`, k3sServerTree(from), identity));
      const text = read(one, FILE);
      const script = write(`${name}-after`, k3sServerTree(to), identity);
      const { codes, log } = await converge(one, script, { until: [65] });
      expect([codes, log]).toEqual([[65], expect.stringContaining(says)]);
      expect(log).toContain('bring the identity that goes with the tree');
      expect(read(one, FILE)).toBe(text);
    },
  );
});
