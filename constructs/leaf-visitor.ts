import type { Duration } from 'cdk8s';
import type { LeafSettings, ModbusRegister, VisitorModel } from '../lib/model/leaf-model';
import { model, types } from './internal';
import type { TypedProtocol } from './leaf-protocol';

export interface ModbusVisitorOptions {
  readonly register: ModbusRegister;
  /** From 0, as the protocol counts: 0 is the register that many manuals call 40001. */
  readonly offset: number;
  /** How many registers, up to 125, or bits, up to 2000. @default 1 */
  readonly count?: number;
  /** What a raw value is multiplied by. @default 1 */
  readonly scale?: number;
  /** Whether the two bytes of a register are exchanged. @default false */
  readonly swapBytes?: boolean;
  /** Whether the registers of a value come last to first. @default false */
  readonly swapRegisters?: boolean;
}

export interface MqttVisitorOptions {
  /** Which value of a message. */
  readonly value: string;
  /** @default 'json' */
  readonly format?: 'json' | 'yaml' | 'xml';
}

export interface FramesOptions {
  /** Where pictures go: an absolute path in the mapper's container. */
  readonly folder: string;
  /** @default 'jpg' */
  readonly format?: string;
  /** How many pictures at a time. */
  readonly count: number;
  /** Between two pictures. */
  readonly every: Duration;
}

export interface VideoOptions {
  /** Where videos go: an absolute path in the mapper's container. */
  readonly folder: string;
  /** @default 'mp4' */
  readonly format?: string;
  /** Frames of each video. */
  readonly frames: number;
  /** How many videos at a time. */
  readonly videos: number;
}

/**
 * Where in a device one property is found. It belongs to one protocol: one for another does not compile.
 *
 * @example
 * const visitor = LeafVisitor.modbus({ register: 'holding', offset: 12, scale: 0.1 });
 */
export class LeafVisitor<out P extends string = string> {
  /** A writable property needs `holding` or `coil` registers. @see https://www.modbus.org/specs.php */
  static modbus(options: ModbusVisitorOptions): LeafVisitor<'modbus'> {
    const { register, offset, count = 1, scale = 1, swapBytes = false, swapRegisters = false } = options;
    return new LeafVisitor({ kind: 'modbus', register, offset, count, scale, swapBytes, swapRegisters });
  }

  static mqtt(options: MqttVisitorOptions): LeafVisitor<'mqtt'> {
    return new LeafVisitor({ kind: 'mqtt', value: options.value, format: options.format ?? 'json' });
  }

  /** The address of the camera's stream, for a text property. */
  static onvifAddress(): LeafVisitor<'onvif'> {
    return new LeafVisitor({ kind: 'onvif-address' });
  }

  /** Pictures, for the stream property `saveFrame`. */
  static onvifFrames(options: FramesOptions): LeafVisitor<'onvif'> {
    const { folder, format = 'jpg', count, every } = options;
    return new LeafVisitor({
      kind: 'onvif-frames',
      folder,
      format,
      count,
      everyMs: every.toMilliseconds({ integral: false }),
    });
  }

  /** Videos, for the stream property `saveVideo`. */
  static onvifVideo(options: VideoOptions): LeafVisitor<'onvif'> {
    const { folder, format = 'mp4', frames, videos } = options;
    return new LeafVisitor({ kind: 'onvif-video', folder, format, count: frames, videos });
  }

  /** Flat settings of a custom protocol, with its name. */
  static custom<const N extends string>(protocol: Exclude<N, TypedProtocol>, settings: LeafSettings): LeafVisitor<N> {
    return new LeafVisitor({ kind: 'custom', protocol, settings: { ...settings } });
  }

  declare readonly [types]: P;
  readonly [model]: VisitorModel;

  private constructor(visitor: VisitorModel) {
    this[model] = visitor;
  }
}
