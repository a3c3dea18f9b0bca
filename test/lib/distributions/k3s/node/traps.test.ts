import { parse } from 'yaml';
import { K3S_CONFIG_KEYS } from '../../../../../lib/catalog/k3s-config';
import { OPERATING_SYSTEMS } from '../../../../../lib/catalog/operating-systems';
import { k3sOverhead } from '../../../../../lib/catalog/overheads';
import { k3sApplyScript } from '../../../../../lib/distributions/k3s/node/apply-script';
import { k3sIdentity } from '../../../../../lib/distributions/k3s/node/identity';
import { k3sAgentTree, k3sServerTree } from '../../../../../lib/distributions/k3s/node/tree';
import type { K3sNodeInput } from '../../../../../lib/model/k3s-node-input';
import type { NodeFile } from '../../../../../lib/model/node-tree';
import { PLATFORMS } from '../../../../../lib/model/platform';
import { FULL, node, RASPIOS, SERVERS, SINGLE, SITE } from '../../../render/node/sample-input';

/*
 * Traps of K3s that no other test shows, by their numbers in docs/traps.md. Where one cannot arise, the test shows why.
 */

const CONFIG = /^\/etc\/rancher\/k3s\/config\.yaml(\.d\/.*)?$/;

/** All files of a machine, its own and those of its tree. */
function filesOf(input: K3sNodeInput, role: 'server' | 'agent'): NodeFile[] {
  const tree = role === 'server' ? k3sServerTree(input) : k3sAgentTree(input);
  return [...tree.files, ...k3sIdentity(node(role === 'server' ? 0 : undefined), SERVERS, SITE, input).files];
}

function configOf(files: readonly NodeFile[]): Array<[string, unknown]> {
  return files
    .filter(({ path }) => CONFIG.test(path))
    .flatMap(({ text }) => Object.entries(parse(text, { version: '1.1' })));
}

const machines = [SINGLE, FULL].flatMap((input) => [filesOf(input, 'server'), filesOf(input, 'agent')]);

test('trap 2: no key stands in two of the files that one machine reads', () => {
  for (const files of machines) {
    const keys = configOf(files).map(([key]) => key);
    expect(keys.filter((key, at) => keys.indexOf(key) !== at || key.endsWith('+'))).toEqual([]);
  }
});

/** @see K3s documentation, k3s server, Critical Configuration Values */
const CRITICAL = [
  'agent-token-file',
  'cluster-cidr',
  'cluster-dns',
  'cluster-domain',
  'disable',
  'flannel-backend',
  'secrets-encryption',
  'service-cidr',
];

test('trap 4: servers of two device classes agree on all that K3s compares', () => {
  const other: K3sNodeInput = {
    ...FULL,
    operatingSystem: RASPIOS,
    dataMount: undefined,
    deviceClass: { ...FULL.deviceClass, id: 'box', storage: 'nvme', kubeReservedMiB: 900 },
  };
  const compared = (input: K3sNodeInput) =>
    Object.fromEntries(configOf(filesOf(input, 'server')).filter(([key]) => CRITICAL.includes(key)));
  expect(Object.keys(compared(FULL))).toHaveLength(CRITICAL.length - 1); // The address of DNS is reckoned from the network.
  expect(compared(other)).toEqual(compared(FULL));
});

test('trap 11: on a system that the catalogue does not have, K3s takes the iptables that it brings', () => {
  const key = (name: string) =>
    new Map(configOf(filesOf({ ...SINGLE, operatingSystem: { ...RASPIOS, name } }, 'agent'))).get('prefer-bundled-bin');
  expect(key('own')).toBe(true);
  for (const name of Object.keys(OPERATING_SYSTEMS)) expect([name, key(name)]).toEqual([name, undefined]);
});

test('trap 14: a token is in no file of a tree, and what names its file is for root alone', () => {
  expect(Object.keys(K3S_CONFIG_KEYS).filter((key) => /token$|secret-key|access-key/.test(key))).toEqual([]);
  for (const files of machines) {
    for (const { path, text, mode } of files) {
      if (CONFIG.test(path)) expect([path, mode]).toEqual([path, '0600']);
      expect([path, /K3S_TOKEN=|--token[ =]/.test(text)]).toEqual([path, false]);
    }
  }
});

test('trap 18: what is not wanted is disabled, and nothing is skipped', () => {
  for (const files of machines) expect(files.filter(({ path }) => path.endsWith('.skip'))).toEqual([]);
  expect(new Map(configOf(filesOf(SINGLE, 'server'))).get('disable')).toEqual(['traefik']);
});

test('trap 22: nodes that share images have the switch, an entry for registries and open ports', () => {
  const sharing: K3sNodeInput = {
    ...SINGLE,
    cluster: { ...SINGLE.cluster, agents: true, embeddedRegistry: true },
    secrets: { token: 'token', agentToken: 'agent-token' },
  };
  const [server, agent] = [filesOf(sharing, 'server'), filesOf(sharing, 'agent')];
  expect(new Map(configOf(server)).get('embedded-registry')).toBe(true);
  expect(new Map(configOf(agent)).has('embedded-registry')).toBe(false);
  for (const files of [server, agent]) {
    const text = (path: string) => files.find((file) => file.path === path)?.text ?? '';
    expect(parse(text('/etc/rancher/k3s/registries.yaml'), { version: '1.1' })).toEqual({ mirrors: { '*': {} } });
    expect(text('/etc/ufw/applications.d/edgecdk-k3s')).toMatch(/\[edgecdk-k3s-nodes\][^[]*\b5001\/tcp/);
    expect(text('/etc/ufw/applications.d/edgecdk-k3s')).toMatch(/\b6443\/tcp/);
  }
  for (const files of machines) expect(files.filter(({ text }) => text.includes('5001'))).toEqual([]);
});

test('trap 28: no installer is run, and the unit has no flags', () => {
  for (const files of machines) {
    const [unit = ''] = files.filter(({ path }) => /\/k3s(-agent)?\.service$/.test(path)).map(({ text }) => text);
    expect(unit).toMatch(/^ExecStart=\/usr\/local\/bin\/k3s (server|agent)$/m);
    for (const text of [k3sApplyScript(), ...files.map((file) => file.text)])
      expect(text).not.toMatch(/INSTALL_K3S|get\.k3s\.io|K3S_URL=/);
  }
});

test.each(PLATFORMS)('trap 30: a server on %s takes more than tables of 2020 say', (platform) => {
  expect(k3sOverhead('server-sqlite', platform).memoryMiB.value).toBeGreaterThan(1200);
});
