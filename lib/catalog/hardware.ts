import { type Figure, guessed, published } from '../model/figure';
import type { StorageKind } from '../model/hardware-model';
import type { Platform } from '../model/platform';

/** A built-in accelerator. Its memory is the node's own: what a model takes counts against the node. */
export interface BuiltInAccelerator {
  /** Kubernetes extended resource that the vendor's device plugin registers. */
  readonly resource: `${string}/${string}`;
  readonly count: Figure<number>;
  /** What a node must have before the resource appears. */
  readonly needs: string;
}

/** The figures of one kind of machine, in MiB and cores. */
export interface HardwareRecord {
  /** Without its size; `hardwareName` adds that. */
  readonly name: string;
  readonly title: string;
  /** Empty: runs no containers. */
  readonly platforms: readonly Platform[];
  /** A micro-controller: behind a node, never a node. */
  readonly leafOnly: boolean;
  /** Absent: the user says how many. */
  readonly cores?: Figure<number>;
  /** Installed memory, in the sizes that are sold; one entry: the only size. Absent: the user says how much. */
  readonly memoryMiB?: Figure<readonly number[]>;
  /** Installed memory that firmware and graphics keep from Linux. Absent: none known. */
  readonly sharedWithGpuMiB?: Figure<number>;
  /** Absent: as any operating system of the catalogue (`OS_OVERHEAD`). */
  readonly osMemoryMiB?: Figure<number>;
  /** Media that it boots from, the usual one first. */
  readonly storage: Figure<readonly StorageKind[]>;
  readonly accelerator?: BuiltInAccelerator;
  readonly notes: readonly string[];
}

const RPI_MODELS = 'Raspberry Pi documentation, Raspberry Pi hardware, Introduction';
const RPI_BOOT = 'Raspberry Pi documentation, Boot flow: USB mass storage boot, NVMe SSD boot';
const RPI_SOC = 'Raspberry Pi documentation, Processors';
const RPI_GPU = 'Raspberry Pi documentation, config.txt, Memory options (gpu_mem)';
const JETSON = 'NVIDIA Jetson Orin Nano Series data sheet';
const N100 = 'Intel Processor N100 specifications';
const IPC127E = 'lf-edge/eden, models, SIMATIC IPC127E';
const ESP32 = 'Espressif ESP32 Series data sheet';

const CGROUPS =
  'Raspberry Pi OS starts without the memory cgroup: two arguments in cmdline.txt and a reboot come before K3s.';
const SD_WEAR = 'An SD card wears out under constant writes and is too slow for etcd.';

/** Keys are those of the factories of `Hardware`. */
export const HARDWARE = {
  raspberryPiZero2W: {
    name: 'rpi-zero-2w',
    title: 'Raspberry Pi Zero 2 W',
    platforms: ['linux/arm64', 'linux/arm/v7'],
    leafOnly: false,
    cores: published(4, RPI_SOC),
    memoryMiB: published([512], RPI_MODELS),
    sharedWithGpuMiB: published(64, RPI_GPU),
    storage: published(['sd', 'usb-ssd'], RPI_BOOT),
    notes: [
      'All of its memory is the least that a K3s agent asks for, and Linux sees about 420 MiB of it: too small for K3s.',
      'Wi-Fi only.',
      SD_WEAR,
      CGROUPS,
    ],
  },
  raspberryPi3BPlus: {
    name: 'rpi-3b-plus',
    title: 'Raspberry Pi 3 Model B+',
    platforms: ['linux/arm64', 'linux/arm/v7'],
    leafOnly: false,
    cores: published(4, RPI_SOC),
    memoryMiB: published([1024], RPI_MODELS),
    sharedWithGpuMiB: published(76, RPI_GPU),
    storage: published(['sd', 'usb-ssd'], RPI_BOOT),
    notes: [
      'A K3s agent, not a server: a server asks for twice its memory.',
      'Its Ethernet carries at most 300 Mb/s.',
      SD_WEAR,
      CGROUPS,
    ],
  },
  raspberryPi4B: {
    name: 'rpi-4b',
    title: 'Raspberry Pi 4 Model B',
    platforms: ['linux/arm64'],
    leafOnly: false,
    cores: published(4, RPI_SOC),
    memoryMiB: published([1024, 2048, 4096, 8192], RPI_MODELS),
    sharedWithGpuMiB: published(76, RPI_GPU),
    storage: published(['sd', 'usb-ssd'], RPI_BOOT),
    notes: [SD_WEAR, CGROUPS, 'Ubuntu 21.10 to 23.10 needs the package linux-modules-extra-raspi for VXLAN.'],
  },
  raspberryPi5: {
    name: 'rpi-5',
    title: 'Raspberry Pi 5',
    platforms: ['linux/arm64'],
    leafOnly: false,
    cores: published(4, RPI_SOC),
    memoryMiB: published([1024, 2048, 4096, 8192, 16384], RPI_MODELS),
    sharedWithGpuMiB: guessed(76, 'EdgeCDK estimate: as on the Raspberry Pi 4'),
    storage: published(['sd', 'nvme', 'usb-ssd'], RPI_BOOT),
    notes: [
      SD_WEAR,
      CGROUPS,
      'NVMe hangs on one PCIe lane and needs an adapter board.',
      'Raspberry Pi OS runs a kernel with 16 KiB pages, which some images do not survive.',
    ],
  },
  jetsonOrinNano: {
    name: 'jetson-orin-nano',
    title: 'NVIDIA Jetson Orin Nano',
    platforms: ['linux/arm64'],
    leafOnly: false,
    cores: published(6, JETSON),
    memoryMiB: published([4096, 8192], JETSON),
    sharedWithGpuMiB: guessed(600, 'EdgeCDK estimate: what Jetson Linux reports less than is installed, of 8 GB'),
    osMemoryMiB: guessed(1024, 'EdgeCDK estimate: Jetson Linux without a desktop'),
    storage: published(['nvme', 'sd'], JETSON),
    accelerator: {
      resource: 'nvidia.com/gpu',
      count: published(1, JETSON),
      needs:
        'NVIDIA container toolkit 1.11 or newer, the runtime class nvidia, and the NVIDIA device plugin 0.13 or newer',
    },
    notes: [
      'GPU and processor share one memory: the weights of a model count against the node.',
      'No hardware video encoder and no deep-learning accelerator beside the GPU.',
      'In its 7 W mode it runs on four of its six cores.',
      'An image that uses CUDA must fit the Jetson Linux release of the node.',
    ],
  },
  n100MiniPc: {
    name: 'n100',
    title: 'Mini PC with Intel N100',
    platforms: ['linux/amd64'],
    leafOnly: false,
    cores: published(4, N100),
    memoryMiB: guessed([8192, 16384, 32768], 'EdgeCDK: sizes on the market; Intel states 16 GB at most'),
    sharedWithGpuMiB: guessed(64, 'EdgeCDK estimate: memory that the firmware sets apart for graphics'),
    storage: guessed(['nvme', 'ssd', 'emmc'], 'EdgeCDK: differs by maker'),
    accelerator: {
      resource: 'gpu.intel.com/i915',
      count: published(1, N100),
      needs: 'the Intel GPU device plugin; with the kernel driver xe the resource is gpu.intel.com/xe',
    },
    notes: [
      'Intel supports 16 GB; 32 GB works on many boards, unsupported.',
      'One memory channel.',
      'The device plugin can let several pods share the GPU, so its count is a setting, not a property.',
      'Check that the kernel of the node has a driver for its network chip.',
    ],
  },
  siemensIpc127e: {
    name: 'siemens-ipc127e',
    title: 'Siemens SIMATIC IPC127E',
    platforms: ['linux/amd64'],
    leafOnly: false,
    cores: published(4, IPC127E),
    memoryMiB: published([4096], IPC127E),
    sharedWithGpuMiB: guessed(64, 'EdgeCDK estimate: memory that the firmware sets apart for graphics'),
    storage: guessed(['ssd'], 'EdgeCDK: the model lists 32 GB and not of which kind'),
    notes: ['As listed for EVE: 32 GB of storage, TPM 2.0, a watchdog. Order variants differ.'],
  },
  x86Server: {
    name: 'x86',
    title: 'x86 server',
    platforms: ['linux/amd64'],
    leafOnly: false,
    storage: guessed(['ssd', 'nvme'], 'EdgeCDK: differs by machine'),
    notes: ['Memory and cores are given by the user.'],
  },
  esp32: {
    name: 'esp32',
    title: 'Espressif ESP32',
    platforms: [],
    leafOnly: true,
    cores: published(2, ESP32),
    memoryMiB: published([520 / 1024], ESP32),
    storage: published([], ESP32),
    notes: ['Runs firmware, not containers.', 'Some variants have one core; the ESP32-S3 has 512 KB of memory.'],
  },
  rp2040: {
    name: 'rp2040',
    title: 'Raspberry Pi RP2040',
    platforms: [],
    leafOnly: true,
    cores: published(2, RPI_MODELS),
    memoryMiB: published([264 / 1024], RPI_MODELS),
    storage: published([], RPI_MODELS),
    notes: ['Runs firmware, not containers.', 'Has no network of its own but on boards with a radio, such as Pico W.'],
  },
} as const satisfies Readonly<Record<string, HardwareRecord>>;

/** What tells two machines of one record apart; whole numbers. */
export interface HardwareSize {
  readonly memoryMiB?: number;
  readonly cores?: number;
}

/**
 * The name in profiles, stacks and reports: `rpi-4b-4gb`, `x86-8c-32gb`. Memory that is not a whole number of GiB
 * is written in MiB: `x86-2c-1536mb`. Without a size it is the name of the record: `rpi-3b-plus`.
 */
export function hardwareName(record: { readonly name: string }, size: HardwareSize = {}): string {
  const parts: string[] = [record.name];
  if (size.cores !== undefined) parts.push(`${size.cores}c`);
  if (size.memoryMiB !== undefined) {
    parts.push(size.memoryMiB % 1024 === 0 ? `${size.memoryMiB / 1024}gb` : `${size.memoryMiB}mb`);
  }
  return parts.join('-');
}
