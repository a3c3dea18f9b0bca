/** Stands beside the program, in the fleet's root, and belongs under version control. */
export const artifactLockFileName = 'artifacts.lock.json';
/** Raised when a reader of an older format would misread the lock. */
export const artifactLockFormat = 1;

/** Architectures by the names that releases have for them; `arm` is ARMv7. */
export const ARTIFACT_ARCHITECTURES = ['amd64', 'arm', 'arm64'] as const;

export type ArtifactArchitecture = (typeof ARTIFACT_ARCHITECTURES)[number];

/** `artifacts.lock.json`: what nodes may install, by checksum. Written by `edgecdk lock` alone. */
export interface ArtifactLock {
  readonly format: typeof artifactLockFormat;
  /** By version, `v1.33.5+k3s1`, and architecture. */
  readonly k3s: LockedReleases<LockedK3s>;
  /** By version, `v1.23.1`. @default - none */
  readonly kubeedge?: LockedReleases<LockedKubeEdge>;
  /** Network plug-ins, which KubeEdge has none of, by their own version, `v1.9.1`. @default - none */
  readonly cniPlugins?: LockedReleases<LockedCniPlugins>;
  /** By channel, `1.33/stable`. Channels that machines follow in the snap store have their day alone. @default - none */
  readonly microk8s?: LockedReleases<LockedParts>;
}

/** What the lock is divided into. */
export type LockMember = Exclude<keyof ArtifactLock, 'format'>;

/** By version. */
export type LockedReleases<Parts extends LockedParts = LockedParts> = Readonly<Record<string, LockedRelease<Parts>>>;

/** The architectures of a release that are locked, and the day on which its checksums were taken. */
export type LockedRelease<Parts extends LockedParts = LockedParts> = Readonly<
  Partial<Record<ArtifactArchitecture, Parts>>
> & {
  /** In UTC: `2026-11-24`. A node whose clock is before it has a wrong clock. Of the release and not of the lock: with it, machines restart K3s. */
  readonly lockedOn: string;
};

/** The files of a release for one architecture, by what they are. */
export type LockedParts = Readonly<Record<string, LockedCopy>>;

/** All that K3s needs to start, without and with a registry within reach. */
export type LockedK3s = Readonly<Record<'binary' | 'images', LockedFile>>;

/** Archives: one with edgecore, one with keadm. */
export type LockedKubeEdge = Readonly<Record<'edgecore' | 'keadm', LockedFile>>;

export type LockedCniPlugins = Readonly<Record<'archive', LockedFile>>;

/** A file of which somebody brought a copy. */
export interface LockedCopy {
  /** The release's own name of it, such as `k3s-arm64`. */
  readonly file: string;
  /** 64 lower-case hexadecimal digits. */
  readonly sha256: string;
}

/** A file that can be fetched. */
export interface LockedFile extends LockedCopy {
  /** Where it was when it was locked. http or https, without user, query or fragment. */
  readonly url: string;
  /** What its makers published, 128 lower-case hexadecimal digits, where that is no SHA-256. @default - they published its SHA-256 */
  readonly sha512?: string;
}

/** A release that machines of a cluster install. */
export interface ReleaseNeed {
  readonly member: LockMember;
  /** As the lock has it: `v1.33.5+k3s1`, `1.33/stable`. */
  readonly version: string;
  /** Machines get it from a store that vouches for it: its day is locked, and no file. @default false */
  readonly fromStore?: boolean;
}

/**
 * What K3s is released for, by the names of its checksum files.
 *
 * @see K3s documentation, Installation, Air-Gap Install
 */
export const K3S_ARCHITECTURES = ARTIFACT_ARCHITECTURES;

export type K3sArchitecture = (typeof K3S_ARCHITECTURES)[number];

/** The release's own names of its files. Images say `arm` where the binary says `armhf`. */
export function k3sFileNames(architecture: K3sArchitecture): { readonly binary: string; readonly images: string } {
  const suffix = { amd64: '', arm64: '-arm64', arm: '-armhf' }[architecture];
  return { binary: `k3s${suffix}`, images: `k3s-airgap-images-${architecture}.tar.zst` };
}

export function isArtifactArchitecture(text: string): text is ArtifactArchitecture {
  return ARTIFACT_ARCHITECTURES.some((architecture) => architecture === text);
}

/** What of a release is locked, by name. */
export function architecturesOf<Parts extends LockedParts>(
  release: LockedRelease<Parts>,
): (readonly [ArtifactArchitecture, Parts])[] {
  return ARTIFACT_ARCHITECTURES.flatMap((name) => {
    const files = release[name];
    return files ? [[name, files] as const] : [];
  });
}
