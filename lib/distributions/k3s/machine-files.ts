import { busyboxImage, KUBE_VIP_IMAGE } from '../../catalog/k3s-images';
import type { ClusterFilesInput } from '../../model/distribution';
import type { FileContent } from '../../model/file-content';
import type { K3sClusterModel } from '../../model/k3s-cluster-model';
import type { KubeObject } from '../../model/kube-object';
import { upgradeWindowOf } from '../../model/upgrade-window';
import { CARRIER_NAMESPACE, carrierNamespace, carrierObjects } from '../../render/carrier/carrier';
import { localFiles } from '../../render/delivery/local';
import { kubeVip } from './kube-vip';
import { upgradePlans } from './upgrade';
import { UPGRADE_NAMESPACE, upgradeController } from './upgrade-controller';

/** What a cluster holds for the sake of its machines: what carries changed node trees to them, moves them to another release, and lends them an address. */
export function k3sMachineFiles({ link, tokens, trees, ...input }: ClusterFilesInput): FileContent[] {
  const cluster = input.cluster as K3sClusterModel;
  const { machines } = cluster;
  const own = [...trees].map(([name, rendered]) => ({ name, ...rendered }));
  if (!machines || own.length === 0) return [];
  const image = busyboxImage(cluster.version);
  const carriers = own.flatMap(({ name, tree, deviceClass }) =>
    carrierObjects({ treeName: name, tree, deviceClassId: deviceClass, image }),
  );
  const files = localFiles({ id: 'edgecdk-nodes', namespace: CARRIER_NAMESPACE }, [
    ...carrierNamespace(),
    ...unique(carriers),
  ]);
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

/** What several carriers share, once. */
function unique(objects: readonly KubeObject[]): KubeObject[] {
  return [...new Map(objects.map((object) => [`${object.kind} ${object.metadata.name}`, object])).values()];
}
