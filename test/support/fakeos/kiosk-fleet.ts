import {
  ContainerWorkload,
  type ContainerWorkloadProps,
  Cpu,
  DeviceClass,
  Fleet,
  Hardware,
  Inventory,
  K3sCluster,
  OperatingSystem,
  Placement,
  SiteBlueprint,
  SiteGroup,
  Size,
} from 'edgecdk';
import { z } from 'zod';
import { VERSION } from '../node-fleet';
import { FakeosCluster, FakeosHub } from './fakeos-cluster';

type Row = Readonly<Record<string, unknown>>;
type Props = Partial<ContainerWorkloadProps<unknown, ['linux/arm64'], 'linux/arm64'>>;

export interface KioskFleet {
  /** @default 'fakeos-1.33.2' */
  readonly version?: string;
  readonly greeting?: string;
  /** What stands at the kiosks; `hub`: a fakeos that they share. @default 'fakeos' */
  readonly kiosksRun?: 'fakeos' | 'hub' | 'k3s';
  /** @default - kiosk-1 and kiosk-2 */
  readonly kiosks?: readonly Row[];
  /** @default 'raspberry-pi' */
  readonly hardware?: 'raspberry-pi' | 'mini-pc';
  /** Workloads by id, at the kiosks alone. @default - none */
  readonly workloads?: Readonly<Record<string, Props>>;
}

export const KIOSKS: readonly Row[] = ['kiosk-1', 'kiosk-2'].map((name) => ({ name, motto: `motto of ${name}` }));

/** Stores on K3s and kiosks on fakeos, and a workload at all of them. */
export function kioskFleet(root: string, described: KioskFleet = {}): Fleet {
  const { greeting, hardware, kiosksRun = 'fakeos', kiosks = KIOSKS, version = 'fakeos-1.33.2' } = described;
  const fleet = new Fleet('shops', { root });
  const operatingSystem = OperatingSystem.raspios({ release: 'trixie' });
  const pi = Hardware.raspberryPi4B({ memory: Size.gibibytes(4) });
  const box = new DeviceClass(fleet, 'box', { hardware: pi, storage: 'usb-ssd', operatingSystem });
  const kiosk = new DeviceClass(fleet, 'kiosk', {
    hardware: hardware === 'mini-pc' ? (Hardware.n100MiniPc({ memory: Size.gibibytes(16) }) as never) : pi,
    storage: 'usb-ssd',
    operatingSystem: hardware === 'mini-pc' ? OperatingSystem.ubuntu2404() : operatingSystem,
  });
  const schema = z.object({ motto: z.string() });
  const access = { sshKeys: ['ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl ops'] };
  const store = new SiteBlueprint(fleet, 'store', {
    schema,
    cluster: new K3sCluster({ version: VERSION, servers: box.count(1), access }),
  });
  const stand = new SiteBlueprint(fleet, 'stand', {
    schema,
    cluster:
      kiosksRun === 'k3s'
        ? new K3sCluster({ version: VERSION, servers: kiosk.count(1), access })
        : kiosksRun === 'hub'
          ? new FakeosHub(fleet, 'hub').join({ version, kiosks: kiosk.count(1), greeting })
          : new FakeosCluster({ version, kiosks: kiosk.count(1), greeting }),
  });
  new SiteGroup(fleet, 'stores', {
    blueprint: store,
    inventory: Inventory.rows([{ name: 'store-1', motto: 'cheap' }]),
  });
  new SiteGroup(fleet, 'stands', { blueprint: stand, inventory: Inventory.rows(kiosks) });
  const screen: ContainerWorkloadProps<z.output<typeof schema>, ['linux/arm64'], 'linux/arm64'> = {
    image: 'ghcr.io/acme/screen:1.0.0',
    platforms: ['linux/arm64'],
    resources: { cpu: Cpu.millis(50), memory: Size.mebibytes(64) },
    env: ({ site, cluster }) => ({ MOTTO: site.values.motto, RUNS_ON: cluster.distribution }),
    placement: Placement.on(store, stand) as never,
  };
  new ContainerWorkload(fleet, 'screen', screen as never);
  for (const [id, props] of Object.entries(described.workloads ?? {}))
    new ContainerWorkload(fleet, id, { ...screen, placement: Placement.on(stand), ...props } as never);
  return fleet;
}
