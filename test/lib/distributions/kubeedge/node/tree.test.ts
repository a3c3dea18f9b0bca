import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { EDGECORE_KEYS } from '../../../../../lib/catalog/kubeedge-config';
import { kubeEdgeIdentity } from '../../../../../lib/distributions/kubeedge/node/identity';
import { kubeEdgeNodeRefusals } from '../../../../../lib/distributions/kubeedge/node/refusals';
import { kubeEdgeTree } from '../../../../../lib/distributions/kubeedge/node/tree';
import { flattened } from '../../../../../lib/model/dotted-paths';
import type { KubeEdgeNodeInput } from '../../../../../lib/model/kubeedge-node-input';
import type { NodeFile } from '../../../../../lib/model/node-tree';
import { present, put } from '../../../render/node/script-machine';
import { FULL_VAN, NODE, SITE, VAN } from './sample-input';

function text(files: readonly NodeFile[], path: string): string {
  const file = files.find((one) => one.path === path);
  if (file === undefined) throw new Error(`no ${path}`);
  return file.text;
}

// biome-ignore lint/suspicious/noExplicitAny: keys of a configuration are looked at by name
function edgecore(input: KubeEdgeNodeInput): any {
  return parse(text(kubeEdgeTree(input).files, '/etc/edgecdk/kubeedge/edgecore.yaml'));
}

test.each([
  ['as little as possible', VAN],
  ['all features', { ...FULL_VAN, cluster: { ...FULL_VAN.cluster, unchecked: {} } }],
  ['CRI-O', { ...VAN, runtime: 'cri-o' as const }],
  ['Docker Engine', { ...VAN, runtime: 'docker' as const }],
])('every key of edgecore.yaml is known, of its type and not null, with %s', (_, input) => {
  const keys: Readonly<Record<string, { readonly type: string; readonly source: string }>> = EDGECORE_KEYS;
  const values = Object.entries(flattened(edgecore(input), (path) => Object.hasOwn(keys, path)));
  const names: Readonly<Record<string, string>> = { object: 'map', number: 'integer' };
  const types = values.map(([path, value]) => {
    const found = Array.isArray(value) ? 'list' : value === null ? 'null' : typeof value;
    return [path, names[found] ?? found];
  });
  const head = ['apiVersion', 'kind'];
  expect(types).toEqual(values.map(([path]) => [path, head.includes(path) ? 'string' : keys[path]?.type]));
});

test('a path of the schema is written once with everything on, or known to be of one runtime', () => {
  const written = new Set(Object.keys(flattened(edgecore(FULL_VAN), (path) => Object.hasOwn(EDGECORE_KEYS, path))));
  expect(Object.keys(EDGECORE_KEYS).filter((path) => !written.has(path))).toEqual([
    'modules.eventBus.mqttServerInternal',
  ]);
});

test('exactly one of the two protocols is on', () => {
  const both = [VAN, FULL_VAN].map((input) => edgecore(input).modules.edgeHub);
  expect(both.map(({ websocket, quic }) => [websocket.enable, quic.enable])).toEqual([
    [true, false],
    [false, true],
  ]);
  expect(both[1]).toMatchObject({
    httpServer: 'https://[2001:db8::10]:10002',
    quic: { server: '[2001:db8::10]:10001' },
  });
});

test('behind node ports, the tunnel has one, too', () => {
  const ports = { websocket: 30000, quic: 30001, https: 30002, tunnel: 30004 };
  const { edgeHub, edgeStream } = edgecore({ ...VAN, cluster: { ...VAN.cluster, ports } }).modules;
  expect([edgeHub.websocket.server, edgeHub.httpServer, edgeStream.server]).toEqual([
    'edge.grocer.example:30000',
    'https://edge.grocer.example:30002',
    'edge.grocer.example:30004',
  ]);
});

test('edgecore and the runtime have one cgroup driver and one socket', () => {
  for (const [runtime, socket] of [
    ['containerd', 'unix:///run/containerd/containerd.sock'],
    ['cri-o', 'unix:///var/run/crio/crio.sock'],
    ['docker', 'unix:///var/run/cri-dockerd.sock'],
  ] as const) {
    const { tailoredKubeletConfig } = edgecore({ ...VAN, runtime }).modules.edged;
    expect(tailoredKubeletConfig).toMatchObject({
      cgroupDriver: 'systemd',
      containerRuntimeEndpoint: socket,
      imageServiceEndpoint: socket,
    });
  }
  expect(text(kubeEdgeTree(VAN).files, '/etc/containerd/config.toml')).toContain('SystemdCgroup = true');
});

test('every runtime makes its pods from the image that KubeEdge has, with the networks of the machine', () => {
  const files = (runtime: KubeEdgeNodeInput['runtime']) =>
    kubeEdgeTree({ ...VAN, runtime, cluster: { ...VAN.cluster, sandboxImage: undefined } }).files;
  const containerd = text(files('containerd'), '/etc/containerd/config.toml');
  expect(containerd).toContain('sandbox_image = "kubeedge/pause:3.6"');
  expect(containerd).toContain('bin_dir = "/opt/cni/bin"\n  conf_dir = "/etc/cni/net.d"');
  const crio = text(files('cri-o'), '/etc/crio/crio.conf.d/50-edgecdk.conf');
  expect(crio).toContain('pause_image = "docker.io/kubeedge/pause:3.6"');
  expect(crio).toContain('network_dir = "/etc/cni/net.d"\nplugin_dirs = ["/opt/cni/bin"]');
  const docker = text(files('docker'), '/etc/systemd/system/cri-docker.service.d/50-edgecdk.conf');
  expect(docker).toMatch(
    /^ExecStart=\nExecStart=.* --cni-bin-dir=\/opt\/cni\/bin --cni-conf-dir=\/etc\/cni\/net\.d --pod-infra-container-image=kubeedge\/pause:3\.6$/m,
  );
});

test('a change of what the runtime reads restarts it, and mirrors of containerd are read without', () => {
  const mirror = { registry: 'docker.io', endpoints: ['https://mirror.example'] };
  const read = (runtime: KubeEdgeNodeInput['runtime']) =>
    /^RUNTIME_FILES=(.*)$/m.exec(
      kubeEdgeTree({ ...VAN, runtime, cluster: { ...VAN.cluster, registries: [mirror] } }).settings,
    )?.[1];
  expect(read('containerd')).toBe('/etc/containerd/config.toml');
  expect(read('cri-o')).toBe('/etc/crio/crio.conf.d/50-edgecdk.conf /etc/containers/registries.conf.d/50-edgecdk.conf');
  expect(read('docker')).toBe('/etc/systemd/system/cri-docker.service.d/50-edgecdk.conf /etc/docker/daemon.json');
});

test('without a broker, edgecore asks for none', () => {
  expect(edgecore(VAN).modules.eventBus).toEqual({ enable: false });
  expect(edgecore(FULL_VAN).modules.eventBus).toEqual({
    enable: true,
    mqttMode: 2,
    mqttServerExternal: 'tcp://127.0.0.1:1885',
  });
});

test('features are on at the edge, too', () => {
  const { modules, featureGates } = edgecore(FULL_VAN);
  expect([
    modules.edgeStream.enable,
    modules.taskManager.enable,
    modules.metaManager.metaServer.enable,
    modules.serviceBus.enable,
  ]).toEqual([true, true, true, true]);
  expect(featureGates.requireAuthorization).toBe(true);
  expect(modules.edged.tailoredKubeletConfig.clusterDNS).toEqual(['169.254.96.16']);
});

test("nothing secret is in a tree or an identity, and none of it is edgecore's own", () => {
  for (const input of [VAN, FULL_VAN]) {
    const tree = kubeEdgeTree(input);
    const files = [...tree.files, ...kubeEdgeIdentity(NODE, SITE, input).files];
    expect(
      files.filter(({ path }) => path.startsWith('/etc/kubeedge/') || path.startsWith('/etc/edgecdk/secrets/')),
    ).toEqual([]);
    expect(new Set(files.map(({ path }) => path)).size).toBe(files.length);
  }
  expect(kubeEdgeTree(VAN).secrets).toMatchObject([
    { name: 'kubeedge-certificate', form: 'folder', keys: ['ca.crt', 'node.crt', 'node.key'] },
  ]);
  expect(kubeEdgeTree(FULL_VAN).secrets).toEqual([]);
});

test('systemd knows every line of every unit', () => {
  if (!present('systemd-analyze')) return;
  const root = mkdtempSync(join(tmpdir(), 'edgecdk-units-'));
  const units = kubeEdgeTree(FULL_VAN).files.filter(({ path }) => path.startsWith('/etc/systemd/system/'));
  for (const { path, text: content } of units) put(join(root, path), content);
  for (const path of ['usr/local/bin/edgecore', 'bin/sh']) put(join(root, path), '', 0o755);
  const names = ['sysinit', 'network-online', 'time-sync', 'multi-user', 'basic', 'shutdown', 'timers', 'sockets'];
  for (const name of names) put(join(root, `usr/lib/systemd/system/${name}.target`), '[Unit]\nDescription=x\n');
  put(join(root, 'usr/lib/systemd/system/containerd.service'), '[Unit]\nDescription=x\n[Service]\nExecStart=/bin/sh\n');
  const own = units
    .filter(({ path }) => /\.(service|timer)$/.test(path))
    .map(({ path }) => path.split('/').pop() ?? '');
  const { stdout, stderr } = spawnSync(
    'systemd-analyze',
    ['verify', `--root=${root}`, '--man=no', '--recursive-errors=no', ...own],
    { encoding: 'utf8' },
  );
  rmSync(root, { recursive: true });
  const lines = `${stdout}${stderr}`
    .split('\n')
    .filter((line) => line !== '' && !/Restart(Steps|MaxDelaySec)|ImportCredential/.test(line));
  expect(lines).toEqual([]);
});

test.each<[string, Partial<KubeEdgeNodeInput> | Partial<KubeEdgeNodeInput['cluster']>, string]>([
  ['a release with known holes', { version: 'v1.22.1' }, 'known holes'],
  ['a host with a port', { host: 'edge.example:10000' }, 'a name alone'],
  ['an upper-case host', { host: 'Edge.example' }, 'a name alone'],
  ['a site without a link', { link: { kind: 'offline' } }, 'take K3s or MicroK8s'],
  [
    'a key that is written anyway',
    { unchecked: { 'modules.edgeHub.heartbeat': 5 } },
    'a key that EdgeCDK writes itself',
  ],
  [
    'the spelling of the cloud',
    { unchecked: { 'modules.edgeHub.tlsCAFile': '/x' } },
    'its place is taken by modules.edgeHub.tlsCaFile',
  ],
  ['a key of old releases', { unchecked: { 'modules.edged.remoteRuntimeEndpoint': '/x' } }, 'containerRuntimeEndpoint'],
  ['a section that is empty', { unchecked: { 'modules.dbTest': null } }, 'breaks at a section that is empty'],
  ['a whole section', { unchecked: { 'modules.edged': {} } }, 'name a single value'],
  ['a broker with credentials', { broker: { kind: 'machine', url: 'tcp://a:b@127.0.0.1:1883' } }, 'has credentials'],
  ['a broker without a port', { broker: { kind: 'machine', url: 'tcp://127.0.0.1' } }, 'a URL with a port'],
  ['a network that is none', { network: { podCidr: '10.22.0.0', clusterDomain: 'x' } }, 'the network of pods'],
  [
    'hardware of ARMv6',
    { deviceClass: { ...VAN.deviceClass, platforms: ['linux/arm/v6'] } },
    'released for linux/amd64, linux/arm64, linux/arm/v7 alone',
  ],
  ['keadm that is not locked', { artifacts: { ...VAN.artifacts, keadmSha256: {} } }, 'not all locked'],
  ['nothing locked', { artifacts: { ...VAN.artifacts, edgecoreSha256: {} } }, 'run edgecdk lock'],
  [
    'credentials in its address',
    { install: { mode: 'mirror', baseUrl: 'https://a:b@mirror.example' } },
    'has credentials',
  ],
  ['a disk above all data', { dataMount: '/var/lib' }, 'would hold more than'],
])('nodes with %s are refused', (_, change, message) => {
  const ofCluster = Object.keys(change).every((key) => key in VAN.cluster || ['taint'].includes(key));
  const input = { ...VAN, ...(ofCluster ? { cluster: { ...VAN.cluster, ...change } } : change) } as KubeEdgeNodeInput;
  expect(kubeEdgeNodeRefusals(input).join('\n')).toContain(message);
});

test('good nodes are refused nothing', () => {
  expect([VAN, FULL_VAN].map(kubeEdgeNodeRefusals)).toEqual([[], []]);
});
