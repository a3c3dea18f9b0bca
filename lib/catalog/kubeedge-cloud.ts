import type { KubeEdgeFeature } from '../model/kubeedge-feature';
import type { ConfigKey } from './kubeedge-config';

const TYPES = 'kubeedge/kubeedge, componentconfig/cloudcore/v1alpha1/types.go';
const DEFAULTS = 'kubeedge/kubeedge, componentconfig/cloudcore/v1alpha1/default.go';
const GATES = 'kubeedge/kubeedge, pkg/features/features.go';
const CHART = 'kubeedge/kubeedge, manifests/charts/cloudcore/values.yaml';
const TEMPLATE = 'kubeedge/kubeedge, manifests/charts/cloudcore/templates/configmap_cloudcore.yaml';

const hub = 'modules.cloudHub';
const stream = 'modules.cloudStream';

/**
 * Every key of `cloudcore.yaml` that is written, by its path. `edgeCertSigningDuration` and `tokenRefreshDuration` are bare numbers, of days and hours, though
 * all other durations of KubeEdge are texts.
 */
export const CLOUDCORE_KEYS = {
  'featureGates.requireAuthorization': { type: 'boolean', default: false, source: GATES },
  'kubeAPIConfig.burst': { type: 'integer', default: 5000, source: DEFAULTS },
  'kubeAPIConfig.kubeConfig': { type: 'string', default: '', source: TYPES },
  'kubeAPIConfig.master': { type: 'string', default: '', source: TYPES },
  'kubeAPIConfig.qps': { type: 'integer', default: 2500, source: DEFAULTS },
  [`${hub}.advertiseAddress`]: { type: 'list', unset: 'the address of the machine or pod', source: DEFAULTS },
  [`${hub}.authorization.debug`]: { type: 'boolean', default: true, source: DEFAULTS },
  [`${hub}.authorization.enable`]: { type: 'boolean', default: false, source: DEFAULTS },
  [`${hub}.authorization.modes`]: { type: 'list', unset: 'that of nodes alone', source: DEFAULTS },
  [`${hub}.dnsNames`]: { type: 'list', default: [''], source: DEFAULTS },
  [`${hub}.edgeCertSigningDuration`]: { type: 'integer', default: 365, source: DEFAULTS },
  [`${hub}.https.address`]: { type: 'string', default: '0.0.0.0', source: DEFAULTS },
  [`${hub}.https.enable`]: { type: 'boolean', default: true, source: DEFAULTS },
  [`${hub}.https.port`]: { type: 'integer', default: 10002, source: DEFAULTS },
  [`${hub}.keepaliveInterval`]: { type: 'integer', default: 30, source: DEFAULTS },
  [`${hub}.nodeLimit`]: { type: 'integer', default: 500, source: DEFAULTS },
  [`${hub}.quic.address`]: { type: 'string', default: '0.0.0.0', source: DEFAULTS },
  [`${hub}.quic.enable`]: { type: 'boolean', default: false, source: DEFAULTS },
  [`${hub}.quic.maxIncomingStreams`]: { type: 'integer', default: 10000, source: DEFAULTS },
  [`${hub}.quic.port`]: { type: 'integer', default: 10001, source: DEFAULTS },
  [`${hub}.tlsCAFile`]: { type: 'string', default: '/etc/kubeedge/ca/rootCA.crt', source: TEMPLATE },
  [`${hub}.tlsCertFile`]: { type: 'string', default: '/etc/kubeedge/certs/edge.crt', source: TEMPLATE },
  [`${hub}.tlsPrivateKeyFile`]: { type: 'string', default: '/etc/kubeedge/certs/edge.key', source: TEMPLATE },
  [`${hub}.tokenRefreshDuration`]: { type: 'integer', default: 12, source: DEFAULTS },
  [`${hub}.unixsocket.address`]: {
    type: 'string',
    default: 'unix:///var/lib/kubeedge/kubeedge.sock',
    source: DEFAULTS,
  },
  [`${hub}.unixsocket.enable`]: { type: 'boolean', default: true, source: DEFAULTS },
  [`${hub}.websocket.address`]: { type: 'string', default: '0.0.0.0', source: DEFAULTS },
  [`${hub}.websocket.enable`]: { type: 'boolean', default: true, source: DEFAULTS },
  [`${hub}.websocket.port`]: { type: 'integer', default: 10000, source: DEFAULTS },
  [`${stream}.enable`]: { type: 'boolean', default: false, source: DEFAULTS },
  [`${stream}.streamPort`]: { type: 'integer', default: 10003, source: DEFAULTS },
  [`${stream}.tunnelPort`]: { type: 'integer', default: 10004, source: DEFAULTS },
  'modules.dynamicController.enable': { type: 'boolean', default: false, source: DEFAULTS },
  'modules.edgeController.buffer.createLease': { type: 'integer', default: 1524, source: DEFAULTS },
  'modules.edgeController.buffer.patchNode': { type: 'integer', default: 1274, source: DEFAULTS },
  'modules.edgeController.buffer.queryNode': { type: 'integer', default: 1524, source: DEFAULTS },
  'modules.edgeController.load.createLeaseWorkers': { type: 'integer', default: 500, source: DEFAULTS },
  'modules.edgeController.load.patchNodeWorkers': { type: 'integer', default: 110, source: DEFAULTS },
  'modules.edgeController.load.queryNodeWorkers': { type: 'integer', default: 500, source: DEFAULTS },
  'modules.edgeController.nodeUpdateFrequency': { type: 'integer', default: 10, source: DEFAULTS },
  'modules.iptablesManager.enable': { type: 'boolean', default: true, source: DEFAULTS },
  'modules.iptablesManager.mode': { type: 'string', default: 'internal', source: DEFAULTS },
  'modules.router.enable': { type: 'boolean', default: false, source: DEFAULTS },
  'modules.taskManager.enable': { type: 'boolean', default: false, source: DEFAULTS },
} as const satisfies Readonly<Record<string, ConfigKey>>;

/** With so many nodes cloudcore finds its own numbers as it wants them, and does not write its configuration anew. @see AdjustCloudCoreConfig, default.go */
export const NODE_LIMIT_WITHOUT_DRIFT = 500;

/** Features that end where cloudcore authorizes, and why: the same in 1.21, 1.22 and 1.23. */
export const BEYOND_AUTHORIZATION = {
  jobs: {
    why: 'what a node reports of a job is of no kind that cloudcore lets through, and the job never ends',
    source: 'kubeedge/kubeedge, cloud/pkg/cloudhub/authorization/resource_attributes.go',
  },
  metaServer: {
    why: 'what pods ask of the Kubernetes API is asked as their node, which may read next to nothing',
    source: 'kubeedge/kubeedge, cloud/pkg/dynamiccontroller/application/application.go',
  },
} as const satisfies Partial<Readonly<Record<KubeEdgeFeature, { readonly why: string; readonly source: string }>>>;

/** Every value of the chart `cloudcore` that is written, by its path. */
export const CLOUDCORE_CHART_KEYS = {
  'admission.enable': { type: 'boolean', default: false, source: CHART },
  'admission.image.tag': { type: 'string', default: 'v1.23.0', source: CHART },
  'cloudCore.featureGates.requireAuthorization': { type: 'boolean', default: false, source: CHART },
  'cloudCore.hostNetWork': { type: 'boolean', default: true, source: CHART },
  'cloudCore.image.tag': { type: 'string', default: 'v1.23.0', source: CHART },
  'cloudCore.modules.cloudHub.advertiseAddress': { type: 'list', default: [''], source: CHART },
  'cloudCore.modules.cloudHub.dnsNames': { type: 'list', default: [''], source: CHART },
  'cloudCore.modules.cloudHub.https.enable': { type: 'boolean', default: true, source: CHART },
  'cloudCore.modules.cloudHub.nodeLimit': { type: 'integer', default: 1000, source: CHART },
  'cloudCore.modules.cloudHub.quic.enable': { type: 'boolean', default: false, source: CHART },
  'cloudCore.modules.cloudHub.websocket.enable': { type: 'boolean', default: true, source: CHART },
  'cloudCore.modules.cloudStream.enable': { type: 'boolean', default: true, source: CHART },
  'cloudCore.modules.dynamicController.enable': { type: 'boolean', default: false, source: CHART },
  'cloudCore.modules.router.enable': { type: 'boolean', default: false, source: CHART },
  'cloudCore.modules.taskManager.enable': { type: 'boolean', default: false, source: CHART },
  'cloudCore.replicaCount': { type: 'integer', default: 1, source: CHART },
  'cloudCore.resources.limits': { type: 'map', default: { cpu: '200m', memory: '1Gi' }, source: CHART },
  'cloudCore.resources.requests': { type: 'map', default: { cpu: '100m', memory: '512Mi' }, source: CHART },
  'cloudCore.service.cloudhubHttpsNodePort': { type: 'integer', default: 30002, source: CHART },
  'cloudCore.service.cloudhubNodePort': { type: 'integer', default: 30000, source: CHART },
  'cloudCore.service.cloudhubQuicNodePort': { type: 'integer', default: 30001, source: CHART },
  'cloudCore.service.cloudstreamNodePort': { type: 'integer', default: 30003, source: CHART },
  'cloudCore.service.tunnelNodePort': { type: 'integer', default: 30004, source: CHART },
  'cloudCore.service.type': { type: 'string', default: 'NodePort', source: CHART },
  'controllerManager.enable': { type: 'boolean', default: false, source: CHART },
  'controllerManager.image.tag': { type: 'string', default: 'v1.23.0', source: CHART },
  'controllerManager.resources.limits': { type: 'map', default: { cpu: '200m', memory: '50Mi' }, source: CHART },
  'controllerManager.resources.requests': { type: 'map', default: { cpu: '100m', memory: '25Mi' }, source: CHART },
  'iptablesManager.enable': { type: 'boolean', default: true, source: CHART },
  'iptablesManager.framework': { type: 'string', default: 'legacy', source: CHART },
  'iptablesManager.image.tag': { type: 'string', default: 'v1.23.0', source: CHART },
  'iptablesManager.mode': { type: 'string', default: 'external', source: CHART },
  'mosquitto.enable': { type: 'boolean', default: true, source: CHART },
  'mosquitto.tolerations': { type: 'list', default: [], source: CHART },
} as const satisfies Readonly<Record<string, ConfigKey>>;
