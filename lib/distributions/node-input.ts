import { EVICTION_FLOOR_MIB, OS_OVERHEAD } from '../catalog/overheads';
import type { DeviceClassModel } from '../model/device-class-model';
import type { ClusterModel, TreeSource } from '../model/distribution';
import type { LinkModel } from '../model/link-model';
import type { NodeDeviceClass, NodeInstall } from '../model/node-input';
import type { InstallModel } from '../model/nodes-model';
import { type KubernetesArch, kubernetesArch } from '../model/platform';

/** What of a device class stands on a node's disk. `kubeReservedMiB`: what Kubernetes itself gets where the class does not say. */
export function nodeDeviceClass(
  { id, nodeLabels, hardware, reserves, storage }: DeviceClassModel,
  kubeReservedMiB: number,
): NodeDeviceClass {
  const shared = reserves.sharedWithAcceleratorMiB ?? hardware.sharedWithAcceleratorMiB;
  return {
    id,
    platforms: hardware.platforms,
    nodeLabels,
    storage: storage ?? hardware.storage?.[0] ?? 'ssd',
    kubeReservedMiB: reserves.kubernetesMiB ?? kubeReservedMiB,
    systemReservedMiB:
      (reserves.osMiB ?? hardware.osMiB ?? OS_OVERHEAD.memoryMiB.value) + shared + (reserves.otherMiB ?? 0),
    evictionFloorMiB: reserves.evictionFloorMiB ?? EVICTION_FLOOR_MIB.value,
  };
}

/** Where a node installs from, and its link as far as files depend on it. `online`: folder of the release where it was locked. */
export function nodeInstall(
  { link, cluster }: Pick<TreeSource, 'link' | 'cluster'>,
  { mode, base, mediumLabel }: InstallModel,
  online: string,
): { readonly link: LinkModel; readonly install: NodeInstall } {
  // A site without a link can only be given what its machines need.
  if (link.kind === 'offline' || mode === 'preloaded')
    return { link: { kind: link.kind }, install: { mode: 'preloaded', mediumLabel: mediumLabel ?? 'EDGECDK' } };
  const baseUrl = mode === 'mirror' ? `${base}/${encodeURIComponent(cluster.version)}` : online;
  // How long an outage may last changes no file: sites that differ in it alone share their trees.
  return { link: { kind: 'online' }, install: { mode, baseUrl } };
}

/** What releases for a class's nodes are named after, or what is missing in one sentence. `title`: of the distribution. */
export function nodeArchitecture<A extends KubernetesArch>(
  { id, hardware }: DeviceClassModel,
  title: string,
  released: readonly A[],
): A | { readonly missing: string } {
  const platform = hardware.platforms[0] ?? 'linux/arm64';
  const architecture = released.find((name) => name === kubernetesArch(platform));
  return architecture ?? { missing: `has nodes of ${id}, and ${title} is not released for ${platform}` };
}

/** How many nodes of a cluster run its control plane. */
export function serversOf({ nodes }: Pick<ClusterModel, 'nodes'>): number {
  return nodes.reduce((sum, { role, count }) => sum + (role === 'server' ? count : 0), 0);
}

/** Whether a cluster is described with agents. With the first one a site would need another secret, so that a count of zero is one too. */
export function hasAgents({ nodes }: Pick<ClusterModel, 'nodes'>): boolean {
  return nodes.some(({ role }) => role === 'agent');
}
