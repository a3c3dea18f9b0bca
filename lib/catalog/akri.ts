import type { ObjectFields } from './kubeedge-devices';

/** @see https://github.com/project-akri/akri/blob/main/deployment/helm/crds/akri-configuration-crd.yaml */
export const AKRI_API = 'akri.sh/v0';

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

/** The key that Akri replaces with the device's resource, in requests and in limits. @see project-akri/akri, shared/src/k8s/mod.rs */
export const AKRI_PLACEHOLDER = '{{PLACEHOLDER}}';

/** Names of the properties that tell the ONVIF handler a login. @see project-akri/akri, discovery-handlers/onvif/src/credential_store.rs */
export const AKRI_ONVIF_LOGIN = { user: 'username_default', password: 'password_default' } as const;

/** Handlers that Akri's chart installs on request. @see project-akri/akri, deployment/helm/values.yaml */
export const AKRI_HANDLERS: readonly string[] = ['udev', 'onvif', 'opcua', 'debugEcho'];

/** Fields of a udev rule that Akri's handler cannot match on: it refuses the rule. @see project-akri/akri, udev_rule_grammar.pest */
export const AKRI_UDEV_UNSUPPORTED: readonly string[] = [
  'ACTION',
  'CONST',
  'GOTO',
  'GROUP',
  'IMPORT',
  'LABEL',
  'MODE',
  'NAME',
  'OPTIONS',
  'OWNER',
  'PROGRAM',
  'RESULT',
  'RUN',
  'SECLABEL',
  'SYMLINK',
  'SYSCTL',
  'TEST',
  'WAIT_FOR',
];
