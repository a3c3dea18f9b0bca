import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { type AnsibleRequest, gatherAnsible } from '../../../lib/export/ansible';
import { applyCodes } from '../../../lib/export/ansible-playbook';
import { writeExportFolder } from '../../../lib/export/export-folder';
import { openAssembly } from '../../../lib/export/open-assembly';
import type { K3sNodeInput } from '../../../lib/model/k3s-node-input';
import type { NodeRecord } from '../../../lib/model/node-model';
import { EXIT_CODES } from '../../support/exit-codes';
import { FULL } from '../render/node/sample-input';
import { type MadeSite, machine, makeAssembly, PRELOADED, writeFolder } from './make-assembly';

const folder = mkdtempSync(join(tmpdir(), 'edgecdk-ansible-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const input: K3sNodeInput = { ...FULL, artifacts: PRELOADED.artifacts };
const at = (ip: string): Partial<NodeRecord> => ({ address: { kind: 'reserved', ip } });
const sites: readonly MadeSite[] = [
  {
    name: 'store-1',
    values: { region: 'north', size: 3 },
    input,
    nodes: [
      // By rank, not by name.
      machine('store-1', 'box-1', 2, at('10.1.0.3')),
      machine('store-1', 'box-2', 0, at('10.1.0.1')),
      machine('store-1', 'box-3', 1, at('10.1.0.2')),
      machine('store-1', 'till-1', undefined, { ...at('192.168.0.5'), serial: undefined }),
    ],
  },
  {
    name: 'store-2',
    values: { region: 'south', size: 3 },
    input: { ...input, cluster: { ...input.cluster, servers: 1 } },
    nodes: [machine('store-2', 'box-1', 0, at('10.2.0.1')), machine('store-2', 'till-1', undefined, at('192.168.0.5'))],
  },
  { name: 'bare', nodes: [] },
];
const outDir = makeAssembly(join(folder, 'fleet/dist'), sites);

function gather(request: Partial<AnsibleRequest> = {}) {
  const { ansible, problems } = gatherAnsible(openAssembly(outDir), {
    to: join(folder, 'fleet/ops/ansible'),
    ...request,
  });
  const texts = Object.fromEntries(
    ansible?.files.flatMap((file) => ('content' in file ? [[file.path, file.content.toString()]] : [])) ?? [],
  );
  const inventory = parse(texts['inventory.yaml'] ?? 'all: {}') as {
    all: {
      hosts?: Record<string, Record<string, unknown>>;
      children?: Record<string, { hosts: Record<string, unknown> }>;
    };
  };
  const groups = Object.entries(inventory.all.children ?? {}).map(([name, { hosts }]) => [name, Object.keys(hosts)]);
  return { ansible, texts, hosts: inventory.all.hosts ?? {}, groups: Object.fromEntries(groups), problems };
}

test('each machine is in a group of its site, of its tree and of its turn: servers by rank, then agents', () => {
  const { groups, ansible } = gather();
  const ofOne = ['store-1-box-2', 'store-1-box-3', 'store-1-box-1', 'store-1-till-1'];
  expect(groups).toEqual({
    site_store_1: ofOne,
    site_store_2: ['store-2-box-1', 'store-2-till-1'],
    tree_store_agent_box: ['store-1-till-1', 'store-2-till-1'],
    tree_store_server_box: ['store-1-box-2', 'store-1-box-3', 'store-1-box-1', 'store-2-box-1'],
    turn_01: ['store-1-box-2', 'store-2-box-1'],
    turn_02: ['store-1-box-3', 'store-2-till-1'],
    turn_03: ['store-1-box-1'],
    turn_04: ['store-1-till-1'],
  });
  expect(ansible?.without).toEqual(['bare']);
});

test("a machine has its tree, its identity, what it is known by, and an address that is nobody else's", () => {
  const { hosts } = gather();
  expect(hosts['store-1-box-2']).toEqual({
    ansible_host: '10.1.0.1',
    edgecdk_site: 'site_store_1',
    edgecdk_tree: 'store.server.box',
    edgecdk_identity: expect.stringMatching(/^sites\/.\/store-1\/nodes\/store-1-box-2\/identity$/),
    edgecdk_known_by: ['serial-store-1-box-2'],
  });
  expect(hosts['store-1-till-1']).not.toHaveProperty('edgecdk_known_by');
  // Private networks repeat: the address would lead to one of the two.
  for (const name of ['store-1-till-1', 'store-2-till-1']) expect(hosts[name]).not.toHaveProperty('ansible_host');
  expect(gather({ sites: ['store-2'] }).hosts['store-2-till-1']).toMatchObject({ ansible_host: '192.168.0.5' });
});

test.each<[Partial<AnsibleRequest>, string[]]>([
  [{}, ['store-1', 'store-2']],
  [{ sites: ['store-2'] }, ['store-2']],
  [{ where: { region: 'north' } }, ['store-1']],
  [{ where: { size: '3' } }, ['store-1', 'store-2']],
])('%j chooses sites', (request, names) => {
  expect([...new Set(gather(request).ansible?.hosts.map(({ site }) => site))]).toEqual(names);
});

test.each<[Partial<AnsibleRequest>, RegExp]>([
  [{ sites: ['store-9'] }, /is no site of grocer/],
  [{ where: { region: 'east' } }, /has no site that was chosen/],
  [{ sites: ['bare'] }, /has no files for the nodes of these sites/],
])('%j is a problem', (request, message) => {
  expect(gather(request)).toMatchObject({
    ansible: undefined,
    problems: [{ message: expect.stringMatching(message) }],
  });
});

test('names that Ansible would take for one are told apart', () => {
  const other = makeAssembly(join(folder, 'alike'), [
    { name: 'a', nodes: [machine('a', 'box-1', 0)], input: PRELOADED },
  ]);
  const table = join(other, 'sites/c/a/nodes/match.tsv');
  writeFolder(other, {
    'sites/c/a/nodes/match.tsv': `${readFileSync(table, 'utf8')}name\ta-box-2\ta-box-2\tstore-server.box\n`,
  });
  const { ansible } = gatherAnsible(openAssembly(other), { to: folder });
  const [inventory] = ansible?.files ?? [];
  const text = inventory && 'content' in inventory ? inventory.content.toString() : '';
  expect([...text.matchAll(/^ {4}(tree_\w+):/gm)].map((match) => match[1])).toEqual([
    'tree_store_server_box',
    expect.stringMatching(/^tree_store_server_box_[0-9a-f]{8}$/),
  ]);
});

test('the playbook finds the assembly from where it is, and knows the codes of apply.sh', () => {
  const { texts } = gather();
  expect(texts['playbook.yaml']).toContain('edgecdk_assembly: "{{ playbook_dir }}/../../dist"');
  expect(parse(texts['playbook.yaml'] ?? '')).toHaveLength(4);
  const { done, later, rebooting } = EXIT_CODES;
  expect(applyCodes).toEqual({ done, later, rebooting });
  expect(Object.values(texts).join()).not.toMatch(/mirror-login|s3-login|agent-token/);
});

const hasAnsible = spawnSync('sh', ['-c', 'command -v ansible-playbook']).status === 0;
if (!hasAnsible) console.info('skipped: this machine has no ansible-playbook');

// Its apply.sh writes down whose it is, and ends with the codes that the test gives it.
const recorder = `#!/bin/sh
node=$(sed -n 's/^NODE_NAME=//p' "$2/files/etc/edgecdk/identity.env")
echo "$node" >> ${folder}/log
code=0
if [ -s ${folder}/codes/$node ]; then
  read -r code < ${folder}/codes/$node
  sed -i 1d ${folder}/codes/$node
fi
exit "$code"
`;

(hasAnsible ? test : test.skip)(
  'Ansible runs apply.sh until it is done, one machine of a site after the other, and stops a site where one fails',
  () => {
    for (const role of ['server', 'agent']) writeFolder(outDir, { [`nodes/store.${role}.box/apply.sh`]: recorder });
    writeFolder(folder, { 'codes/store-1-box-2': '75\n76\n75\n0\n', 'codes/store-2-box-1': '65\n' });
    const to = join(folder, 'fleet/ops/ansible');
    writeExportFolder(to, {
      kind: 'ansible',
      of: 'grocer',
      files: gather().ansible?.files ?? [],
      last: 'playbook.yaml',
    });
    const extra = {
      edgecdk_known_by: [],
      edgecdk_pause: 0,
      ansible_become: false,
      ansible_connection: 'local',
      ansible_python_interpreter: '{{ ansible_playbook_python }}',
    };
    const { status, stdout } = spawnSync(
      'ansible-playbook',
      ['-i', join(to, 'inventory.yaml'), join(to, 'playbook.yaml'), '-e', JSON.stringify(extra)],
      { encoding: 'utf8' },
    );
    expect(stdout).toContain('did not come through: store-2-box-1. Repair that first');
    expect(status).toBe(2);
    const ran = readFileSync(join(folder, 'log'), 'utf8').trim().split('\n');
    expect(ran.filter((name) => name.startsWith('store-1'))).toEqual([
      ...Array(4).fill('store-1-box-2'),
      'store-1-box-3',
      'store-1-box-1',
      'store-1-till-1',
    ]);
    expect(ran.filter((name) => name.startsWith('store-2'))).toEqual(['store-2-box-1']);
  },
  240_000,
);
