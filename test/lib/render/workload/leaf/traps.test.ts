import { DEVICE_LIMITS } from '../../../../../lib/catalog/kubeedge-devices';
import type { LeafPropertyModel, ModelPropertyRecord, VisitorModel } from '../../../../../lib/model/leaf-model';
import { TokenTable } from '../../../../../lib/model/token';
import {
  mapper,
  modbusVisitor,
  press,
  pressContent,
  property,
  refusal,
  render,
  renderModel,
  withProperty,
  withSettings,
} from './fixtures';

/** The device's own settings and those of its only property. */
function configData(settings: Readonly<Record<string, unknown>>): unknown[] {
  const [device] = render(withSettings(settings));
  const spec = device?.spec as {
    protocol: { configData: unknown };
    properties: [{ visitors: { configData: unknown } }];
  };
  return [spec.protocol.configData, spec.properties[0].visitors.configData];
}

test('a device always has a model, in its own namespace', () => {
  const [device] = render();
  const model = renderModel(press);
  expect(device).toHaveProperty('spec.deviceModelRef.name', model.metadata.name);
  expect(device?.metadata.namespace).toBe(model.metadata.namespace);
});

test('device, visitors, model and mapper name one protocol', () => {
  const [device] = render();
  const spec = device?.spec as {
    protocol: { protocolName: string };
    properties: { visitors: { protocolName: string } }[];
  };
  const names = [spec.protocol, ...spec.properties.map(({ visitors }) => visitors)].map((p) => p.protocolName);
  expect(new Set([...names, press.protocol, mapper.protocol]).size).toBe(1);
});

test.each([
  ['its model', { model: { ...press, protocol: 'mqtt' } }, /speaks modbus, but its model press is for mqtt/],
  [
    'its mapper',
    { mapper: { ...mapper, protocol: 'mqtt' } },
    /speaks modbus, but its mapper modbus-mapper is for mqtt/,
  ],
  [
    'a visitor',
    withProperty('temperature', { visitor: { kind: 'mqtt', value: 'x', format: 'json' } }),
    /with a visitor of mqtt, but the device speaks modbus/,
  ],
])('another protocol of %s is refused', (_what, change, message) => {
  expect(refusal(change)).toMatch(message);
});

test('a device without a mapper is refused behind KubeEdge', () => {
  expect(refusal({ mapper: null })).toMatch(/has no mapper, and KubeEdge reaches a device by one alone/);
});

test('every property of the model has a visitor with both members', () => {
  const spec = render()[0]?.spec as { properties: { name: string; visitors: object }[] };
  expect(spec.properties.map(({ name }) => name)).toEqual(Object.keys(press.properties).sort());
  for (const { visitors } of spec.properties) expect(Object.keys(visitors)).toEqual(['protocolName', 'configData']);
});

test.each<[string, Record<string, Partial<LeafPropertyModel>>, RegExp]>([
  ['is left out', { temperature: property() }, /does not say how to read limit of its model press/],
  [
    'has no visitor',
    { temperature: property(), limit: { ...property(), visitor: undefined } },
    /limit without a visitor/,
  ],
  [
    'is not in the model',
    { temperature: property(), limit: property(), x: property() },
    /has x, which its model press has not/,
  ],
])('a property that %s is refused', (_what, properties, message) => {
  expect(refusal({ leaf: { properties: properties as never } })).toMatch(message);
});

test.each([
  ['a list', [1], /which is a list; KubeEdge refuses a device for it/],
  ['an object', { a: 1 }, /of type object/],
  ['null', null, /which is null/],
  ['a number beyond a float', 1e39, /no number that a 32-bit float holds/],
  ['not a number', Number.NaN, /no number that a 32-bit float holds/],
  ['an integer that JavaScript rounds', 2 ** 53 + 2, /which JavaScript rounds/],
  ['a fraction of many digits', 2.12345678, /take up to 6 digits or write it as text/],
])('a setting that is %s is refused', (_what, value, message) => {
  expect(refusal(withSettings({ key: value }))).toMatch(message);
});

test('integers beyond what a 32-bit float holds are texts, and others stay numbers', () => {
  const settings = {
    serial: DEVICE_LIMITS.largestExactInteger + 1,
    most: DEVICE_LIMITS.largestExactInteger,
    gain: -0.25,
  };
  const expected = { serial: '16777217', most: 16_777_216, gain: -0.25 };
  expect(configData(settings)).toEqual([expected, expected]);
});

test('a text that looks like a number stays a text', () => {
  expect(configData({ code: '0042', yes: 'yes' })[0]).toEqual({ code: '0042', yes: 'yes' });
});

test.each([0, -5, 0.5, Number.NaN])('a cycle of %d ms is refused', (ms) => {
  expect(refusal(withProperty('temperature', { collectMs: ms }))).toMatch(
    /is read every .* ms; take a whole number of milliseconds/,
  );
  expect(refusal(withProperty('temperature', { reportMs: ms }))).toMatch(/is reported every/);
  expect(refusal({ leaf: { stateMs: ms } })).toMatch(/reports its state every/);
});

test('cycles are milliseconds', () => {
  const [device] = render(withProperty('temperature', { collectMs: 10_000, reportMs: 10_000 }));
  expect(device).toHaveProperty('spec.properties[1].collectCycle', 10_000);
});

test.each([
  ['of a property that is only read', 'temperature', 5, /its model only reads it/],
  ['below the minimum', 'limit', -1, /below the minimum 0/],
  ['above the maximum', 'limit', 101, /above the maximum 100/],
  ['that is no integer', 'limit', 1.5, /no number of type INT/],
  ['with a space', 'limit', '8 0', /which no twin can hold/],
  ['that is empty', 'limit', '', /which no twin can hold/],
] as const)('a desired value %s is refused', (_what, name, desired, message) => {
  expect(refusal(withProperty(name, { desired }))).toMatch(message);
});

test('a desired value that each site has is a text with its hole', () => {
  const tokens = new TokenTable(['site.values.limit']);
  const [device] = render(withProperty('limit', { desired: tokens.number('site.values.limit') }));
  expect(device).toHaveProperty('spec.properties[0].desired.value', String(tokens.number('site.values.limit')));
});

const model = (name: string, kind: Partial<ModelPropertyRecord>) => () =>
  renderModel({ ...press, properties: { [name]: { type: 'INT', writable: false, ...kind } } });

test.each<[string, string, Partial<ModelPropertyRecord>, RegExp]>([
  ['a name with a space', 'my value', {}, /whose name no twin can bear/],
  ['a stream of another name', 'video', { type: 'STREAM' }, /named saveFrame and saveVideo only/],
  ['a stream that is written', 'saveVideo', { type: 'STREAM', writable: true }, /pictures are only read/],
  ['bounds of a text', 'x', { type: 'STRING', minimum: 1 }, /only numbers have one/],
  ['bounds the wrong way round', 'x', { minimum: 5, maximum: 1 }, /whose minimum 5 is above its maximum 1/],
  ['a rounded bound', 'x', { maximum: 2 ** 53 + 2 }, /write a bigint/],
  ['a bound beyond 64 bits', 'x', { maximum: '9223372036854775808' }, /no number of type INT/],
  ['a fraction as bound of an integer', 'x', { maximum: 1.5 }, /no number of type INT/],
])('a model with %s is refused', (_what, name, kind, message) => {
  expect(model(name, kind)).toThrow(message);
});

test('bounds of 64 bits are kept to the digit', () => {
  const made = model('x', { minimum: '9007199254740992', maximum: '9007199254740993' })();
  expect(made).toHaveProperty('spec.properties[0].maximum', '9007199254740993');
  expect(model('x', { minimum: '9007199254740993', maximum: '9007199254740992' })).toThrow(/is above its maximum/);
});

test('a model without properties, or with an odd protocol, is refused', () => {
  expect(() => renderModel({ ...press, properties: {} })).toThrow(/has no properties/);
  expect(() => renderModel({ ...press, protocol: 'ModBus' })).toThrow(/has the protocol "ModBus"/);
});

test.each<[string, Partial<VisitorModel>, RegExp]>([
  ['an offset beyond the last', { offset: 65_536 }, /has the offset 65536; take an integer from 0 to 65535/],
  ['too many registers', { count: 126 }, /has the count 126/],
  ['an end beyond the last', { offset: 65_535, count: 2 }, /reaches beyond the last register/],
  ['the scale 0', { scale: 0 }, /the scale 0/],
  ['a scale of many digits', { scale: 0.123456789 }, /take up to 6 digits/],
])('registers with %s are refused', (_what, visitor, message) => {
  expect(refusal(withProperty('temperature', { visitor: { ...modbusVisitor, ...visitor } as VisitorModel }))).toMatch(
    message,
  );
});

test('a register that is only read cannot be written', () => {
  expect(refusal(withProperty('limit', { visitor: { ...modbusVisitor, register: 'input' } as VisitorModel }))).toMatch(
    /input registers are only read/,
  );
});

test.each([
  ['host', { host: 'a b' }, /has the host "a b"/],
  ['port', { port: 0 }, /has the port 0/],
  ['unit', { unit: 256 }, /has the unit 256/],
])('a wrong %s is refused', (_what, more, message) => {
  expect(refusal({ leaf: { protocol: { ...(pressContent.protocol as object), ...more } as never } })).toMatch(message);
});

test('a login in an address is refused, since it would be in clear', () => {
  const push = { kind: 'mqtt', address: 'tcp://me:pass@10.0.0.1:1883', topic: 'x', qos: 0, retained: false } as const;
  expect(refusal(withProperty('temperature', { push }))).toMatch(/that is pushed to tcp:/);
  expect(refusal({ leaf: { protocol: { kind: 'mqtt', broker: 'tcp://me:pass@10.0.0.1:1883', topic: 'x' } } })).toMatch(
    /has the broker/,
  );
});

test.each(['tcp://127.0.0.1:1883', 'tcp://localhost', 'ws://[::1]:9001/mqtt'])(
  'a mapper never reaches %s',
  (address) => {
    const push = { kind: 'mqtt', address, topic: 'x', qos: 0, retained: false } as const;
    expect(refusal(withProperty('temperature', { push }))).toMatch(/own pod/);
    expect(refusal({ leaf: { protocol: { kind: 'mqtt', broker: address, topic: 'x' } } })).toMatch(/own pod/);
  },
);

test('methods set what can be set', () => {
  const methods = { Set: { properties: ['temperature'] }, None: { properties: [] }, 'a b': { properties: ['limit'] } };
  const found = refusal({ leaf: { methods } });
  expect(found).toMatch(/method Set for temperature/);
  expect(found).toMatch(/method None that sets nothing/);
  expect(found).toMatch(/method "a b"/);
});

test('a serial device and a login must be given to the mapper', () => {
  const rtu = {
    kind: 'modbus-rtu',
    device: '/dev/ttyUSB0',
    baud: 9600,
    unit: 1,
    dataBits: 8,
    stopBits: 1,
    parity: 'none',
  } as const;
  expect(refusal({ leaf: { protocol: rtu } })).toMatch(/which its mapper modbus-mapper may not open/);
  const content = { ...mapper.content, devices: ['/dev/ttyUSB0'] };
  expect(refusal({ leaf: { protocol: rtu }, mapper: { ...mapper, content } })).toBe('nothing');
});

test('all that is wrong is told at once', () => {
  const protocol = { kind: 'modbus-tcp', host: 'a b', port: 502, unit: 1 } as const;
  const found = refusal({ leaf: { stateMs: 0, methods: { None: { properties: [] } }, protocol } });
  expect(found.split('; it ').length).toBe(3);
});
