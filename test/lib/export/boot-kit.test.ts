import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { writeExportFolder } from '../../../lib/export/export-folder';
import { gatherKit } from '../../../lib/export/kit';
import { openAssembly } from '../../../lib/export/open-assembly';
import type { K3sNodeInput } from '../../../lib/model/k3s-node-input';
import { converge, has, makeNode, put, read, type ScratchNode } from '../render/node/script/scratch-node';
import { writeStubs } from '../render/node/script/stub-commands';
import { machine, makeAssembly, makeCache, PRELOADED, writeFolder } from './make-assembly';

const folder = mkdtempSync(join(tmpdir(), 'edgecdk-boot-kit-'));
const stubs = join(folder, 'stubs');
beforeAll(() => writeStubs(stubs));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const input: K3sNodeInput = {
  ...PRELOADED,
  cluster: { ...PRELOADED.cluster, agents: true },
  secrets: { token: 'token', agentToken: 'agent-token' },
};
const nodes = [machine('store-1', 'box-1', 0), machine('store-1', 'till-1', undefined, { mac: 'dc:a6:32:00:00:09' })];

function exportKit(node?: string): string {
  const assembly = openAssembly(makeAssembly(join(folder, 'dist'), [{ name: 'store-1', nodes, input }]));
  const secrets = join(folder, 'secrets');
  writeFolder(secrets, { 'store-1/token': 'server-value\n', 'agent-token': 'agent-value\n' });
  const { kit, problems } = gatherKit(assembly, {
    site: 'store-1',
    node,
    cache: makeCache(join(folder, 'cache')),
    secrets,
    strict: true,
  });
  expect(problems).toEqual([]);
  const to = join(folder, `kit-${node}`);
  writeExportFolder(to, { kind: 'kit', of: 'store-1', files: kit?.files ?? [], last: 'edgecdk/match.tsv' });
  return to;
}

/** A machine out of its box, with the medium in, after cloud-init has written what user-data carries. */
function bootFrom(kit: string, name: string, shared?: string): { node: ScratchNode; script: string } {
  const node = makeNode(join(folder, name), stubs, name.startsWith('till') ? '10.0.0.20' : '10.0.0.10', shared);
  // Nothing but the medium has them.
  for (const path of ['etc/edgecdk', 'sim/release']) rmSync(join(node.root, path), { recursive: true });
  cpSync(kit, join(node.root, 'boot/firmware'), { recursive: true });
  const { write_files: files } = parse(read(node, 'boot/firmware/user-data'), { version: '1.1' }) as {
    write_files: ReadonlyArray<{ path: string; content: string }>;
  };
  for (const { path, content } of files) put(join(node.root, path), content);
  return { node, script: join(node.root, 'etc/edgecdk/scripts/boot.sh') };
}

test('machines of a site start from its kit, without a network, each as the node that its hardware says', async () => {
  const kit = exportKit();
  const server = bootFrom(kit, 'box');
  put(join(server.node.root, 'sys/class/dmi/id/product_serial'), 'serial-store-1-box-1\n');
  const first = await converge(server.node, server.script);
  expect([first.codes, first.log]).toEqual([[0], expect.stringContaining('done: store-1-box-1, server')]);
  expect(has(server.node, 'var/lib/rancher/k3s/agent/images/k3s-airgap-images-arm64.tar.zst')).toBe(true);
  expect(readdirSync(join(server.node.root, 'etc/edgecdk/secrets')).sort()).toEqual(['agent-token', 'token']);

  const agent = bootFrom(kit, 'till', server.node.shared);
  put(join(agent.node.root, 'sys/class/net/eth0/address'), 'dc:a6:32:00:00:09\n');
  const second = await converge(agent.node, agent.script);
  expect([second.codes, second.log]).toEqual([[0], expect.stringContaining('done: store-1-till-1, agent')]);
  // What makes a machine a server is not handed to an agent.
  expect(readdirSync(join(agent.node.root, 'etc/edgecdk/secrets'))).toEqual(['agent-token']);
});

test('a machine that has a kit of its own needs no hardware that is known', async () => {
  const { node, script } = bootFrom(exportKit('box-1'), 'box-alone');
  const { codes, log } = await converge(node, script);
  expect([codes, log]).toEqual([[0], expect.stringContaining('done: store-1-box-1, server')]);
});
