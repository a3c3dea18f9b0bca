import {
  printLines,
  type SettingName,
  SHARED_SETTINGS,
  type SharedSettings,
  sharedSettings,
} from '../../../render/node/script/settings';

type ByArchitecture = Readonly<Partial<Record<'amd64' | 'arm64' | 'arm', string>>>;

/** What `apply.sh` must know about all nodes of one tree. Printed as the tree's file `settings`. */
export interface KubeEdgeSettings extends SharedSettings {
  /** `v1.23.1`. Installed where there is none; a node that has one is never moved by it. */
  readonly version: string;
  /** Folder of the network plug-ins' release. @default - `baseUrl` */
  readonly cniBaseUrl?: string;
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
  /** Seconds in which the runtime must answer. @default 120 */
  readonly runtimeWait?: number;
}

export const KUBEEDGE_SETTINGS = {
  required: [
    ...SHARED_SETTINGS.required,
    'KUBEEDGE_VERSION',
    'CNI_VERSION',
    'RUNTIME_UNITS',
    'RUNTIME_SOCKET',
    'RUNTIME_WAIT',
  ],
  optional: [
    ...SHARED_SETTINGS.optional,
    'CNI_BASE_URL',
    ...architectures('EDGECORE'),
    ...architectures('KEADM'),
    ...architectures('CNI'),
    'RUNTIME_FILES',
  ],
} as const;

function architectures<const Name extends string>(name: Name) {
  return [`${name}_SHA256_AMD64`, `${name}_SHA256_ARM64`, `${name}_SHA256_ARM`] as const;
}

/** The file `settings`: lines of NAME=value, which `apply.sh` reads and never executes. */
export function printKubeEdgeSettings(settings: KubeEdgeSettings): string {
  const values: Readonly<Record<SettingName<typeof KUBEEDGE_SETTINGS>, string | undefined>> = {
    ...sharedSettings(settings),
    KUBEEDGE_VERSION: settings.version,
    CNI_VERSION: settings.cniVersion,
    RUNTIME_UNITS: settings.runtimeUnits.join(' '),
    RUNTIME_SOCKET: settings.runtimeSocket,
    RUNTIME_WAIT: String(settings.runtimeWait ?? 120),
    CNI_BASE_URL: settings.cniBaseUrl ?? settings.baseUrl,
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
  };
  return printLines(Object.entries(values));
}
