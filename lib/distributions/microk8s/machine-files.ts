import { MICROK8S_CARRIER_IMAGE, MICROK8S_SERVER_LABEL } from '../../catalog/microk8s-objects';
import type { ClusterFilesInput } from '../../model/distribution';
import type { FileContent } from '../../model/file-content';
import { carrierFiles } from '../../render/carrier/carrier';

/**
 * What carries changed node trees to the machines of a cluster. Its snap brings no images, so that a single one is needed: what pods do when they are done
 * is done with it, too, by a user without rights.
 */
export function microk8sMachineFiles({ cluster, trees }: ClusterFilesInput): FileContent[] {
  if (!cluster.machines) return [];
  return carrierFiles(trees, {
    image: MICROK8S_CARRIER_IMAGE,
    idle: { image: MICROK8S_CARRIER_IMAGE, command: ['/bin/sleep', '2147483647'] },
    serverLabel: MICROK8S_SERVER_LABEL,
  });
}
