import { NODE_FORMAT, printLines } from '../../../render/node/script/settings';

type ByArchitecture = Readonly<Partial<Record<'amd64' | 'arm64' | 'arm', string>>>;

/** What `apply.sh` must know about all nodes of one tree. Printed as the tree's file `settings`. */
export interface KubeEdgeSettings {
  /** `v1.23.1`. Installed where there is none; a node that has one is never moved by it. */
  readonly version: string;
  readonly install: 'online' | 'mirror' | 'preloaded';
  /** Folder of the release, without a slash at its end. @default - none, for `preloaded` */
  readonly baseUrl?: string;
  /** Folder of the network plug-ins' release. @default - `baseUrl` */
  readonly cniBaseUrl?: string;
  readonly mediumLabel?: string;
  readonly edgecoreSha256: ByArchitecture;
  readonly keadmSha256: ByArchitecture;
  readonly cniVersion: string;
  readonly cniSha256: ByArchitecture;
  /** Units of the container runtime, in the order of their start. */
  readonly runtimeUnits: readonly string[];
  /** Path of the socket that edgecore dials. */
  readonly runtimeSocket: string;
  /** Files whose change asks for a restart of the runtime. */
  readonly runtimeFiles: readonly string[];
  readonly kernelArguments?: readonly string[];
  readonly cmdlinePaths?: readonly string[];
  readonly dataMount?: string;
  /** Names of files in `/etc/edgecdk/secrets` that must be there before edgecore is started. */
  readonly secrets: readonly string[];
  readonly clockNotBefore: string;
  readonly clockNotAfter: string;
  /** Seconds to wait for a plausible clock. @default 300 */
  readonly clockWait?: number;
  /** Seconds for one download. @default 3600 */
  readonly downloadWait?: number;
  /** Seconds in which the runtime must answer. @default 120 */
  readonly runtimeWait?: number;
  /** Seconds in which edgecore must be healthy. @default 600 */
  readonly healthWait?: number;
}

export const KUBEEDGE_REQUIRED_SETTINGS = [
  'FORMAT',
  'ROLE',
  'KUBEEDGE_VERSION',
  'INSTALL',
  'CNI_VERSION',
  'RUNTIME_UNITS',
  'RUNTIME_SOCKET',
  'CLOCK_NOT_BEFORE',
  'CLOCK_WAIT',
  'DOWNLOAD_WAIT',
  'RUNTIME_WAIT',
  'HEALTH_WAIT',
] as const;

export const KUBEEDGE_OPTIONAL_SETTINGS = [
  'BASE_URL',
  'CNI_BASE_URL',
  'MEDIUM_LABEL',
  ...architectures('EDGECORE'),
  ...architectures('KEADM'),
  ...architectures('CNI'),
  'RUNTIME_FILES',
  'KERNEL_ARGUMENTS',
  'CMDLINE_PATHS',
  'DATA_MOUNT',
  'DATA_MARKER',
  'SECRETS',
  'CLOCK_NOT_AFTER',
] as const;

function architectures<const Name extends string>(name: Name) {
  return [`${name}_SHA256_AMD64`, `${name}_SHA256_ARM64`, `${name}_SHA256_ARM`] as const;
}

type SettingName = (typeof KUBEEDGE_REQUIRED_SETTINGS)[number] | (typeof KUBEEDGE_OPTIONAL_SETTINGS)[number];

/** The file `settings`: lines of NAME=value, which `apply.sh` reads and never executes. */
export function printKubeEdgeSettings(settings: KubeEdgeSettings): string {
  const values: Readonly<Record<SettingName, string | undefined>> = {
    FORMAT: NODE_FORMAT,
    ROLE: 'agent',
    KUBEEDGE_VERSION: settings.version,
    INSTALL: settings.install,
    CNI_VERSION: settings.cniVersion,
    RUNTIME_UNITS: settings.runtimeUnits.join(' '),
    RUNTIME_SOCKET: settings.runtimeSocket,
    CLOCK_NOT_BEFORE: settings.clockNotBefore,
    CLOCK_WAIT: String(settings.clockWait ?? 300),
    DOWNLOAD_WAIT: String(settings.downloadWait ?? 3600),
    RUNTIME_WAIT: String(settings.runtimeWait ?? 120),
    HEALTH_WAIT: String(settings.healthWait ?? 600),
    BASE_URL: settings.baseUrl,
    CNI_BASE_URL: settings.cniBaseUrl ?? settings.baseUrl,
    MEDIUM_LABEL: settings.mediumLabel,
    EDGECORE_SHA256_AMD64: settings.edgecoreSha256.amd64,
    EDGECORE_SHA256_ARM64: settings.edgecoreSha256.arm64,
    EDGECORE_SHA256_ARM: settings.edgecoreSha256.arm,
    KEADM_SHA256_AMD64: settings.keadmSha256.amd64,
    KEADM_SHA256_ARM64: settings.keadmSha256.arm64,
    KEADM_SHA256_ARM: settings.keadmSha256.arm,
    CNI_SHA256_AMD64: settings.cniSha256.amd64,
    CNI_SHA256_ARM64: settings.cniSha256.arm64,
    CNI_SHA256_ARM: settings.cniSha256.arm,
    RUNTIME_FILES: settings.runtimeFiles.join(' '),
    KERNEL_ARGUMENTS: settings.kernelArguments?.join(' '),
    CMDLINE_PATHS: settings.cmdlinePaths?.join(' '),
    DATA_MOUNT: settings.dataMount,
    DATA_MARKER: settings.dataMount === undefined ? undefined : '.edgecdk-data-disk',
    SECRETS: settings.secrets.join(' '),
    CLOCK_NOT_AFTER: settings.clockNotAfter,
  };
  return printLines(Object.entries(values));
}
