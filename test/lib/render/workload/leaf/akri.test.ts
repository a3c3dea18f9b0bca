import { parse } from 'yaml';
import { fieldProblems } from '../../../../../lib/check/object-fields';
import type { KubeObject } from '../../../../../lib/model/kube-object';
import type { AkriAttachment, AkriDiscoveryModel, LeafProtocolModel } from '../../../../../lib/model/leaf-model';
import { TokenTable } from '../../../../../lib/model/token';
import { AKRI_CONFIGURATION_FIELDS } from '../../../../support/akri-fields';
import { contentOf, ofKind, runs } from '../container/fixtures';
import { press, pressContent, property, refusal, render } from './fixtures';

const broker = contentOf({ image: 'ghcr.io/acme/broker:1.0.0' });
const attachment: AkriAttachment = { kind: 'akri', capacity: 1, broker };
const udev: AkriDiscoveryModel = { kind: 'udev', rules: ['ATTRS{idVendor}=="1a86", SUBSYSTEM=="tty"'] };
const rtu: LeafProtocolModel = {
  kind: 'modbus-rtu',
  device: '/dev/ttyUSB0',
  baud: 9600,
  unit: 1,
  dataBits: 8,
  stopBits: 1,
  parity: 'none',
};
const login = { secret: 'camera', key: 'password' };
const camera: LeafProtocolModel = { kind: 'onvif', url: 'http://10.0.0.9:80/onvif', user: 'admin', login };
const cameraModel = { ...press, protocol: 'onvif', properties: { uri: { type: 'STRING', writable: false } } } as const;
const cameraProperties = { uri: property({ visitor: { kind: 'onvif-address' } }) };
const secrets = { kind: 'external-secrets', location: 'vault' } as const;

function akri(more: Partial<AkriAttachment> = {}, protocol: LeafProtocolModel = rtu): KubeObject[] {
  return render({ leaf: { protocol, attachment: { ...attachment, ...more } }, distribution: 'k3s' });
}

function configuration(objects: readonly KubeObject[]) {
  const [object] = ofKind(objects, 'Configuration');
  if (!object) throw new Error('no Configuration');
  return object as KubeObject & { readonly spec: Spec };
}

interface Spec {
  readonly discoveryHandler: {
    readonly name: string;
    readonly discoveryDetails: string;
    readonly discoveryProperties?: unknown;
  };
  readonly brokerSpec: {
    readonly brokerPodSpec: Readonly<Record<string, unknown>> & { readonly containers: readonly [Container] };
  };
}
interface Container {
  readonly resources: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

test.each(['k3s', 'microk8s'] as const)(
  'behind %s the device is a Configuration of Akri with its broker',
  (distribution) => {
    const objects = render({
      leaf: { protocol: rtu, attachment },
      distribution,
    });
    expect(
      objects.map(({ apiVersion, kind, metadata }) => [apiVersion, kind, metadata.namespace, metadata.name]),
    ).toEqual([
      ['v1', 'ConfigMap', 'floor', 'press-1'],
      ['akri.sh/v0', 'Configuration', 'floor', 'press-1'],
    ]);
    const { spec } = configuration(objects);
    expect(fieldProblems({ spec: { ...spec, brokerSpec: {} } }, AKRI_CONFIGURATION_FIELDS)).toEqual([]);
    expect(spec.brokerSpec.brokerPodSpec.containers).toHaveLength(1);
  },
);

test('the broker asks for the device in requests and in limits, by the word that Akri replaces', () => {
  const [container] = configuration(akri()).spec.brokerSpec.brokerPodSpec.containers;
  const { requests = {}, limits = {} } = container.resources;
  expect([requests['{{PLACEHOLDER}}'], limits['{{PLACEHOLDER}}']]).toEqual(['1', '1']);
  expect([requests.memory, limits.memory]).toEqual(['256Mi', '256Mi']);
});

test('the broker has no affinity of its own, since Akri adds its node as another that would do', () => {
  const pod = configuration(akri()).spec.brokerSpec.brokerPodSpec;
  expect(pod).not.toHaveProperty('affinity');
  expect(pod).not.toHaveProperty('topologySpreadConstraints');
});

test('the broker is told of the device by a file in the words of a mapper', () => {
  const [files] = ofKind(akri(), 'ConfigMap');
  const [text = ''] = Object.values(files?.data as Record<string, string>);
  expect(JSON.parse(text)).toMatchObject({
    name: 'press-1',
    protocol: { protocolName: 'modbus', configData: { communicateMode: 'RTU', serialName: '/dev/ttyUSB0' } },
    properties: [{ name: 'limit', type: 'INT', accessMode: 'ReadWrite', desired: '80' }, { name: 'temperature' }],
  });
});

test.each<[string, Partial<AkriAttachment>, LeafProtocolModel, string, unknown]>([
  ['a serial device by its name', {}, rtu, 'udev', { groupRecursive: true, udevRules: ['KERNEL=="ttyUSB0"'] }],
  [
    'by udev rules',
    { discovery: udev },
    rtu,
    'udev',
    { groupRecursive: true, udevRules: udev.kind === 'udev' ? udev.rules : [] },
  ],
  [
    'by an OPC UA address',
    { discovery: { kind: 'opcua', urls: ['opc.tcp://10.0.0.7:4840/'] } },
    pressContent.protocol as LeafProtocolModel,
    'opcua',
    { opcuaDiscoveryMethod: { standard: { discoveryUrls: ['opc.tcp://10.0.0.7:4840/'] } } },
  ],
  [
    'by a handler of the user',
    { discovery: { kind: 'handler', name: 'coap', details: 'port: 5683\n' } },
    rtu,
    'coap',
    { port: 5683 },
  ],
])('Akri finds %s', (_what, more, protocol, name, details) => {
  const { discoveryHandler } = configuration(akri(more, protocol)).spec;
  expect(discoveryHandler.name).toBe(name);
  expect(parse(discoveryHandler.discoveryDetails)).toEqual(details);
});

test('Akri finds a camera by its address and logs in with a secret that is named, not held', () => {
  const objects = render({
    model: cameraModel,
    leaf: { protocol: camera, properties: cameraProperties, attachment },
    distribution: 'k3s',
    secrets,
  });
  const { discoveryHandler } = configuration(objects).spec;
  expect(parse(discoveryHandler.discoveryDetails)).toEqual({
    ipAddresses: { action: 'Include', items: ['10.0.0.9'] },
    discoveryTimeoutSeconds: 2,
  });
  expect(discoveryHandler.discoveryProperties).toEqual([
    { name: 'username_default', value: 'admin' },
    {
      name: 'password_default',
      valueFrom: { secretKeyRef: { name: 'press-1-camera', namespace: 'floor', key: 'password' } },
    },
  ]);
  expect(ofKind(objects, 'ExternalSecret').map(({ metadata }) => metadata.name)).toEqual(['press-1-camera']);
});

const tokens = new TokenTable(['site.values.camera']);

test.each<[string, Partial<AkriAttachment>, LeafProtocolModel, RegExp]>([
  [
    'a device that no handler finds',
    {},
    pressContent.protocol as LeafProtocolModel,
    /does not say how Akri discovers it/,
  ],
  [
    'an address that each site has',
    {},
    { ...camera, url: tokens.text('site.values.camera') },
    /does not say how Akri discovers it/,
  ],
  [
    'a rule that Akri does not match on',
    { discovery: { kind: 'udev', rules: ['RUN{program}=="x"'] } },
    rtu,
    /does not match on RUN/,
  ],
  ['a rule that is none', { discovery: { kind: 'udev', rules: ['KERNEL=ttyUSB0'] } }, rtu, /write it such as/],
  ['no rule', { discovery: { kind: 'udev', rules: [] } }, rtu, /no udev rule/],
  ['any camera', { discovery: { kind: 'onvif', uuids: [], addresses: [] } }, camera, /any camera of the network/],
  ['an odd address', { discovery: { kind: 'opcua', urls: ['http://x'] } }, rtu, /opc\.tcp/],
  [
    "a handler of Akri's own by hand",
    { discovery: { kind: 'handler', name: 'udev', details: '' } },
    rtu,
    /AkriDiscovery\.udev/,
  ],
  ['no capacity', { capacity: 0 }, rtu, /capacity 0/],
  ['a broker that runs otherwise', { broker: { ...broker, run: runs.everyNode } }, rtu, /leave it out/],
  [
    'a broker with a claim',
    { broker: { ...broker, mounts: { '/data': { kind: 'claim', sizeKiB: 1 } } } },
    rtu,
    /Storage\.hostPath/,
  ],
])('%s is refused', (_what, more, protocol, message) => {
  const onvif = protocol.kind === 'onvif';
  const change = onvif ? { model: cameraModel } : {};
  const properties = onvif ? { properties: cameraProperties } : {};
  expect(
    refusal({
      ...change,
      leaf: { protocol, attachment: { ...attachment, ...more }, ...properties },
      distribution: 'k3s',
      secrets,
    }),
  ).toMatch(message);
});

test('a device behind K3s that nothing serves is refused', () => {
  expect(refusal({ distribution: 'k3s' })).toMatch(/knows no devices; give it `attachment/);
});
