import {
  Cpu,
  DeviceClass,
  Fleet,
  type FleetProps,
  Hardware,
  Inventory,
  KubeEdgeCluster,
  type KubeEdgeClusterProps,
  OperatingSystem,
  SiteBlueprint,
  SiteGroup,
  Size,
} from 'edgecdk';
import { z } from 'zod';
import { CNI_PLUGINS_VERSION } from '../../lib/catalog/cni-plugins';
import { sha256 } from '../../lib/model/digest';
import { cniPluginsFileName, kubeEdgeFileNames } from '../../lib/model/lock/kubeedge';
import { withFiles } from './with-files';

const schema = z.object({ plate: z.string(), mode: z.enum(['day', 'night']) });
type Row = Readonly<Record<string, unknown>>;

/** What a test says of a fleet of vans; all else is as below. */
export interface VanFleet {
  /** Vans of each group. @default two each */
  readonly north?: readonly Row[];
  readonly south?: readonly Row[];
  readonly cluster?: Partial<KubeEdgeClusterProps>;
  readonly fleet?: FleetProps;
  /** Machines are set up by EdgeCDK, which takes a lock. @default false */
  readonly machines?: boolean;
  /** Each van has a panel, too. @default true */
  readonly panels?: boolean;
  /** Ids of what may be called otherwise. @default - `van`, `north` and `edge` */
  readonly ids?: { readonly blueprint?: string; readonly north?: string; readonly cluster?: string };
  /** What runs on them. */
  readonly more?: (made: ReturnType<typeof describeVans>) => void;
}

export const VANS_VERSION = 'v1.23.1';

export function van(name: string, more: Row = {}): Row {
  return { name, plate: `P-${name}`, mode: 'day', ...more };
}

/** `count` vans of a group. */
export function vans(group: string, count: number): Row[] {
  return Array.from({ length: count }, (_, i) => van(`${group}-${i + 1}`));
}

function describeVans(root: string | undefined, described: VanFleet) {
  const fleet = new Fleet('vans', { ...(root !== undefined && { root }), ...described.fleet });
  const system = described.machines ? { operatingSystem: OperatingSystem.debian13() } : {};
  const gateway = new DeviceClass(fleet, 'gateway', {
    hardware: Hardware.n100MiniPc({ memory: Size.gibibytes(8) }),
    storage: 'nvme',
    ...system,
  });
  const panel = new DeviceClass(fleet, 'panel', {
    hardware: Hardware.n100MiniPc({ memory: Size.gibibytes(8) }),
    storage: 'nvme',
    ...system,
  });
  const cloud = new KubeEdgeCluster(fleet, described.ids?.cluster ?? 'edge', {
    version: VANS_VERSION,
    kubernetes: '1.32',
    advertiseAddress: ['203.0.113.10'],
    access: { sshKeys: ['ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl ops'] },
    ...described.cluster,
  });
  const vanPrint = new SiteBlueprint(fleet, described.ids?.blueprint ?? 'van', {
    schema,
    cluster: described.panels === false ? cloud.join(gateway.count(1)) : cloud.join(gateway.count(1), panel.count(1)),
  });
  for (const group of ['north', 'south'] as const) {
    const inventory = Inventory.rows(described[group] ?? vans(group, 2));
    new SiteGroup(fleet, group === 'north' ? (described.ids?.north ?? group) : group, {
      blueprint: vanPrint,
      inventory,
    });
  }
  return { fleet, gateway, panel, cloud, van: vanPrint };
}

export function vanFleet(described: VanFleet, root?: string): Fleet {
  const made = describeVans(root, described);
  described.more?.(made);
  return made.fleet;
}

/** A small container: all but where it goes. */
export const APP = {
  image: 'ghcr.io/acme/app:1.0.0',
  platforms: ['linux/amd64'] as const,
  resources: { cpu: Cpu.millis(10), memory: Size.mebibytes(16) },
};

/** A folder with a lock for machines of vans, with checksums that are none of theirs. */
export function withVanLock<T>(run: (root: string) => T): T {
  const file = (name: string) => ({
    file: name,
    url: `https://releases.example/v/${name}`,
    sha256: sha256(name),
    sha512: sha256(name).repeat(2),
  });
  const names = kubeEdgeFileNames(VANS_VERSION, 'amd64');
  const release = { lockedOn: '2026-11-24', amd64: { edgecore: file(names.edgecore), keadm: file(names.keadm) } };
  const archive = file(cniPluginsFileName(CNI_PLUGINS_VERSION, 'amd64'));
  const lock = {
    format: 1,
    k3s: {},
    kubeedge: { [VANS_VERSION]: release },
    cniPlugins: {
      [CNI_PLUGINS_VERSION]: { lockedOn: '2026-11-24', amd64: { archive: { ...archive, sha512: undefined } } },
    },
  };
  return withFiles({ 'artifacts.lock.json': `${JSON.stringify(lock, undefined, 2)}\n` }, run);
}
