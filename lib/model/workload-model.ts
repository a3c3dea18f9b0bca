import type { ContainerContent } from './container-content';
import type { Transform } from './kube-object';
import type { DeviceModelRecord, LeafDeviceContent, LeafMapperModel } from './leaf-model';
import type { PlacementModel, SiteMatchModel } from './placement-model';
import type { Platform } from './platform';
import type { PerSiteModel } from './site-context';

export type {
  ContainerContent,
  HealthModel,
  ResourcesModel,
  RunModel,
  SecretKeyModel,
  SecurityModel,
  StorageModel,
} from './container-content';

interface WorkloadBase {
  readonly path: string;
  /** Names the workload's objects and files; unique in the fleet. */
  readonly id: string;
  readonly owner?: string;
  readonly namespace: string;
  readonly placement: PlacementModel;
  readonly transform?: Transform;
}

export type WorkloadModel =
  | ContainerWorkloadModel
  | ChartWorkloadModel
  | HelmWorkloadModel
  | ManifestWorkloadModel
  | LeafDeviceWorkloadModel
  | DeviceModelWorkloadModel;
export type WorkloadContent = WorkloadModel['content'];

/** Other content for some sites. */
export interface VariantModel<C> {
  readonly name: string;
  readonly when: SiteMatchModel;
  readonly content: Partial<C>;
}

export interface ContainerWorkloadModel extends WorkloadBase {
  readonly kind: 'container';
  readonly content: ContainerContent;
  readonly variants: readonly VariantModel<ContainerContent>[];
  /** The mapper of leaf devices that it is. @default - none */
  readonly mapper?: LeafMapperModel;
}

export interface ChartWorkloadModel extends WorkloadBase {
  readonly kind: 'chart';
  readonly content: ChartContent;
  readonly variants: readonly VariantModel<ChartContent>[];
}

export interface ChartContent {
  readonly platforms?: readonly Platform[];
  /** Fills a cdk8s chart: either a user's chart class with props, or a user's function. `app` and `chart` are cdk8s' own. */
  readonly chart?: unknown;
  readonly props?: PerSiteModel<unknown>;
  readonly content?: unknown;
}

export interface HelmWorkloadModel extends WorkloadBase {
  readonly kind: 'helm';
  readonly content: HelmContent;
  readonly variants: readonly VariantModel<HelmContent>[];
}

export interface HelmContent {
  readonly chart: string;
  /** Absent for charts in an OCI registry. */
  readonly repo?: string;
  readonly version: string;
  readonly values?: PerSiteModel<Readonly<Record<string, unknown>>>;
}

export interface ManifestWorkloadModel extends WorkloadBase {
  readonly kind: 'manifest';
  readonly content: ManifestContent;
  readonly variants: readonly VariantModel<ManifestContent>[];
}

export interface ManifestContent {
  readonly files: readonly string[];
}

/** A sensor, PLC, camera or micro-controller behind a node: one at each site of its placement. */
export interface LeafDeviceWorkloadModel extends WorkloadBase {
  readonly kind: 'leaf-device';
  readonly content: LeafDeviceContent;
  readonly variants: readonly VariantModel<LeafDeviceContent>[];
}

/** What KubeEdge knows of a kind of device: it is where its devices are, and nowhere else. */
export interface DeviceModelWorkloadModel extends WorkloadBase {
  readonly kind: 'device-model';
  readonly content: DeviceModelRecord;
  readonly variants: readonly VariantModel<DeviceModelRecord>[];
}
