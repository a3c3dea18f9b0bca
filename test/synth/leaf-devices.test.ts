import {
  AkriDiscovery,
  Cpu,
  DeviceClass,
  DeviceModel,
  Duration,
  Fleet,
  type FleetProps,
  Hardware,
  K3sCluster,
  LeafAttachment,
  LeafDevice,
  type LeafDeviceProps,
  LeafMapper,
  LeafProtocol,
  LeafVisitor,
  ManifestWorkload,
  ModelProperty,
  Placement,
  type PropertyFace,
  SecretRef,
  SecretStore,
  Site,
  SiteBlueprint,
  Size,
} from 'edgecdk';
import { Rendered } from 'edgecdk/testing';
import { z } from 'zod';
import { fleetKey } from '../../lib/model/fleet-symbol';
import { secretRecords } from '../../lib/render/secret-records';
import { renderFleet } from '../../lib/synth';
import { withFiles } from '../support/with-files';

const resources = { cpu: Cpu.millis(50), memory: Size.mebibytes(32) };
const broker = { image: 'ghcr.io/acme/meter:1.0.0', platforms: ['linux/arm64'] as const, resources };
const visitor = LeafVisitor.modbus({ register: 'holding', offset: 0 });
const every = Duration.seconds(10);

type Values = { readonly meterHost: string; readonly limit: number };
type Properties = {
  readonly power: ModelProperty<PropertyFace<number, false>>;
  readonly limit: ModelProperty<PropertyFace<number, true>>;
};
type Props = Partial<LeafDeviceProps<Values, readonly ['linux/arm64'], 'modbus', Properties>>;

interface Depot {
  readonly gateways?: number;
  readonly values?: Partial<Values>;
  /** Of the machine in slot gateway-1. */
  readonly generation?: number;
}

/** Depots with gateways on K3s, and what hangs on them. */
function depots(depot: Depot = {}, props: FleetProps = {}) {
  const { gateways = 1, values, generation = 0 } = depot;
  const fleet = new Fleet('power', { namespace: 'energy', owner: 'facility', ...props });
  const gateway = new DeviceClass(fleet, 'gateway', {
    hardware: Hardware.raspberryPi4B({ memory: Size.gibibytes(2) }),
  });
  const box = new DeviceClass(fleet, 'box', { hardware: Hardware.n100MiniPc({ memory: Size.gibibytes(8) }) });
  const blueprint = new SiteBlueprint(fleet, 'depot', {
    schema: z.object({ meterHost: z.string(), limit: z.number() }),
    cluster: new K3sCluster({ version: 'v1.33.5+k3s1', servers: box.count(1), agents: gateway.count(gateways) }),
    nodeAddress: ({ node }) => `${node.name}.example`,
  });
  new Site(fleet, 'depot-1', {
    blueprint,
    values: { meterHost: '10.0.0.7', limit: 5, ...values },
    nodes: [{ slot: 'gateway-1', generation }],
  });
  new Site(fleet, 'depot-2', { blueprint, values: { meterHost: '10.0.0.8', limit: 6 } });
  const meter = new DeviceModel(fleet, 'energy-meter', {
    protocol: 'modbus',
    properties: {
      power: ModelProperty.float({ unit: 'kW' }),
      limit: ModelProperty.integer({ writable: true, minimum: 0, maximum: 9 }),
    },
  });
  const behind = Placement.on(blueprint).onNodes(gateway);
  const addMeter = (id: string, more: Props = {}) =>
    new LeafDevice(fleet, id, {
      behind,
      model: meter,
      protocol: ({ site }) => LeafProtocol.modbusTcp({ host: site.values.meterHost, unit: 1 }),
      properties: ({ site }) => ({ power: { visitor, every }, limit: { visitor, every, desired: site.values.limit } }),
      attachment: LeafAttachment.hostDevice({ broker }),
      ...more,
    });
  return { fleet, gateway, blueprint, behind, meter, addMeter };
}

function errorsOf(fleet: Fleet): string[] {
  return Rendered.problemsOf(fleet)
    .filter(({ severity }) => severity === 'error')
    .map(({ path, message, sites }) => `[${path}] ${message} ${sites ?? ''}`);
}

/** Nodes that the broker `meter-1` may run on at a site. */
function nodesAt(fleet: Fleet, site: string): unknown {
  const [deployment] = Rendered.from(fleet)
    .site(site)
    .find('apps/v1/Deployment', { metadata: { name: 'meter-1' } });
  const spec = deployment?.spec as Spec | undefined;
  const [term] =
    spec?.template.spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms ?? [];
  return term?.matchExpressions.find(({ key }) => key === 'kubernetes.io/hostname')?.values;
}

interface Spec {
  readonly template: { readonly spec: { readonly affinity: Affinity } };
}
interface Affinity {
  readonly nodeAffinity: {
    readonly requiredDuringSchedulingIgnoredDuringExecution: {
      readonly nodeSelectorTerms: readonly {
        readonly matchExpressions: readonly { readonly key: string; readonly values: readonly string[] }[];
      }[];
    };
  };
}

test('behind K3s a broker serves the device at each site, told of its host and twin there', () => {
  const { fleet, addMeter } = depots();
  addMeter('meter-1');
  const site = Rendered.from(fleet).site('depot-1');
  const [files] = site.find('v1/ConfigMap');
  const [text = ''] = Object.values(files?.data as Record<string, string>);
  expect(JSON.parse(text)).toMatchObject({
    name: 'meter-1',
    protocol: { configData: { ip: '10.0.0.7' } },
    properties: [{ name: 'limit', desired: '5' }, { name: 'power' }],
  });
  site.hasResource('apps/v1/Deployment', {
    metadata: { name: 'meter-1', namespace: 'energy', labels: { 'edgecdk.dev/owner': 'facility' } },
  });
  expect(Object.keys(site.manifests)).toEqual(expect.arrayContaining(['meter-1']));
  expect(site.objects.map(({ kind }) => kind)).not.toContain('DeviceModel');
});

test('the broker is on the node of its site, and follows its replacement', () => {
  const { fleet, addMeter } = depots();
  addMeter('meter-1');
  expect(nodesAt(fleet, 'depot-1')).toEqual(['depot-1-gateway-1']);
  expect(nodesAt(fleet, 'depot-2')).toEqual(['depot-2-gateway-1']);
  const replaced = depots({ generation: 1 });
  replaced.addMeter('meter-1');
  expect(nodesAt(replaced.fleet, 'depot-1')).toEqual(['depot-1-gateway-1-g1']);
});

test('a replaced node changes the site that it is of, and no other', () => {
  const digests = (generation: number) => {
    const { fleet, addMeter } = depots({ generation });
    addMeter('meter-1');
    return renderFleet(fleet[fleetKey]()).plan.sites.map(({ digest }) => digest);
  };
  const [[first, second], [firstNow, secondNow]] = [digests(0), digests(1)];
  expect(firstNow).not.toBe(first);
  expect(secondNow).toBe(second);
});

test('of several nodes the ordinal says which', () => {
  const { fleet, addMeter } = depots({ gateways: 2 });
  addMeter('meter-1', { ordinal: 2 });
  expect(nodesAt(fleet, 'depot-1')).toEqual(['depot-1-gateway-2']);
});

test.each<[string, Depot, Props, RegExp]>([
  ['one of several nodes', { gateways: 2 }, {}, /^\[power\/meter-1\] could hang on several nodes .*ordinal.* depot-1$/],
  ['a node that is not there', {}, { ordinal: 3 }, /hangs on node 3 of its class, which a site does not have/],
  ['nothing that serves it', {}, { attachment: undefined }, /node of K3s, which knows no devices; give it `attachment/],
  ['a twin beyond its model', { values: { limit: 12 } }, {}, /desired value 12, above the maximum 9/],
  ['a twin that is no integer', { values: { limit: 1.5 } }, {}, /desired value 1.5, which is no number of type INT/],
  [
    'a broker for other machines',
    {},
    { attachment: LeafAttachment.hostDevice({ broker: { ...broker, platforms: ['linux/amd64'] } }) },
    /has images for linux\/amd64, and its nodes are gateway/,
  ],
  [
    'a broker of Akri that fits no node',
    {},
    {
      attachment: LeafAttachment.akri({
        discovery: AkriDiscovery.udev('KERNEL=="ttyUSB0"'),
        broker: { ...broker, resources: { cpu: Cpu.millis(50), memory: Size.gibibytes(64) } },
      }),
    },
    /needs 65536 MiB of memory on one node/,
  ],
  [
    'a broker without a name',
    {},
    { attachment: LeafAttachment.hostDevice({ broker: { ...broker, image: '' } }) },
    /has no image/,
  ],
])('%s is refused', (_what, depot, props, message) => {
  const { fleet, addMeter } = depots(depot);
  addMeter('meter-1', props);
  expect(errorsOf(fleet)).toEqual([expect.stringMatching(message)]);
});

test('what Akri finds may hang on any node', () => {
  const { fleet, addMeter } = depots({ gateways: 2 });
  const protocol = LeafProtocol.modbusRtu({ device: '/dev/ttyUSB0', baud: 9600, unit: 1 });
  addMeter('meter-1', { protocol, attachment: LeafAttachment.akri({ broker }) });
  Rendered.from(fleet)
    .site('depot-1')
    .hasResource('akri.sh/v0/Configuration', { metadata: { name: 'meter-1' } });
});

test('two devices of one model stand side by side', () => {
  const { fleet, addMeter } = depots();
  addMeter('meter-1');
  addMeter('meter-2');
  expect(errorsOf(fleet)).toEqual([]);
});

test('a device of the old API in a manifest is refused by name of the rule', () => {
  const device = {
    apiVersion: 'devices.kubeedge.io/v1alpha2',
    kind: 'Device',
    metadata: { name: 'meter', namespace: 'energy' },
    spec: { deviceModelRef: { name: 'm' }, nodeSelector: {} },
  };
  withFiles({ 'device.yaml': JSON.stringify(device) }, (root) => {
    const { fleet, behind } = depots({}, { root });
    new ManifestWorkload(fleet, 'old', { files: ['device.yaml'], placement: behind });
    expect(Rendered.problemsOf(fleet)).toContainEqual(
      expect.objectContaining({
        path: 'power/old',
        rule: 'edgecdk-kubeedge-device',
        message: expect.stringMatching(/old API devices\.kubeedge\.io\/v1alpha2/),
      }),
    );
  });
});

test('a mapper has no business behind K3s', () => {
  const { fleet, behind } = depots();
  const image = 'ghcr.io/acme/modbus-mapper:1.2.0';
  new LeafMapper(fleet, 'modbus', {
    protocol: 'modbus',
    image,
    platforms: ['linux/arm64'],
    resources,
    placement: behind,
  });
  expect(errorsOf(fleet)).toEqual([
    expect.stringMatching(/^\[power\/modbus\] is placed on sites of K3s, and a mapper/),
  ]);
});

test('a model and a mapper of another fleet are refused', () => {
  const { fleet, addMeter } = depots();
  addMeter('meter-1', { model: depots({}, {}).meter as never });
  expect(errorsOf(fleet)).toEqual([]);
  const other = new DeviceModel(new Fleet('other'), 'meter', { protocol: 'modbus', properties: {} });
  addMeter('meter-2', { model: other as never });
  expect(errorsOf(fleet)).toContainEqual(
    expect.stringMatching(/^\[power\/meter-2\] names \[other\/meter\], which is not/),
  );
});

test('logins of devices and secrets of brokers are on the list of what someone must provide', () => {
  const { fleet, behind } = depots({}, { secrets: SecretStore.externalSecrets({ store: 'vault' }) });
  const camera = new DeviceModel(fleet, 'camera', { protocol: 'onvif', properties: { uri: ModelProperty.text() } });
  new LeafDevice(fleet, 'camera-1', {
    behind,
    model: camera,
    protocol: LeafProtocol.onvif({ url: '10.0.0.9:80', user: 'admin', login: SecretRef.of('camera', 'password') }),
    properties: { uri: { visitor: LeafVisitor.onvifAddress(), every } },
    attachment: LeafAttachment.hostDevice({ broker: { ...broker, env: { TOKEN: SecretRef.of('hub', 'token') } } }),
  });
  expect(errorsOf(fleet)).toEqual([]);
  expect(secretRecords(renderFleet(fleet[fleetKey]()).plan)).toEqual([
    { workload: 'camera-1', secret: 'camera', namespace: 'energy', object: 'camera-1-camera', keys: ['password'] },
    { workload: 'camera-1', secret: 'hub', namespace: 'energy', object: 'camera-1-hub', keys: ['token'] },
  ]);
});
