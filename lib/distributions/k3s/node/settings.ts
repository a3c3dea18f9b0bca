import {
  printLines,
  type SettingName,
  SHARED_SETTINGS,
  type SharedSettings,
  sharedSettings,
} from '../../../render/node/script/settings';

/** Architectures that K3s is released for. ARMv6 is not one of them: its binary for `arm` needs ARMv7. */
type Architecture = 'amd64' | 'arm64' | 'arm';

/** What `apply.sh` must know about all nodes of one tree. Printed as the tree's file `settings`. */
export interface K3sSettings extends SharedSettings {
  /** K3s release, such as `v1.33.4+k3s1`. Installed where there is none; a node that has one is never moved by it. */
  readonly k3sVersion: string;
  /** Where a server keeps its state. @default - for agents: none */
  readonly datastore?: 'sqlite' | 'etcd' | 'external';
  /** Number of servers of the cluster. @default 1 */
  readonly servers?: number;
  /** SHA-256 of the binary per architecture; a machine of another one is refused. */
  readonly binarySha256: Readonly<Partial<Record<Architecture, string>>>;
  /** SHA-256 of the archive of images (`.tar.zst`) per architecture. @default - images are pulled */
  readonly imagesSha256?: Readonly<Partial<Record<Architecture, string>>>;
  /** Folder on another disk with copies of the database; where it has some, no empty cluster is begun. @default - none */
  readonly backupFolder?: string;
  /** Seconds to wait for a server that answers, before a join. @default 600 */
  readonly joinWait?: number;
  /** Seconds for which the first server looks for an existing cluster, which may be booting, too, before it begins one. @default 300 */
  readonly initialiseWait?: number;
}

export const K3S_SETTINGS = {
  required: [...SHARED_SETTINGS.required, 'K3S_VERSION', 'SERVERS', 'JOIN_WAIT', 'INITIALISE_WAIT'],
  optional: [
    ...SHARED_SETTINGS.optional,
    'DATASTORE',
    'BINARY_SHA256_AMD64',
    'BINARY_SHA256_ARM64',
    'BINARY_SHA256_ARM',
    'IMAGES_SHA256_AMD64',
    'IMAGES_SHA256_ARM64',
    'IMAGES_SHA256_ARM',
    'BACKUP_FOLDER',
  ],
} as const;

/** The file `settings`: lines of NAME=value, which `apply.sh` reads and never executes. */
export function printK3sSettings(settings: K3sSettings): string {
  const values: Readonly<Record<SettingName<typeof K3S_SETTINGS>, string | undefined>> = {
    ...sharedSettings(settings),
    K3S_VERSION: settings.k3sVersion,
    SERVERS: String(settings.servers ?? 1),
    JOIN_WAIT: String(settings.joinWait ?? 600),
    INITIALISE_WAIT: String(settings.initialiseWait ?? 300),
    DATASTORE: settings.datastore,
    BINARY_SHA256_AMD64: settings.binarySha256.amd64,
    BINARY_SHA256_ARM64: settings.binarySha256.arm64,
    BINARY_SHA256_ARM: settings.binarySha256.arm,
    IMAGES_SHA256_AMD64: settings.imagesSha256?.amd64,
    IMAGES_SHA256_ARM64: settings.imagesSha256?.arm64,
    IMAGES_SHA256_ARM: settings.imagesSha256?.arm,
    BACKUP_FOLDER: settings.backupFolder,
  };
  return printLines(Object.entries(values));
}
