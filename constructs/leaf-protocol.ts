import type { LeafProtocolModel, LeafSettings } from '../lib/model/leaf-model';
import { model, types } from './internal';
import type { SecretRef } from './secret';

/** Protocols whose settings are typed. */
export type TypedProtocol = 'modbus' | 'mqtt' | 'onvif';

export interface ModbusTcpOptions {
  /** IP address or name. */
  readonly host: string;
  /** @default 502 */
  readonly port?: number;
  /** Unit (slave) id, from 0 to 255. */
  readonly unit: number;
}

export interface ModbusRtuOptions {
  /** Serial device of the node, such as `/dev/ttyUSB0`; the mapper or broker must be given it too. */
  readonly device: string;
  /** Bits per second. */
  readonly baud: 1200 | 2400 | 4800 | 9600 | 19_200 | 38_400 | 57_600 | 115_200;
  /** Unit (slave) id, from 1 to 247. */
  readonly unit: number;
  /** @default 8 */
  readonly dataBits?: 5 | 6 | 7 | 8;
  /** @default 1 */
  readonly stopBits?: 1 | 2;
  /** @default 'none' */
  readonly parity?: 'none' | 'even' | 'odd';
}

export interface MqttOptions {
  readonly topic: string;
  /**
   * Such as `tcp://10.0.0.9:1883`, as the mapper's pod reaches it: a loopback address is the pod itself there, and an error at synth. Without a login, which
   * mappers keep in clear.
   */
  readonly broker: string;
  /** @default - the mapper's */
  readonly clientId?: string;
}

export interface OnvifOptions {
  /** `192.168.1.64:80`; never with a login in it. */
  readonly url: string;
  readonly user: string;
  /** The password. Mapper or broker find it as a file. */
  readonly login: SecretRef;
}

/**
 * How a leaf device is reached. Settings are written in the keys of the mappers that KubeEdge's projects publish for v1beta1; for a mapper with keys of its
 * own take `custom`. A number that is out of range is an error at synth.
 *
 * @example
 * const protocol = LeafProtocol.modbusTcp({ host: '10.0.0.5', unit: 1 });
 */
export class LeafProtocol<out P extends string = string> {
  static modbusTcp(options: ModbusTcpOptions): LeafProtocol<'modbus'> {
    const { host, unit } = options;
    return new LeafProtocol({ kind: 'modbus-tcp', host, port: options.port ?? 502, unit });
  }

  static modbusRtu(options: ModbusRtuOptions): LeafProtocol<'modbus'> {
    const { device, baud, unit } = options;
    const { dataBits = 8, stopBits = 1, parity = 'none' } = options;
    return new LeafProtocol({ kind: 'modbus-rtu', device, baud, unit, dataBits, stopBits, parity });
  }

  static mqtt(options: MqttOptions): LeafProtocol<'mqtt'> {
    const { broker, topic, clientId } = options;
    return new LeafProtocol({ kind: 'mqtt', broker, topic, clientId });
  }

  static onvif(options: OnvifOptions): LeafProtocol<'onvif'> {
    const { url, user, login } = options;
    return new LeafProtocol({ kind: 'onvif', url, user, login: login[model] });
  }

  /**
   * A protocol of your own mapper. Settings are flat: KubeEdge refuses a device with a list, an object or null among them. Integers above 16,777,216 are
   * written as text, since it keeps numbers in 32 bits; fractions have six digits at most.
   */
  static custom<const N extends string>(name: Exclude<N, TypedProtocol>, settings: LeafSettings): LeafProtocol<N> {
    return new LeafProtocol({ kind: 'custom', name, settings: { ...settings } });
  }

  declare readonly [types]: P;
  readonly [model]: LeafProtocolModel;

  private constructor(protocol: LeafProtocolModel) {
    this[model] = protocol;
  }
}
