import { DeviceClass, Fleet, Hardware, Install, Size } from 'edgecdk';
import { model } from '../../constructs/internal';
import { MicroK8sCluster, type MicroK8sClusterProps } from '../../constructs/microk8s-cluster';
import { MICROK8S } from '../../lib/distributions/microk8s/microk8s';
import type { MicroK8sClusterModel } from '../../lib/model/microk8s-cluster-model';

const fleet = new Fleet('depots');
const hardware = Hardware.n100MiniPc({ memory: Size.gibibytes(16) });
const box = new DeviceClass(fleet, 'box', { hardware });

type Props = Partial<MicroK8sClusterProps<'linux/amd64'>>;

function clusterOf(props: Props = {}): MicroK8sClusterModel {
  return new MicroK8sCluster({ channel: '1.33/stable', controlPlane: box.count(1), ...props })[model];
}

test('a cluster that says little has DNS alone, and the defaults', () => {
  expect(clusterOf()).toEqual({
    distribution: MICROK8S,
    version: '1.33/stable',
    nodes: [{ deviceClass: 'depots/box', count: 1, role: 'server' }],
    addons: [{ name: 'dns', arguments: [] }],
    machines: {
      launch: {},
      network: {},
      tlsSans: [],
      registries: [],
      install: { mode: 'online' },
      token: 'microk8s-token',
      secretsFrom: { kind: 'medium' },
      access: { sshKeys: [] },
      ntpServers: undefined,
      quietHour: undefined,
    },
  });
});

test('the control plane comes before the workers, as servers and agents', () => {
  const { nodes } = clusterOf({ controlPlane: box.count(3), workers: [box.count(2), box.count(4)] });
  expect(nodes.map(({ role, count }) => [role, count])).toEqual([
    ['server', 3],
    ['agent', 2],
    ['agent', 4],
  ]);
});

test('addons are enabled in an order of their own, whatever that of the program is', () => {
  const addons = { trivy: true, registry: { size: '40Gi' }, 'metrics-server': true, rbac: true } as const;
  expect(clusterOf({ addons }).addons.map(({ name }) => name)).toEqual([
    'rbac',
    'dns',
    'metrics-server',
    'registry',
    'trivy',
  ]);
});

test.each([
  [{ dns: { nameservers: ['10.0.0.1', '10.0.0.2'] } }, ['10.0.0.1,10.0.0.2']],
  [
    { dns: false, metallb: { addresses: ['10.0.0.20-10.0.0.30', '10.0.0.32/28'] } },
    ['10.0.0.20-10.0.0.30,10.0.0.32/28'],
  ],
  [
    { dns: false, nvidia: { driver: 'host', operatorVersion: '25.10.0' } },
    ['--gpu-operator-driver', 'host', '--gpu-operator-version', '25.10.0'],
  ],
  [{ dns: false, nvidia: true }, []],
  [{ dns: false, registry: { size: '40Gi' } }, ['--size', '40Gi']],
  [{ dns: false, observability: { arguments: ['--without-tempo'] } }, ['--without-tempo']],
] as const)('arguments of %j are written as MicroK8s reads them', (addons, expected) => {
  expect(clusterOf({ addons }).addons.map((addon) => addon.arguments)).toEqual([expected]);
});

test('settings of services have the names of the launch configuration', () => {
  const launch = {
    kubelet: { '--max-pods': '60' },
    apiServer: { '--event-ttl': '1h', '--profiling': null },
    containerdEnvironment: { HTTPS_PROXY: 'http://proxy.example' },
    files: { 'audit.yaml': 'x' },
  };
  expect(clusterOf({ launch }).machines?.launch).toEqual({
    extraKubeletArgs: { '--max-pods': '60' },
    extraKubeAPIServerArgs: { '--event-ttl': '1h', '--profiling': null },
    extraContainerdEnv: { HTTPS_PROXY: 'http://proxy.example' },
    extraConfigFiles: { 'audit.yaml': 'x' },
  });
});

test('mirrors, the way of installation and the token are as said', () => {
  const { machines } = clusterOf({
    registries: { 'docker.io': { endpoints: ['https://m.example'], secret: 'mirror-login' } },
    onlyMirrors: true,
    install: Install.preloaded(),
    token: 'depot-token',
  });
  expect(machines).toMatchObject({
    registries: [{ registry: 'docker.io', endpoints: ['https://m.example'], credentials: 'mirror-login' }],
    onlyMirrors: true,
    install: { mode: 'preloaded', mediumLabel: 'EDGECDK' },
    token: 'depot-token',
  });
});

test('what cannot be does not compile', () => {
  const never = () => {
    // @ts-expect-error: two servers stop when one fails
    clusterOf({ controlPlane: box.count(2) });
    // @ts-expect-error: a channel that goes on to the next minor by itself
    clusterOf({ channel: 'latest/stable' });
    // @ts-expect-error: a track that is not known
    clusterOf({ channel: '1.99/stable' });
    // @ts-expect-error: there is no strict track of it
    clusterOf({ channel: '1.36-strict/stable' });
    // @ts-expect-error: a misspelt addon
    clusterOf({ addons: { traefic: true } });
    // @ts-expect-error: an addon that would ask
    clusterOf({ addons: { metallb: true } });
    // @ts-expect-error: an argument without its dashes
    clusterOf({ launch: { kubelet: { 'max-pods': '60' } } });
  };
  expect(never).toBeInstanceOf(Function);
});
