import { ContainerWorkload, Cpu, DeviceClass, Fleet, Hardware, K3sCluster, Placement, Site, SiteBlueprint, Size, ChartWorkload } from 'edgecdk';
import { z } from 'zod';
import { PriceList } from './price-list';

const fleet = new Fleet('bad');
const till = new DeviceClass(fleet, 'till', { hardware: Hardware.raspberryPi4B({ memory: Size.gibibytes(4) }) });
const box = new DeviceClass(fleet, 'box', { hardware: Hardware.n100MiniPc({ memory: Size.gibibytes(8) }) });
const schema = z.object({ storeId: z.string(), tills: z.number().int(), format: z.enum(['express', 'super']), open: z.boolean(), alias: z.string().optional(), tags: z.array(z.string()), net: z.object({ vlan: z.number() }) });
const store = new SiteBlueprint(fleet, 'store', { schema, cluster: new K3sCluster({ version: 'v1.33.5+k3s1', servers: till.count(1) }) });
const mixed = new SiteBlueprint(fleet, 'mixed', { cluster: new K3sCluster({ version: 'v1.33.5+k3s1', servers: box.count(1), agents: [till.count(2)] }) });
const resources = { cpu: Cpu.millis(50), memory: Size.mebibytes(64) };
const onStore = Placement.on(store);

// --- wrong architecture
new ContainerWorkload(fleet, 'a1', {
  image: 'x:1', resources, placement: onStore,
  // @ts-expect-error no image for linux/arm64
  platforms: ['linux/amd64'],
});
new ContainerWorkload(fleet, 'a2', { image: 'x:1', resources, platforms: ['linux/amd64'], placement: Placement.on(mixed) }); // the box can run it
new ContainerWorkload(fleet, 'a3', {
  image: 'x:1', resources, placement: Placement.on(mixed).onNodes(till, box),
  // @ts-expect-error named nodes: each class needs an image
  platforms: ['linux/amd64'],
});
new ContainerWorkload(fleet, 'a4', {
  image: 'x:1', resources, placement: Placement.on(mixed, store),
  // @ts-expect-error two blueprints: the store has no amd64
  platforms: ['linux/amd64'],
});
// @ts-expect-error a typo
new ContainerWorkload(fleet, 'a5', { image: 'x:1', resources, platforms: ['linux/arm46'], placement: onStore });
const widened: DeviceClass[] = [till, box];
new ContainerWorkload(fleet, 'a6', { image: 'x:1', resources, platforms: ['linux/amd64'], placement: onStore.onNodes(widened[0] as DeviceClass) }); // left to synth
new ContainerWorkload(fleet, 'a7', { image: 'x:1', resources, placement: onStore });                                              // left to images.lock.json

// --- site values
// @ts-expect-error no such value
new ContainerWorkload(fleet, 'v1', { image: 'x:1', resources, placement: onStore, env: ({ site }) => ({ A: site.values.storeID }) });
// @ts-expect-error a number is no string
new ContainerWorkload(fleet, 'v2', { image: 'x:1', resources, placement: onStore, env: ({ site }) => ({ A: site.values.tills }) });
// @ts-expect-error a boolean is no hole, in a condition neither
new ContainerWorkload(fleet, 'v3', { image: 'x:1', resources, placement: onStore, env: ({ site }) => ({ A: site.values.open ? '1' : '0' }) });
// @ts-expect-error an optional value is no hole, in a template literal neither
new ContainerWorkload(fleet, 'v4', { image: 'x:1', resources, placement: onStore, env: ({ site }) => ({ A: `${site.values.alias}` }) });
// @ts-expect-error a list is no hole
new ContainerWorkload(fleet, 'v5', { image: 'x:1', resources, placement: onStore, env: ({ site }) => ({ A: `${site.values.tags}` }) });
// @ts-expect-error a choice is a variant, not a comparison
new ContainerWorkload(fleet, 'v6', { image: 'x:1', resources, placement: onStore, env: ({ site }) => ({ A: site.values.format === 'express' ? '1' : '0' }) });
// @ts-expect-error not a value of both blueprints
new ContainerWorkload(fleet, 'v7', { image: 'x:1', resources, placement: Placement.on(store, mixed), env: ({ site }) => ({ A: site.values.storeId }) });
new ContainerWorkload(fleet, 'v8', { env: ({ site }) => ({ A: site.values.storeId, B: `${site.values.net.vlan}` }), image: 'x:1', resources, placement: onStore });
// @ts-expect-error no such value
onStore.where({ values: { formt: 'express' } });
// @ts-expect-error no such choice
onStore.where({ values: { format: 'hyper' } });
// @ts-expect-error a variant on a value that does not exist
new ContainerWorkload(fleet, 'v9', { image: 'x:1', resources, placement: onStore, variants: { e: { when: { values: { size: 'l' } } } } });
// @ts-expect-error values missing
new Site(fleet, 's1', { blueprint: store });
// @ts-expect-error a value missing
new Site(fleet, 's2', { blueprint: store, values: { storeId: '1', tills: 2, format: 'super', open: true, tags: [] } });
new Site(fleet, 's3', { blueprint: mixed });
// @ts-expect-error a chart's prop missing
new ChartWorkload(fleet, 'c1', { chart: PriceList, props: ({ site }) => ({ store: site.values.storeId }), placement: onStore });
// @ts-expect-error a label that is no value
new SiteBlueprint(fleet, 'l1', { schema, labels: ['regoin'], cluster: new K3sCluster({ version: 'v1.33.5+k3s1', servers: till.count(1) }) });

// --- clusters
// @ts-expect-error not a K3s version
new K3sCluster({ version: 'v1.33.5', servers: till.count(1) });
// @ts-expect-error an even number of servers
new K3sCluster({ version: 'v1.33.5+k3s1', servers: till.count(2) });
// @ts-expect-error servers cannot come from a site value
new SiteBlueprint(fleet, 'n1', { schema, cluster: ({ site }) => new K3sCluster({ version: 'v1.33.5+k3s1', servers: till.count(site.values.tills) }) });

// --- leaf hardware
// @ts-expect-error a micro-controller is no node
new DeviceClass(fleet, 'probe', { hardware: Hardware.esp32() });
// @ts-expect-error bare numbers are no units
new ContainerWorkload(fleet, 'u1', { image: 'x:1', resources: { cpu: 250, memory: 256 }, placement: onStore });
