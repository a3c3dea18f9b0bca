import type { WhereUnsaid } from './config-key';

const TYPES = 'kubeedge/kubeedge, componentconfig/edgecore/v1alpha2/types.go';
const DEFAULTS = 'kubeedge/kubeedge, componentconfig/edgecore/v1alpha2/default.go';
const KUBELET = 'kubeedge/kubeedge, componentconfig/edgecore/v1alpha2/default_kubelet_configuration.go';

export type ConfigKey = {
  readonly type: 'string' | 'integer' | 'boolean' | 'list' | 'map';
  /** Minor of KubeEdge that first had it. @default - all that EdgeCDK accepts */
  readonly since?: string;
  readonly source: string;
} & WhereUnsaid;

const edged = 'modules.edged';
const kubelet = 'modules.edged.tailoredKubeletConfig';
const hub = 'modules.edgeHub';
const bus = 'modules.eventBus';
const meta = 'modules.metaManager';
const stream = 'modules.edgeStream';

const SELF = 'the node dials itself';
/** @see kubernetes/kubernetes, pkg/kubelet/eviction/defaults_linux.go */
const EVICTION = {
  'imagefs.available': '15%',
  'imagefs.inodesFree': '5%',
  'memory.available': '100Mi',
  'nodefs.available': '10%',
  'nodefs.inodesFree': '5%',
} as const;

/**
 * Every key of `edgecore.yaml` that is written, by its path. edgecore passes over a key that it does not know without a word, and takes a section that is
 * null for a fault of its own: hence the list is closed, and no value is ever null. `tlsCaFile` is the edge's spelling, `tlsCAFile` the cloud's.
 */
export const EDGECORE_KEYS = {
  edgecoreVersion: { type: 'string', unset: 'edgecore writes the whole file anew', source: TYPES },
  'database.dataSource': { type: 'string', default: '/var/lib/kubeedge/edgecore.db', source: DEFAULTS },
  'featureGates.requireAuthorization': {
    type: 'boolean',
    default: false,
    source: 'kubeedge/kubeedge, pkg/features/features.go',
  },
  [`${edged}.enable`]: { type: 'boolean', default: true, source: DEFAULTS },
  [`${edged}.hostnameOverride`]: { type: 'string', unset: 'the host name', source: DEFAULTS },
  [`${edged}.nodeIP`]: { type: 'string', unset: 'the address of the default route', source: TYPES },
  [`${edged}.nodeLabels`]: { type: 'map', default: {}, source: DEFAULTS },
  [`${edged}.podSandboxImage`]: { type: 'string', default: 'kubeedge/pause:3.6', source: DEFAULTS },
  [`${edged}.rootDirectory`]: { type: 'string', default: '/var/lib/kubelet', source: DEFAULTS },
  [`${kubelet}.address`]: { type: 'string', default: '127.0.0.1', source: KUBELET },
  [`${kubelet}.cgroupDriver`]: { type: 'string', default: 'cgroupfs', source: KUBELET },
  [`${kubelet}.clusterDNS`]: { type: 'list', default: [], source: TYPES },
  [`${kubelet}.clusterDomain`]: { type: 'string', default: 'cluster.local', source: KUBELET },
  [`${kubelet}.containerLogMaxSize`]: { type: 'string', default: '10Mi', source: KUBELET },
  [`${kubelet}.containerRuntimeEndpoint`]: {
    type: 'string',
    default: 'unix:///run/containerd/containerd.sock',
    source: KUBELET,
  },
  [`${kubelet}.evictionHard`]: { type: 'map', default: EVICTION, source: KUBELET },
  [`${kubelet}.imageGCHighThresholdPercent`]: { type: 'integer', default: 85, source: KUBELET },
  [`${kubelet}.imageGCLowThresholdPercent`]: { type: 'integer', default: 80, source: KUBELET },
  [`${kubelet}.imageServiceEndpoint`]: {
    type: 'string',
    default: 'unix:///run/containerd/containerd.sock',
    source: KUBELET,
  },
  [`${kubelet}.kubeReserved`]: { type: 'map', default: {}, source: TYPES },
  [`${kubelet}.readOnlyPort`]: { type: 'integer', default: 10350, source: KUBELET },
  [`${kubelet}.registerWithTaints`]: { type: 'list', default: [], source: TYPES },
  [`${kubelet}.systemReserved`]: { type: 'map', default: {}, source: TYPES },
  [`${hub}.enable`]: { type: 'boolean', default: true, source: DEFAULTS },
  [`${hub}.heartbeat`]: { type: 'integer', default: 15, source: DEFAULTS },
  [`${hub}.httpServer`]: { type: 'string', unset: SELF, source: DEFAULTS },
  [`${hub}.quic.enable`]: { type: 'boolean', default: false, source: DEFAULTS },
  [`${hub}.quic.server`]: { type: 'string', unset: SELF, source: DEFAULTS },
  [`${hub}.rotateCertificates`]: { type: 'boolean', default: true, source: DEFAULTS },
  [`${hub}.tlsCaFile`]: { type: 'string', default: '/etc/kubeedge/ca/rootCA.crt', source: DEFAULTS },
  [`${hub}.tlsCertFile`]: { type: 'string', default: '/etc/kubeedge/certs/server.crt', source: DEFAULTS },
  [`${hub}.tlsPrivateKeyFile`]: { type: 'string', default: '/etc/kubeedge/certs/server.key', source: DEFAULTS },
  [`${hub}.websocket.enable`]: { type: 'boolean', default: true, source: DEFAULTS },
  [`${hub}.websocket.server`]: { type: 'string', unset: SELF, source: DEFAULTS },
  [`${bus}.enable`]: { type: 'boolean', default: true, source: DEFAULTS },
  [`${bus}.mqttMode`]: { type: 'integer', default: 2, source: DEFAULTS },
  [`${bus}.mqttServerExternal`]: { type: 'string', default: 'tcp://127.0.0.1:1883', source: DEFAULTS },
  [`${bus}.mqttServerInternal`]: { type: 'string', default: 'tcp://127.0.0.1:1884', source: DEFAULTS },
  [`${meta}.enable`]: { type: 'boolean', default: true, source: DEFAULTS },
  [`${meta}.metaServer.enable`]: { type: 'boolean', default: false, source: DEFAULTS },
  [`${meta}.metaServer.server`]: { type: 'string', default: '127.0.0.1:10550', source: DEFAULTS },
  'modules.serviceBus.enable': { type: 'boolean', default: false, source: DEFAULTS },
  'modules.deviceTwin.enable': { type: 'boolean', default: true, source: DEFAULTS },
  // A file's path is still taken, for its folder; before 1.23 it was one.
  'modules.deviceTwin.dmiSockPath': { type: 'string', default: '/etc/kubeedge/', since: '1.23', source: DEFAULTS },
  [`${stream}.enable`]: { type: 'boolean', default: false, source: DEFAULTS },
  [`${stream}.server`]: { type: 'string', default: '127.0.0.1:10004', source: DEFAULTS },
  'modules.taskManager.enable': { type: 'boolean', default: false, source: DEFAULTS },
} as const satisfies Readonly<Record<string, ConfigKey>>;

/** Keys of other releases, or of the other half, which edgecore passes over; each with what takes its place. */
export const EDGECORE_OLD_KEYS: Readonly<Record<string, string>> = {
  [`${hub}.tlsCAFile`]: `${hub}.tlsCaFile`,
  [`${stream}.tunnelServer`]: `${stream}.server`,
  [`${kubelet}.nodeIP`]: `${edged}.nodeIP`,
  [`${edged}.tailoredKubeletFlag.hostnameOverride`]: `${edged}.hostnameOverride`,
  [`${edged}.containerRuntime`]: `${kubelet}.containerRuntimeEndpoint`,
  [`${edged}.remoteRuntimeEndpoint`]: `${kubelet}.containerRuntimeEndpoint`,
  [`${edged}.remoteImageEndpoint`]: `${kubelet}.imageServiceEndpoint`,
  [`${edged}.runtimeType`]: `${kubelet}.containerRuntimeEndpoint`,
  [`${edged}.cgroupDriver`]: `${kubelet}.cgroupDriver`,
};

/** What `apiVersion` and `kind` are; edgecore does not look at them. */
export const EDGECORE_HEAD = { apiVersion: 'edgecore.config.kubeedge.io/v1alpha2', kind: 'EdgeCore' } as const;
