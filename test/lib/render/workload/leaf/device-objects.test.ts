import { DEVICE_FIELDS, DEVICE_MODEL_FIELDS } from '../../../../../lib/catalog/kubeedge-devices';
import { fieldProblems } from '../../../../../lib/check/object-fields';
import type { DeviceModelRecord, LeafProtocolModel, VisitorModel } from '../../../../../lib/model/leaf-model';
import { mapper, press, pressContent, property, render, renderModel } from './fixtures';

test('a device is an object of v1beta1 with its own node', () => {
  expect(render({ leaf: { stateMs: 60_000, hardware: 'esp32' } })).toEqual([
    {
      apiVersion: 'devices.kubeedge.io/v1beta1',
      kind: 'Device',
      metadata: {
        name: 'press-1',
        namespace: 'floor',
        labels: { 'edgecdk.dev/leaf-hardware': 'esp32' },
      },
      spec: {
        deviceModelRef: { name: 'press' },
        nodeName: 'line-1-till-1',
        protocol: {
          protocolName: 'modbus',
          configData: { communicateMode: 'TCP', ip: '10.0.0.5', port: '502', slaveID: 1 },
        },
        stateReport: { reportToCloud: true, reportCycle: 60_000 },
        properties: [
          {
            name: 'limit',
            desired: { value: '80' },
            collectCycle: 10_000,
            reportCycle: 30_000,
            reportToCloud: true,
            visitors: {
              protocolName: 'modbus',
              configData: {
                dataType: 'int',
                register: 'CoilRegister',
                offset: 4,
                limit: 1,
                scale: 1,
                isSwap: false,
                isRegisterSwap: false,
              },
            },
          },
          {
            name: 'temperature',
            collectCycle: 10_000,
            reportCycle: 30_000,
            reportToCloud: true,
            visitors: {
              protocolName: 'modbus',
              configData: {
                dataType: 'float',
                register: 'HoldingRegister',
                offset: 4,
                limit: 1,
                scale: 0.1,
                isSwap: false,
                isRegisterSwap: false,
              },
            },
          },
        ],
      },
    },
  ]);
});

test('a device model has scalar types and bounds that are texts', () => {
  expect(renderModel(press).spec).toEqual({
    protocol: 'modbus',
    properties: [
      { name: 'limit', type: 'INT', accessMode: 'ReadWrite', minimum: '0', maximum: '100' },
      { name: 'temperature', type: 'FLOAT', accessMode: 'ReadOnly', minimum: '0', maximum: '120.5', unit: 'Celsius' },
    ],
  });
});

test('methods name the properties that they set', () => {
  const [device] = render({ leaf: { methods: { SetLimit: { description: 'write', properties: ['limit'] } } } });
  expect(device).toHaveProperty('spec.methods', [{ name: 'SetLimit', description: 'write', propertyNames: ['limit'] }]);
});

const login = { secret: 'camera', key: 'password' };
const protocols: readonly (readonly [LeafProtocolModel, VisitorModel, object])[] = [
  [
    { kind: 'modbus-rtu', device: '/dev/ttyUSB0', baud: 9600, unit: 3, dataBits: 8, stopBits: 1, parity: 'even' },
    { kind: 'modbus', register: 'input', offset: 0, count: 2, scale: 1, swapBytes: true, swapRegisters: true },
    {
      communicateMode: 'RTU',
      serialName: '/dev/ttyUSB0',
      baudRate: 9600,
      dataBits: 8,
      stopBits: 1,
      parity: 'even',
      slaveID: 3,
    },
  ],
  [
    { kind: 'mqtt', broker: 'tcp://10.0.0.9:1883', topic: 'press/deviceinfo/json', clientId: 'press' },
    { kind: 'mqtt', value: 'temperature', format: 'json' },
    { brokerURL: 'tcp://10.0.0.9:1883', topic: 'press/deviceinfo/json', clientID: 'press' },
  ],
  [
    { kind: 'onvif', url: '10.0.0.9:80', user: 'admin', login },
    { kind: 'onvif-address' },
    { url: '10.0.0.9:80', userName: 'admin', password: '/etc/edgecdk/logins/camera/password' },
  ],
  [
    { kind: 'custom', name: 'acme', settings: { serial: 4_000_000_001, gain: 0.5, on: true } },
    { kind: 'custom', protocol: 'acme', settings: { cell: 'B2' } },
    { serial: '4000000001', gain: 0.5, on: true },
  ],
];

const rows = protocols.map((row) => [row[0].kind, ...row] as const);

test.each(rows)('settings of %s are flat and in the keys of its mapper', (_kind, protocol, visitor, settings) => {
  const name = protocol.kind === 'custom' ? protocol.name : (protocol.kind.split('-')[0] ?? '');
  const type = protocol.kind === 'onvif' ? 'STRING' : 'INT';
  const model: DeviceModelRecord = { ...press, protocol: name, properties: { x: { type, writable: false } } };
  const content = { ...mapper.content, devices: ['/dev/ttyUSB0'] };
  const [device] = render({
    model,
    mapper: { ...mapper, protocol: name, logins: [login], content },
    leaf: { protocol, properties: { x: property({ visitor }) } },
  });
  const spec = device?.spec as { protocol: object; properties: [{ visitors: { protocolName: string } }] };
  expect(spec.protocol).toEqual({ protocolName: name, configData: settings });
  expect(spec.properties[0].visitors.protocolName).toBe(name);
  expect(fieldProblems({ spec }, DEVICE_FIELDS)).toEqual([]);
  expect(fieldProblems({ spec: renderModel(model).spec }, DEVICE_MODEL_FIELDS)).toEqual([]);
});

test('readings are pushed one way', () => {
  const push = { kind: 'mqtt', address: 'tcp://10.0.0.9:1883', topic: 'press', qos: 1, retained: false } as const;
  const http = { kind: 'http', host: 'http://10.0.0.9', port: 8080, path: '/in' } as const;
  for (const [way, fields] of [
    [push, { mqtt: { address: push.address, topic: 'press', qos: 1, retained: false } }],
    [http, { http: { hostName: 'http://10.0.0.9', port: 8080, requestPath: '/in' } }],
  ] as const) {
    const properties = { ...(pressContent.properties as object), temperature: property({ push: way }) };
    const [device] = render({ leaf: { properties: properties as never } });
    const spec = device?.spec as { properties: { pushMethod?: object }[] };
    expect(spec.properties[1]?.pushMethod).toEqual(fields);
    expect(fieldProblems({ spec }, DEVICE_FIELDS)).toEqual([]);
  }
});

test('pictures are taken at an interval of nanoseconds, as their mapper reads it', () => {
  const visitor = { kind: 'onvif-frames', folder: '/var/frames', format: 'jpg', count: 3, everyMs: 2000 } as const;
  const model: DeviceModelRecord = {
    ...press,
    protocol: 'onvif',
    properties: { saveFrame: { type: 'STREAM', writable: false } },
  };
  const [device] = render({
    model,
    mapper: { ...mapper, protocol: 'onvif', logins: [login] },
    leaf: {
      protocol: { kind: 'onvif', url: '10.0.0.9', user: 'admin', login },
      properties: { saveFrame: property({ visitor }) },
    },
  });
  const spec = device?.spec as { properties: [{ visitors: { configData: object } }] };
  expect(spec.properties[0].visitors.configData).toEqual({
    dataType: 'stream',
    format: 'jpg',
    outputDir: '/var/frames',
    frameCount: 3,
    frameInterval: 2_000_000_000,
  });
});
