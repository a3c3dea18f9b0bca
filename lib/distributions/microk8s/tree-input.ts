import { MICROK8S_ARCHITECTURES } from '../../catalog/microk8s';
import { MICROK8S_KUBE_RESERVED } from '../../catalog/microk8s-overheads';
import type { LockedParts } from '../../model/artifact-lock';
import type { TreeSource } from '../../model/distribution';
import { lockedSnaps } from '../../model/lock/microk8s';
import type { MicroK8sClusterModel } from '../../model/microk8s-cluster-model';
import type { MicroK8sArtifacts, MicroK8sInstall, MicroK8sNodeInput } from '../../model/microk8s-node-input';
import type { InstallModel } from '../../model/nodes-model';
import { mirrorsOfTree } from '../../model/registry-mirrors';
import { hasAgents, nodeArchitecture, nodeDeviceClass, nodeInstall, serversOf } from '../node-input';

/** The input of a tree, or what is missing in one sentence. */
export function microk8sTreeInput(
  source: TreeSource,
  cluster: MicroK8sClusterModel,
): MicroK8sNodeInput | { readonly missing: string } {
  const { deviceClass, operatingSystem, role, lock } = source;
  if (!cluster.machines) return { missing: 'has machines that are not set up here' };
  const { launch, network, registries, onlyMirrors, secretsFrom, token } = cluster.machines;
  const { hardware, dataMount, runtime } = deviceClass;
  const architecture = nodeArchitecture(deviceClass, 'MicroK8s', MICROK8S_ARCHITECTURES);
  if (typeof architecture !== 'string')
    return { missing: `${architecture.missing}; take hardware of amd64 or arm64, or K3s` };
  const release = lock?.microk8s?.[cluster.version];
  const { link, install } = microk8sInstall(source, cluster.machines.install);
  const locked = release?.[architecture];
  if (!release || (install.mode !== 'online' && !locked))
    return {
      missing: `has nodes of ${deviceClass.id}, and MicroK8s ${cluster.version} is not locked${install.mode === 'online' ? '' : ` for ${architecture}`}; run \`edgecdk lock\`, which writes artifacts.lock.json`,
    };
  const [servers, agents] = [serversOf(cluster), hasAgents(cluster)];
  return {
    cluster: {
      channel: cluster.version,
      servers,
      datastore: 'dqlite',
      agents,
      addons: cluster.addons,
      launch,
      registries: mirrorsOfTree(registries),
      onlyMirrors,
      network,
    },
    operatingSystem,
    link,
    deviceClass: {
      ...nodeDeviceClass(deviceClass, MICROK8S_KUBE_RESERVED[role].value),
      memoryMiB: hardware.memoryMiB,
    },
    artifacts: {
      ...(install.mode !== 'online' && locked && filesOf(locked, architecture)),
      lockedOn: release.lockedOn,
    },
    install,
    ...(dataMount !== undefined && { dataMount }),
    ...(runtime !== undefined && { runtime }),
    ...((servers > 1 || agents) && { token }),
    secretsFrom,
  };
}

/** From the store there is no folder to name. */
function microk8sInstall(
  source: TreeSource,
  said: InstallModel,
): {
  readonly link: MicroK8sNodeInput['link'];
  readonly install: MicroK8sInstall;
} {
  const { link, install } = nodeInstall(source, said, '');
  return { link, install: install.mode === 'online' ? { mode: 'online' } : install };
}

function filesOf(parts: LockedParts, architecture: 'amd64' | 'arm64'): Omit<MicroK8sArtifacts, 'lockedOn'> {
  const { snaps, images } = lockedSnaps(parts);
  return { snaps: { [architecture]: snaps }, ...(images && { images: { [architecture]: images } }) };
}
