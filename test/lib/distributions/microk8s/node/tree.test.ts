import { parseAllDocuments } from 'yaml';
import { MICROK8S_LAUNCH_KEYS } from '../../../../../lib/catalog/microk8s-launch';
import { microk8sOpenPorts } from '../../../../../lib/distributions/microk8s/node/firewall';
import { microk8sTree } from '../../../../../lib/distributions/microk8s/node/tree';
import type { NodeTree } from '../../../../../lib/model/node-tree';
import { treeFolder } from '../../../../../lib/render/node/folder';
import { ALONE, DEPOT, OFFLINE, withCluster } from './sample-microk8s';

const LAUNCH = '/etc/edgecdk/microk8s/launch.yaml';
const trees = {
  'a node alone': microk8sTree(ALONE, 'server'),
  'one of three servers': microk8sTree(DEPOT, 'server'),
  'a worker': microk8sTree(DEPOT, 'agent'),
  'a node without a link': microk8sTree(OFFLINE, 'server'),
};

function textOf(tree: NodeTree, path: string): string {
  const file = tree.files.find((one) => one.path === path);
  if (file === undefined) throw new Error(`no ${path} in ${tree.files.map((one) => one.path).join(' ')}`);
  return file.text;
}

function launchOf(tree: NodeTree): Record<string, Record<string, string>> {
  const documents = parseAllDocuments(textOf(tree, LAUNCH), { version: '1.1' });
  return documents.map((document) => document.toJS())[0];
}

const settingsOf = (tree: NodeTree): string[] => tree.settings.trim().split('\n');
const pathsOf = (tree: NodeTree): string[] => tree.files.map(({ path }) => path);

test('a node alone repeats what a launch configuration replaces, and keeps free what its class says', () => {
  expect(launchOf(trees['a node alone'])).toEqual({
    version: '0.1.0',
    extraKubeletArgs: {
      '--cluster-dns': '10.152.183.10',
      '--cluster-domain': 'cluster.local',
      '--eviction-hard': '"memory.available<100Mi,nodefs.available<5%,imagefs.available<5%"',
      '--kube-reserved': 'memory=600Mi',
      '--system-reserved': 'memory=200Mi',
    },
  });
  expect(trees['a node alone'].secrets).toEqual([]);
});

test('one of three servers with most that can be said', () => {
  const launch = launchOf(trees['one of three servers']);
  expect(launch).toMatchObject({
    extraConfigFiles: { 'audit.yaml': 'apiVersion: audit.k8s.io/v1\nkind: Policy\n' },
    extraContainerdEnv: { HTTPS_PROXY: 'http://proxy.example:3128' },
    extraKubeAPIServerArgs: { '--enable-admission-plugins': 'EventRateLimit,NodeRestriction', '--event-ttl': '1h' },
    extraKubeletArgs: { '--max-pods': '60', '--read-only-port': null },
  });
  expect(trees['one of three servers'].secrets.map(({ name }) => name)).toEqual(['microk8s-token', 'mirror-login']);
});

test.each(Object.entries(trees))(
  'every key of the launch configuration of %s is known, and may be written',
  (_, tree) => {
    for (const key of Object.keys(launchOf(tree))) {
      const known = MICROK8S_LAUNCH_KEYS[key as keyof typeof MICROK8S_LAUNCH_KEYS];
      expect([key, known?.type === undefined || known.type === 'never']).toEqual([key, false]);
    }
  },
);

test('mirrors are hosts of containerd, with credentials apart', () => {
  const { containerdRegistryConfigs: hosts } = launchOf(trees['one of three servers']);
  expect(hosts?.['docker.io']).toBe(`server = "https://registry-1.docker.io"

[host."https://mirror.example:5000"]
  capabilities = ["pull", "resolve"]
  ca = "/etc/ssl/mirror.pem"
[host."https://mirror.example:5000".header]
  authorization = "Basic @edgecdk-credentials@mirror-login@"

[host."http://10.0.0.2/v2/hub"]
  capabilities = ["pull", "resolve"]
  override_path = true
  ca = "/etc/ssl/mirror.pem"
[host."http://10.0.0.2/v2/hub".header]
  authorization = "Basic @edgecdk-credentials@mirror-login@"
`);
  expect(hosts?._default).not.toContain('server =');
});

test('where mirrors are all that is asked, no registry stands behind them', () => {
  const { containerdRegistryConfigs: hosts } = launchOf(
    microk8sTree(withCluster({ onlyMirrors: true }, DEPOT), 'server'),
  );
  expect(hosts?.['docker.io']).toContain('server = "http://10.0.0.2/v2/hub"');
  expect(hosts?._default).toContain('server = "https://all.example"');
});

test('networks are read at the installation alone: a change of theirs asks for a new one', () => {
  const network = { clusterCidr: '10.50.0.0/16', serviceCidr: '10.96.0.0/16', clusterDns: '10.96.0.10' };
  const tree = microk8sTree(withCluster({ network }), 'server');
  expect(launchOf(tree)).toMatchObject({
    version: '0.2.0',
    extraCNIEnv: { IPv4_CLUSTER_CIDR: '10.50.0.0/16', IPv4_SERVICE_CIDR: '10.96.0.0/16', IPv4_SUPPORT: 'true' },
  });
  const fixed = tree.files.find(({ path }) => path === '/etc/edgecdk/microk8s/fixed.yaml');
  expect(fixed).toMatchObject({ effect: 'reprovision', text: expect.stringContaining('service-cidr: "10.96.0.0/16"') });
});

test('a default that is said is the same as one that is left out', () => {
  const network = { clusterCidr: '10.1.0.0/16', serviceCidr: '10.152.183.0/24', clusterDns: '10.152.183.10' };
  const fixed = '/etc/edgecdk/microk8s/fixed.yaml';
  expect(textOf(microk8sTree(withCluster({ network }), 'server'), fixed)).toBe(textOf(trees['a node alone'], fixed));
});

test('every line that MicroK8s is given has one that takes it back: to its own default, or away', () => {
  expect(textOf(trees['one of three servers'], '/etc/edgecdk/microk8s/launch.undo').split('\n')).toEqual(
    expect.arrayContaining([
      'extraKubeAPIServerArgs\t"--event-ttl"\t"5m"',
      'extraKubeAPIServerArgs\t"--enable-admission-plugins"\t"EventRateLimit"',
      'extraKubeletArgs\t"--max-pods"\tnull',
      'extraKubeletArgs\t"--read-only-port"\t"0"',
      'extraContainerdEnv\t"HTTPS_PROXY"\tnull',
      'containerdRegistryConfigs\t"docker.io"\t""',
    ]),
  );
});

test('addons are a list of lines, for servers', () => {
  const path = '/etc/edgecdk/microk8s/addons';
  expect(textOf(trees['one of three servers'], path)).toBe('rbac\ndns 10.0.0.1\nmetallb 10.0.0.200-10.0.0.210\n');
  expect(pathsOf(trees['a worker'])).not.toContain(path);
});

test('addons of the community come behind the one that brings their scripts', () => {
  const addons = [
    { name: 'dns' as const, arguments: [] },
    { name: 'trivy' as const, arguments: [] },
  ];
  expect(textOf(microk8sTree(withCluster({ addons }), 'server'), '/etc/edgecdk/microk8s/addons')).toBe(
    'dns\ncommunity\ntrivy\n',
  );
});

test('settings of a node without a link name snaps with revision and checksums, in their order, and images', () => {
  const sums = `${'a'.repeat(64)}:${'a'.repeat(64)}`;
  expect(settingsOf(trees['a node without a link'])).toEqual(
    expect.arrayContaining([
      'CHANNEL=1.33/stable',
      'CONFINEMENT=classic',
      'ALONE=yes',
      'INSTALL=preloaded',
      `SNAPS_AMD64=core20_2434:${sums} microk8s_7890:${sums}`,
      `IMAGES_AMD64=microk8s-images-amd64.tar:${'a'.repeat(64)}`,
      'MEDIUM_LABEL=EDGECDK',
    ]),
  );
  expect(pathsOf(trees['a node without a link'])).toContain('/etc/edgecdk/scripts/default-route.sh');
  expect(pathsOf(trees['a node alone'])).not.toContain('/etc/edgecdk/scripts/default-route.sh');
});

test('journal, kernel settings and modules are as for K3s, and ask for no restart', () => {
  const card = { ...ALONE, deviceClass: { ...ALONE.deviceClass, storage: 'sd' as const } };
  const files = microk8sTree(card, 'server').files.filter(({ path }) => /journald|sysctl|modules-load/.test(path));
  expect(files.map(({ path, effect }) => [path, effect])).toEqual([
    ['/etc/modules-load.d/edgecdk-microk8s.conf', 'live'],
    ['/etc/sysctl.d/90-edgecdk-microk8s.conf', 'live'],
    ['/etc/systemd/journald.conf.d/50-edgecdk.conf', 'live'],
  ]);
});

test('with a data disk, no service of MicroK8s starts without it', () => {
  const tree = microk8sTree({ ...ALONE, dataMount: '/var/snap/microk8s' }, 'server');
  const dropIns = tree.files.filter(({ text }) => text.includes('RequiresMountsFor=/var/snap/microk8s'));
  expect(dropIns.map(({ path }) => path.split('/')[4])).toEqual(
    ['cluster-agent', 'containerd', 'k8s-dqlite', 'kubelite'].map((name) => `snap.microk8s.daemon-${name}.service.d`),
  );
});

test('ports are those of what is there', () => {
  const ports = (input: typeof ALONE, role: 'server' | 'agent') =>
    microk8sOpenPorts(input.cluster, role).map(({ port }) => port);
  expect(ports(ALONE, 'server')).toEqual(['16443', '10250']);
  expect(ports(DEPOT, 'server')).toEqual(['16443', '10250', '25000', '19001', '4789']);
  expect(ports(DEPOT, 'agent')).toEqual(['10250', '25000', '4789']);
});

test.each(Object.entries(trees))('%s is a folder that says what is in it', (_, tree) => {
  const folder = treeFolder(tree);
  expect(JSON.parse(folder['node.json'] ?? '')).toMatchObject({ distribution: 'microk8s', version: '1.33/stable' });
  expect(Object.keys(folder).filter((path) => path.startsWith('files/')).length).toBe(tree.files.length);
  expect(folder.manifest?.trim().split('\n').at(-1)).toBe(`end\t${tree.files.length + 3}`);
});

test.each(Object.entries(trees))('%s names K3s nowhere', (_, tree) => {
  // The script of every boot is the same for all distributions.
  const own = tree.files.filter(({ path }) => path !== '/etc/edgecdk/scripts/boot.sh');
  for (const { path, text } of own) expect([path, /k3s/i.test(text)]).toEqual([path, false]);
});
