import type { BrokerModel } from '../lib/model/kubeedge-cluster-model';
import { model } from './internal';

/**
 * Who is the MQTT broker of an edge node. Where edgecore is told of one that is not there, it tries for ever, and its event bus serves nobody.
 *
 * @example
 * const broker = MqttBroker.mosquitto();
 */
export class MqttBroker {
  /** Nobody: devices reach their mappers without one. */
  static none(): MqttBroker {
    return new MqttBroker({ kind: 'none' });
  }

  /** The one that the chart of cloudcore brings to each edge node, on port 1883. */
  static mosquitto(): MqttBroker {
    return new MqttBroker({ kind: 'mosquitto' });
  }

  /** One that the machine's image has: `tcp://127.0.0.1:1883`. Credentials in the URL are an error at synth. */
  static ofMachine(url: `tcp://${string}` | `ssl://${string}`): MqttBroker {
    return new MqttBroker({ kind: 'machine', url });
  }

  readonly [model]: BrokerModel;

  private constructor(broker: BrokerModel) {
    this[model] = broker;
  }
}
