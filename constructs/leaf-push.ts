import type { LeafPushModel } from '../lib/model/leaf-model';
import { model } from './internal';

/**
 * Where a mapper sends the readings of a property besides its twin: one way, since of several a mapper takes the first and says nothing.
 *
 * @example
 * const push = LeafPush.mqtt({ address: 'tcp://10.0.0.9:1883', topic: 'line-1/power' });
 */
export class LeafPush {
  static mqtt(options: {
    /** Broker, such as `tcp://10.0.0.9:1883`, as the mapper's pod reaches it: a loopback address is an error at synth. */
    readonly address: string;
    readonly topic: string;
    /** @default 0 */
    readonly qos?: 0 | 1 | 2;
    /** @default false */
    readonly retained?: boolean;
  }): LeafPush {
    const { address, topic, qos = 0, retained = false } = options;
    return new LeafPush({ kind: 'mqtt', address, topic, qos, retained });
  }

  static http(options: {
    /** With its scheme, which mappers do not put before it: `http://10.0.0.9`. */
    readonly host: string;
    readonly port: number;
    /** Begins with `/`. @default '/' */
    readonly path?: string;
  }): LeafPush {
    return new LeafPush({ kind: 'http', host: options.host, port: options.port, path: options.path ?? '/' });
  }

  readonly [model]: LeafPushModel;

  private constructor(push: LeafPushModel) {
    this[model] = push;
  }
}
