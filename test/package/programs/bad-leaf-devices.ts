import {
  AkriDiscovery,
  Duration,
  LeafAttachment,
  LeafDevice,
  LeafMapper,
  LeafProtocol,
  LeafVisitor,
  ModelProperty,
  SecretRef,
} from 'edgecdk';
import { plant } from './plant';

/** What must not compile. */
export function badLeafDevices(): void {
  const { fleet, behind, resources, press, modbus, holding } = plant();
  const every = Duration.seconds(1);
  const protocol = LeafProtocol.modbusTcp({ host: '10.0.0.5', unit: 1 });
  const base = { behind, model: press, mapper: modbus, protocol };
  const temperature = { visitor: holding, every };
  const limit = { visitor: holding, every };

  // @ts-expect-error a property of the model without a visitor
  new LeafDevice(fleet, 'a', { ...base, properties: { temperature } });
  // @ts-expect-error a property that is none of the model
  new LeafDevice(fleet, 'b', { ...base, properties: { temperature, limit, pressure: limit } });
  // @ts-expect-error no visitor
  new LeafDevice(fleet, 'c', { ...base, properties: { temperature, limit: { every } } });
  const mqtt = LeafVisitor.mqtt({ value: 'x' });
  // @ts-expect-error a visitor of another protocol
  new LeafDevice(fleet, 'd', { ...base, properties: { temperature, limit: { visitor: mqtt, every } } });
  new LeafDevice(fleet, 'e', {
    ...base,
    // @ts-expect-error a device of another protocol than its model
    protocol: LeafProtocol.mqtt({ broker: 'tcp://10.0.0.9:1883', topic: 'x' }),
    properties: { temperature, limit },
  });
  const other = new LeafMapper(fleet, 'mqtt', { protocol: 'mqtt', image: 'x:1', resources, placement: behind });
  // @ts-expect-error a mapper of another protocol
  new LeafDevice(fleet, 'f', { ...base, mapper: other, properties: { temperature, limit } });
  // @ts-expect-error a desired value of what is only read
  new LeafDevice(fleet, 'g', { ...base, properties: { temperature: { ...temperature, desired: 5 }, limit } });
  // @ts-expect-error a desired text for a number
  new LeafDevice(fleet, 'h', { ...base, properties: { temperature, limit: { ...limit, desired: '5' } } });
  new LeafDevice(fleet, 'i', {
    ...base,
    // @ts-expect-error a bare number is no cycle
    properties: { temperature, limit: { visitor: holding, every: 10_000_000_000 } },
  });
  new LeafDevice(fleet, 'j', {
    ...base,
    properties: { temperature, limit },
    // @ts-expect-error a method for what is only read
    methods: { Set: { properties: ['temperature'] } },
  });
  new LeafDevice(fleet, 'k', {
    ...base,
    // @ts-expect-error no such site value
    properties: ({ site }) => ({ temperature, limit: { ...limit, desired: site.values.limits } }),
  });
  // @ts-expect-error a nested setting
  LeafProtocol.custom('acme', { retry: { times: 3 } });
  // @ts-expect-error null
  LeafProtocol.custom('acme', { retry: null });
  // @ts-expect-error the settings of modbus are typed
  LeafProtocol.custom('modbus', {});
  // @ts-expect-error no such rate
  LeafProtocol.modbusRtu({ device: '/dev/ttyUSB0', baud: 9601, unit: 1 });
  // @ts-expect-error a password in clear
  LeafProtocol.onvif({ url: '10.0.0.9', user: 'admin', login: 'secret' });
  LeafProtocol.onvif({ url: '10.0.0.9', user: 'admin', login: SecretRef.of('camera', 'password') });
  // @ts-expect-error bounds of a text
  ModelProperty.text({ minimum: 1 });
  // @ts-expect-error pictures are only read
  ModelProperty.stream({ writable: true });
  new LeafMapper(fleet, 'l', {
    protocol: 'modbus',
    image: 'x:1',
    // @ts-expect-error no image for the gateway
    platforms: ['linux/amd64'],
    resources,
    placement: behind,
  });
  // @ts-expect-error no rule
  AkriDiscovery.udev();
  // @ts-expect-error a micro-controller is no text
  new LeafDevice(fleet, 'm', { ...base, hardware: 'esp32', properties: { temperature, limit } });
  new LeafDevice(fleet, 'n', {
    ...base,
    mapper: undefined,
    attachment: LeafAttachment.hostDevice({ broker: { image: 'x:1', resources } }),
    properties: { temperature, limit: { ...limit, desired: 5 } },
  });
}
