import type { NodeInstall } from '../../../model/node-input';
import type { OperatingSystemModel } from '../../../model/node-model';
import type { NodeSecretUse } from '../../../model/node-tree';
import { secretFiles } from '../secret-files';
import { clockNotAfter } from '../time';

/** Version of the formats of `manifest`, `settings` and `identity.env`. A script refuses any other. */
export const NODE_FORMAT = '1';

/** What `apply.sh` must know about all nodes of one tree, whatever their distribution. Part of the tree's file `settings`. */
export interface SharedSettings {
  readonly role: 'server' | 'agent';
  /** Where what is installed comes from; what is found in a folder of artifacts is preferred in all three. */
  readonly install: 'online' | 'mirror' | 'preloaded';
  /** Folder of the release, version included, without a slash at its end. @default - none, for `preloaded` */
  readonly baseUrl?: string;
  /** Label of the medium that may hold artifacts. @default - no medium is looked for */
  readonly mediumLabel?: string;
  /** Arguments that the kernel needs, such as `cgroup_enable=memory`. @default - none */
  readonly kernelArguments?: readonly string[];
  /** Where the single line of kernel arguments may be; the first file that exists is edited. @default - none */
  readonly cmdlinePaths?: readonly string[];
  /** Mount point of the data disk; without it Kubernetes is not started. @default - no data disk */
  readonly dataMount?: string;
  /** File on the data disk that tells it from any other. @default '.edgecdk-data-disk' */
  readonly dataMarker?: string;
  /** Names of files in `/etc/edgecdk/secrets` that must be there before Kubernetes is started. @default - none */
  readonly secrets?: readonly string[];
  /** Paths of files that the identity brings, where the tree has been made for them. @default - none but those that every identity has */
  readonly identityFiles?: readonly string[];
  /** A clock before this day (`2026-11-24`) is wrong: the day on which the program's artifacts were locked. */
  readonly clockNotBefore: string;
  /** A clock after this day is wrong. @default - none */
  readonly clockNotAfter?: string;
  /** Seconds to wait for a plausible clock. @default 300 */
  readonly clockWait?: number;
  /** Seconds for one download. @default 3600 */
  readonly downloadWait?: number;
  /** Seconds in which Kubernetes must be healthy. @default 600 */
  readonly healthWait?: number;
}

/** Names of settings of every distribution; no tree is without the required ones. */
export const SHARED_SETTINGS = {
  required: ['FORMAT', 'ROLE', 'INSTALL', 'CLOCK_NOT_BEFORE', 'CLOCK_WAIT', 'DOWNLOAD_WAIT', 'HEALTH_WAIT'],
  optional: [
    'BASE_URL',
    'MEDIUM_LABEL',
    'KERNEL_ARGUMENTS',
    'CMDLINE_PATHS',
    'DATA_MOUNT',
    'DATA_MARKER',
    'SECRETS',
    'IDENTITY_FILES',
    'CLOCK_NOT_AFTER',
  ],
} as const;

/** By name; those of a distribution stand behind them. */
export function sharedSettings(settings: SharedSettings) {
  const values: Readonly<Record<SettingName<typeof SHARED_SETTINGS>, string | undefined>> = {
    FORMAT: NODE_FORMAT,
    ROLE: settings.role,
    INSTALL: settings.install,
    CLOCK_NOT_BEFORE: settings.clockNotBefore,
    CLOCK_WAIT: String(settings.clockWait ?? 300),
    DOWNLOAD_WAIT: String(settings.downloadWait ?? 3600),
    HEALTH_WAIT: String(settings.healthWait ?? 600),
    BASE_URL: settings.baseUrl,
    MEDIUM_LABEL: settings.mediumLabel,
    KERNEL_ARGUMENTS: settings.kernelArguments?.join(' '),
    CMDLINE_PATHS: settings.cmdlinePaths?.join(' '),
    DATA_MOUNT: settings.dataMount,
    DATA_MARKER: settings.dataMount === undefined ? undefined : (settings.dataMarker ?? '.edgecdk-data-disk'),
    SECRETS: settings.secrets?.join(' '),
    IDENTITY_FILES: settings.identityFiles?.join(' '),
    CLOCK_NOT_AFTER: settings.clockNotAfter,
  };
  return values;
}

/** Names of a list of settings, for the record of their values. */
export type SettingName<Names extends { readonly required: readonly string[]; readonly optional: readonly string[] }> =
  Names['required' | 'optional'][number];

/** As much of a tree's input as these settings come from. */
interface MachineInput {
  readonly artifacts: { readonly lockedOn: string };
  readonly install: { readonly mode: NodeInstall['mode']; readonly baseUrl?: string; readonly mediumLabel?: string };
  readonly operatingSystem: Pick<OperatingSystemModel, 'kernelArguments' | 'cmdlinePaths'>;
  readonly dataMount?: string;
}

/** Those that a tree's input says. */
export function settingsOf(
  { artifacts, dataMount, install, operatingSystem }: MachineInput,
  role: 'server' | 'agent',
  secrets: readonly NodeSecretUse[],
): SharedSettings {
  return {
    role,
    install: install.mode,
    baseUrl: install.mode === 'preloaded' ? undefined : install.baseUrl,
    mediumLabel: install.mediumLabel,
    kernelArguments: operatingSystem.kernelArguments,
    cmdlinePaths: operatingSystem.kernelArguments.length > 0 ? operatingSystem.cmdlinePaths : undefined,
    dataMount,
    secrets: secretFiles(secrets),
    clockNotBefore: artifacts.lockedOn,
    clockNotAfter: clockNotAfter(artifacts.lockedOn),
  };
}

/** Lines of NAME=value; what has no value has no line. */
export function printLines(entries: ReadonlyArray<readonly [string, string | undefined]>): string {
  return entries.map(([name, value]) => (value ? `${name}=${oneLine(name, value)}\n` : '')).join('');
}

function oneLine(name: string, value: string): string {
  if (!/\p{Cc}/u.test(value)) return value;
  throw new Error(`${name} must be one line without control characters (found ${JSON.stringify(value)})`);
}
