/** Architectures that K3s is released for. ARMv6 is not one of them: its binary for `arm` needs ARMv7. */
export type NodeArchitecture = 'amd64' | 'arm64' | 'arm';

/** What `apply.sh` must know about all nodes of one tree. Printed as the tree's file `settings`. */
export interface NodeSettings {
  readonly role: 'server' | 'agent';
  /** K3s release, such as `v1.33.4+k3s1`. Installed where there is none; a node that has one is never moved by it. */
  readonly k3sVersion: string;
  /** Where a server keeps its state. @default - for agents: none */
  readonly datastore?: 'sqlite' | 'etcd' | 'external';
  /** Number of servers of the cluster. @default 1 */
  readonly servers?: number;
  /** Where binary and images come from; what is found in a folder of artifacts is preferred in all three. */
  readonly install: 'online' | 'mirror' | 'preloaded';
  /** Folder of the release, version included, without a slash at its end. @default - none, for `preloaded` */
  readonly baseUrl?: string;
  /** Label of the medium that may hold artifacts. @default - no medium is looked for */
  readonly mediumLabel?: string;
  /** SHA-256 of the binary per architecture; a machine of another one is refused. */
  readonly binarySha256: Readonly<Partial<Record<NodeArchitecture, string>>>;
  /** SHA-256 of the archive of images (`.tar.zst`) per architecture. @default - images are pulled */
  readonly imagesSha256?: Readonly<Partial<Record<NodeArchitecture, string>>>;
  /** Arguments that the kernel needs, such as `cgroup_enable=memory`. @default - none */
  readonly kernelArguments?: readonly string[];
  /** Where the single line of kernel arguments may be; the first file that exists is edited. @default - none */
  readonly cmdlinePaths?: readonly string[];
  /** Mount point of the data disk; without it K3s is not started. @default - no data disk */
  readonly dataMount?: string;
  /** File on the data disk that tells it from any other. @default '.edgecdk-data-disk' */
  readonly dataMarker?: string;
  /** Folder on another disk with copies of the database; where it has some, no empty cluster is begun. @default - none */
  readonly backupFolder?: string;
  /** Names of files in `/etc/edgecdk/secrets` that must be there before K3s is started. @default - none */
  readonly secrets?: readonly string[];
  /** A clock before this day (`2026-11-24`) is wrong: the day on which the program's artifacts were locked. */
  readonly clockNotBefore: string;
  /** A clock after this day is wrong. @default - none */
  readonly clockNotAfter?: string;
  /** Seconds to wait for a plausible clock. @default 300 */
  readonly clockWait?: number;
  /** Seconds to wait for a server that answers, before a join. @default 600 */
  readonly joinWait?: number;
  /** Seconds for which the first server looks for an existing cluster, which may be booting, too, before it begins one. @default 300 */
  readonly initialiseWait?: number;
  /** Seconds for one download. @default 3600 */
  readonly downloadWait?: number;
  /** Seconds in which K3s must be healthy. @default 600 */
  readonly healthWait?: number;
}

/** Version of the formats of `manifest`, `settings` and `identity.env`. A script refuses any other. */
export const NODE_FORMAT = '1';

/** Settings that no tree is without. */
export const REQUIRED_SETTINGS = [
  'FORMAT',
  'ROLE',
  'K3S_VERSION',
  'SERVERS',
  'INSTALL',
  'CLOCK_NOT_BEFORE',
  'CLOCK_WAIT',
  'JOIN_WAIT',
  'INITIALISE_WAIT',
  'DOWNLOAD_WAIT',
  'HEALTH_WAIT',
] as const;

export const OPTIONAL_SETTINGS = [
  'DATASTORE',
  'BASE_URL',
  'MEDIUM_LABEL',
  'BINARY_SHA256_AMD64',
  'BINARY_SHA256_ARM64',
  'BINARY_SHA256_ARM',
  'IMAGES_SHA256_AMD64',
  'IMAGES_SHA256_ARM64',
  'IMAGES_SHA256_ARM',
  'KERNEL_ARGUMENTS',
  'CMDLINE_PATHS',
  'DATA_MOUNT',
  'DATA_MARKER',
  'BACKUP_FOLDER',
  'SECRETS',
  'CLOCK_NOT_AFTER',
] as const;

type SettingName = (typeof REQUIRED_SETTINGS)[number] | (typeof OPTIONAL_SETTINGS)[number];

/** The file `settings`: lines of NAME=value, which `apply.sh` reads and never executes. */
export function printSettings(settings: NodeSettings): string {
  const values: Readonly<Record<SettingName, string | undefined>> = {
    FORMAT: NODE_FORMAT,
    ROLE: settings.role,
    K3S_VERSION: settings.k3sVersion,
    SERVERS: String(settings.servers ?? 1),
    INSTALL: settings.install,
    CLOCK_NOT_BEFORE: settings.clockNotBefore,
    CLOCK_WAIT: String(settings.clockWait ?? 300),
    JOIN_WAIT: String(settings.joinWait ?? 600),
    INITIALISE_WAIT: String(settings.initialiseWait ?? 300),
    DOWNLOAD_WAIT: String(settings.downloadWait ?? 3600),
    HEALTH_WAIT: String(settings.healthWait ?? 600),
    DATASTORE: settings.datastore,
    BASE_URL: settings.baseUrl,
    MEDIUM_LABEL: settings.mediumLabel,
    BINARY_SHA256_AMD64: settings.binarySha256.amd64,
    BINARY_SHA256_ARM64: settings.binarySha256.arm64,
    BINARY_SHA256_ARM: settings.binarySha256.arm,
    IMAGES_SHA256_AMD64: settings.imagesSha256?.amd64,
    IMAGES_SHA256_ARM64: settings.imagesSha256?.arm64,
    IMAGES_SHA256_ARM: settings.imagesSha256?.arm,
    KERNEL_ARGUMENTS: settings.kernelArguments?.join(' '),
    CMDLINE_PATHS: settings.cmdlinePaths?.join(' '),
    DATA_MOUNT: settings.dataMount,
    DATA_MARKER: settings.dataMount === undefined ? undefined : (settings.dataMarker ?? '.edgecdk-data-disk'),
    BACKUP_FOLDER: settings.backupFolder,
    SECRETS: settings.secrets?.join(' '),
    CLOCK_NOT_AFTER: settings.clockNotAfter,
  };
  return printLines(Object.entries(values));
}

/** Lines of NAME=value; what has no value has no line. */
export function printLines(entries: ReadonlyArray<readonly [string, string | undefined]>): string {
  return entries.map(([name, value]) => (value ? `${name}=${oneLine(name, value)}\n` : '')).join('');
}

function oneLine(name: string, value: string): string {
  if (!/\p{Cc}/u.test(value)) return value;
  throw new Error(`${name} must be one line without control characters (found ${JSON.stringify(value)})`);
}
