import { parseMicroK8sChannel } from '../../../catalog/microk8s';
import type { LockedSnap, MicroK8sNodeInput } from '../../../model/microk8s-node-input';
import { NODE_FORMAT, printLines } from '../../../render/node/script/settings';
import { clockNotAfter } from '../../../render/node/time';
import { podNetworks } from './firewall';
import { microk8sSecretUses } from './secrets';

/** Settings that no tree of MicroK8s is without. */
export const MICROK8S_REQUIRED_SETTINGS = [
  'FORMAT',
  'ROLE',
  'CHANNEL',
  'CONFINEMENT',
  'SERVERS',
  'ALONE',
  'INSTALL',
  'POD_NETWORKS',
  'CLOCK_NOT_BEFORE',
  'CLOCK_WAIT',
  'JOIN_WAIT',
  'INITIALISE_WAIT',
  'DOWNLOAD_WAIT',
  'HEALTH_WAIT',
  'DRAIN_WAIT',
] as const;

export const MICROK8S_OPTIONAL_SETTINGS = [
  'BASE_URL',
  'MEDIUM_LABEL',
  'SNAPS_AMD64',
  'SNAPS_ARM64',
  'IMAGES_AMD64',
  'IMAGES_ARM64',
  'KERNEL_ARGUMENTS',
  'CMDLINE_PATHS',
  'DATA_MOUNT',
  'DATA_MARKER',
  'SECRETS',
  'TOKEN',
  'CLOCK_NOT_AFTER',
] as const;

type SettingName = (typeof MICROK8S_REQUIRED_SETTINGS)[number] | (typeof MICROK8S_OPTIONAL_SETTINGS)[number];

/** How long `apply.sh` waits, in seconds. */
export interface MicroK8sWaits {
  readonly clockWait: number;
  readonly joinWait: number;
  readonly initialiseWait: number;
  readonly downloadWait: number;
  readonly healthWait: number;
  readonly drainWait: number;
}

export const MICROK8S_WAITS: MicroK8sWaits = {
  clockWait: 300,
  joinWait: 600,
  initialiseWait: 300,
  downloadWait: 3600,
  healthWait: 900,
  drainWait: 600,
};

/** The file `settings`: lines of NAME=value, which `apply.sh` reads and never executes. */
export function microk8sSettings(
  input: MicroK8sNodeInput,
  role: 'server' | 'agent',
  waits: MicroK8sWaits = MICROK8S_WAITS,
): string {
  const { artifacts, cluster, install, operatingSystem } = input;
  const lacksArguments = operatingSystem.kernelArguments.length > 0;
  const values: Readonly<Record<SettingName, string | undefined>> = {
    FORMAT: NODE_FORMAT,
    ROLE: role,
    CHANNEL: cluster.channel,
    CONFINEMENT: parseMicroK8sChannel(cluster.channel)?.confinement,
    SERVERS: String(cluster.servers),
    ALONE: cluster.servers === 1 && !cluster.agents ? 'yes' : 'no',
    INSTALL: install.mode,
    POD_NETWORKS: podNetworks(cluster).join(' '),
    CLOCK_NOT_BEFORE: artifacts.lockedOn,
    CLOCK_WAIT: String(waits.clockWait),
    JOIN_WAIT: String(waits.joinWait),
    INITIALISE_WAIT: String(waits.initialiseWait),
    DOWNLOAD_WAIT: String(waits.downloadWait),
    HEALTH_WAIT: String(waits.healthWait),
    DRAIN_WAIT: String(waits.drainWait),
    BASE_URL: install.mode === 'mirror' ? install.baseUrl : undefined,
    MEDIUM_LABEL: install.mediumLabel,
    SNAPS_AMD64: snapList(artifacts.snaps?.amd64),
    SNAPS_ARM64: snapList(artifacts.snaps?.arm64),
    IMAGES_AMD64: imageList(input, 'amd64'),
    IMAGES_ARM64: imageList(input, 'arm64'),
    KERNEL_ARGUMENTS: lacksArguments ? operatingSystem.kernelArguments.join(' ') : undefined,
    CMDLINE_PATHS: lacksArguments ? operatingSystem.cmdlinePaths.join(' ') : undefined,
    DATA_MOUNT: input.dataMount,
    DATA_MARKER: input.dataMount === undefined ? undefined : '.edgecdk-data-disk',
    SECRETS: microk8sSecretUses(input)
      .map(({ name }) => name)
      .join(' '),
    TOKEN: input.token,
    CLOCK_NOT_AFTER: clockNotAfter({ binarySha256: {}, lockedOn: artifacts.lockedOn }),
  };
  return printLines(Object.entries(values));
}

/** `core22_1234:<checksum of the snap>:<of its assertions>`, in the order of installation. */
function snapList(snaps: readonly LockedSnap[] = []): string {
  return snaps
    .map(({ name, revision, snapSha256, assertSha256 }) => `${name}_${revision}:${snapSha256}:${assertSha256}`)
    .join(' ');
}

function imageList({ artifacts, install }: MicroK8sNodeInput, architecture: 'amd64' | 'arm64'): string | undefined {
  const images = artifacts.images?.[architecture];
  // Elsewhere images are pulled, and only those that are used.
  return images && install.mode === 'preloaded' ? `${images.file}:${images.sha256}` : undefined;
}
