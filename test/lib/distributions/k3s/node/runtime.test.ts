import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { K3S_CONFIG_KEYS } from '../../../../../lib/catalog/k3s-config';
import { hasFlannelForCrio } from '../../../../../lib/catalog/k3s-runtimes';
import { k3sNodeRefusals } from '../../../../../lib/distributions/k3s/node/refusals';
import { k3sAgentTree, k3sServerTree } from '../../../../../lib/distributions/k3s/node/tree';
import type { ContainerRuntime } from '../../../../../lib/model/container-runtime';
import type { K3sNodeInput } from '../../../../../lib/model/k3s-node-input';
import type { NodeTree } from '../../../../../lib/model/node-tree';
import { FULL, RASPIOS, SINGLE, SLE_MICRO } from '../../../render/node/sample-input';
import { present, put, read, run, scriptMachines } from '../../../render/node/script-machine';

const MIRROR = { registry: 'docker.io', endpoints: ['http://mirror.example:5000'] };
const VERSION = 'v1.34.6+k3s1';

function withRuntime(runtime: ContainerRuntime | undefined, more: Partial<K3sNodeInput['cluster']> = {}): K3sNodeInput {
  return { ...SINGLE, runtime, cluster: { ...SINGLE.cluster, version: VERSION, registries: [MIRROR], ...more } };
}

const roles = { server: k3sServerTree, agent: k3sAgentTree };
const ways = (['server', 'agent'] as const).flatMap((role) =>
  (['cri-o', 'docker'] as const).map((runtime) => [role, runtime] as const),
);

const pathsOf = (tree: NodeTree): string[] => tree.files.map(({ path }) => path);

function fileOf(tree: NodeTree, path: string) {
  const file = tree.files.find((one) => one.path === path);
  if (file === undefined) throw new Error(`no ${path} in ${pathsOf(tree).join(' ')}`);
  return file;
}

const CONFIG = '/etc/rancher/k3s/config.yaml';
const RUNTIME = '/etc/rancher/k3s/config.yaml.d/25-runtime.yaml';
const REGISTRIES = '/etc/rancher/k3s/registries.yaml';
const KUBELET = '/var/lib/rancher/k3s/agent/etc/kubelet.conf.d/50-edgecdk.conf';
const BEFORE = '/etc/edgecdk/scripts/before-k3s.sh';
const CRIO = '/etc/crio/crio.conf.d/50-edgecdk.conf';
const CONTAINERS = '/etc/containers/registries.conf.d/50-edgecdk.conf';
const DAEMON = '/etc/docker/daemon.json';

test.each(['server', 'agent'] as const)('a %s has containerd where nothing is said', (role) => {
  const tree = roles[role](withRuntime(undefined));
  expect(tree).toEqual(roles[role](withRuntime('containerd')));
  expect(pathsOf(tree)).toContain(REGISTRIES);
  for (const path of [RUNTIME, CRIO, CONTAINERS, DAEMON]) expect(pathsOf(tree)).not.toContain(path);
  expect(fileOf(tree, BEFORE).text).not.toContain('container runtime');
});

test.each(ways)('a %s with %s is told so where no change is taken, and has no registries.yaml', (role, runtime) => {
  const tree = roles[role](withRuntime(runtime));
  const { text, effect } = fileOf(tree, RUNTIME);
  expect(effect).toBe('reprovision');
  expect(parse(text)).toEqual(
    runtime === 'docker' ? { docker: true } : { 'container-runtime-endpoint': 'unix:///var/run/crio/crio.sock' },
  );
  for (const key of Object.keys(parse(text))) expect(K3S_CONFIG_KEYS).toHaveProperty([key, 'role'], 'both');
  expect(pathsOf(tree)).not.toContain(REGISTRIES);
});

test.each([
  ['cri-o', CONTAINERS, 'restart'],
  ['cri-o', CRIO, 'restart'],
  ['docker', DAEMON, 'restart'],
] as const)('what %s reads, %s, asks for a %s', (runtime, path, effect) => {
  expect(fileOf(k3sAgentTree(withRuntime(runtime)), path).effect).toBe(effect);
  expect(fileOf(k3sServerTree(withRuntime(runtime)), path).effect).toBe(effect);
});

test('CRI-O gets the networks and the pause image of K3s, and knows names of images without a registry', () => {
  const tree = k3sAgentTree(withRuntime('cri-o'));
  const { text } = fileOf(tree, CRIO);
  expect(text).toContain('pause_image = "docker.io/rancher/mirrored-pause:3.6"');
  expect(text).toContain('network_dir = "/var/lib/rancher/k3s/agent/etc/cni/net.d"');
  expect(text).toContain('plugin_dirs = ["/var/lib/rancher/k3s/data/cni"]');
  expect(fileOf(tree, CONTAINERS).text).toContain('unqualified-search-registries = ["docker.io"]\n');
  expect(fileOf(k3sAgentTree(withRuntime('cri-o', { registries: [] })), CONTAINERS).text).toContain('["docker.io"]');
});

test('with a network of the cluster itself, CRI-O looks where that puts its own', () => {
  const { text } = fileOf(k3sAgentTree(withRuntime('cri-o', { flannelBackend: 'none' })), CRIO);
  expect(text).toContain('network_dir = "/etc/cni/net.d"');
  expect(text).toContain('plugin_dirs = ["/opt/cni/bin"]');
});

test('the kubelet has the cgroup driver of CRI-O, in each form; of Docker, K3s finds it out', () => {
  const old = { version: 'v1.31.14+k3s1', flannelBackend: 'none' } as const;
  expect(parse(fileOf(k3sServerTree(withRuntime('cri-o')), KUBELET).text)).toMatchObject({ cgroupDriver: 'systemd' });
  expect(parse(fileOf(k3sServerTree(withRuntime('cri-o', old)), CONFIG).text)['kubelet-arg']).toContain(
    'cgroup-driver=systemd',
  );
  for (const runtime of ['docker', 'containerd'] as const) {
    expect(parse(fileOf(k3sServerTree(withRuntime(runtime)), KUBELET).text)).not.toHaveProperty('cgroupDriver');
    expect(fileOf(k3sServerTree(withRuntime(runtime, old)), CONFIG).text).not.toContain('cgroup-driver');
  }
});

test('SELinux, which K3s switches on in its own containerd, is switched on in the other runtimes', () => {
  const on = (runtime: ContainerRuntime): NodeTree =>
    k3sServerTree({ ...withRuntime(runtime, { hardening: true }), operatingSystem: SLE_MICRO });
  expect(parse(fileOf(on('containerd'), CONFIG).text)).toMatchObject({ selinux: true });
  for (const runtime of ['cri-o', 'docker'] as const) {
    const config = parse(fileOf(on(runtime), CONFIG).text);
    expect(config).not.toHaveProperty('selinux');
    expect(config).toMatchObject({ 'protect-kernel-defaults': true });
  }
  expect(fileOf(on('cri-o'), CRIO).text).toContain('selinux = true');
  expect(JSON.parse(fileOf(on('docker'), DAEMON).text)).toMatchObject({ 'selinux-enabled': true });
  expect(fileOf(k3sServerTree(withRuntime('cri-o')), CRIO).text).not.toContain('selinux');
  expect(fileOf(k3sServerTree(withRuntime('docker')), DAEMON).text).not.toContain('selinux');
});

test.each([
  ['cri-o', 'crio.service'],
  ['docker', 'docker.service'],
] as const)('K3s with %s starts after it and wants it, but goes on without', (runtime, unit) => {
  const { text } = fileOf(k3sServerTree(withRuntime(runtime)), '/etc/systemd/system/k3s.service.d/50-edgecdk.conf');
  expect(text).toContain(`After=time-sync.target ${unit}\n`);
  expect(text).toMatch(new RegExp(`^Wants=.* ${unit}$`, 'm'));
  expect(text).not.toMatch(/^(Requires|BindsTo|PartOf)=/m);
});

test('archives of images are for K3s alone: another runtime is not sent them', () => {
  const locked = { ...SINGLE.artifacts, imagesSha256: { arm64: 'a'.repeat(64) } };
  const preloaded = (runtime: ContainerRuntime): K3sNodeInput => ({
    ...withRuntime(runtime),
    install: { mode: 'preloaded' },
    artifacts: locked,
  });
  expect(k3sServerTree(preloaded('containerd')).settings).toContain('IMAGES_SHA256_ARM64');
  for (const runtime of ['cri-o', 'docker'] as const)
    expect(k3sServerTree(preloaded(runtime)).settings).not.toContain('IMAGES');
});

test.each<[string, K3sNodeInput, string]>([
  [
    'a medium, and no mirror',
    { ...withRuntime('docker', { registries: [] }), install: { mode: 'preloaded' } },
    "into its own containerd alone, and device class 'till' has Docker Engine",
  ],
  [
    'a site without a link, and no mirror',
    { ...withRuntime('cri-o', { registries: [] }), install: { mode: 'preloaded' }, link: { kind: 'offline' } },
    "into its own containerd alone, and device class 'till' has CRI-O",
  ],
  [
    'a mirror of another registry',
    withRuntime('docker', { registries: [{ ...MIRROR, registry: 'quay.io' }] }),
    'Docker Hub alone',
  ],
  [
    'a mirror in a folder',
    withRuntime('docker', { registries: [{ registry: 'docker.io', endpoints: ['https://mirror.example/hub'] }] }),
    'do not start with a mirror that has a path',
  ],
  [
    'a mirror with credentials',
    withRuntime('cri-o', { registries: [{ ...MIRROR, credentials: 'login' }] }),
    'imagePullSecret',
  ],
  [
    'other names on a mirror',
    withRuntime('cri-o', { registries: [{ ...MIRROR, rewrite: { a: 'b' } }] }),
    'give the mirror the same names',
  ],
  ['one mirror for all', withRuntime('cri-o', { registries: [{ ...MIRROR, registry: '*' }] }), 'name each registry'],
  ['mirrors alone', withRuntime('docker', { onlyMirrors: true }), 'cannot be kept from it'],
  [
    'CRI-O, and a release whose plug-ins crash under it',
    withRuntime('cri-o', { version: 'v1.34.5+k3s1' }),
    'take v1.33.10, v1.34.6, v1.35.3 or later patches of these, v1.36 or later',
  ],
])('%s is refused with what to do', (_, input, message) => {
  const found = k3sNodeRefusals(input);
  expect(found).toHaveLength(1);
  expect(found[0]).toContain(message);
});

test.each<[string, K3sNodeInput]>([
  ['containerd with all that a mirror can have', { ...FULL, runtime: 'containerd' }],
  ['CRI-O', withRuntime('cri-o', { onlyMirrors: true })],
  [
    'CRI-O of an earlier release, with another network',
    withRuntime('cri-o', { version: 'v1.30.14+k3s2', flannelBackend: 'none' }),
  ],
  ['Docker of any release', withRuntime('docker', { version: 'v1.28.15+k3s1' })],
  [
    'Docker where a mirror has the images',
    { ...withRuntime('docker'), install: { mode: 'preloaded' }, link: { kind: 'offline' } },
  ],
])('%s is fine', (_, input) => {
  expect(k3sNodeRefusals(input)).toEqual([]);
});

test.each([
  ['v1.32.13+k3s1', false],
  ['v1.33.9+k3s1', false],
  ['v1.33.10+k3s1', true],
  ['v1.34.5+k3s1', false],
  ['v1.35.3+k3s1', true],
  ['v1.36.0+k3s1', true],
])('flannel of %s connects pods of CRI-O: %s', (version, expected) => {
  expect(hasFlannelForCrio(version)).toBe(expected);
});

const { machine } = scriptMachines();

test('shellcheck has nothing to say about what starts the runtime', () => {
  if (!present('shellcheck')) return;
  for (const runtime of ['cri-o', 'docker'] as const) {
    const input = fileOf(k3sAgentTree({ ...withRuntime(runtime), operatingSystem: RASPIOS }), BEFORE).text;
    expect(spawnSync('shellcheck', ['--shell=sh', '-'], { input, encoding: 'utf8' }).stdout).toBe('');
  }
});

describe.each(['dash', 'busybox sh'])('in %s', (shell) => {
  const here = present(shell.split(' ')[0] ?? '') ? test : test.skip;
  const systemctl = `case $1 in
  is-active) [ -e "$EDGECDK_ROOT/runs" ] ;;
  restart) [ -e "$EDGECDK_ROOT/installed" ] && : > "$EDGECDK_ROOT/runs" ;;
esac
`;

  here('the runtime is restarted once for each change of its files, and K3s waits for one that is missing', () => {
    const tree = k3sAgentTree(withRuntime('docker'));
    const root = machine({ [DAEMON]: fileOf(tree, DAEMON).text }, { systemctl });
    const start = () => {
      put(join(root, 'log'), '');
      const { code, log } = run(root, fileOf(tree, BEFORE).text, shell);
      const told = read(root, 'log').match(/^systemctl (?!.*is-active).*docker\.service$/gm) ?? [];
      return { code, log, told };
    };
    const missing = start();
    expect(missing).toMatchObject({ code: 1, told: ['systemctl restart docker.service'] });
    expect(missing.log).toContain('docker.service does not start; install its package');
    put(join(root, 'installed'), '');
    expect(start()).toEqual({ code: 0, log: '', told: ['systemctl restart docker.service'] });
    expect(start()).toEqual({ code: 0, log: '', told: [] });
    put(join(root, DAEMON), '{}');
    expect(start()).toEqual({ code: 0, log: '', told: ['systemctl restart docker.service'] });
    expect(start()).toEqual({ code: 0, log: '', told: [] });
    rmSync(join(root, 'runs'));
    expect(start()).toEqual({ code: 0, log: '', told: ['systemctl restart docker.service'] });
  });
});
