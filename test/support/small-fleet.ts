import {
  ContainerWorkload,
  type ContainerWorkloadProps,
  Cpu,
  DeviceClass,
  Fleet,
  type FleetProps,
  Hardware,
  Inventory,
  K3sCluster,
  Placement,
  type Platform,
  SiteBlueprint,
  SiteGroup,
  Size,
} from 'edgecdk';
import { z } from 'zod';

export const schema = z.object({
  storeId: z.string(),
  contact: z.string(),
  tills: z.number().int(),
  format: z.enum(['express', 'super']),
  open: z.boolean(),
  tags: z.array(z.string()),
});
export type Row = z.input<typeof schema> & { readonly name: string; readonly state?: string };

export function row(name: string, values: Partial<Row> = {}): Row {
  return { name, storeId: '0042', contact: 'Ana', tills: 1, format: 'express', open: true, tags: ['a'], ...values };
}

/** A fleet of stores with a box each and tills as agents, and nothing running on them yet. */
export function smallFleet(
  rows: readonly Row[] = [row('store-1'), row('store-2', { storeId: '0043', tills: 3 })],
  props: FleetProps = {},
) {
  const fleet = new Fleet('small', props);
  const box = new DeviceClass(fleet, 'box', { hardware: Hardware.n100MiniPc({ memory: Size.gibibytes(16) }) });
  const till = new DeviceClass(fleet, 'till', { hardware: Hardware.raspberryPi4B({ memory: Size.gibibytes(4) }) });
  const store = new SiteBlueprint(fleet, 'store', {
    schema,
    cluster: ({ site }) =>
      new K3sCluster({ version: 'v1.33.5+k3s1', servers: box.count(1), agents: till.count(site.values.tills) }),
    nodeAddress: ({ site, node }) => `${node.name}.${site.name}.example`,
  });
  const stores = new SiteGroup(fleet, 'stores', { blueprint: store, inventory: Inventory.rows(rows) });
  return { fleet, box, till, store, stores, placement: Placement.on(store) };
}

export const platforms: readonly ['linux/arm64', 'linux/amd64'] = ['linux/arm64', 'linux/amd64'];
export const resources = { cpu: Cpu.millis(50), memory: Size.mebibytes(64) };

type Small = ReturnType<typeof smallFleet>;
type Props = Partial<ContainerWorkloadProps<z.output<typeof schema>, ['linux/arm64' | 'linux/amd64'], Platform>>;

/** A container on all stores, with the props that a test is about. */
export function addContainer(small: Small, id: string, props: Props = {}) {
  return new ContainerWorkload(small.fleet, id, {
    image: 'ghcr.io/acme/app:1.0.0',
    platforms,
    resources,
    placement: small.placement,
    ...props,
  } as never);
}
