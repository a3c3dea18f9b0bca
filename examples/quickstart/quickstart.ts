import { ContainerWorkload, Cpu, DeviceClass, Fleet, Hardware, Inventory, K3sCluster, Placement, SiteBlueprint, SiteGroup, Size } from 'edgecdk';
import { z } from 'zod';

const fleet = new Fleet('quickstart', { root: __dirname });
const till = new DeviceClass(fleet, 'till', { hardware: Hardware.raspberryPi4B({ memory: Size.gibibytes(4) }) });
const store = new SiteBlueprint(fleet, 'store', {
  schema: z.object({ storeId: z.string() }),
  cluster: new K3sCluster({ version: 'v1.33.5+k3s1', servers: till.count(1) }),
});
new SiteGroup(fleet, 'stores', { blueprint: store, inventory: Inventory.csv('stores.csv') });
new ContainerWorkload(fleet, 'pos', {
  image: 'ghcr.io/acme/pos:1.4.2',
  platforms: ['linux/arm64'],
  resources: { cpu: Cpu.millis(250), memory: Size.mebibytes(256) },
  env: ({ site }) => ({ STORE_ID: site.values.storeId }),
  placement: Placement.on(store),
});

export default fleet;
