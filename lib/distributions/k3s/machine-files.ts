import { busyboxImage, KUBE_VIP_IMAGE } from '../../catalog/k3s-images';
import type { KubeObject } from '../../model/kube-object';
import type { Cohort } from '../../model/plan';
import type { RenderedTree } from '../../model/template';
import type { TokenTable } from '../../model/token';
import { upgradeWindowOf } from '../../model/upgrade-window';
import { CARRIER_NAMESPACE, carrierNamespace, carrierObjects } from '../../render/carrier/carrier';
import { type FileContent, localFiles } from '../../render/delivery/local';
import { kubeVip } from './kube-vip';
import { upgradePlans } from './upgrade';
import { UPGRADE_NAMESPACE, upgradeController } from './upgrade-controller';

/** Ids of the files with which a cluster looks after its own machines; no workload has such an id. */
export const NODE_FILES_PREFIX = 'edgecdk-';

/** What a cluster holds for the sake of its machines: what carries changed node trees to them, moves them to another release, and lends them an address. */
export function k3sNodeFiles(
  cohort: Cohort,
  trees: ReadonlyMap<string, RenderedTree>,
  tokens: TokenTable,
): FileContent[] {
  const { cluster, blueprint } = cohort;
  const own = cohort.trees.flatMap((name) => {
    const rendered = trees.get(name);
    return rendered ? [{ name, ...rendered }] : [];
  });
  if (!cluster.k3s || own.length === 0) return [];
  const image = busyboxImage(cluster.version);
  const carriers = own.flatMap(({ name, tree, deviceClass }) =>
    carrierObjects({ treeName: name, tree, deviceClassId: deviceClass, image }),
  );
  const files = localFiles({ id: 'edgecdk-nodes', namespace: CARRIER_NAMESPACE }, [
    ...carrierNamespace(),
    ...unique(carriers),
  ]);
  const { registration } = cluster.k3s;
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
      link: blueprint.link,
      window: upgradeWindowOf(cluster.k3s),
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
