/** @see https://github.com/project-akri/akri/blob/main/deployment/helm/crds/akri-configuration-crd.yaml */
export const AKRI_API = 'akri.sh/v0';

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
