import type { ContainerRuntime } from './container-runtime';
import type { HardwareModel, StorageKind } from './hardware-model';
import type { OperatingSystemModel } from './node-model';

export interface DeviceClassModel {
  readonly path: string;
  readonly id: string;
  readonly hardware: HardwareModel;
  /** What the user says is kept free; undefined members come from the catalogue. */
  readonly reserves: {
    readonly osMiB?: number;
    readonly sharedWithAcceleratorMiB?: number;
    readonly evictionFloorMiB?: number;
    readonly otherMiB?: number;
    /** For the nodes' configuration, and in the place of what is known of the distribution. */
    readonly kubernetesMiB?: number;
  };
  readonly nodeLabels: Readonly<Record<string, string>>;
  /** @default - none: no files can be made for its nodes */
  readonly operatingSystem?: OperatingSystemModel;
  /** The medium that is fitted. @default - unknown; the hardware says which are usual */
  readonly storage?: StorageKind;
  /** Mount point of a data disk. @default - none */
  readonly dataMount?: string;
  /** @default - as its cluster's distribution has it */
  readonly runtime?: ContainerRuntime;
}
