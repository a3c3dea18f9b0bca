import {
  type Cluster,
  DeviceClass,
  Fleet,
  Hardware,
  K3sCluster,
  KubeEdgeCluster,
  MicroK8sCluster,
  Site,
  SiteBlueprint,
} from 'edgecdk';
import { Rendered } from 'edgecdk/testing';
import { addDevices, lineValues } from '../../examples/factory/devices';
import factory from '../../examples/factory/factory';

const assembly = Rendered.from(factory);
const floor = assembly.cluster('floor');
const DEVICE = 'devices.kubeedge.io/v1beta1/Device';

test('six devices hang on three gateways, a press and a sensor each', () => {
  const devices = assembly.siteNames.flatMap((name) => assembly.site(name).find(DEVICE));
  expect(
    devices.map(({ metadata, spec }) => `${metadata.name} ${(spec as { readonly nodeName: string }).nodeName}`),
  ).toEqual([
    'press-line-1 line-1-gateway-1',
    'vibration-line-1 line-1-gateway-1',
    'press-line-2 line-2-gateway-1',
    'vibration-line-2 line-2-gateway-1',
    'press-line-3 line-3-gateway-1',
    'vibration-line-3 line-3-gateway-1',
  ]);
});

test('each line has its own twin and its own topic', () => {
  const line = assembly.site('line-3');
  line.hasResource(DEVICE, {
    metadata: { name: 'press-line-3' },
    spec: {
      deviceModelRef: { name: 'hydraulic-press' },
      properties: [{ name: 'limit', desired: { value: '180' } }, { name: 'pressure' }],
    },
  });
  line.hasResource(DEVICE, {
    spec: { protocol: { configData: { brokerURL: 'tcp://192.168.13.2:1883', topic: 'line-3/vibration' } } },
  });
});

test('models and mappers are there once for all lines, and each line says that they run there', () => {
  floor.resourceCountIs('devices.kubeedge.io/v1beta1/DeviceModel', 2);
  floor.resourceCountIs('apps/v1/DaemonSet', 2);
  floor.resourceCountIs(DEVICE, 0);
  for (const name of ['modbus-mapper', 'mqtt-mapper'])
    assembly.site('line-1').hasResource('apps/v1/DaemonSet', { metadata: { name } });
});

test('alarms go from the first line to the desk, and announcements from the desk to the lines', () => {
  floor.hasResource('rules.kubeedge.io/v1/Rule', {
    metadata: { name: 'line-1-alarms' },
    spec: { source: 'lines', target: 'desk', sourceResource: { topic: 'alarms', node_name: 'line-1-gateway-1' } },
  });
  floor.resourceCountIs('rules.kubeedge.io/v1/RuleEndpoint', 2);
});

test('gateways fetch the images of both mappers beforehand', () => {
  const [mappers] = floor.find('operations.kubeedge.io/v1alpha2/ImagePrePullJob');
  expect(JSON.stringify(mappers?.spec)).toContain(
    '"images":["ghcr.io/acme/modbus-mapper:1.2.0","ghcr.io/acme/mqtt-mapper:1.2.0"]',
  );
});

test('has nothing to warn of', () => {
  expect(assembly.warnings).toEqual([]);
});

test('behind K3s and MicroK8s the same devices are found by Akri, or served by a broker on their node', () => {
  const fleet = new Fleet('factory', { owner: 'automation' });
  const gateway = new DeviceClass(fleet, 'gateway', { hardware: Hardware.siemensIpc127e() });
  const floor = new KubeEdgeCluster(fleet, 'floor', {
    version: 'v1.23.1',
    kubernetes: '1.32',
    advertiseAddress: ['203.0.113.20'],
  });
  const line = (id: string, cluster: Cluster<'linux/amd64'>) => {
    const blueprint = new SiteBlueprint(fleet, id, { schema: lineValues, cluster });
    new Site(fleet, `${id}-1`, { blueprint, values: { gatewayAddress: '192.168.11.2', pressureLimit: 120 } });
    return blueprint;
  };
  addDevices(
    fleet,
    gateway,
    line('on-kubeedge', floor.join(gateway.count(1))),
    line('on-k3s', new K3sCluster({ version: 'v1.33.5+k3s1', servers: gateway.count(1) })),
    line('on-microk8s', new MicroK8sCluster({ channel: '1.33/stable', controlPlane: gateway.count(1) })),
  );
  const lines = Rendered.from(fleet);
  lines.site('on-kubeedge-1').resourceCountIs(DEVICE, 2);
  for (const name of ['on-k3s-1', 'on-microk8s-1']) {
    const site = lines.site(name);
    site.hasResource('akri.sh/v0/Configuration', { metadata: { name: 'press' } });
    site.hasResource('apps/v1/Deployment', { metadata: { name: 'vibration' } });
    expect(JSON.stringify(site.find('v1/ConfigMap'))).toContain(`${name}/vibration`);
    for (const kind of [DEVICE, 'devices.kubeedge.io/v1beta1/DeviceModel', 'apps/v1/DaemonSet'])
      site.resourceCountIs(kind, 0);
  }
});
