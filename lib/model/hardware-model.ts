import type { Platform } from './platform';

/** What a machine boots from and K3s writes to. */
export type StorageKind = 'sd' | 'emmc' | 'usb-ssd' | 'nvme' | 'ssd';

/** The figures of one kind of machine. */
export interface HardwareModel {
  /** `rpi-4b-4gb` */
  readonly name: string;
  readonly platforms: readonly Platform[];
  readonly cores: number;
  readonly memoryMiB: number;
  /** Sizes in which it is sold. @default - any */
  readonly memorySizesMiB?: readonly number[];
  /** What its operating system takes, where that is not as usual. @default - the catalogue's figure for any system */
  readonly osMiB?: number;
  /** Memory that the GPU takes from the node. */
  readonly sharedWithAcceleratorMiB: number;
  readonly accelerators: readonly AcceleratorModel[];
  /** Media that it boots from, the usual one first. @default - unknown */
  readonly storage?: readonly StorageKind[];
}

export interface AcceleratorModel {
  /** Extended resource of Kubernetes, such as `nvidia.com/gpu`. */
  readonly resource: string;
  readonly count: number;
}
