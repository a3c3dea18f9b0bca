import { K3S_RUNTIMES } from '../../../../../lib/catalog/k3s-runtimes';
import { KUBEEDGE_RUNTIMES } from '../../../../../lib/catalog/kubeedge-runtimes';
import { MICROK8S_RUNTIMES } from '../../../../../lib/catalog/microk8s-runtimes';
import type { ContainerRuntime } from '../../../../../lib/model/container-runtime';
import { mirrorFiles, mirrorRefusals } from '../../../../../lib/render/node/runtimes/mirrors';
import { runtimeKeys, runtimeRefusal } from '../../../../../lib/render/node/runtimes/refusals';

const MIRRORS = {
  registries: [
    { registry: 'docker.io', endpoints: ['https://mirror.example:5000', 'http://spare.example/hub'] },
    { registry: 'registry.example:5000', endpoints: ['https://mirror.example:5000'], caFile: '/etc/ssl/own.crt' },
    { registry: '*', endpoints: ['https://mirror.example:5000'] },
  ],
};
const HUB = {
  registries: [{ registry: 'docker.io', endpoints: ['https://mirror.example:5000', 'http://spare.example'] }],
};

function texts(runtime: ContainerRuntime, mirrors: Parameters<typeof mirrorFiles>[1]): Record<string, string> {
  return Object.fromEntries(
    mirrorFiles(runtime, mirrors).map(({ path, text }) => [path, text.replace(/^# Written.*\n/, '')]),
  );
}

test('containerd has a folder for each registry', () => {
  expect(texts('containerd', MIRRORS)).toEqual({
    '/etc/containerd/certs.d/_default/hosts.toml':
      '[host."https://mirror.example:5000"]\n  capabilities = ["pull", "resolve"]\n',
    '/etc/containerd/certs.d/docker.io/hosts.toml': `server = "https://registry-1.docker.io"

[host."https://mirror.example:5000"]
  capabilities = ["pull", "resolve"]

[host."http://spare.example/hub"]
  capabilities = ["pull", "resolve"]
  override_path = true
`,
    '/etc/containerd/certs.d/registry.example_5000_/hosts.toml': `server = "https://registry.example:5000"

[host."https://mirror.example:5000"]
  capabilities = ["pull", "resolve"]
  ca = "/etc/ssl/own.crt"
`,
  });
});

test('with mirrors alone, the registry itself is asked by nobody: the last mirror stands for it', () => {
  expect(texts('containerd', { ...HUB, onlyMirrors: true })['/etc/containerd/certs.d/docker.io/hosts.toml']).toContain(
    'server = "http://spare.example"',
  );
  expect(
    texts('containerd', { ...MIRRORS, onlyMirrors: true })['/etc/containerd/certs.d/_default/hosts.toml'],
  ).toContain('server = "https://mirror.example:5000"');
  const conf = Object.values(texts('cri-o', { ...HUB, onlyMirrors: true })).join();
  expect(conf).toContain('prefix = "docker.io"\nlocation = "spare.example"\ninsecure = true\n');
});

test('CRI-O has one file, without schemes', () => {
  expect(texts('cri-o', HUB)).toEqual({
    '/etc/containers/registries.conf.d/50-edgecdk.conf': `unqualified-search-registries = ["docker.io"]

[[registry]]
prefix = "docker.io"
location = "docker.io"

[[registry.mirror]]
location = "mirror.example:5000"

[[registry.mirror]]
location = "spare.example"
insecure = true
`,
  });
});

test('Docker Engine has its one file, with the cgroup driver of the kubelet', () => {
  const [text = ''] = Object.values(texts('docker', HUB));
  expect(JSON.parse(text)).toMatchObject({
    'exec-opts': ['native.cgroupdriver=systemd'],
    'registry-mirrors': ['https://mirror.example:5000', 'http://spare.example'],
    'insecure-registries': ['spare.example'],
  });
  expect(JSON.parse(Object.values(texts('docker', { registries: [] }))[0] ?? '')).not.toHaveProperty(
    'registry-mirrors',
  );
});

test('without mirrors, containerd has no file, and CRI-O still knows where images without a registry are', () => {
  expect(mirrorFiles('containerd', { registries: [] })).toEqual([]);
  expect(Object.values(texts('cri-o', { registries: [] }))).toEqual([
    'unqualified-search-registries = ["docker.io"]\n',
  ]);
});

test.each<[ContainerRuntime, Parameters<typeof mirrorRefusals>[1], string]>([
  [
    'docker',
    { registries: [{ registry: 'quay.io', endpoints: ['https://m.example'] }] },
    'mirrors of Docker Hub alone',
  ],
  ['docker', { ...HUB, onlyMirrors: true }, 'cannot be kept from it'],
  [
    'docker',
    { registries: [{ registry: 'docker.io', endpoints: ['https://m.example/hub'] }] },
    'do not start with a mirror that has a path',
  ],
  [
    'docker',
    { registries: [{ registry: 'docker.io', endpoints: ['https://m.example'], caFile: '/x' }] },
    '/etc/docker/certs.d/<host>/ca.crt',
  ],
  [
    'cri-o',
    { registries: [{ registry: 'docker.io', endpoints: ['https://m.example'], caFile: '/x' }] },
    '/etc/containers/certs.d/<host>/ca.crt',
  ],
  ['cri-o', { registries: [{ registry: '*', endpoints: ['https://m.example'] }] }, 'name each registry'],
  [
    'containerd',
    { registries: [{ registry: 'docker.io', endpoints: ['https://m.example'], rewrite: { a: 'b' } }] },
    "K3s's own containerd",
  ],
  [
    'containerd',
    { registries: [{ registry: 'docker.io', endpoints: ['https://m.example'], credentials: 'login' }] },
    'imagePullSecret',
  ],
  [
    'containerd',
    { registries: [{ registry: 'docker.io', endpoints: ['https://a:b@m.example'] }] },
    'without credentials',
  ],
])('%s is refused what it cannot be told of mirrors', (runtime, mirrors, message) => {
  const [found = ''] = mirrorRefusals(runtime, mirrors);
  expect(found).toContain(message);
  expect(found).not.toContain('a:b@');
});

test('what a runtime can be told is refused nothing', () => {
  expect(mirrorRefusals('containerd', MIRRORS)).toEqual([]);
  expect(mirrorRefusals('cri-o', HUB)).toEqual([]);
  expect(mirrorRefusals('docker', HUB)).toEqual([]);
});

test('MicroK8s has its own containerd and no other runtime', () => {
  expect(runtimeRefusal('MicroK8s', MICROK8S_RUNTIMES, 'cri-o', 'box')).toBe(
    "device class 'box' has CRI-O: the snap of MicroK8s starts its own containerd, and its kubelet knows no other; take containerd, or another distribution than MicroK8s for its nodes",
  );
  expect(runtimeRefusal('MicroK8s', MICROK8S_RUNTIMES, 'docker', 'box')).toContain("'box' has Docker Engine");
  expect(runtimeRefusal('MicroK8s', MICROK8S_RUNTIMES, 'containerd', 'box')).toBeUndefined();
});

test('every pair of a distribution and a runtime says what it means', () => {
  for (const pairs of [K3S_RUNTIMES, MICROK8S_RUNTIMES, KUBEEDGE_RUNTIMES])
    for (const pair of Object.values(pairs)) expect('reason' in pair ? pair.reason : pair.note).not.toBe('');
  expect(runtimeKeys(K3S_RUNTIMES['cri-o'])).toEqual({
    'container-runtime-endpoint': 'unix:///var/run/crio/crio.sock',
  });
  expect(runtimeKeys(K3S_RUNTIMES.docker)).toEqual({ docker: true });
  expect(runtimeKeys(K3S_RUNTIMES.containerd)).toEqual({});
});
