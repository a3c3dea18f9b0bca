/** What the `@example`s of the public API take for granted: each export stands for the free identifier of that name. */
import {
  ContainerWorkload,
  Cpu,
  DeviceClass,
  DeviceModel,
  Fleet,
  Hardware,
  K3sCluster,
  KubeEdgeCluster,
  LeafMapper,
  ModelProperty,
  Placement,
  SiteBlueprint,
  Size,
} from 'edgecdk';
import { Rendered } from 'edgecdk/testing';
import { z } from 'zod';

export { PriceList } from '../package/programs/price-list';
export { z };

export const fleet = new Fleet('grocer', { root: __dirname });
export const till = new DeviceClass(fleet, 'till', { hardware: Hardware.raspberryPi4B({ memory: Size.gibibytes(4) }) });
export const gateway = new DeviceClass(fleet, 'gateway', {
  hardware: Hardware.raspberryPi5({ memory: Size.gibibytes(4) }),
});
export const box = new DeviceClass(fleet, 'box', { hardware: Hardware.n100MiniPc({ memory: Size.gibibytes(8) }) });

const schema = z.object({
  storeId: z.string(),
  tills: z.number().int(),
  region: z.enum(['north', 'south']).default('south'),
  format: z.enum(['express', 'super']).default('express'),
});

export const store = new SiteBlueprint(fleet, 'store', {
  schema,
  cluster: new K3sCluster({ version: 'v1.33.5+k3s1', servers: till.count(1) }),
});
export const superstore = new SiteBlueprint(fleet, 'superstore', {
  schema,
  cluster: new K3sCluster({ version: 'v1.33.5+k3s1', servers: box.count(3), agents: till.count(4) }),
});
export const vans = new KubeEdgeCluster(fleet, 'vans', {
  version: 'v1.23.1',
  kubernetes: '1.32',
  advertiseAddress: ['203.0.113.10'],
});
export const pos = new ContainerWorkload(fleet, 'pos', {
  image: 'ghcr.io/acme/pos:1.4.2',
  platforms: ['linux/arm64'],
  resources: { cpu: Cpu.millis(250), memory: Size.mebibytes(256) },
  placement: Placement.on(store),
});
export const meter = new DeviceModel(fleet, 'energy-meter', {
  protocol: 'modbus',
  properties: { power: ModelProperty.float({ unit: 'kW' }) },
});
export const modbus = new LeafMapper(fleet, 'modbus-mapper', {
  protocol: 'modbus',
  image: 'ghcr.io/acme/modbus-mapper:1.2.0',
  platforms: ['linux/arm64'],
  resources: { cpu: Cpu.millis(100), memory: Size.mebibytes(64) },
  placement: Placement.on(store).onNodes(till),
});
export const site = Rendered.from(fleet).site('store-0001');
