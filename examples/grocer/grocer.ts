/**
 * A grocery chain: 216 stores with one server and 24 superstores with three, read from inventories of real places, a flagship and a market stall written
 * by hand, all on K3s; 5 depots on MicroK8s; and 30 delivery vans, nodes of one cluster of KubeEdge.
 * Cities, coordinates and time zones: GeoNames (https://www.geonames.org), CC BY 4.0, selected and rounded.
 */
import {
  Accelerator,
  acknowledge,
  Bandwidth,
  ChartWorkload,
  ContainerWorkload,
  Cpu,
  DeviceClass,
  Duration,
  Encode,
  Fleet,
  Hardware,
  Health,
  HelmWorkload,
  Inventory,
  K3sBackup,
  K3sCluster,
  KubeEdgeCluster,
  Link,
  ManifestWorkload,
  MicroK8sCluster,
  type NodeProps,
  OperatingSystem,
  Override,
  Placement,
  RegistrationAddress,
  Run,
  SecretRef,
  SecretStore,
  Site,
  SiteBlueprint,
  SiteGroup,
  Size,
  Storage,
} from 'edgecdk';
import { z } from 'zod';
import { Checkout } from './checkout';
import { delivery } from './delivery';
import { PriceList } from './price-list';

const grocer = new Fleet('grocer', {
  root: __dirname,
  owner: 'platform',
  delivery,
  secrets: SecretStore.externalSecrets({ store: 'vault' }),
});

// What we own: six kinds of machine, and what each is set up with. What they install is locked in artifacts.lock.json, by `edgecdk lock`.
const raspios = OperatingSystem.raspios({ release: 'trixie' });
const till = new DeviceClass(grocer, 'till', {
  hardware: Hardware.raspberryPi4B({ memory: Size.gibibytes(4) }),
  operatingSystem: raspios,
});
const box = new DeviceClass(grocer, 'box', {
  hardware: Hardware.n100MiniPc({ memory: Size.gibibytes(16) }),
  operatingSystem: OperatingSystem.ubuntu2404(),
  storage: 'nvme',
});
const camera = new DeviceClass(grocer, 'camera', {
  hardware: Hardware.jetsonOrinNano({ memory: Size.gibibytes(8) }),
  operatingSystem: OperatingSystem.jetsonL4t(),
});
const stall = new DeviceClass(grocer, 'stall', {
  hardware: Hardware.raspberryPi5({ memory: Size.gibibytes(8) }),
  operatingSystem: raspios,
});
const rack = new DeviceClass(grocer, 'rack', {
  hardware: Hardware.x86Server({ cores: 8, memory: Size.gibibytes(32) }),
  operatingSystem: OperatingSystem.ubuntu2404(),
  storage: 'ssd',
});
// For files of the vans' machines, too: `operatingSystem: raspios` here, and `edgecdk lock`, which then fetches KubeEdge's archives once.
const gateway = new DeviceClass(grocer, 'gateway', { hardware: Hardware.raspberryPi4B({ memory: Size.gibibytes(4) }) });
const machines: NodeProps = {
  registries: { 'docker.io': { endpoints: ['https://mirror.grocer.example'] } },
  access: { sshKeys: ['ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJl3dIeudNqd0DPMRD6OIh65tjkxFNOtGaPLfCUTS3gG platform@grocer.example'] },
};

// What every site says about itself, and what only superstores do.
const place = z.object({
  storeId: z.string(),
  city: z.string(),
  region: z.enum(['north', 'south', 'east', 'west']),
  format: z.enum(['express', 'super']),
  contact: z.string(),
  tills: z.number().int(),
});

// Stores run on one box, superstores on three; tills join as agents, as many as the store has.
export const store = new SiteBlueprint(grocer, 'store', {
  schema: place,
  labels: ['region', 'format'],
  // Their clusters were there before this program: it leaves their machines alone.
  cluster: ({ site }) => K3sCluster.existing({ version: 'v1.33.5+k3s1', servers: box.count(1), agents: till.count(site.values.tills) }),
  nodeAddress: ({ site, node }) => `${node.name}.${site.name}.stores.grocer.example`,
  link: Link.online({ bandwidth: Bandwidth.megabitsPerSecond(20) }),
});
export const superstore = new SiteBlueprint(grocer, 'superstore', {
  schema: place.extend({ vlan: z.number().int() }),
  labels: ['region', 'format'],
  cluster: ({ site }) =>
    new K3sCluster({
      version: 'v1.36.4+k3s1',
      servers: box.count(3),
      agents: [till.count(site.values.tills), camera.count(2)],
      registrationAddress: RegistrationAddress.virtualIp(`10.20.${site.values.vlan}.9`),
      packagedValues: { traefik: { deployment: { replicas: 2 }, ports: { web: { nodePort: 30080 } } } },
      ...machines,
    }),
  // etcd wants servers whose addresses stay; DHCP gives the boxes always the same ones.
  nodeAddress: ({ site, node }) =>
    node.deviceClass === 'box' ? `10.20.${site.values.vlan}.1${node.ordinal}` : `${node.name}.vlan${site.values.vlan}.grocer.example`,
});
// A market stall is one Raspberry Pi behind a mobile phone.
const market = new SiteBlueprint(grocer, 'market', {
  schema: place,
  cluster: new K3sCluster({
    version: 'v1.36.4+k3s1',
    servers: stall.count(1),
    disable: ['traefik', 'servicelb'],
    backup: K3sBackup.toDisk('/mnt/backup'),
    ...machines,
  }),
  link: Link.intermittent({ longestOutage: Duration.days(7), bandwidth: Bandwidth.megabitsPerSecond(2) }),
});

// A depot has three servers, and a box at each of its gates. MicroK8s knows its nodes by address.
const depot = new SiteBlueprint(grocer, 'depot', {
  schema: place.pick({ storeId: true, city: true, region: true, contact: true }).extend({ gates: z.number().int(), net: z.number().int() }),
  cluster: ({ site }) =>
    new MicroK8sCluster({
      channel: '1.33/stable',
      controlPlane: rack.count(3),
      workers: box.count(site.values.gates),
      addons: { rbac: true, 'hostpath-storage': true },
      ...machines,
    }),
  nodeAddress: ({ site, node }) => `10.40.${site.values.net}.${node.deviceClass === 'rack' ? 1 : 2}${node.ordinal}`,
});
// Vans are nodes of one cluster, whose control plane is in our data centre. Each is a site with values of its own nevertheless.
const cloud = new KubeEdgeCluster(grocer, 'cloud', {
  version: 'v1.23.1',
  kubernetes: '1.32',
  advertiseAddress: ['203.0.113.10'],
  dnsNames: ['vans.grocer.example'],
  ...machines,
});
const van = new SiteBlueprint(grocer, 'van', {
  schema: place.pick({ storeId: true, region: true }).extend({ plate: z.string() }),
  cluster: cloud.join(gateway.count(1)),
  link: Link.intermittent({ longestOutage: Duration.hours(14), bandwidth: Bandwidth.megabitsPerSecond(5) }),
});

// Where they are.
const columns = { name: 'store_no' };
new SiteGroup(grocer, 'stores', { blueprint: store, inventory: Inventory.csv('stores.csv', { columns }) });
new SiteGroup(grocer, 'superstores', {
  blueprint: superstore,
  inventory: Inventory.csv('superstores.csv', { columns }),
  nodes: Inventory.csv('superstore-machines.csv'),
});
new SiteGroup(grocer, 'depots', { blueprint: depot, inventory: Inventory.csv('depots.csv') });
new SiteGroup(grocer, 'vans', { blueprint: van, inventory: Inventory.csv('vans.csv') });
const flagship = new Site(grocer, 'flagship', {
  blueprint: superstore,
  values: { storeId: '0001', city: 'Lisbon', region: 'south', format: 'super', contact: "Saoirse O'Neill", tills: 12, vlan: 7 },
  timeZone: 'Europe/Lisbon',
  // The second till is not the first machine in its place.
  nodes: [{ slot: 'till-2', serial: '10000000a3c5d2e1', generation: 1 }],
});
new Site(grocer, 'ribeira-market', {
  blueprint: market,
  values: { storeId: '0218', city: 'Lisbon', region: 'south', format: 'express', contact: 'Inês "Ted" Faria', tills: 1 },
  timeZone: 'Europe/Lisbon',
});

// What they run.
const shops = Placement.on(store, superstore);
const everyShop = Placement.on(store, superstore, market);

const pos = new ContainerWorkload(grocer, 'pos', {
  owner: 'payments',
  image: 'ghcr.io/grocer/pos:1.4.2',
  platforms: ['linux/arm64', 'linux/amd64'],
  resources: { cpu: Cpu.millis(250), memory: Size.mebibytes(256) },
  run: Run.onEveryNode(),
  ports: { http: 8080 },
  env: ({ site }) => ({ STORE_ID: site.values.storeId, DB_PASSWORD: SecretRef.of('pos-db', 'password') }),
  files: ({ site }) => ({
    '/etc/pos/store.json': `{ "city": ${Encode.json(site.values.city)}, "contact": ${Encode.json(site.values.contact)} }\n`,
  }),
  devices: ['/dev/ttyUSB0'],
  security: { supplementalGroups: [20] }, // dialout, to which serial devices belong
  health: Health.http('/healthz', 'http'),
  placement: shops.onNodes(till),
});
acknowledge(pos, 'edgecdk-privileged', 'the receipt printer is a serial device of the till');

new Override(grocer, 'pos-reader-fix', {
  workload: pos,
  sites: Placement.on(store).where({ values: { region: 'north', format: 'express' } }),
  image: 'ghcr.io/grocer/pos:1.4.3-rc1',
  owner: 'payments',
  reason: 'card readers with firmware 7 hang after a refund',
  until: '2026-12-31',
});

// Watches the shelves: on the box of a larger store, on the cameras' own GPU where there are any.
new ContainerWorkload(grocer, 'shelf-vision', {
  owner: 'vision',
  image: 'ghcr.io/grocer/vision:2.1.0',
  platforms: ['linux/amd64'],
  resources: { cpu: Cpu.units(1), memory: Size.gibibytes(1) },
  env: ({ site }) => ({ SITE: site.name }),
  mounts: { '/models': Storage.claim(Size.gibibytes(4)) },
  placement: shops.where({ values: { format: 'super' } }),
  variants: {
    gpu: {
      when: { has: camera },
      image: 'ghcr.io/grocer/vision:2.1.0-l4t',
      platforms: ['linux/arm64'],
      resources: { cpu: Cpu.units(2), memory: Size.gibibytes(2), accelerator: Accelerator.nvidia() },
    },
  },
});

// What the store sold while the link was down waits here, with a volume of its own.
new ContainerWorkload(grocer, 'ledger', {
  owner: 'payments',
  image: 'ghcr.io/grocer/ledger:3.0.1',
  platforms: ['linux/arm64', 'linux/amd64'],
  resources: { cpu: Cpu.millis(100), memory: Size.mebibytes(128), disk: Size.mebibytes(500) },
  run: Run.stateful(1),
  ports: { http: 8081 },
  mounts: { '/data': Storage.claim(Size.gibibytes(2)) },
  health: Health.tcp('http'),
  placement: Placement.on(store, superstore, market, depot),
});

new ContainerWorkload(grocer, 'price-sync', {
  owner: 'pricing',
  image: 'ghcr.io/grocer/price-sync:1.9.0',
  platforms: ['linux/arm64', 'linux/amd64'],
  resources: { cpu: Cpu.millis(50), memory: Size.mebibytes(64) },
  run: Run.schedule('15 3 * * *'),
  args: ({ site }) => ['--store', site.values.storeId, '--region', site.values.region],
  placement: Placement.on(store, superstore, market, depot, van),
});

// What is loaded at a gate is what a van has on board: one program for both, though one runs MicroK8s and the other KubeEdge.
new ContainerWorkload(grocer, 'parcels', {
  owner: 'logistics',
  image: 'ghcr.io/grocer/parcels:2.3.0',
  platforms: ['linux/arm64', 'linux/amd64'],
  resources: { cpu: Cpu.millis(100), memory: Size.mebibytes(128) },
  env: ({ site }) => ({ SITE: site.name, DEPOT: site.values.storeId }),
  placement: Placement.on(depot, van),
});
// Alike in all vans, so that it stands in their cluster once.
new ContainerWorkload(grocer, 'route', {
  owner: 'logistics',
  image: 'ghcr.io/grocer/route:1.1.2',
  platforms: ['linux/arm64'],
  resources: { cpu: Cpu.millis(100), memory: Size.mebibytes(192) },
  env: { ROUTES: 'https://routes.grocer.example' },
  placement: Placement.on(van).onNodes(gateway),
});

// A chart that the pricing team already had.
new ChartWorkload(grocer, 'prices', {
  owner: 'pricing',
  chart: PriceList,
  platforms: ['linux/arm64', 'linux/amd64'],
  props: ({ site }) => ({ store: site.values.storeId, lanes: site.values.tills }),
  placement: everyShop,
  variants: {
    express: {
      when: { values: { format: 'express' } },
      props: ({ site }) => ({ store: site.values.storeId, lanes: 1, refresh: 'nightly' }),
    },
  },
});

// A construct that the checkout team shares with other chains.
new Checkout(grocer, 'checkout', { sites: store });

// What everything else stands on: charts and manifests as their makers publish them.
new HelmWorkload(grocer, 'external-secrets', {
  namespace: 'external-secrets',
  chart: 'external-secrets',
  repo: 'https://charts.external-secrets.io',
  version: '0.19.2',
  values: { installCRDs: true },
  placement: shops,
});
new ManifestWorkload(grocer, 'vault', { files: ['vault.yaml'], placement: shops });
new HelmWorkload(grocer, 'metrics', {
  namespace: 'observability',
  chart: 'vector',
  repo: 'https://helm.vector.dev',
  version: '0.37.0',
  values: ({ site }) => ({ role: 'Agent', customConfig: { site: site.name, city: site.values.city, store: site.values.storeId } }),
  placement: everyShop.except(flagship),
});
new ManifestWorkload(grocer, 'cold-chain', { files: ['cold-chain.yaml'], placement: Placement.on(superstore) });

export default grocer;
