import type { DeliveryCohort, DeliveryContent, DeliverySharedCluster, RecordFile } from '../../model/delivery';
import type { KubeObject } from '../../model/kube-object';
import { holeToken } from '../../model/variable';
import { siteLabels } from '../site-labels';
import { layerLabel } from './rollout';

const apiVersion = 'fleet.cattle.io/v1alpha1';

/** Which of the clusters that sites share this is. */
export const sharedLabel = 'edgecdk.dev/cluster';

/** The records of a cohort's sites: its cluster as the hub knows it. Who it is, `clientID`, is a secret and set by whoever registers it. */
export function clusterRecord(
  own: DeliveryCohort,
  namespace: string,
  content: Pick<DeliveryContent, 'waves' | 'tokens'>,
): RecordFile {
  const { layers, variables } = own;
  const { tokens } = content;
  const name = tokens.text('site.name');
  const v = Object.fromEntries(variables.map((one) => [one.name, holeToken(one.use, tokens)]));
  const cluster: KubeObject = {
    apiVersion,
    kind: 'Cluster',
    metadata: {
      name,
      namespace,
      labels: {
        ...siteLabels(own, content),
        ...Object.fromEntries([...layers].map(([layer, variant]) => [layerLabel(layer), variant])),
      },
    },
    ...(variables.length > 0 && { spec: { templateValues: { v } } }),
  };
  return { name: 'cluster', objects: [cluster] };
}

export function sharedClusterRecord({ id }: DeliverySharedCluster, namespace: string): KubeObject {
  return {
    apiVersion,
    kind: 'Cluster',
    metadata: { name: id, namespace, labels: { [sharedLabel]: id } },
  };
}
