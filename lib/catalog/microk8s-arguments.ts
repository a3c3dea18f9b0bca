import type { MicroK8sArgumentKey } from '../model/microk8s-node-input';
import type { MicroK8sMinor } from './microk8s';

const OWN = "it is MicroK8s's own";
const WATCH_CACHE = 'ListFromCacheSnapshot=false,SizeBasedListCostEstimate=false,DetectCacheInconsistency=false';

/**
 * Arguments that MicroK8s starts with and that a program may say otherwise. One that is a list is replaced as a whole by the agent: what is said is
 * therefore merged with it. To the others the agent goes back when a program says nothing any more.
 */
export const MICROK8S_DEFAULT_ARGUMENTS: readonly MicroK8sDefaultArgument[] = [
  { key: 'extraKubeletArgs', name: '--feature-gates', value: 'DevicePlugins=true', list: true, minors: ['1.27'] },
  { key: 'extraKubeletArgs', name: '--fail-swap-on', value: 'false' },
  { key: 'extraKubeletArgs', name: '--serialize-image-pulls', value: 'false' },
  { key: 'extraKubeletArgs', name: '--read-only-port', value: '0' },
  {
    key: 'extraKubeletArgs',
    name: '--eviction-hard',
    value: '"memory.available<100Mi,nodefs.available<1Gi,imagefs.available<1Gi"',
  },
  { key: 'extraKubeAPIServerArgs', name: '--feature-gates', value: 'WatchList=false', list: true, minors: ['1.32'] },
  {
    key: 'extraKubeAPIServerArgs',
    name: '--feature-gates',
    value: WATCH_CACHE,
    list: true,
    minors: ['1.34', '1.35', '1.36'],
  },
  {
    key: 'extraKubeAPIServerArgs',
    name: '--enable-admission-plugins',
    value: 'EventRateLimit',
    list: true,
    minors: ['1.28', '1.29', '1.30', '1.31', '1.32', '1.33', '1.34', '1.35', '1.36'],
  },
  { key: 'extraKubeAPIServerArgs', name: '--event-ttl', value: '5m' },
  { key: 'extraKubeAPIServerArgs', name: '--profiling', value: 'false' },
  { key: 'extraKubeControllerManagerArgs', name: '--leader-elect-lease-duration', value: '60s' },
  { key: 'extraKubeControllerManagerArgs', name: '--leader-elect-renew-deadline', value: '30s' },
  { key: 'extraKubeControllerManagerArgs', name: '--profiling', value: 'false' },
  { key: 'extraKubeSchedulerArgs', name: '--leader-elect-lease-duration', value: '60s' },
  { key: 'extraKubeSchedulerArgs', name: '--leader-elect-renew-deadline', value: '30s' },
  { key: 'extraKubeSchedulerArgs', name: '--profiling', value: 'false' },
  { key: 'extraKubeProxyArgs', name: '--healthz-bind-address', value: '127.0.0.1' },
  { key: 'extraKubeProxyArgs', name: '--profiling', value: 'false' },
  { key: 'extraMicroK8sClusterAgentArgs', name: '--timeout', value: '240' },
];

export interface MicroK8sDefaultArgument {
  readonly key: MicroK8sArgumentKey;
  readonly name: string;
  /** As the file has it, quotes included. */
  readonly value: string;
  /** Names with commas between them, where `name=value` may be said again. @default false */
  readonly list?: boolean;
  /** @default - all */
  readonly minors?: readonly MicroK8sMinor[];
}

export function defaultArgument(
  minor: MicroK8sMinor,
  key: MicroK8sArgumentKey,
  name: string,
): MicroK8sDefaultArgument | undefined {
  return MICROK8S_DEFAULT_ARGUMENTS.find(
    (known) => known.key === key && known.name === name && (known.minors?.includes(minor) ?? true),
  );
}

/** Arguments that a program does not say: MicroK8s stops working with another value, or the description has a property for it. */
export const MICROK8S_OWNED_ARGUMENTS: Readonly<
  Partial<Record<MicroK8sArgumentKey, Readonly<Record<string, string>>>>
> = {
  extraKubeletArgs: {
    '--node-labels': 'a join replaces it; give labels to the device class',
    '--cluster-dns': 'say it in network.clusterDns',
    '--cluster-domain': 'say it in network.clusterDomain',
    '--node-ip': 'it is the address of the node',
    '--hostname-override': 'it is the name of the node',
    '--kube-reserved': 'say it in the reserves of the device class',
    '--system-reserved': 'say it in the reserves of the device class',
    '--eviction-hard': 'say it in the reserves of the device class',
    '--kubeconfig': OWN,
    '--cert-dir': OWN,
    '--client-ca-file': OWN,
    '--root-dir': OWN,
    '--container-runtime-endpoint': 'MicroK8s runs its own containerd',
    '--containerd': 'MicroK8s runs its own containerd',
  },
  extraKubeAPIServerArgs: {
    '--authorization-mode': 'enable the addon rbac',
    '--service-cluster-ip-range': 'say it in network.serviceCidr',
    '--secure-port': 'nodes and addons look for it at 16443',
    '--etcd-servers': 'MicroK8s runs dqlite',
    '--cert-dir': OWN,
    '--client-ca-file': OWN,
    '--kubelet-preferred-address-types': 'nodes could no longer join',
  },
  extraKubeProxyArgs: {
    '--cluster-cidr': 'say it in network.clusterCidr',
    '--kubeconfig': OWN,
  },
  extraKubeControllerManagerArgs: {
    '--cluster-cidr': 'say it in network.clusterCidr',
    '--service-cluster-ip-range': 'say it in network.serviceCidr',
    '--kubeconfig': OWN,
  },
  extraKubeSchedulerArgs: { '--kubeconfig': OWN },
  extraContainerdArgs: {
    '--config': OWN,
    '--root': OWN,
    '--state': OWN,
    '--address': OWN,
  },
  extraDqliteArgs: { '--storage-dir': OWN, '--listen': OWN },
  extraMicroK8sClusterAgentArgs: { '--bind': 'nodes look for it at 25000' },
};
