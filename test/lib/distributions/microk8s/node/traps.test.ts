import { parseAllDocuments } from 'yaml';
import { MICROK8S_TRACKS } from '../../../../../lib/catalog/microk8s';
import { MICROK8S_LAUNCH_KEYS } from '../../../../../lib/catalog/microk8s-launch';
import { MICROK8S_SCRIPT } from '../../../../../lib/distributions/microk8s/node/apply-script';
import { microk8sIdentity } from '../../../../../lib/distributions/microk8s/node/identity';
import { launchOf, launchText } from '../../../../../lib/distributions/microk8s/node/launch';
import { microk8sNodeRefusals } from '../../../../../lib/distributions/microk8s/node/refusals';
import { JOIN_CLUSTER } from '../../../../../lib/distributions/microk8s/node/steps/join-cluster';
import { SETTLE_CLUSTER } from '../../../../../lib/distributions/microk8s/node/steps/settle-cluster';
import { microk8sTree } from '../../../../../lib/distributions/microk8s/node/tree';
import type { MicroK8sNodeInput } from '../../../../../lib/model/microk8s-node-input';
import { treeFolder } from '../../../../../lib/render/node/folder';
import { scriptSteps } from '../../../../../lib/render/node/script/assemble-script';
import { userData } from '../../../../../lib/render/node/seed/user-data';
import {
  ALONE,
  DEPOT,
  DEPOT_LABELS,
  DEPOT_NODES,
  DEPOT_SITE,
  OFFLINE,
  withClass,
  withCluster,
} from './sample-microk8s';

/*
 * Each trap of the launch configuration and of the life of MicroK8s, by its number in docs/traps.md. Where one cannot arise, the test shows why.
 */

const CHANNELS = Object.keys(MICROK8S_TRACKS).map((minor) => `${minor}/stable`);
const inputs = [ALONE, DEPOT, OFFLINE];
const refused = (input: MicroK8sNodeInput) => microk8sNodeRefusals(input).join('\n');
const MICROK8S_STEPS = scriptSteps(MICROK8S_SCRIPT);
const step = (name: string) => MICROK8S_STEPS.findIndex((one) => one.name === name);

test('trap 31: a launch configuration repeats the addon dns and the DNS that it replaces', () => {
  for (const input of inputs) {
    expect(launchOf(input).extraKubeletArgs).toMatchObject({
      '--cluster-dns': '10.152.183.10',
      '--cluster-domain': 'cluster.local',
    });
    const addons = microk8sTree(input, 'server').files.find(({ path }) => path.endsWith('/microk8s/addons'));
    expect(addons?.text).toMatch(/^dns( |$)/m);
  }
});

test.each(CHANNELS)('trap 32: %s gets a version of the launch configuration that its agent reads', (channel) => {
  const minor = channel.split('/')[0] as keyof typeof MICROK8S_TRACKS;
  expect(launchOf(withCluster({ channel })).version).toBe('0.1.0');
  const cidr = withCluster({ channel, network: { clusterCidr: '10.50.0.0/16' } });
  if (MICROK8S_TRACKS[minor].launchVersion === '0.1.0') expect(refused(cidr)).toContain('takes no networks');
  else expect([launchOf(cidr).version, refused(cidr)]).toEqual(['0.2.0', '']);
});

test('trap 33: an argument without dashes is refused, as is a key that the agent would pass over', () => {
  expect(refused(withCluster({ launch: { extraKubeletArgs: { 'max-pods': '9' } } }))).toContain(
    'write it with its dashes',
  );
  const launch = { extraKubletArgs: { '--max-pods': '9' } } as unknown as MicroK8sNodeInput['cluster']['launch'];
  expect(refused(withCluster({ launch }))).toContain('would pass over it');
});

test.each([
  ['1.27/stable', 'extraKubeletArgs', '--feature-gates', 'Own=true', 'DevicePlugins=true,Own=true'],
  ['1.32/stable', 'extraKubeAPIServerArgs', '--feature-gates', 'Own=true', 'WatchList=false,Own=true'],
  ['1.32/stable', 'extraKubeAPIServerArgs', '--feature-gates', 'WatchList=true', 'WatchList=true'],
  ['1.33/stable', 'extraKubeAPIServerArgs', '--feature-gates', 'Own=true', 'Own=true'],
  [
    '1.33/stable',
    'extraKubeAPIServerArgs',
    '--enable-admission-plugins',
    'NodeRestriction',
    'EventRateLimit,NodeRestriction',
  ],
] as const)('trap 34: in %s, %s %s=%s keeps what MicroK8s has: %s', (channel, key, name, value, merged) => {
  const input = withCluster({ channel, launch: { [key]: { [name]: value } } });
  expect(launchOf(input)[key]?.[name]).toBe(merged);
});

test('trap 34: labels are no argument', () => {
  expect(refused(withCluster({ launch: { extraKubeletArgs: { '--node-labels': 'a=b' } } }))).toContain(
    'a join replaces it',
  );
});

test.each(['../certs/ca.crt', 'a/b', '..', '/etc/passwd'])('trap 35: a file %s is refused', (name) => {
  expect(refused(withCluster({ launch: { extraConfigFiles: { [name]: 'x' } } }))).toContain('take a plain name');
});

test('trap 36: no launch configuration has an addon, a repository, a token or a join that could be tried for ever', () => {
  const never = Object.entries(MICROK8S_LAUNCH_KEYS).filter(([, { type }]) => type === 'never');
  expect(never.map(([key]) => key)).toEqual(
    expect.arrayContaining(['addons', 'addonRepositories', 'persistentClusterToken', 'join']),
  );
  for (const input of inputs) for (const [key] of never) expect(Object.keys(launchOf(input))).not.toContain(key);
});

test('trap 37: the launch configuration is written before the snap is installed, where no other can shadow it', () => {
  const install = MICROK8S_STEPS[step('install_snap')]?.text ?? '';
  expect(install.indexOf('etc/microk8s.yaml')).toBeGreaterThan(0);
  expect(install.indexOf('etc/microk8s.yaml')).toBeLessThan(install.indexOf('snap install microk8s'));
  for (const input of inputs)
    expect(microk8sTree(input, 'server').files.filter(({ path }) => /\.microk8s\.yaml$/.test(path))).toEqual([]);
});

test('trap 38: the snap is held as soon as it is there, and only a channel with a track is taken', () => {
  const install = MICROK8S_STEPS[step('install_snap')]?.text ?? '';
  expect(install).toContain('snap refresh --hold=forever microk8s');
  for (const channel of ['latest/stable', 'stable', 'edge'])
    expect(refused(withCluster({ channel }))).toContain('goes on to the next minor by itself');
});

test('trap 39: rbac is the first addon, before anything can use what is open', () => {
  const addons = [
    { name: 'dns' as const, arguments: [] },
    { name: 'rbac' as const, arguments: [] },
  ];
  expect(refused(withCluster({ addons }))).toContain('rbac must be the first');
  expect(refused(withCluster({ addons: [...addons].reverse() }))).toBe('');
});

test('trap 40: nvidia on arm64, MicroK8s on ARMv7, and 512 MiB are refused', () => {
  const addons = [
    { name: 'dns' as const, arguments: [] },
    { name: 'nvidia' as const, arguments: [] },
  ];
  expect(refused(withClass({ platforms: ['linux/arm64'] }, withCluster({ addons })))).toContain('for amd64 alone');
  expect(refused(withClass({ platforms: ['linux/arm/v7'] }))).toContain('linux/amd64 and linux/arm64 alone');
  expect(refused(withClass({ memoryMiB: 512 }))).toContain('does not start');
  expect(refused(withClass({ memoryMiB: 1024 }))).toBe('');
});

test('trap 41: every node is in the hosts of every other, and labels of workers are given by a server', () => {
  for (const record of DEPOT_NODES) {
    const { files } = microk8sIdentity(record, DEPOT_NODES, DEPOT_LABELS, DEPOT_SITE, DEPOT);
    const hosts = files.find(({ path }) => path.endsWith('/microk8s/hosts'))?.text ?? '';
    for (const { name } of DEPOT_NODES) expect(hosts).toContain(` ${name}\n`);
  }
  expect(step('name_machine')).toBeLessThan(step('join_cluster'));
  expect(SETTLE_CLUSTER.text).toContain('kubectl_as client.config label node');
});

test('trap 42: a count of servers that stops when as many fail as with one fewer is refused', () => {
  for (const servers of [2, 4]) expect(refused(withCluster({ servers }, DEPOT))).toContain('dqlite');
  for (const servers of [1, 3, 5]) expect(refused(withCluster({ servers }, DEPOT))).toBe('');
});

test('trap 43: a token has 32 characters or more, stands in no file of a tree, and is taken away when all have joined', () => {
  expect(JOIN_CLUSTER.text).toContain('-ge 32 ]');
  expect(SETTLE_CLUSTER.text).toContain('rm -f "$tokens"');
  for (const role of ['server', 'agent'] as const)
    expect(Object.values(treeFolder(microk8sTree(DEPOT, role))).join('\n')).not.toMatch(/persistentClusterToken/);
});

test('trap 44: user-data is no template, so that braces in it are its own', () => {
  const [record] = DEPOT_NODES;
  if (record === undefined) throw new Error('no node');
  const identity = microk8sIdentity(record, DEPOT_NODES, DEPOT_LABELS, DEPOT_SITE, DEPOT);
  const text = userData({ node: record, identity, treeName: 'depot.server.box', access: { sshKeys: [] } });
  expect(text.startsWith('#cloud-config\n')).toBe(true);
  expect(text).not.toContain('jinja');
});

test('a launch configuration is read back as it was meant, by a reader of version 1.1', () => {
  for (const input of inputs) {
    const [read] = parseAllDocuments(launchText(launchOf(input)), { version: '1.1' });
    expect(read?.toJS()).toEqual(launchOf(input));
  }
});
