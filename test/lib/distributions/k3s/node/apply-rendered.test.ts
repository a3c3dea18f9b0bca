import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { k3sIdentity } from '../../../../../lib/distributions/k3s/node/identity';
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
