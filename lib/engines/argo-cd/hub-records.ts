import type { DeliveryCohort, DeliveryContent, RecordFile } from '../../model/delivery';
import { siteLabels } from '../site-labels';
import { modelOf } from './model';
import { layerLabel, VALUES_ANNOTATION } from './names';
import { valuesJson } from './values';

/**
 * What a site's cluster is to the hub, as metadata of the Secret that registers it and nothing else: no credentials, and not the label that makes it a cluster,
 * so that what is not registered is nothing to Argo CD.
 */
export function hubRecord(own: DeliveryCohort, content: DeliveryContent): RecordFile[] {
  const { delivery, tokens } = content;
  const site = tokens.text('site.name');
  const labels = {
    ...Object.fromEntries([...own.layers].map(([layer, variant]) => [layerLabel(layer), variant])),
    ...siteLabels(own, content),
  };
  return [
    {
      name: 'cluster',
      objects: [
        {
          apiVersion: 'v1',
          kind: 'Secret',
          metadata: {
            name: `cluster-${site}`,
            namespace: modelOf(delivery).namespace,
            labels,
            annotations: { [VALUES_ANNOTATION]: valuesJson(own.variables, tokens) },
          },
        },
      ],
    },
  ];
}
