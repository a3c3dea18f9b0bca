import { EVICTION_FLOOR_MIB, K3S_KUBE_RESERVED, OS_OVERHEAD } from '../../catalog/overheads';
import { type ArtifactLock, isK3sArchitecture } from '../../model/artifact-lock';
import type { ClusterModel, DeviceClassModel } from '../../model/fleet-model';
import type { K3sNodesModel } from '../../model/k3s-cluster-model';
import type {
  K3sArtifacts,
  K3sClusterInput,
  K3sNodeInput,
  NodeDeviceClass,
  NodeInstall,
} from '../../model/k3s-node-input';
import type { LinkModel } from '../../model/link-model';
import type { OperatingSystemModel } from '../../model/node-model';
import { kubernetesArch } from '../../model/platform';

/** What a node tree is made from. */
export interface TreeSource {
  readonly cluster: ClusterModel;
  readonly k3s: K3sNodesModel;
  readonly deviceClass: DeviceClassModel;
  readonly operatingSystem: OperatingSystemModel;
  readonly role: 'server' | 'agent';
  readonly link: LinkModel;
  readonly lock?: ArtifactLock;
}

/** The input of a tree, or what is missing in one sentence. */
export function treeInput(source: TreeSource): K3sNodeInput | { readonly missing: string } {
  const { cluster, k3s, deviceClass, operatingSystem, role, lock } = source;
  const platform = deviceClass.hardware.platforms[0] ?? 'linux/arm64';
  const architecture = kubernetesArch(platform);
  if (!isK3sArchitecture(architecture))
    return { missing: `has nodes of ${deviceClass.id}, and K3s is not released for ${platform}` };
  const release = lock?.k3s[cluster.version];
  const locked = release?.[architecture];
  if (!release || !locked)
    return {
      missing: `has nodes of ${deviceClass.id}, and no K3s ${cluster.version} for ${architecture} is locked; run \`edgecdk lock\`, which writes artifacts.lock.json`,
    };
  const { link, install } = installOf(source, locked.binary.url);
  const artifacts: K3sArtifacts = {
    binarySha256: { [architecture]: locked.binary.sha256 },
    // Elsewhere images are pulled, and only those that are used.
    ...(install.mode === 'preloaded' && { imagesSha256: { [architecture]: locked.images.sha256 } }),
    lockedOn: release.lockedOn,
  };
  const input = clusterInput(cluster, k3s);
  return {
    cluster: input,
    operatingSystem,
    link: { kind: link },
    deviceClass: { ...classInput(deviceClass, role), platforms: deviceClass.hardware.platforms },
    artifacts,
    install,
    dataMount: deviceClass.dataMount,
    secrets: {
      ...((input.servers > 1 || input.agents || input.datastore === 'external') && { token: k3s.tokens.server }),
      ...(input.agents && { agentToken: k3s.tokens.agent }),
      ...(k3s.datastore?.kind === 'external' && { datastore: k3s.datastore.secret }),
      // Agents have nothing of it.
      ...(role === 'server' &&
        k3s.certificateAuthority !== undefined && { certificateAuthority: k3s.certificateAuthority }),
    },
    secretsFrom: k3s.secretsFrom,
  };
}

/** A site without a link can only be given what its machines need. */
function installOf(
  { link, k3s, cluster }: TreeSource,
  url: string,
): { readonly link: LinkModel['kind']; readonly install: NodeInstall } {
  const { mode, base, mediumLabel } = k3s.install;
  if (link.kind === 'offline' || mode === 'preloaded')
    return { link: link.kind, install: { mode: 'preloaded', mediumLabel: mediumLabel ?? 'EDGECDK' } };
  const baseUrl =
    mode === 'mirror' ? `${base}/${encodeURIComponent(cluster.version)}` : url.slice(0, url.lastIndexOf('/'));
  // How long an outage may last changes no file: sites that differ in it alone share their trees.
  return { link: 'online', install: { mode, baseUrl } };
}

function clusterInput(cluster: ClusterModel, k3s: K3sNodesModel): K3sClusterInput {
  const counts = (role: 'server' | 'agent') => cluster.nodes.filter((nodes) => nodes.role === role);
  const servers = counts('server').reduce((sum, { count }) => sum + count, 0);
  return {
    version: cluster.version,
    servers,
    // As described and not as counted: with the first agent a site would need another token, and its datastore is encrypted with the one it has.
    agents: counts('agent').length > 0,
    datastore: k3s.datastore?.kind ?? (servers > 1 ? 'etcd' : 'sqlite'),
    disable: cluster.disable,
    registries: k3s.registries,
    onlyMirrors: k3s.onlyMirrors,
    ...k3s.network,
    tlsSan: [],
    secretsEncryption: k3s.secretsEncryption,
    hardening: k3s.hardening,
    backup: k3s.backup,
  };
}

function classInput(
  { id, nodeLabels, hardware, reserves, storage }: DeviceClassModel,
  role: 'server' | 'agent',
): NodeDeviceClass {
  const shared = reserves.sharedWithAcceleratorMiB ?? hardware.sharedWithAcceleratorMiB;
  return {
    id,
    nodeLabels,
    storage: storage ?? hardware.storage?.[0] ?? 'ssd',
    kubeReservedMiB: reserves.kubernetesMiB ?? K3S_KUBE_RESERVED[role].value,
    systemReservedMiB:
      (reserves.osMiB ?? hardware.osMiB ?? OS_OVERHEAD.memoryMiB.value) + shared + (reserves.otherMiB ?? 0),
    evictionFloorMiB: reserves.evictionFloorMiB ?? EVICTION_FLOOR_MIB.value,
  };
}
