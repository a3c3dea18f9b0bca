import { kubeEdgeDevice } from '../../../../lib/check/rules/kubeedge-device';
import type { KubeObject } from '../../../../lib/model/kube-object';
import { press, render, renderModel, withProperty } from '../../render/workload/leaf/fixtures';

const cluster = { distribution: 'k3s', kubernetes: '1.33', has: () => false } as const;
const check = (object: KubeObject) => kubeEdgeDevice.check({ object, cluster });

const visitors = { protocolName: 'modbus', configData: { offset: 1 } };

/** A device as a manifest has it, with a change. */
function device(more: object = {}, property: object = {}): KubeObject {
  return {
    apiVersion: 'devices.kubeedge.io/v1beta1',
    kind: 'Device',
    metadata: { name: 'a', namespace: 'floor' },
    spec: {
      deviceModelRef: { name: 'm' },
      nodeName: 'edge-1',
      protocol: { protocolName: 'modbus', configData: { ip: '10.0.0.5' } },
      properties: [{ name: 'x', collectCycle: 10_000, visitors, ...property }],
      ...more,
    },
  };
}

test('what leaf devices make passes', () => {
  expect([...render(), ...render(withProperty('limit', { desired: 5 })), renderModel(press)].map(check)).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

test('all that v1beta1 has passes in a manifest', () => {
  const dbMethod = { influxdb2: { influxdb2ClientConfig: { url: 'http://x', org: 'o', bucket: 'b' } } };
  const pushMethod = { mqtt: { address: 'tcp://x:1', topic: 't', qos: 0, retained: false }, dbMethod };
  expect(check(device({}, { pushMethod, desired: { value: '1', metadata: { type: 'int' } } }))).toBeUndefined();
});

test('objects of other groups are none of its business', () => {
  expect(check({ apiVersion: 'v1', kind: 'Device', metadata: { name: 'a' } })).toBeUndefined();
});

test.each(['Device', 'DeviceModel'])('a %s of the old API is refused', (kind) => {
  const old = { apiVersion: 'devices.kubeedge.io/v1alpha2', kind, metadata: { name: 'a' } };
  expect(check(old)).toMatch(/of the old API devices.kubeedge.io\/v1alpha2, of which nothing arrives; write it as/);
});

test('the status of a device is left to KubeEdge', () => {
  const status = { apiVersion: 'devices.kubeedge.io/v1beta1', kind: 'DeviceStatus', metadata: { name: 'a' } };
  expect(check(status)).toMatch(/written by KubeEdge itself/);
});

test.each<[string, KubeObject, RegExp]>([
  ['no model', device({ deviceModelRef: undefined }), /has no spec.deviceModelRef/],
  ['no node', device({ nodeName: undefined }), /has no spec.nodeName/],
  ['a node in upper case', device({ nodeName: 'Edge-1' }), /write edge-1/],
  ['a selector of the old API', device({ nodeSelector: {} }), /spec.nodeSelector, which does not exist/],
  ['visitors of the old API', device({ propertyVisitors: [] }), /spec.propertyVisitors, which does not exist/],
  ['a property without visitors', device({}, { visitors: undefined }), /has no spec.properties\[0\].visitors/],
  ['visitors without data', device({}, { visitors: { protocolName: 'modbus' } }), /has no .*visitors.configData/],
  [
    'a visitor of another protocol',
    device({}, { visitors: { ...visitors, protocolName: 'mqtt' } }),
    /visitor of mqtt, but speaks modbus/,
  ],
  [
    'a nested setting',
    device({}, { visitors: { ...visitors, configData: { a: { b: 1 } } } }),
    /visitors.configData.a; take a text/,
  ],
  [
    'a setting that is null',
    device({ protocol: { protocolName: 'modbus', configData: { a: null } } }),
    /has null at spec.protocol.configData.a/,
  ],
  [
    'a big number',
    device({}, { visitors: { ...visitors, configData: { serial: 4_000_000_001 } } }),
    /4000000001 at serial.*in quotes/,
  ],
  ['a cycle in nanoseconds', device({}, { collectCycle: 10_000_000_000 }), /which is 116 days; write milliseconds/],
  ['a negative cycle', device({}, { reportCycle: -1 }), /reportCycle -1/],
  [
    'a desired number',
    device({}, { desired: { value: 30 } }),
    /has 30 at spec.properties\[0\].desired.value; take a text/,
  ],
  ['two ways of pushing', device({}, { pushMethod: { mqtt: {}, http: {} } }), /pushed by http and mqtt/],
])('a device with %s is refused', (_what, object, message) => {
  expect(check(JSON.parse(JSON.stringify(object)))).toMatch(message);
});

test('a model with bounds that are numbers or types of the old API is refused', () => {
  const model = (property: object) => ({
    apiVersion: 'devices.kubeedge.io/v1beta1',
    kind: 'DeviceModel',
    metadata: { name: 'm' },
    spec: { protocol: 'modbus', properties: [{ name: 'x', accessMode: 'ReadOnly', ...property }] },
  });
  expect(check(model({ type: 'INT', maximum: 5 }))).toMatch(/has 5 at spec.properties\[0\].maximum; take a text/);
  expect(check(model({ type: { int: {} } }))).toMatch(/at spec.properties\[0\].type; take a text/);
  expect(check(model({ type: 'int' }))).toMatch(/take one of INT, FLOAT/);
});
