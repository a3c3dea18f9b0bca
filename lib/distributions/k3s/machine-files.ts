import { busyboxImage, KUBE_VIP_IMAGE, PAUSE_IMAGE } from '../../catalog/k3s-images';
import type { ClusterFilesInput } from '../../model/distribution';
import type { FileContent } from '../../model/file-content';
import type { K3sClusterModel } from '../../model/k3s-cluster-model';
import { upgradeWindowOf } from '../../model/upgrade-window';
import { carrierFiles } from '../../render/carrier/carrier';
import { localFiles } from '../../render/delivery/local';
import { kubeVip } from './kube-vip';
import { upgradePlans } from './upgrade';
import { UPGRADE_NAMESPACE, upgradeController } from './upgrade-controller';

/** What a cluster holds for the sake of its machines: what carries changed node trees to them, moves them to another release, and lends them an address. */
export function k3sMachineFiles(
  { link, tokens, trees }: Pick<ClusterFilesInput, 'link' | 'tokens' | 'trees'>,
  cluster: K3sClusterModel,
): FileContent[] {
  const { machines } = cluster;
  if (!machines || trees.size === 0) return [];
  // The archive of K3s has both images.
  const files = carrierFiles(trees, {
    image: busyboxImage(cluster.version),
    idle: { image: PAUSE_IMAGE.value },
    serverLabel: { name: 'node-role.kubernetes.io/control-plane', value: 'true' },
  });
  const { registration } = machines;
  if (registration?.kind === 'virtual-ip') {
    const objects = kubeVip({
      address: registration.address,
      interface: registration.nic,
      image: KUBE_VIP_IMAGE.value,
    });
    files.push(...localFiles({ id: 'edgecdk-kube-vip', namespace: 'kube-system' }, objects));
  }
  if (cluster.movesTo !== undefined) {
    const plans = upgradePlans({
      to: cluster.movesTo,
      agents: cluster.nodes.some(({ role }) => role === 'agent'),
      link,
      window: upgradeWindowOf(machines),
      timeZone: tokens.text('site.timeZone'),
    });
    files.push(
      ...localFiles({ id: 'edgecdk-upgrade', namespace: UPGRADE_NAMESPACE }, [...upgradeController(), ...plans]),
    );
  }
  return files;
}
