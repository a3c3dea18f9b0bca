import type { DeviceClassModel } from '../lib/model/device-class-model';
import type { SharedClusterModel, SharedClusterPart } from '../lib/model/distribution';
import type { BlueprintModel, OverrideModel, SiteSourceModel } from '../lib/model/fleet-model';
import type { DeviceModelRecord } from '../lib/model/leaf-model';
import type { WaveModel } from '../lib/model/wave';
import type { WorkloadModel } from '../lib/model/workload-model';

/**
 * Key of the plain record that a construct or value object stands for. It is no part of the public API: who cannot name the key can neither read
 * the record nor pass off another object as one of ours. From the symbol registry, so that two copies of the package understand each other.
 */
export const model: unique symbol = Symbol.for('edgecdk.model') as never;

/**
 * Key of members that exist for the compiler only. They are neither private nor marked as internal (the very word after an at sign in this comment
 * would do): both are erased from the packed types, and with them every check of platforms and site values.
 */
export declare const types: unique symbol;

/** What a construct describes, and as what; `collect` reads nothing else. */
export type Description =
  | { readonly as: 'device-class'; readonly record: DeviceClassModel }
  | { readonly as: 'blueprint'; readonly record: BlueprintModel }
  | { readonly as: 'shared-cluster'; readonly record: SharedClusterModel }
  | { readonly as: 'shared-cluster-part'; readonly record: SharedClusterPart }
  | { readonly as: 'source'; readonly record: SiteSourceModel }
  | { readonly as: 'wave'; readonly record: WaveModel }
  | { readonly as: 'workload'; readonly record: WorkloadModel }
  | { readonly as: 'device-model'; readonly record: DeviceModelRecord }
  | { readonly as: 'override'; readonly record: OverrideModel };

/** Key under which `acknowledge` leaves its entries in a construct's metadata. */
export const acknowledgement = 'edgecdk:acknowledge';
