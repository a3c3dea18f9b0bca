import type { Size } from 'cdk8s';
import { HARDWARE, type HardwareRecord, hardwareName } from '../lib/catalog/hardware';
import type { HardwareModel } from '../lib/model/hardware-model';
import type { Platform } from '../lib/model/platform';
import type { Accelerator } from './accelerator';
import { model, types } from './internal';
import { mebibytes } from './units';

/** Hardware that comes in several sizes of memory. */
export interface MemoryOptions {
  /** Installed memory, in a size that is sold; another one is an error at synth. */
  readonly memory: Size;
}

export interface ServerOptions {
  /** Installed memory. */
  readonly memory: Size;
  readonly cores: number;
}

/** What a machine has, for `Hardware.custom` and `with`. */
export interface HardwareFigures<P extends Platform = Platform> {
  /** Names the hardware in profiles and reports: a DNS label. */
  readonly name: string;
  readonly platforms: readonly P[];
  readonly cores: number;
  /** Installed memory. */
  readonly memory: Size;
  /** Memory that firmware and GPU keep from Linux. @default - none */
  readonly sharedWithAccelerator?: Size;
  /** @default - none */
  readonly accelerators?: readonly Accelerator[];
}

/**
 * The figures of one kind of machine. Those of the catalogue name their sources; `with` corrects them for your machines.
 *
 * @example
 * const hardware = Hardware.raspberryPi4B({ memory: Size.gibibytes(4) });
 */
export class Hardware<out P extends Platform = Platform> {
  /** 512 MiB: an edge node of KubeEdge or a leaf, too small for K3s. */
  static raspberryPiZero2W(): Hardware<'linux/arm64' | 'linux/arm/v7'> {
    return listed(HARDWARE.raspberryPiZero2W);
  }

  /** 1 GiB: a K3s agent, not a server. */
  static raspberryPi3BPlus(): Hardware<'linux/arm64' | 'linux/arm/v7'> {
    return listed(HARDWARE.raspberryPi3BPlus);
  }

  /** 1, 2, 4 or 8 GiB. */
  static raspberryPi4B(options: MemoryOptions): Hardware<'linux/arm64'> {
    return listed(HARDWARE.raspberryPi4B, options);
  }

  /** 1, 2, 4, 8 or 16 GiB. */
  static raspberryPi5(options: MemoryOptions): Hardware<'linux/arm64'> {
    return listed(HARDWARE.raspberryPi5, options);
  }

  /** 4 or 8 GiB, shared with the GPU. */
  static jetsonOrinNano(options: MemoryOptions): Hardware<'linux/arm64'> {
    return listed(HARDWARE.jetsonOrinNano, options);
  }

  /** A mini PC with Intel N100: 8, 16 or 32 GiB. */
  static n100MiniPc(options: MemoryOptions): Hardware<'linux/amd64'> {
    return listed(HARDWARE.n100MiniPc, options);
  }

  /** An industrial gateway with 4 GiB. */
  static siemensIpc127e(): Hardware<'linux/amd64'> {
    return listed(HARDWARE.siemensIpc127e);
  }

  /** Any x86 server, by its own figures. */
  static x86Server(options: ServerOptions): Hardware<'linux/amd64'> {
    return listed(HARDWARE.x86Server, options);
  }

  /** A micro-controller: behind a node, never a node. */
  static esp32(): LeafHardware {
    return listed(HARDWARE.esp32) as unknown as LeafHardware;
  }

  /** A micro-controller: behind a node, never a node. */
  static rp2040(): LeafHardware {
    return listed(HARDWARE.rp2040) as unknown as LeafHardware;
  }

  /** A machine that the catalogue does not have. */
  static custom<const P extends Platform>(figures: HardwareFigures<P>): Hardware<P> {
    return new Hardware<P>({ ...noFigures, ...modelOf(figures) });
  }

  declare readonly [types]: P;
  readonly [model]: HardwareModel;

  private constructor(hardware: HardwareModel) {
    this[model] = hardware;
  }

  /** The same machine with figures of your own, which count as measured. */
  with(figures: Partial<HardwareFigures<P>>): Hardware<P> {
    return new Hardware<P>({ ...this[model], ...modelOf(figures) });
  }

  /** Whether it can only stand behind a node. */
  get leafOnly(): false {
    return (this[model].platforms.length === 0) as false;
  }

  /** Names the hardware in profiles, stacks and reports: `rpi-4b-4gb`. */
  get name(): string {
    return this[model].name;
  }

  get platforms(): readonly P[] {
    return this[model].platforms as readonly P[];
  }

  get cores(): number {
    return this[model].cores;
  }

  /** @internal The one way from the catalogue to a `Hardware`. */
  static _of<P extends Platform>(hardware: HardwareModel): Hardware<P> {
    return new Hardware<P>(hardware);
  }
}

/** Same shape but for `leafOnly`, so that the compiler names that property when one is used as a node. */
export interface LeafHardware extends Omit<Hardware<never>, 'leafOnly'> {
  readonly leafOnly: true;
}

const noFigures: HardwareModel = {
  name: '',
  platforms: [],
  cores: 0,
  memoryMiB: 0,
  sharedWithAcceleratorMiB: 0,
  accelerators: [],
};

function listed<P extends Platform>(record: HardwareRecord, options: Partial<ServerOptions> = {}): Hardware<P> {
  const memoryMiB = options.memory ? mebibytes(options.memory) : (record.memoryMiB?.value[0] ?? 0);
  return Hardware._of<P>({
    name: hardwareName(record, { cores: options.cores, memoryMiB: options.memory && memoryMiB }),
    platforms: record.platforms,
    cores: options.cores ?? record.cores?.value ?? 0,
    memoryMiB,
    memorySizesMiB: record.memoryMiB?.value,
    sharedWithAcceleratorMiB: record.sharedWithGpuMiB?.value ?? 0,
    osMiB: record.osMemoryMiB?.value,
    accelerators: record.accelerator
      ? [{ resource: record.accelerator.resource, count: record.accelerator.count.value }]
      : [],
    storage: record.storage.value,
  });
}

function modelOf(figures: Partial<HardwareFigures>): Partial<HardwareModel> {
  const { memory, sharedWithAccelerator, accelerators, ...same } = figures;
  return {
    ...same,
    ...(memory && { memoryMiB: mebibytes(memory), memorySizesMiB: undefined }),
    ...(sharedWithAccelerator && { sharedWithAcceleratorMiB: mebibytes(sharedWithAccelerator) }),
    ...(accelerators && { accelerators: accelerators.map((a) => a[model]) }),
  };
}
