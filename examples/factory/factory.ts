/**
 * A factory with three lines. The gateway of each is a node of one KubeEdge cluster, whose control plane is in the data centre: when the link is down, gateways
 * go on with what they have. Six devices hang on them, a press and a vibration sensor each; they are described in `devices.ts`.
 *
 *     npx edgecdk synth examples/factory
 *
 * writes `dist/clusters/floor`. What is there once (the chart values of cloudcore, node groups, mappers, models, rules and jobs) and the devices of each line,
 * with its own limits and topics, are files for `kubectl` and `helm`; the README.md among them says what to apply in which order.
 *
 * Lines whose gateways run K3s are another blueprint, with `cluster: new K3sCluster({ version: 'v1.33.5+k3s1', servers: gateway.count(1) })`, handed to
 * `addDevices` beside this one. Devices stay as they are; their attachments come into force.
 */
import {
  acknowledge,
  DeviceClass,
  Fleet,
  Hardware,
  ImagePrePullJob,
  Inventory,
  JobNodes,
  KubeEdgeCluster,
  KubeEdgeRule,
  KubeEdgeRuleEndpoint,
  MqttBroker,
  SiteBlueprint,
  SiteGroup,
} from 'edgecdk';
import { addDevices, images, lineValues } from './devices';

const factory = new Fleet('factory', { root: __dirname, owner: 'automation' });
const gateway = new DeviceClass(factory, 'gateway', { hardware: Hardware.siemensIpc127e() });

// The cluster in the data centre. Gateways dial it, and are never dialled; each has an MQTT broker of its own.
const floor = new KubeEdgeCluster(factory, 'floor', {
  version: 'v1.23.1',
  kubernetes: '1.32',
  advertiseAddress: ['203.0.113.20'],
  dnsNames: ['floor.factory.example'],
  features: ['logs', 'nodeGroups', 'jobs', 'rules'],
  broker: MqttBroker.mosquitto(),
});

// A line is a site of one gateway, with values of its own.
const line = new SiteBlueprint(factory, 'line', { schema: lineValues, cluster: floor.join(gateway.count(1)) });
new SiteGroup(factory, 'lines', {
  blueprint: line,
  inventory: Inventory.rows([
    { name: 'line-1', gatewayAddress: '192.168.11.2', pressureLimit: 120 },
    { name: 'line-2', gatewayAddress: '192.168.12.2', pressureLimit: 120 },
    { name: 'line-3', gatewayAddress: '192.168.13.2', pressureLimit: 180 },
  ]),
});

addDevices(factory, gateway, line);

// What line 1 publishes as an alarm goes to the shift leader's desk, and what the desk says goes to any line.
const mqttOfLines = KubeEdgeRuleEndpoint.eventBus({ name: 'lines' });
const desk = KubeEdgeRuleEndpoint.rest({ name: 'desk' });
new KubeEdgeRule(factory, 'line-1-alarms', {
  cluster: floor,
  from: mqttOfLines,
  to: desk,
  topic: 'alarms',
  nodeName: 'line-1-gateway-1',
  url: 'https://desk.factory.example/alarms',
});
new KubeEdgeRule(factory, 'announcements', {
  cluster: floor,
  from: desk,
  to: mqttOfLines,
  path: '/announcements',
  topic: 'announcements',
});

// Gateways fetch the mappers' images while the link is there, two at a time.
acknowledge(floor, 'edgecdk-kubeedge-authorization', 'this cluster has the factory floor alone, and its gateways are locked away');

new ImagePrePullJob(factory, 'mappers-1-2-0', {
  cluster: floor,
  nodes: JobNodes.labelled({ 'edgecdk.dev/device-class': 'gateway' }),
  images,
  concurrency: 2,
});

export default factory;
