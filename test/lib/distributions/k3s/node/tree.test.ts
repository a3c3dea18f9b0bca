import { parse } from 'yaml';
import { K3S_CONFIG_KEYS } from '../../../../../lib/catalog/k3s-config';
import { openPorts } from '../../../../../lib/distributions/k3s/node/firewall';
import { k3sAgentTree, k3sServerTree } from '../../../../../lib/distributions/k3s/node/tree';
import type { K3sNodeInput } from '../../../../../lib/model/k3s-node-input';
import type { NodeTree } from '../../../../../lib/model/node-tree';
import { FULL, RASPIOS, SINGLE, UBUNTU } from '../../../render/node/sample-input';

const trees = {
  'a single server': k3sServerTree(SINGLE),
  'one of three servers': k3sServerTree(FULL),
  'an agent': k3sAgentTree(FULL),
};

function textOf(tree: NodeTree, path: string): string {
  const file = tree.files.find((one) => one.path === path);
  if (file === undefined) throw new Error(`no ${path} in ${tree.files.map((one) => one.path).join(' ')}`);
  return file.text;
}

function yamlOf(tree: NodeTree, path: string): Record<string, unknown> {
  return parse(textOf(tree, path), { version: '1.1' });
}

const pathsOf = (tree: NodeTree): string[] => tree.files.map(({ path }) => path);
const withCluster = (cluster: Partial<K3sNodeInput['cluster']>, from = SINGLE): K3sNodeInput => ({
  ...from,
  cluster: { ...from.cluster, ...cluster },
});

const CONFIG = '/etc/rancher/k3s/config.yaml';
const FIXED = '/etc/rancher/k3s/config.yaml.d/20-fixed.yaml';
const KUBELET = '/var/lib/rancher/k3s/agent/etc/kubelet.conf.d/50-edgecdk.conf';

test('a single server has no token, no agents and no servers to know of', () => {
  expect(yamlOf(trees['a single server'], CONFIG)).toEqual({ 'write-kubeconfig-mode': '0600', disable: ['traefik'] });
});

test('three servers with everything switched on', () => {
  expect(yamlOf(trees['one of three servers'], CONFIG)).toEqual({
    'token-file': '/etc/edgecdk/secrets/token',
    'agent-token-file': '/etc/edgecdk/secrets/agent-token',
    'private-registry': '/run/edgecdk/registries.yaml',
    'disable-default-registry-endpoint': true,
    'protect-kernel-defaults': true,
    selinux: true,
    'write-kubeconfig-mode': '0600',
    disable: ['traefik'],
    'kube-apiserver-arg': [
      'enable-admission-plugins=NodeRestriction,EventRateLimit',
      'admission-control-config-file=/var/lib/rancher/k3s/server/psa.yaml',
      'audit-log-path=/var/lib/rancher/k3s/server/logs/audit.log',
      'audit-policy-file=/var/lib/rancher/k3s/server/audit.yaml',
      'audit-log-maxage=30',
      'audit-log-maxbackup=10',
      'audit-log-maxsize=100',
      'service-account-extend-token-expiration=false',
    ],
    'kube-controller-manager-arg': ['terminated-pod-gc-threshold=100'],
    'etcd-snapshot-retention': 5,
    'etcd-snapshot-compress': true,
    'etcd-s3': true,
    'etcd-s3-endpoint': 's3.example',
    'etcd-s3-bucket': 'snapshots',
    'etcd-s3-region': 'eu-1',
  });
});

test('an agent has the token of agents alone', () => {
  expect(yamlOf(trees['an agent'], CONFIG)).toEqual({
    'token-file': '/etc/edgecdk/secrets/agent-token',
    'private-registry': '/run/edgecdk/registries.yaml',
    'disable-default-registry-endpoint': true,
    'protect-kernel-defaults': true,
    selinux: true,
  });
});

test.each(Object.entries(trees))('every key of %s is known, has its type, and stands in one file', (_, tree) => {
  const keys = tree.files
    .filter(({ path }) => path.startsWith('/etc/rancher/k3s/config.yaml'))
    .flatMap(({ path }) => Object.entries(yamlOf(tree, path)));
  for (const [key, value] of keys) {
    const known = K3S_CONFIG_KEYS[key as keyof typeof K3S_CONFIG_KEYS];
    expect([key, Array.isArray(value) ? 'list' : typeof value]).toEqual([key, known?.type]);
    if (tree.role === 'agent') expect([key, known.role]).toEqual([key, 'both']);
  }
  expect(new Set(keys.map(([key]) => key)).size).toBe(keys.length);
});

test('what cannot change in place is in a file of its own, with defaults written out', () => {
  expect(yamlOf(k3sServerTree(SINGLE), FIXED)).toEqual({
    'cluster-cidr': ['10.42.0.0/16'],
    'service-cidr': ['10.43.0.0/16'],
    'cluster-dns': ['10.43.0.10'],
    'cluster-domain': 'cluster.local',
    'flannel-backend': 'vxlan',
  });
  const said = withCluster({
    clusterCidr: ['10.42.0.0/16'],
    serviceCidr: ['10.43.0.0/16'],
    clusterDns: ['10.43.0.10'],
  });
  expect(textOf(k3sServerTree(said), FIXED)).toBe(textOf(k3sServerTree(SINGLE), FIXED));
  expect(k3sServerTree(SINGLE).files.find(({ path }) => path === FIXED)?.effect).toBe('reprovision');
});

test('another day of the lock restarts K3s nowhere, nor do kernel settings and modules', () => {
  const later = { ...FULL, artifacts: { ...FULL.artifacts, lockedOn: '2027-02-01' } };
  const { files } = k3sServerTree(FULL);
  const changed = k3sServerTree(later).files.filter(
    (file) => file.text !== textOf(trees['one of three servers'], file.path),
  );
  expect(changed.map(({ path, effect }) => [path, effect])).toEqual([['/etc/edgecdk/scripts/before-k3s.sh', 'live']]);
  const host = files.filter(({ path }) => /^\/etc\/(sysctl|modules-load)\.d\//.test(path));
  expect(host.map(({ effect }) => effect)).toEqual(['live', 'live', 'live']);
});

test('encryption of secrets, once on, stays on a node whose tree no longer has it', () => {
  const file = k3sServerTree(withCluster({ secretsEncryption: true })).files.find(({ path }) =>
    path.endsWith('30-encryption.yaml'),
  );
  expect(file?.effect).toBe('once');
  expect(pathsOf(k3sServerTree(SINGLE))).not.toContain(file?.path);
});

test('the kubelet keeps free what the device class says, with all three floors', () => {
  expect(yamlOf(k3sServerTree(SINGLE), KUBELET)).toMatchObject({
    kubeReserved: { memory: '300Mi' },
    systemReserved: { memory: '200Mi' },
    evictionHard: { 'memory.available': '100Mi', 'nodefs.available': '5%', 'imagefs.available': '5%' },
  });
});

test('before 1.32 the kubelet is told by arguments', () => {
  const tree = k3sServerTree(withCluster({ version: 'v1.31.14+k3s1', hardening: true }));
  expect(pathsOf(tree)).not.toContain(KUBELET);
  expect(yamlOf(tree, CONFIG)['kubelet-arg']).toEqual([
    'eviction-hard=imagefs.available<5%,memory.available<100Mi,nodefs.available<5%',
    'kube-reserved=memory=300Mi',
    'system-reserved=memory=200Mi',
    'streaming-connection-idle-timeout=5m',
    expect.stringMatching(/^tls-cipher-suites=TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,/),
  ]);
});

const hardeningParts = [
  '/etc/rancher/k3s/config.yaml.d/30-encryption.yaml',
  '/etc/sysctl.d/90-kubelet.conf',
  '/var/lib/rancher/k3s/server/audit.yaml',
  '/var/lib/rancher/k3s/server/logs/',
  '/var/lib/rancher/k3s/server/psa.yaml',
];

test('hardening brings all of its parts, and without it there is none', () => {
  const without = pathsOf(k3sServerTree(SINGLE));
  const withIt = pathsOf(k3sServerTree(withCluster({ hardening: true })));
  expect(withIt.filter((path) => !without.includes(path))).toEqual(hardeningParts);
  expect(without.filter((path) => !withIt.includes(path))).toEqual([]);
});

test('every admission plug-in that is switched on and needs a configuration has one', () => {
  const { plugins } = yamlOf(
    k3sServerTree(withCluster({ hardening: true })),
    '/var/lib/rancher/k3s/server/psa.yaml',
  ) as {
    plugins: Array<{ name: string; configuration: Record<string, unknown> }>;
  };
  expect(plugins.map(({ name }) => name)).toEqual(['EventRateLimit', 'PodSecurity']);
  expect(plugins[0]?.configuration.limits).toEqual([{ type: 'Server', qps: 5000, burst: 20000 }]);
});

test('a release before 1.29 is hardened in its own words', () => {
  const config = yamlOf(k3sServerTree(withCluster({ version: 'v1.28.15+k3s1', hardening: true })), CONFIG);
  expect(config['kube-apiserver-arg']).not.toContain('service-account-extend-token-expiration=false');
  expect(config['kube-controller-manager-arg']).toEqual(['terminated-pod-gc-threshold=10']);
});

test('registries are configured by endpoint, and credentials are a mark', () => {
  expect(yamlOf(trees['an agent'], '/etc/rancher/k3s/registries.yaml')).toEqual({
    mirrors: {
      '*': { endpoint: ['https://all.example'] },
      'docker.io': {
        endpoint: ['https://mirror.example:5000', 'http://10.0.0.2'],
        rewrite: { '^library/(.*)': 'hub/$1' },
      },
    },
    configs: {
      '10.0.0.2': {
        auth: { auth: '@edgecdk-credentials@mirror-login' },
        tls: { ca_file: '/etc/ssl/mirror.pem' },
      },
      'mirror.example:5000': {
        auth: { auth: '@edgecdk-credentials@mirror-login' },
        tls: { ca_file: '/etc/ssl/mirror.pem' },
      },
    },
  });
});

test('secrets are named with their form, and must be there before the start', () => {
  expect(trees['one of three servers'].secrets.map(({ name, form, keys }) => [name, form, ...keys])).toEqual([
    ['agent-token', 'token'],
    ['mirror-login', 'user-password'],
    ['s3-login', 'environment', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'],
    ['token', 'token'],
  ]);
  expect(trees['an agent'].settings).toContain('SECRETS=agent-token mirror-login\n');
  expect(trees['a single server'].settings).not.toContain('SECRETS');
});

test('every secret of a tree is named by a file that refers to it, and the other way round', () => {
  for (const tree of Object.values(trees)) {
    const named = [...new Set(tree.files.flatMap(({ secrets }) => secrets))].sort();
    expect(named).toEqual(tree.secrets.map(({ name }) => name));
    for (const { text, secrets } of tree.files) for (const name of secrets) expect(text).toContain(name);
  }
});

test('a server waits for its disk, its clock and its secrets, and brings its timers along', () => {
  const drop = textOf(trees['one of three servers'], '/etc/systemd/system/k3s.service.d/50-edgecdk.conf');
  for (const line of [
    'After=time-sync.target',
    'RequiresMountsFor=/var/lib/rancher',
    'Wants=edgecdk-quiet-hour.timer',
    'EnvironmentFile=/etc/edgecdk/secrets/s3-login',
    'RestartMaxDelaySec=5min',
  ])
    expect(drop.split('\n')).toContain(line);
});

test.each([
  ['SQLite on a second disk', withCluster({ backup: { kind: 'disk', path: '/mnt/copies', keep: 7 } }), true],
  [
    'etcd on a second disk',
    withCluster({ datastore: 'etcd', backup: { kind: 'disk', path: '/mnt/copies', keep: 7 } }),
    true,
  ],
  ['etcd in S3', FULL, false],
  ['none', SINGLE, false],
])('a copy of %s has a timer of ours: %s', (_, input, expected) => {
  const tree = k3sServerTree(input);
  expect(pathsOf(tree).includes('/etc/systemd/system/edgecdk-backup.timer')).toBe(expected);
  expect(tree.settings.includes('BACKUP_FOLDER=/mnt/copies\n')).toBe(expected);
  const drop = textOf(tree, '/etc/systemd/system/k3s.service.d/50-edgecdk.conf');
  expect(drop.includes('edgecdk-backup.timer')).toBe(expected);
});

test('a card gets a small journal, a disk does not', () => {
  const journal = '/etc/systemd/journald.conf.d/50-edgecdk.conf';
  const onDisk = { ...SINGLE, deviceClass: { ...SINGLE.deviceClass, storage: 'nvme' as const } };
  expect(pathsOf(k3sServerTree(SINGLE))).toContain(journal);
  expect(pathsOf(k3sServerTree(onDisk))).not.toContain(journal);
});

test.each([
  ['a single server', SINGLE, 'server', ['6443/tcp', '10250/tcp', '8472/udp']],
  ['a server of three', FULL, 'server', ['6443/tcp', '2379-2380/tcp', '10250/tcp', '51820-51821/udp']],
  ['an agent', FULL, 'agent', ['10250/tcp', '51820-51821/udp']],
  [
    'a server with ingress',
    withCluster({ disable: [] }),
    'server',
    ['6443/tcp', '10250/tcp', '8472/udp', '80/tcp', '443/tcp'],
  ],
] as const)('%s is reached on the ports that it needs', (_, input, role, expected) => {
  expect(openPorts(input.cluster, role).map(({ port, protocol }) => `${port}/${protocol}`)).toEqual(expected);
});

test.each([
  [UBUNTU, '/etc/ufw/applications.d/edgecdk-k3s', 'ports=10250/tcp|8472/udp'],
  [FULL.operatingSystem, '/etc/firewalld/services/edgecdk-k3s.xml', '<port port="6443" protocol="tcp"/>'],
])('$name has them for its firewall', (operatingSystem, path, text) => {
  expect(textOf(k3sServerTree({ ...SINGLE, operatingSystem }), path)).toContain(text);
});

test('a clock is wrong before the day of the lock, and twenty years after it', () => {
  expect(k3sServerTree(SINGLE).settings).toContain('CLOCK_NOT_BEFORE=2026-11-01\n');
  expect(k3sServerTree(SINGLE).settings).toContain('CLOCK_NOT_AFTER=2046-11-01\n');
});

test('kernel arguments go with the file that holds them', () => {
  const { settings } = k3sServerTree({ ...SINGLE, operatingSystem: RASPIOS });
  expect(settings).toContain('KERNEL_ARGUMENTS=cgroup_memory=1 cgroup_enable=memory\n');
  expect(settings).toContain('CMDLINE_PATHS=/boot/firmware/cmdline.txt\n');
  expect(k3sServerTree(SINGLE).settings).not.toContain('CMDLINE_PATHS');
});

test('no tree says anything of a site or a node', () => {
  for (const tree of Object.values(trees)) expect(JSON.stringify(tree)).not.toMatch(/store-0412|Europe|ntp1/);
});

test('equal input makes equal trees, in the order of paths', () => {
  expect(k3sServerTree(FULL)).toEqual(k3sServerTree(structuredClone(FULL)));
  for (const tree of Object.values(trees)) expect(pathsOf(tree)).toEqual([...pathsOf(tree)].sort());
});

test('a script or a file with words that YAML 1.1 reads as something else', () => {
  const tree = k3sServerTree(
    withCluster({ registries: [{ registry: 'on', endpoints: ['http://12'] }], clusterDomain: 'no' }),
  );
  expect(yamlOf(tree, '/etc/rancher/k3s/registries.yaml')).toEqual({ mirrors: { on: { endpoint: ['http://12'] } } });
  expect(yamlOf(tree, FIXED)['cluster-domain']).toBe('no');
});
