import type { WhereUnsaid } from '../../../lib/catalog/config-key';
import { K3S_CONFIG_KEYS, K3S_NETWORK_DEFAULTS } from '../../../lib/catalog/k3s-config';
import { CLOUDCORE_CHART_KEYS, CLOUDCORE_KEYS } from '../../../lib/catalog/kubeedge-cloud';
import { EDGECORE_KEYS } from '../../../lib/catalog/kubeedge-config';
import { MICROK8S_NETWORK_DEFAULTS } from '../../../lib/catalog/microk8s';
import { MICROK8S_DEFAULT_ARGUMENTS } from '../../../lib/catalog/microk8s-arguments';
import { MICROK8S_LAUNCH_KEYS } from '../../../lib/catalog/microk8s-launch';
import { kubeEdgeNodeRefusals } from '../../../lib/distributions/kubeedge/node/refusals';
import { microk8sNodeRefusals } from '../../../lib/distributions/microk8s/node/refusals';
import type { K3sNodeInput } from '../../../lib/model/k3s-node-input';
import type { KubeEdgeClusterModel } from '../../../lib/model/kubeedge-cluster-model';
import type { KubeEdgeNodeInput } from '../../../lib/model/kubeedge-node-input';
import { ALL_FEATURES, CLUSTER } from '../distributions/kubeedge/cloud/samples';
import { FULL_VAN, VAN } from '../distributions/kubeedge/node/sample-input';
import { ALONE, DEPOT, OFFLINE, withCluster } from '../distributions/microk8s/node/sample-microk8s';
import { FULL, SINGLE, SLE_MICRO } from '../render/node/sample-input';
import { cloudcoreChartValues, cloudcoreValues, edgecoreValues, k3sConfigs, launchDocuments } from './emitted-keys';
import { MICROK8S_WRITTEN_ARGUMENTS } from './written-arguments';

type Key = { readonly type: string; readonly source: string } & WhereUnsaid;
type Catalogue = Readonly<Record<string, Key>>;

const WRITTEN: Catalogue = Object.assign({}, ...Object.values(MICROK8S_WRITTEN_ARGUMENTS));
const CATALOGUES: ReadonlyArray<readonly [string, Catalogue]> = [
  ['config.yaml of K3s', K3S_CONFIG_KEYS],
  ['the launch configuration of MicroK8s', MICROK8S_LAUNCH_KEYS],
  ['arguments of MicroK8s that EdgeCDK writes', WRITTEN],
  ['edgecore.yaml', EDGECORE_KEYS],
  ['cloudcore.yaml', CLOUDCORE_KEYS],
  ['the chart of cloudcore', CLOUDCORE_CHART_KEYS],
];

const OF_TYPE: Readonly<Record<string, (value: unknown) => boolean>> = {
  boolean: (value) => typeof value === 'boolean',
  integer: Number.isInteger,
  list: Array.isArray,
  map: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  number: (value) => typeof value === 'number',
  string: (value) => typeof value === 'string',
  text: (value) => typeof value === 'string',
};

/** Keys that are not in the catalogue, or have a value of another type. */
function strangers(values: Readonly<Record<string, unknown>>, catalogue: Catalogue): string[] {
  return Object.entries(values)
    .filter(([key, value]) => !Object.hasOwn(catalogue, key) || !OF_TYPE[catalogue[key]?.type ?? '']?.(value))
    .map(([key]) => key);
}

describe.each(CATALOGUES)('in %s', (_, catalogue) => {
  const keys = Object.entries(catalogue);

  test('every key has a type and names a document', () => {
    for (const [key, { type, source }] of keys)
      expect([key, type.length > 0, /\w+[ /]\w+/.test(source)]).toEqual([key, true, true]);
  });

  test('every key has a default of its type, or a word on what happens without it', () => {
    for (const [key, { type, default: value, unset }] of keys) {
      const said = value === undefined ? (unset ?? '').length > 5 : unset === undefined && OF_TYPE[type]?.(value);
      expect([key, said]).toEqual([key, true]);
    }
  });
});

test('a default that stands in two catalogues is one', () => {
  expect([K3S_CONFIG_KEYS['cluster-cidr'].default, K3S_CONFIG_KEYS['service-cidr'].default]).toEqual([
    [K3S_NETWORK_DEFAULTS.clusterCidr],
    [K3S_NETWORK_DEFAULTS.serviceCidr],
  ]);
  expect(K3S_CONFIG_KEYS['cluster-dns'].default).toEqual([K3S_NETWORK_DEFAULTS.clusterDns]);
  expect(K3S_CONFIG_KEYS['cluster-domain'].default).toBe(K3S_NETWORK_DEFAULTS.clusterDomain);
  expect(K3S_CONFIG_KEYS['flannel-backend'].default).toBe(K3S_NETWORK_DEFAULTS.flannelBackend);
  const { extraKubeletArgs: kubelet, extraCNIEnv: cni } = MICROK8S_WRITTEN_ARGUMENTS;
  expect([kubelet['--cluster-dns'].default, kubelet['--cluster-domain'].default]).toEqual([
    MICROK8S_NETWORK_DEFAULTS.clusterDns,
    MICROK8S_NETWORK_DEFAULTS.clusterDomain,
  ]);
  expect([cni.IPv4_CLUSTER_CIDR.default, cni.IPv4_SERVICE_CIDR.default]).toEqual([
    MICROK8S_NETWORK_DEFAULTS.clusterCidr,
    MICROK8S_NETWORK_DEFAULTS.serviceCidr,
  ]);
  for (const { key, name, value } of MICROK8S_DEFAULT_ARGUMENTS)
    if (key === 'extraKubeletArgs' && Object.hasOwn(WRITTEN, name)) expect(WRITTEN[name]?.default).toBe(value);
});

const k3s = (cluster: Partial<K3sNodeInput['cluster']>, from = SINGLE): K3sNodeInput => ({
  ...from,
  cluster: { ...from.cluster, ...cluster },
});

test.each<[string, K3sNodeInput]>([
  ['a single server', SINGLE],
  ['three servers with everything', FULL],
  ['a release that is told all by arguments', k3s({ version: 'v1.31.14+k3s1' }, FULL)],
  ['etcd on a second disk', k3s({ datastore: 'etcd', backup: { kind: 'disk', path: '/mnt/copies', keep: 7 } })],
  ['CRI-O', { ...SINGLE, runtime: 'cri-o' }],
  ['Docker Engine', { ...SINGLE, runtime: 'docker' }],
  ['a system that nobody knows', { ...SINGLE, operatingSystem: { ...SLE_MICRO, name: 'own' } }],
])('K3s is told what it knows, with %s', (_, input) => {
  expect(k3sConfigs(input).flatMap((values) => strangers(values, K3S_CONFIG_KEYS))).toEqual([]);
});

test('what scripts say to K3s on the machine is looked at, too', () => {
  const input = k3s({ datastore: 'etcd', backup: { kind: 'disk', path: '/mnt/copies', keep: 7 } });
  const keys = k3sConfigs(input).flatMap((values) => Object.keys(values));
  expect(keys).toEqual(expect.arrayContaining(['cluster-init', 'server', 'etcd-disable-snapshots']));
});

const NETWORK = { clusterCidr: '10.50.0.0/16', serviceCidr: '10.96.0.0/16', clusterDns: '10.96.0.10', vethMtu: 1400 };

test.each([
  ['a node alone', ALONE],
  ['three servers with most that can be said', DEPOT],
  ['networks of its own', withCluster({ network: NETWORK }, DEPOT)],
  ['no link', OFFLINE],
])('MicroK8s is told what it knows, and of services what EdgeCDK knows or the program says, with %s', (_, input) => {
  const launch: Readonly<Record<string, object | undefined>> = input.cluster.launch;
  for (const document of launchDocuments(input)) {
    for (const [key, value] of Object.entries(document)) {
      const { type = 'unknown' } = Object.hasOwn(MICROK8S_LAUNCH_KEYS, key)
        ? MICROK8S_LAUNCH_KEYS[key as keyof typeof MICROK8S_LAUNCH_KEYS]
        : {};
      expect([key, ['unknown', 'never'].includes(type)]).toEqual([key, false]);
      if (type !== 'arguments' && type !== 'environment') continue;
      const own: Readonly<Record<string, Catalogue>> = MICROK8S_WRITTEN_ARGUMENTS;
      const said = Object.keys(launch[key] ?? {});
      expect(
        Object.keys(value as object).filter((name) => !said.includes(name) && !Object.hasOwn(own[key] ?? {}, name)),
      ).toEqual([]);
    }
  }
});

test.each<[string, KubeEdgeNodeInput]>([
  ['as little as possible', VAN],
  ['all features', { ...FULL_VAN, cluster: { ...FULL_VAN.cluster, unchecked: {} } }],
  ['CRI-O', { ...VAN, runtime: 'cri-o' }],
  ['Docker Engine', { ...VAN, runtime: 'docker' }],
])('edgecore is told what it knows, with %s', (_, input) => {
  expect(strangers(edgecoreValues(input), EDGECORE_KEYS)).toEqual([]);
});

test.each<[string, KubeEdgeClusterModel]>([
  ['as little as possible', CLUSTER],
  ['all features', ALL_FEATURES],
  ['node ports', { ...CLUSTER, exposure: 'node-ports' }],
  ['QUIC', { ...CLUSTER, protocol: 'quic' }],
])('cloudcore and its chart are told what they know, with %s', (_, cluster) => {
  expect(strangers(cloudcoreValues(cluster), CLOUDCORE_KEYS)).toEqual([]);
  expect(strangers(cloudcoreChartValues(cluster), CLOUDCORE_CHART_KEYS)).toEqual([]);
});

describe('keys that no catalogue has', () => {
  const unchecked = { 'modules.edgeHub.messageQPS': 20, 'modules.dbTest.enable': true };

  test('reach edgecore where they are named as unchecked, and no others do', () => {
    const input = { ...FULL_VAN, cluster: { ...FULL_VAN.cluster, unchecked } };
    expect(kubeEdgeNodeRefusals(input)).toEqual([]);
    expect(strangers(edgecoreValues(input), EDGECORE_KEYS).sort()).toEqual(Object.keys(unchecked).sort());
  });

  test.each(Object.keys(EDGECORE_KEYS))('are none that it has: %s', (path) => {
    const input = { ...VAN, cluster: { ...VAN.cluster, unchecked: { [path]: 'x' } } };
    expect(kubeEdgeNodeRefusals(input).join('\n')).toContain(path);
  });

  test('are refused in the launch configuration of MicroK8s', () => {
    const launch = { extraKubletArgs: { '--max-pods': '60' } } as unknown as (typeof ALONE)['cluster']['launch'];
    expect(microk8sNodeRefusals(withCluster({ launch })).join('\n')).toContain("no key 'extraKubletArgs'");
  });

  test.each(Object.keys(WRITTEN).filter((name) => name.startsWith('--')))(
    'are none that EdgeCDK writes to MicroK8s by itself: %s',
    (name) => {
      const input = withCluster({ launch: { extraKubeletArgs: { [name]: 'x' } } });
      expect(microk8sNodeRefusals(input).join('\n')).toContain(`${name}, which is not to be said there`);
    },
  );
});
