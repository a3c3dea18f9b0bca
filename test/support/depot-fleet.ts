import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  DeviceClass,
  type DeviceClassProps,
  Fleet,
  type FleetProps,
  Hardware,
  Inventory,
  MicroK8sCluster,
  type MicroK8sClusterProps,
  OperatingSystem,
  type Platform,
  SiteBlueprint,
  SiteGroup,
  type SiteTokens,
  Size,
  SynthError,
} from 'edgecdk';
import { z } from 'zod';
import { sha256 } from '../../lib/model/digest';
import { filesOf, withFiles } from './with-files';

const schema = z.object({ net: z.string(), gates: z.number().int().default(0) });
type Row = Readonly<Record<string, unknown>>;
type ClusterProps = Partial<MicroK8sClusterProps<Platform>>;

/** What a test says of a fleet of depots on MicroK8s; all else is as below. */
export interface DepotFleet {
  /** Of the control plane. @default 3 */
  readonly servers?: 1 | 3;
  /** Workers; `site` where each site says its own, none. @default 2 */
  readonly gates?: number | 'site';
  /** @default - depot-1 and depot-2 in 10.2.1 and 10.2.2 */
  readonly sites?: readonly Row[];
  /** @default - serial number and address of each machine */
  readonly nodes?: readonly Row[];
  readonly cluster?: ClusterProps | ((context: { readonly site: SiteTokens<z.output<typeof schema>> }) => ClusterProps);
  /** Machines are set up by others. @default false */
  readonly existing?: boolean;
  readonly rack?: Partial<DeviceClassProps<Platform>>;
  readonly gate?: Partial<DeviceClassProps<Platform>>;
  readonly blueprint?: object;
  readonly fleet?: FleetProps;
  /** Files beside the program. @default - none */
  readonly files?: Readonly<Record<string, string>>;
  /** More of the program. */
  readonly more?: (made: { readonly fleet: Fleet; readonly depot: SiteBlueprint<typeof schema, Platform> }) => void;
}

const NET = { 1: '10.2.1', 2: '10.2.2' } as const;

/** Facts of all machines of a depot, which have reserved addresses. */
export function machines(site: 1 | 2, { servers = 3, gates = 2 }: DepotFleet = {}): Row[] {
  const workers = gates === 'site' ? 0 : gates;
  const row = (slot: string, last: number): Row => ({
    site: `depot-${site}`,
    slot,
    serial: `S${site}-${last}`,
    address: `${NET[site]}.${last}`,
  });
  return [
    ...Array.from({ length: servers }, (_, i) => row(`rack-${i + 1}`, 11 + i)),
    ...Array.from({ length: workers }, (_, i) => row(`gate-${i + 1}`, 21 + i)),
  ];
}

export function depotFleet(root: string, described: DepotFleet = {}): Fleet {
  const { servers = 3, gates = 2, cluster = {} } = described;
  const fleet = new Fleet('depots', { root, ...described.fleet });
  const system = OperatingSystem.ubuntu2404();
  const rack = new DeviceClass<Platform>(fleet, 'rack', {
    hardware: Hardware.x86Server({ cores: 8, memory: Size.gibibytes(32) }),
    operatingSystem: system,
    storage: 'ssd',
    ...described.rack,
  });
  const gate = new DeviceClass<Platform>(fleet, 'gate', {
    hardware: Hardware.raspberryPi5({ memory: Size.gibibytes(8) }),
    operatingSystem: OperatingSystem.ubuntu2404({ image: 'raspberry-pi' }),
    storage: 'nvme',
    ...described.gate,
  });
  const depot = new SiteBlueprint(fleet, 'depot', {
    schema,
    cluster: ({ site }) => {
      const props: MicroK8sClusterProps<Platform> = {
        channel: '1.33/stable',
        controlPlane: rack.count(servers),
        ...(gates !== 0 && { workers: gate.count(gates === 'site' ? site.values.gates : gates) }),
        addons: { rbac: true },
        ...(typeof cluster === 'function' ? cluster({ site }) : cluster),
      };
      return described.existing ? MicroK8sCluster.existing(props) : new MicroK8sCluster(props);
    },
    ...described.blueprint,
  });
  const rows = described.sites ?? [1, 2].map((n) => ({ name: `depot-${n}`, net: `10.2.${n}` }));
  new SiteGroup(fleet, 'depots', {
    blueprint: depot,
    inventory: Inventory.rows(rows),
    nodes: Inventory.rows(described.nodes ?? [...machines(1, described), ...machines(2, described)]),
  });
  described.more?.({ fleet, depot });
  return fleet;
}

export const OFFLINE_CHANNEL = '1.34-strict/stable';

/** A lock of channels that machines take from the store, and of one with the files of its snaps and an archive of images. */
export function depotLock(): string {
  const files = (architecture: string) =>
    Object.fromEntries([
      ...['snapd_10', 'core22_20', 'microk8s_30'].flatMap((stem) =>
        ['snap', 'assert'].map((ending) => {
          const file = `${stem}.${ending}`;
          return [`${stem.replace(/_.*/, '')}.${ending}`, { file, sha256: sha256(`${architecture} ${file}`) }];
        }),
      ),
      ['images', { file: 'microk8s-images.tar', sha256: sha256(`${architecture} images`) }],
    ]);
  const lockedOn = '2026-11-24';
  const microk8s = {
    ...Object.fromEntries(['1.32', '1.33', '1.34', '1.33-strict'].map((track) => [`${track}/stable`, { lockedOn }])),
    [OFFLINE_CHANNEL]: { lockedOn, amd64: files('amd64'), arm64: files('arm64') },
  };
  return `${JSON.stringify({ format: 1, k3s: {}, microk8s }, undefined, 2)}\n`;
}

/** Runs each description after the one before, in one folder; what stands there after the last, and what it said. */
export function depotRuns(...described: readonly DepotFleet[]) {
  return withFiles({ 'artifacts.lock.json': depotLock(), ...described.at(-1)?.files }, (root) => {
    const outDir = join(root, 'dist');
    const results = described.map((one) => depotFleet(root, one).synth({ outDir }));
    const result = results.at(-1);
    if (!result) throw new Error('nothing was run');
    return { result, files: filesOf(outDir) };
  });
}

/** Texts of what is wrong with the last of the descriptions; where it is the only one, nothing may be there then. */
export function depotRefused(...described: readonly DepotFleet[]): string {
  return withFiles({ 'artifacts.lock.json': depotLock(), ...described.at(-1)?.files }, (root) => {
    const outDir = join(root, 'dist');
    for (const one of described.slice(0, -1)) depotFleet(root, one).synth({ outDir });
    try {
      depotFleet(root, described.at(-1)).synth({ outDir });
    } catch (e) {
      if (!(e instanceof SynthError)) throw e;
      if (described.length === 1) expect(existsSync(outDir)).toBe(false);
      return e.message;
    }
    throw new Error('was not refused');
  });
}
