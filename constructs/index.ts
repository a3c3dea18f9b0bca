// What runs, and where.

export type { K3sDisableable } from '../lib/catalog/k3s';
export type { ContainerRuntime } from '../lib/model/container-runtime';
// What content is made from, and what comes out.
export { Encode } from '../lib/model/encode';
export type { Rule } from '../lib/model/fleet-model';
export type { StorageKind } from '../lib/model/hardware-model';
export type { KubeObject, Transform } from '../lib/model/kube-object';
export type { KubeEdgeFeature } from '../lib/model/kubeedge-feature';
export type { JobCheck } from '../lib/model/kubeedge-job-model';
export type { LeafScalar, LeafSettings, ModbusRegister } from '../lib/model/leaf-model';
export type { SiteState } from '../lib/model/plan';
export type { Platform } from '../lib/model/platform';
export { type Problem, SynthError } from '../lib/model/problem';
export type {
  ClusterFacts,
  DeviceClassLike,
  DistributionName,
  PerSite,
  SchemaInput,
  SchemaOutput,
  SiteContext,
  SiteSchema,
  SiteTokens,
  SiteValues,
} from '../lib/model/site-context';
export type { OverrideSummary, ProfileSummary, Summary, WaveSummary } from '../lib/summary';
export type { NewSecret, NodeChange, SynthOptions, SynthProgress, SynthResult } from '../lib/synth';
export { Accelerator } from './accelerator';
export { acknowledge } from './acknowledge';
export {
  type ChartClass,
  type ChartContent,
  type ChartVariantContent,
  ChartWorkload,
  type ChartWorkloadOptions,
  type ChartWorkloadProps,
} from './chart-workload';
// Clusters.
export type { Cluster } from './cluster';
export type { ContainerContent, IngressOptions, Resources, SecurityOptions } from './container-content';
export { ContainerWorkload, type ContainerWorkloadProps } from './container-workload';
export {
  type ArgoCdProps,
  Delivery,
  type FluxProps,
  type FluxRegistryProps,
  type GitSource,
  type OciSource,
  type RancherFleetProps,
  type SyncWindow,
} from './delivery';
export { DeviceClass, type DeviceClassProps, type NodeCount, type Reserves } from './device-class';
export {
  DeviceModel,
  type DeviceModelProps,
  type ModelProperties,
  ModelProperty,
  type ModelPropertyOptions,
  type NumberPropertyOptions,
  type PropertyFace,
} from './device-model';
export { Fleet, type FleetProps } from './fleet';
export { Hardware, type HardwareFigures, type LeafHardware, type MemoryOptions, type ServerOptions } from './hardware';
export { Health } from './health';
export { type HelmContent, HelmWorkload, type HelmWorkloadProps } from './helm-workload';
export { Install, type PreloadedOptions } from './install';
export { Inventory, type InventoryOptions } from './inventory';
export { type DiskBackupOptions, K3sBackup, type S3BackupOptions } from './k3s-backup';
export {
  type K3sCertificateAuthority,
  K3sCluster,
  type K3sClusterBase,
  type K3sClusterProps,
  type K3sMove,
  type K3sNetwork,
  type K3sTokens,
  type K3sVersion,
  type PackagedValues,
  type UpgradeWindow,
  type Weekday,
} from './k3s-cluster';
export { type ExternalDatastoreOptions, K3sDatastore } from './k3s-datastore';
export {
  type EdgeMeshProps,
  type EdgeTaint,
  KubeEdgeCluster,
  type KubeEdgeClusterProps,
  type KubeEdgeJoinMirrors,
  type KubeEdgeNetwork,
  type KubeEdgeVersion,
} from './kubeedge-cluster';
export { type EnrolmentCommandOptions, KubeEdgeEnrolment } from './kubeedge-enrolment';
export {
  ConfigUpdateJob,
  type ConfigUpdateJobProps,
  ImagePrePullJob,
  type ImagePrePullJobProps,
  JobNodes,
  type KubeEdgeJobProps,
  NodeUpgradeJob,
  type NodeUpgradeJobProps,
  type UpgradeDigests,
} from './kubeedge-jobs';
export {
  KubeEdgeRule,
  KubeEdgeRuleEndpoint,
  type KubeEdgeRuleEndpointKind,
  type KubeEdgeRuleProps,
} from './kubeedge-rule';
export { AkriDiscovery, LeafAttachment, type LeafBroker } from './leaf-attachment';
export { LeafDevice, type LeafDeviceProps, type LeafProperties, type LeafProperty } from './leaf-device';
export { LeafMapper, type LeafMapperProps } from './leaf-mapper';
export {
  LeafProtocol,
  type ModbusRtuOptions,
  type ModbusTcpOptions,
  type MqttOptions,
  type OnvifOptions,
  type TypedProtocol,
} from './leaf-protocol';
export { LeafPush } from './leaf-push';
export {
  type FramesOptions,
  LeafVisitor,
  type ModbusVisitorOptions,
  type MqttVisitorOptions,
  type VideoOptions,
} from './leaf-visitor';
export { type IntermittentLinkOptions, Link, type LinkOptions } from './link';
export { type ManifestContent, ManifestWorkload, type ManifestWorkloadProps } from './manifest-workload';
export type {
  MicroK8sAddonOptions,
  MicroK8sAddons,
  MicroK8sDns,
  MicroK8sMetalLb,
  MicroK8sNvidia,
  MicroK8sRegistry,
} from './microk8s-addons';
export {
  type MicroK8sArguments,
  MicroK8sCluster,
  type MicroK8sClusterProps,
  type MicroK8sEnvironment,
  type MicroK8sLaunchProps,
  type MicroK8sNetwork,
} from './microk8s-cluster';
export { MqttBroker } from './mqtt-broker';
export type { BreakGlass, NodeAccess, NodeProps, RegistryMirror } from './node-props';
export { NodeSecrets, type SecretCommandOptions } from './node-secrets';
export { OperatingSystem, type OperatingSystemFacts } from './operating-system';
export { Output } from './output';
export { Override, type OverrideProps } from './override';
// Workloads.
export { type Fits, Placement, type SiteMatch } from './placement';
export { RegistrationAddress, type VirtualIpOptions } from './registration-address';
export { type MoveOptions, Run } from './run';
export { type ExternalSecretsOptions, type RemoteSecret, SecretRef, SecretStore, type SopsOptions } from './secret';
export { Site, type SiteFacts, type SiteProps, type SiteValueProps } from './site';
export { type NodeContext, SiteBlueprint, type SiteBlueprintProps } from './site-blueprint';
export { SiteGroup, type SiteGroupProps } from './site-group';
export type { SiteNode } from './site-node';
export type { Sites, ValuesOf } from './sites';
export { Storage } from './storage';
// Units.
export { Bandwidth, Cpu, type CpuAmount, Duration, Size } from './units';
export { Wave, type WaveOptions } from './wave';
export type { Variants, WorkloadProps } from './workload';
