/**
 * What hangs on the gateway of each line: a press on its serial line, which speaks Modbus, and a vibration sensor that publishes to its MQTT broker.
 * Nothing here says whether the gateways run KubeEdge, K3s or MicroK8s.
 */
import {
  acknowledge,
  Cpu,
  type DeviceClass,
  DeviceModel,
  Duration,
  type Fleet,
  LeafAttachment,
  LeafDevice,
  LeafMapper,
  LeafProtocol,
  LeafVisitor,
  ModelProperty,
  Placement,
  type Sites,
  Size,
} from 'edgecdk';
import { z } from 'zod';

/** What each line says about itself: where its gateway is on the line's own network, and how hard its press may press. */
export const lineValues = z.object({ gatewayAddress: z.string(), pressureLimit: z.number().int() });
type Lines = Sites<z.output<typeof lineValues>, 'linux/amd64'>;

const serial = '/dev/ttyUSB0';
const resources = { cpu: Cpu.millis(100), memory: Size.mebibytes(64) };
const platforms = ['linux/amd64'] as const;
const mapperImages = {
  modbus: 'ghcr.io/acme/modbus-mapper:1.2.0',
  mqtt: 'ghcr.io/acme/mqtt-mapper:1.2.0',
} as const;
export const images: readonly [string, string] = [mapperImages.modbus, mapperImages.mqtt];

export function addDevices(fleet: Fleet, gateway: DeviceClass<'linux/amd64'>, ...lines: readonly [Lines, ...Lines[]]): void {
  const gateways = Placement.on(...lines).onNodes(gateway);

  // Kinds of device: what can be read of each, and what can be set.
  const press = new DeviceModel(fleet, 'hydraulic-press', {
    protocol: 'modbus',
    properties: {
      pressure: ModelProperty.float({ unit: 'bar', minimum: 0 }),
      limit: ModelProperty.integer({ unit: 'bar', writable: true, minimum: 50, maximum: 200 }),
    },
  });
  const sensor = new DeviceModel(fleet, 'vibration-sensor', {
    protocol: 'mqtt',
    properties: { velocity: ModelProperty.float({ unit: 'mm/s', minimum: 0 }) },
  });

  // Behind KubeEdge a mapper for each protocol runs on each gateway, and devices are objects of the cluster.
  const onKubeEdge = gateways.where({ distribution: 'kubeedge' });
  const modbus = new LeafMapper(fleet, 'modbus-mapper', {
    protocol: 'modbus',
    image: mapperImages.modbus,
    platforms,
    resources,
    devices: [serial],
    placement: onKubeEdge,
  });
  acknowledge(modbus, 'edgecdk-privileged', 'the presses hang on the serial line of their gateway');
  const mqtt = new LeafMapper(fleet, 'mqtt-mapper', {
    protocol: 'mqtt',
    image: mapperImages.mqtt,
    platforms,
    resources,
    port: 7778,
    placement: onKubeEdge,
  });

  // The devices: one of each at each line. The attachment is what serves them where there is no KubeEdge: found by Akri, or a broker beside them.
  new LeafDevice(fleet, 'press', {
    behind: gateways,
    model: press,
    mapper: modbus,
    protocol: LeafProtocol.modbusRtu({ device: serial, baud: 19_200, unit: 1, parity: 'even' }),
    properties: ({ site }) => ({
      pressure: {
        visitor: LeafVisitor.modbus({ register: 'input', offset: 0, count: 2 }),
        every: Duration.seconds(1),
        reportEvery: Duration.seconds(10),
      },
      limit: {
        visitor: LeafVisitor.modbus({ register: 'holding', offset: 4 }),
        every: Duration.minutes(1),
        // A twin: what each line wants its press to be set to.
        desired: site.values.pressureLimit,
      },
    }),
    stateEvery: Duration.minutes(1),
    attachment: LeafAttachment.akri({ broker: { image: 'ghcr.io/acme/press-broker:0.9.1', platforms, resources } }),
  });
  new LeafDevice(fleet, 'vibration', {
    behind: gateways,
    model: sensor,
    mapper: mqtt,
    protocol: ({ site }) => LeafProtocol.mqtt({ broker: `tcp://${site.values.gatewayAddress}:1883`, topic: `${site.name}/vibration` }),
    properties: { velocity: { visitor: LeafVisitor.mqtt({ value: 'velocity' }), every: Duration.seconds(5) } },
    attachment: LeafAttachment.hostDevice({
      broker: { image: 'ghcr.io/acme/vibration-broker:0.9.1', platforms, resources },
    }),
  });
}
