import type { ObjectFields } from '../../lib/catalog/kubeedge-devices';

const CRD = 'project-akri/akri, deployment/helm/crds/akri-configuration-crd.yaml';

/** Fields of a Configuration that are written. `flat`: passed on as they are. Instances are the agent's own, and never written. */
export const AKRI_CONFIGURATION_FIELDS: ObjectFields = {
  spec: { type: 'object', required: true, source: CRD },
  'spec.discoveryHandler': { type: 'object', required: true, source: CRD },
  'spec.discoveryHandler.name': { type: 'string', required: true, source: CRD },
  'spec.discoveryHandler.discoveryDetails': { type: 'string', source: CRD },
  'spec.discoveryHandler.discoveryProperties': { type: 'list', source: CRD },
  'spec.discoveryHandler.discoveryProperties[].name': { type: 'string', required: true, source: CRD },
  'spec.discoveryHandler.discoveryProperties[].value': { type: 'string', source: CRD },
  'spec.discoveryHandler.discoveryProperties[].valueFrom': { type: 'object', source: CRD },
  'spec.discoveryHandler.discoveryProperties[].valueFrom.secretKeyRef': { type: 'object', source: CRD },
  'spec.discoveryHandler.discoveryProperties[].valueFrom.secretKeyRef.name': {
    type: 'string',
    required: true,
    source: CRD,
  },
  'spec.discoveryHandler.discoveryProperties[].valueFrom.secretKeyRef.namespace': { type: 'string', source: CRD },
  'spec.discoveryHandler.discoveryProperties[].valueFrom.secretKeyRef.key': { type: 'string', source: CRD },
  'spec.capacity': { type: 'integer', source: CRD },
  'spec.brokerSpec': { type: 'object', source: CRD },
  'spec.brokerSpec.brokerPodSpec': { type: 'object', source: CRD },
};
