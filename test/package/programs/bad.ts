/** What must not compile, beside what must. The test of the package knows what the compiler has to say to each. */
import {
  ChartWorkload,
  ContainerWorkload,
  Cpu,
  DeviceClass,
  Fleet,
  Hardware,
  K3sCluster,
  Placement,
  Run,
  Site,
  SiteBlueprint,
  Size,
} from 'edgecdk';
import { z } from 'zod';
import { PriceList } from './price-list';

const fleet = new Fleet('bad');
const till = new DeviceClass(fleet, 'till', { hardware: Hardware.raspberryPi4B({ memory: Size.gibibytes(4) }) });
const box = new DeviceClass(fleet, 'box', { hardware: Hardware.n100MiniPc({ memory: Size.gibibytes(8) }) });
const schema = z.object({
  storeId: z.string(),
  tills: z.number().int(),
  format: z.enum(['express', 'super']),
  open: z.boolean(),
  alias: z.string().optional(),
  tags: z.array(z.string()),
  net: z.object({ vlan: z.number() }),
});
const cluster = new K3sCluster({ version: 'v1.33.5+k3s1', servers: till.count(1) });
const store = new SiteBlueprint(fleet, 'store', { schema, cluster });
const mixed = new SiteBlueprint(fleet, 'mixed', {
  cluster: new K3sCluster({ version: 'v1.33.5+k3s1', servers: box.count(1), agents: [till.count(2)] }),
});
const resources = { cpu: Cpu.millis(50), memory: Size.mebibytes(64) };
const image = 'x:1';
const onStore = Placement.on(store);
const onMixed = Placement.on(mixed);

// --- wrong architecture
// @ts-expect-error an image for another architecture
new ContainerWorkload(fleet, 'a1', { image, resources, placement: onStore, platforms: ['linux/amd64'] });
// One of the blueprint's machines can run it.
new ContainerWorkload(fleet, 'a2', { image, resources, placement: onMixed, platforms: ['linux/amd64'] });
new ContainerWorkload(fleet, 'a3', {
  image,
  resources,
  placement: onMixed.onNodes(till, box),
  // @ts-expect-error an image for one of two named classes
  platforms: ['linux/amd64'],
});
new ContainerWorkload(fleet, 'a4', {
  image,
  resources,
  placement: Placement.on(mixed, store),
  // @ts-expect-error an image for one of two blueprints
  platforms: ['linux/amd64'],
});
// @ts-expect-error an architecture that does not exist
new ContainerWorkload(fleet, 'a5', { image, resources, placement: onStore, platforms: ['linux/arm46'] });
// Left to synth: what the class is has been forgotten, what the image is built for has not been said.
const widened: DeviceClass = till;
new ContainerWorkload(fleet, 'a6', {
  image,
  resources,
  placement: onStore.onNodes(widened),
  platforms: ['linux/amd64'],
});
new ContainerWorkload(fleet, 'a7', { image, resources, placement: onStore });

// --- site values
const common = { image, resources, placement: onStore };
// @ts-expect-error a value that does not exist
new ContainerWorkload(fleet, 'v1', { ...common, env: ({ site }) => ({ A: site.values.storeID }) });
// @ts-expect-error a number where text belongs
new ContainerWorkload(fleet, 'v2', { ...common, env: ({ site }) => ({ A: site.values.tills }) });
// @ts-expect-error a boolean in a condition
new ContainerWorkload(fleet, 'v3', { ...common, env: ({ site }) => ({ A: site.values.open ? '1' : '0' }) });
// @ts-expect-error an optional value in a text
new ContainerWorkload(fleet, 'v4', { ...common, env: ({ site }) => ({ A: `${site.values.alias}` }) });
// @ts-expect-error a list in a text
new ContainerWorkload(fleet, 'v5', { ...common, env: ({ site }) => ({ A: `${site.values.tags}` }) });
new ContainerWorkload(fleet, 'v6', {
  ...common,
  // @ts-expect-error a comparison where a variant belongs
  env: ({ site }) => ({ A: site.values.format === 'super' ? '1' : '0' }),
});
new ContainerWorkload(fleet, 'v7', {
  image,
  resources,
  placement: Placement.on(store, mixed),
  // @ts-expect-error a value of one of two blueprints
  env: ({ site }) => ({ A: site.values.storeId }),
});
new ContainerWorkload(fleet, 'v8', {
  ...common,
  env: ({ site }) => ({ A: site.values.storeId, B: `${site.values.net.vlan}`, C: site.json.open }),
});
// @ts-expect-error a placement by a value that does not exist
onStore.where({ values: { formt: 'express' } });
// @ts-expect-error a placement by a choice that does not exist
onStore.where({ values: { format: 'hyper' } });
// @ts-expect-error a variant by a value that does not exist
new ContainerWorkload(fleet, 'v9', { ...common, variants: { large: { when: { values: { size: 'l' } } } } });
// @ts-expect-error a site without values
new Site(fleet, 's1', { blueprint: store });
new Site(fleet, 's2', {
  blueprint: store,
  // @ts-expect-error a site without one of its values
  values: { storeId: '1', tills: 2, format: 'super', open: true, tags: [] },
});
new Site(fleet, 's3', { blueprint: mixed });
new ChartWorkload(fleet, 'c1', {
  chart: PriceList,
  // @ts-expect-error a chart without one of its props
  props: ({ site }) => ({ store: site.values.storeId }),
  placement: onStore,
});
// @ts-expect-error a label by a value that does not exist
new SiteBlueprint(fleet, 'l1', { schema, cluster, labels: ['regoin'] });

// --- clusters
// @ts-expect-error a version of Kubernetes, not of K3s
new K3sCluster({ version: 'v1.33.5', servers: till.count(1) });
// @ts-expect-error an even number of servers
new K3sCluster({ version: 'v1.33.5+k3s1', servers: till.count(2) });
new SiteBlueprint(fleet, 'n1', {
  schema,
  // @ts-expect-error servers by a site value
  cluster: ({ site }) => new K3sCluster({ version: 'v1.33.5+k3s1', servers: till.count(site.values.tills) }),
});

// --- what is no value of ours
// @ts-expect-error a micro-controller as a node
new DeviceClass(fleet, 'probe', { hardware: Hardware.esp32() });
// @ts-expect-error numbers without units
new ContainerWorkload(fleet, 'u1', { image, placement: onStore, resources: { cpu: 250, memory: 256 } });
// @ts-expect-error an empty object as a value object
new ContainerWorkload(fleet, 'u2', { ...common, run: {} });
// @ts-expect-error a value object as another
new ContainerWorkload(fleet, 'u3', { ...common, mounts: { '/data': Run.stateful(1) } });
// @ts-expect-error the fleet as its sites
Placement.on(fleet);
