import {
  Cpu,
  DeviceClass,
  DeviceModel,
  Duration,
  Fleet,
  Hardware,
  K3sCluster,
  LeafDevice,
  LeafMapper,
  LeafProtocol,
  LeafPush,
  LeafVisitor,
  ModelProperty,
  Placement,
  SiteBlueprint,
  Size,
} from 'edgecdk';
import { z } from 'zod';

/** Lines of a plant with a gateway each, a press behind it, and a twin that each line sets. */
export function plant() {
  const fleet = new Fleet('plant', { namespace: 'floor' });
  const gateway = new DeviceClass(fleet, 'gateway', {
    hardware: Hardware.raspberryPi4B({ memory: Size.gibibytes(2) }),
  });
  const line = new SiteBlueprint(fleet, 'line', {
    schema: z.object({ pressHost: z.string(), limit: z.number().int(), shift: z.string() }),
    cluster: new K3sCluster({ version: 'v1.33.5+k3s1', servers: gateway.count(1) }),
  });
  const behind = Placement.on(line).onNodes(gateway);
  const resources = { cpu: Cpu.millis(50), memory: Size.mebibytes(32) };
  const press = new DeviceModel(fleet, 'press', {
    protocol: 'modbus',
    properties: {
      temperature: ModelProperty.float({ unit: 'Celsius', maximum: 120 }),
      limit: ModelProperty.integer({ writable: true, minimum: 0, maximum: 100 }),
    },
  });
  const modbus = new LeafMapper(fleet, 'modbus-mapper', {
    protocol: 'modbus',
    image: 'ghcr.io/acme/modbus-mapper:1.2.0',
    platforms: ['linux/arm64'],
    resources,
    placement: behind,
  });
  const holding = LeafVisitor.modbus({ register: 'holding', offset: 0, scale: 0.1 });
  const device = new LeafDevice(fleet, 'press-1', {
    behind,
    model: press,
    mapper: modbus,
    protocol: ({ site }) => LeafProtocol.modbusTcp({ host: site.values.pressHost, unit: 1 }),
    properties: ({ site }) => ({
      temperature: {
        visitor: holding,
        every: Duration.seconds(10),
        push: LeafPush.mqtt({ address: 'tcp://10.0.0.9:1883', topic: 'press/temperature' }),
      },
      limit: { visitor: holding, every: Duration.minutes(1), desired: site.values.limit },
    }),
    methods: { SetLimit: { properties: ['limit'] } },
    stateEvery: Duration.minutes(5),
    hardware: Hardware.esp32(),
  });
  return { fleet, gateway, line, behind, resources, press, modbus, holding, device };
}
