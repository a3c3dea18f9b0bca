import { parseMicroK8sChannel } from '../../../catalog/microk8s';
import type { LockedSnap, MicroK8sNodeInput } from '../../../model/microk8s-node-input';
import {
  printLines,
  type SettingName,
  SHARED_SETTINGS,
  settingsOf,
  sharedSettings,
} from '../../../render/node/script/settings';
import { podNetworks } from './firewall';
import { microk8sSecretUses } from './secrets';

export const MICROK8S_SETTINGS = {
  required: [
    ...SHARED_SETTINGS.required,
    'CHANNEL',
    'CONFINEMENT',
    'SERVERS',
    'ALONE',
    'POD_NETWORKS',
    'JOIN_WAIT',
    'INITIALISE_WAIT',
    'DRAIN_WAIT',
  ],
  optional: [...SHARED_SETTINGS.optional, 'SNAPS_AMD64', 'SNAPS_ARM64', 'IMAGES_AMD64', 'IMAGES_ARM64', 'TOKEN'],
} as const;

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
  const { artifacts, cluster } = input;
  const values: Readonly<Record<SettingName<typeof MICROK8S_SETTINGS>, string | undefined>> = {
    ...sharedSettings({ ...settingsOf(input, role, microk8sSecretUses(input)), ...waits }),
    CHANNEL: cluster.channel,
    CONFINEMENT: parseMicroK8sChannel(cluster.channel)?.confinement,
    SERVERS: String(cluster.servers),
    ALONE: cluster.servers === 1 && !cluster.agents ? 'yes' : 'no',
    POD_NETWORKS: podNetworks(cluster).join(' '),
    JOIN_WAIT: String(waits.joinWait),
    INITIALISE_WAIT: String(waits.initialiseWait),
    DRAIN_WAIT: String(waits.drainWait),
    SNAPS_AMD64: snapList(artifacts.snaps?.amd64),
    SNAPS_ARM64: snapList(artifacts.snaps?.arm64),
    IMAGES_AMD64: imageList(input, 'amd64'),
    IMAGES_ARM64: imageList(input, 'arm64'),
    TOKEN: input.token,
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
