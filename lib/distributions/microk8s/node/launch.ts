import { MICROK8S_NETWORK_DEFAULTS, type MicroK8sMinor, parseMicroK8sChannel } from '../../../catalog/microk8s';
import { defaultArgument } from '../../../catalog/microk8s-arguments';
import { MICROK8S_LAUNCH_KEYS, type MicroK8sLaunch } from '../../../catalog/microk8s-launch';
import type { MicroK8sArgumentKey, MicroK8sNodeInput } from '../../../model/microk8s-node-input';
import type { NodeFile } from '../../../model/node-tree';
import { nodeFile, WRITTEN_BY } from '../../../render/node/node-file';
import { yamlText } from '../../../render/node/yaml-text';
import { credentialNames, registryFolder, registryHosts } from './registries';

export const MICROK8S_FOLDER = '/etc/edgecdk/microk8s';

/**
 * The launch configuration of all nodes of a role, without what is a node's own; what undoes each of its lines; and apart, what cannot be changed while
 * the cluster lives. `apply.sh` makes `/etc/microk8s.yaml` of it, where the snap's hook looks first, or where MicroK8s runs, a file for its agent.
 */
export function launchFiles(input: MicroK8sNodeInput): NodeFile[] {
  const launch = launchOf(input);
  const text = `${WRITTEN_BY}${launchText(launch)}`;
  const fixed = `${WRITTEN_BY}# Cannot be changed while the cluster lives.\n${yamlText(fixedSettings(input))}`;
  return [
    nodeFile(`${MICROK8S_FOLDER}/launch.yaml`, 'live', text, {
      mode: '0600',
      secrets: credentialNames(input.cluster),
    }),
    nodeFile(`${MICROK8S_FOLDER}/launch.undo`, 'live', undoText(withSiteRegistries(launch, input), minorOf(input)), {
      mode: '0600',
    }),
    nodeFile(`${MICROK8S_FOLDER}/fixed.yaml`, 'reprovision', fixed, { mode: '0600' }),
  ];
}

export function launchText(launch: Partial<MicroK8sLaunch>): string {
  return `---\n${yamlText(launch)}`;
}

/** A document with keys of the CNI needs the newer version, which the agent of 1.27 does not read: so it has it only where it needs it. */
export function launchVersion(keys: readonly string[]): '0.1.0' | '0.2.0' {
  const versions = keys.map((key) => MICROK8S_LAUNCH_KEYS[key as keyof typeof MICROK8S_LAUNCH_KEYS]?.version);
  return versions.includes('0.2.0') ? '0.2.0' : '0.1.0';
}

export function launchOf(input: MicroK8sNodeInput): MicroK8sLaunch {
  const { cluster } = input;
  const minor = minorOf(input);
  const { extraKubeletArgs, ...others } = cluster.launch;
  const registries = registryHosts(cluster);
  const cni = cniEnvironment(input);
  const settings = {
    extraKubeletArgs: { ...kubeletArguments(input), ...merged(minor, 'extraKubeletArgs', extraKubeletArgs) },
    ...Object.fromEntries(
      Object.entries(others)
        .filter(([, values]) => values !== undefined && Object.keys(values).length > 0)
        .map(([key, values]) => [key, isArguments(key) ? merged(minor, key, values) : byName(values ?? {})]),
    ),
    ...(Object.keys(registries).length > 0 && { containerdRegistryConfigs: registries }),
    ...(cni && { extraCNIEnv: cni }),
  };
  return { version: launchVersion(Object.keys(settings)), ...byName(settings) };
}

/** Whoever says a launch configuration replaces MicroK8s's own, which has the first two; a node without them has no DNS. */
function kubeletArguments({ cluster, deviceClass }: MicroK8sNodeInput): Readonly<Record<string, string>> {
  const { clusterDns, clusterDomain } = cluster.network;
  const floor = `${deviceClass.diskFloorPercent ?? 5}%`;
  const memory = `memory.available<${deviceClass.evictionFloorMiB}Mi`;
  return {
    '--cluster-dns': clusterDns ?? MICROK8S_NETWORK_DEFAULTS.clusterDns,
    '--cluster-domain': clusterDomain ?? MICROK8S_NETWORK_DEFAULTS.clusterDomain,
    // In quotes, as MicroK8s's own: the file is read as the shell reads words.
    '--eviction-hard': `"${memory},nodefs.available<${floor},imagefs.available<${floor}"`,
    '--kube-reserved': `memory=${deviceClass.kubeReservedMiB}Mi`,
    '--system-reserved': `memory=${deviceClass.systemReservedMiB}Mi`,
  };
}

/** The networks, where one is not MicroK8s's own: read once, by the hook that installs the snap. */
function cniEnvironment({ cluster }: MicroK8sNodeInput): Readonly<Record<string, string>> | undefined {
  const { clusterCidr, serviceCidr, vethMtu } = cluster.network;
  if (clusterCidr === undefined && serviceCidr === undefined && vethMtu === undefined) return undefined;
  return {
    ...(vethMtu !== undefined && { CALICO_VETH_MTU: String(vethMtu) }),
    IPv4_CLUSTER_CIDR: clusterCidr ?? MICROK8S_NETWORK_DEFAULTS.clusterCidr,
    IPv4_SERVICE_CIDR: serviceCidr ?? MICROK8S_NETWORK_DEFAULTS.serviceCidr,
    IPv4_SUPPORT: 'true',
  };
}

/** Written out in full, so that it is equal whether a default is left out or said. */
function fixedSettings({ cluster }: MicroK8sNodeInput): Readonly<Record<string, string>> {
  const { clusterCidr, serviceCidr, clusterDomain } = { ...MICROK8S_NETWORK_DEFAULTS, ...said(cluster.network) };
  const confinement = parseMicroK8sChannel(cluster.channel)?.confinement ?? 'classic';
  return { 'cluster-cidr': clusterCidr, 'cluster-domain': clusterDomain, confinement, 'service-cidr': serviceCidr };
}

/** The agent replaces a whole argument: a list that MicroK8s starts with is said again, without the names that the program says. */
function merged(
  minor: MicroK8sMinor,
  key: MicroK8sArgumentKey,
  values: Readonly<Record<string, string | null>> = {},
): Readonly<Record<string, string | null>> {
  return byName(
    Object.fromEntries(
      Object.entries(values).map(([name, value]) => {
        const own = defaultArgument(minor, key, name);
        return [name, own?.list && value !== null ? mergedList(own.value, value) : value];
      }),
    ),
  );
}

function mergedList(own: string, value: string): string {
  const names = value.split(',').map((item) => item.split('=')[0]);
  return [...own.split(',').filter((item) => !names.includes(item.split('=')[0])), value].join(',');
}

/** Which registries a site has mirrors of, the tree knows, and not where: that is said in the node's own part. */
function withSiteRegistries(launch: MicroK8sLaunch, { cluster }: MicroK8sNodeInput): MicroK8sLaunch {
  const own = cluster.registries.filter(({ perSite }) => perSite);
  if (own.length === 0) return launch;
  const folders = Object.fromEntries(own.map((mirror) => [registryFolder(mirror), '']));
  return { ...launch, containerdRegistryConfigs: { ...launch.containerdRegistryConfigs, ...folders } };
}

/**
 * What takes each line back when it is said no more, with tabs between: key of the launch configuration, name, value. The agent itself only adds and
 * replaces. An empty file for a registry is none at all.
 */
function undoText(launch: MicroK8sLaunch, minor: MicroK8sMinor): string {
  const { version, extraSANs, extraConfigFiles, extraCNIEnv, ...others } = launch;
  const lines = Object.entries(others).flatMap(([key, values]) =>
    Object.keys(values ?? {}).map((name) => {
      const own = isArguments(key) ? defaultArgument(minor, key, name)?.value : undefined;
      const value = key === 'containerdRegistryConfigs' ? '""' : own === undefined ? 'null' : JSON.stringify(own);
      return `${key}\t${JSON.stringify(name)}\t${value}\n`;
    }),
  );
  return lines.sort().join('');
}

function isArguments(key: string): key is MicroK8sArgumentKey {
  return MICROK8S_LAUNCH_KEYS[key as keyof typeof MICROK8S_LAUNCH_KEYS]?.type === 'arguments';
}

export function minorOf({ cluster }: Pick<MicroK8sNodeInput, 'cluster'>): MicroK8sMinor {
  return parseMicroK8sChannel(cluster.channel)?.minor ?? '1.27';
}

function byName<T>(values: Readonly<Record<string, T>>): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function said<T extends object>(values: T): Partial<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>;
}
