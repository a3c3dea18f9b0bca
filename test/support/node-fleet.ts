import {
  DeviceClass,
  type DeviceClassProps,
  Fleet,
  type FleetProps,
  Hardware,
  Inventory,
  K3sCluster,
  type K3sClusterProps,
  OperatingSystem,
  type Platform,
  SiteBlueprint,
  SiteGroup,
  type SiteTokens,
  Size,
} from 'edgecdk';
import { z } from 'zod';
import { sha256 } from '../../lib/model/digest';
import { withFiles } from './with-files';

const schema = z.object({ net: z.string(), tills: z.number().int() });
type Values = z.output<typeof schema>;
type Row = Readonly<Record<string, unknown>>;
type ClusterProps = Partial<K3sClusterProps<Platform>>;

/** What a test says of a fleet whose machines EdgeCDK sets up; all else is as below. */
export interface NodeFleet {
  /** @default - shop-1 and shop-2 in 10.1.1 and 10.1.2, with a till each */
  readonly sites?: readonly Row[];
  /** @default - of each site the address and the serial number of box-1 */
  readonly nodes?: readonly Row[] | Inventory | 'none';
  /** @default - a box as server, tills as agents */
  readonly cluster?: ClusterProps | ((context: ClusterContext) => ClusterProps);
  /** Machines are set up by others. @default false */
  readonly existing?: boolean;
  readonly box?: Partial<DeviceClassProps<'linux/amd64'>>;
  readonly till?: Partial<DeviceClassProps<'linux/arm64'>>;
  readonly blueprint?: object;
  readonly fleet?: FleetProps;
  /** More of the program. */
  readonly more?: (made: MadeFleet) => void;
}

interface ClusterContext {
  readonly site: SiteTokens<Values>;
  readonly box: DeviceClass<'linux/amd64'>;
  readonly till: DeviceClass<'linux/arm64'>;
}

export interface MadeFleet {
  readonly fleet: Fleet;
  readonly shop: SiteBlueprint<typeof schema, Platform>;
  readonly shops: SiteGroup;
}

export const VERSION = 'v1.33.5+k3s1';

export const SHOPS: readonly Row[] = [shop(1), shop(2)];

export function shop(n: number, more: Row = {}): Row {
  return { name: `shop-${n}`, net: `10.1.${n}`, tills: 1, ...more };
}

/** Facts of the boxes of a site, which have reserved addresses. */
export function boxes(site: number, count = 1, more: Row = {}): Row[] {
  return Array.from({ length: count }, (_, i) => ({
    site: `shop-${site}`,
    slot: `box-${i + 1}`,
    serial: `S${site}-${i + 1}`,
    address: `10.1.${site}.${11 + i}`,
    ...more,
  }));
}

export function nodeFleet(root: string, described: NodeFleet = {}): Fleet {
  const { sites = SHOPS, nodes = [...boxes(1), ...boxes(2)], cluster = {} } = described;
  const fleet = new Fleet('shops', { root, ...described.fleet });
  const box = new DeviceClass(fleet, 'box', {
    hardware: Hardware.n100MiniPc({ memory: Size.gibibytes(16) }),
    operatingSystem: OperatingSystem.ubuntu2404(),
    storage: 'nvme',
    ...described.box,
  });
  const till = new DeviceClass(fleet, 'till', {
    hardware: Hardware.raspberryPi4B({ memory: Size.gibibytes(4) }),
    operatingSystem: OperatingSystem.raspios({ release: 'trixie' }),
    ...described.till,
  });
  const shopPrint = new SiteBlueprint(fleet, 'shop', {
    schema,
    cluster: ({ site }) => {
      const props = {
        version: VERSION,
        servers: box.count(1),
        agents: till.count(site.values.tills),
        access: { sshKeys: ['ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl ops'] },
        ...(typeof cluster === 'function' ? cluster({ site, box, till }) : cluster),
      } as K3sClusterProps<'linux/amd64' | 'linux/arm64'>;
      return described.existing ? K3sCluster.existing(props) : new K3sCluster(props);
    },
    ...described.blueprint,
  });
  const shops = new SiteGroup(fleet, 'shops', {
    blueprint: shopPrint,
    inventory: Inventory.rows(sites),
    nodes: nodes === 'none' ? undefined : nodes instanceof Inventory ? nodes : Inventory.rows(nodes),
  });
  described.more?.({ fleet, shop: shopPrint, shops: shops as unknown as SiteGroup });
  return fleet;
}

/** The text of a lock for some releases, with checksums that are none of theirs. */
export function lockText(...versions: readonly string[]): string {
  const file = (version: string, name: string) => ({
    file: name,
    url: `https://k3s.example/${encodeURIComponent(version)}/${name}`,
    sha256: sha256(`${version} ${name}`),
  });
  const release = (version: string) => ({
    lockedOn: '2026-11-24',
    amd64: { binary: file(version, 'k3s'), images: file(version, 'k3s-airgap-images-amd64.tar.zst') },
    arm64: { binary: file(version, 'k3s-arm64'), images: file(version, 'k3s-airgap-images-arm64.tar.zst') },
  });
  const k3s = Object.fromEntries(versions.map((version) => [version, release(version)]));
  return `${JSON.stringify({ format: 1, k3s }, undefined, 2)}\n`;
}

/** A folder with a lock for the fleet above, and what else a test puts there. */
export function withLock<T>(run: (root: string) => T, files: Readonly<Record<string, string>> = {}): T {
  return withFiles({ 'artifacts.lock.json': lockText(VERSION), ...files }, run);
}
