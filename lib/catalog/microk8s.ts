import { published } from '../model/figure';

const BRANCHES = 'canonical/microk8s, branches and tags: default-args, snapcraft.yaml';

/**
 * Tracks of MicroK8s that EdgeCDK accepts, one per Kubernetes minor. `strict`: whether a track `<minor>-strict` is known. `launchVersion`: the newest
 * version of the launch configuration that its agent reads. `base`: the snap that an offline site needs beside it.
 *
 * @see canonical/microk8s-cluster-agent, pkg/k8sinit/schema.go of each branch; canonical/microk8s, snap/snapcraft.yaml of each branch
 */
export const MICROK8S_TRACKS = {
  '1.27': { strict: true, base: 'core20', launchVersion: '0.1.0', source: BRANCHES },
  '1.28': { strict: true, base: 'core20', launchVersion: '0.2.0', source: BRANCHES },
  '1.29': { strict: true, base: 'core20', launchVersion: '0.2.0', source: BRANCHES },
  '1.30': { strict: true, base: 'core20', launchVersion: '0.2.0', source: BRANCHES },
  '1.31': { strict: true, base: 'core20', launchVersion: '0.2.0', source: BRANCHES },
  '1.32': { strict: true, base: 'core20', launchVersion: '0.2.0', source: BRANCHES },
  '1.33': { strict: true, base: 'core20', launchVersion: '0.2.0', source: BRANCHES },
  '1.34': { strict: true, base: 'core22', launchVersion: '0.2.0', source: BRANCHES },
  '1.35': { strict: true, base: 'core22', launchVersion: '0.2.0', source: BRANCHES },
  '1.36': { strict: false, base: 'core22', launchVersion: '0.2.0', source: BRANCHES },
} as const satisfies Readonly<Record<string, MicroK8sTrack>>;

export interface MicroK8sTrack {
  readonly strict: boolean;
  readonly base: 'core20' | 'core22';
  readonly launchVersion: '0.1.0' | '0.2.0';
  readonly source: string;
}

export type MicroK8sMinor = keyof typeof MICROK8S_TRACKS;
export type MicroK8sStrictMinor = {
  [M in MicroK8sMinor]: (typeof MICROK8S_TRACKS)[M]['strict'] extends true ? M : never;
}[MicroK8sMinor];

export const MICROK8S_RISKS = ['stable', 'candidate', 'beta', 'edge'] as const;
export type MicroK8sRisk = (typeof MICROK8S_RISKS)[number];

/** `latest` is no track here: it goes on to the next minor by itself. */
export type MicroK8sChannel = `${MicroK8sMinor | `${MicroK8sStrictMinor}-strict`}/${MicroK8sRisk}`;

export interface MicroK8sChannelParts {
  readonly minor: MicroK8sMinor;
  readonly confinement: 'classic' | 'strict';
  readonly risk: MicroK8sRisk;
}

export function isMicroK8sMinor(text: string): text is MicroK8sMinor {
  return Object.hasOwn(MICROK8S_TRACKS, text);
}

/** Reads `1.33/stable` or `1.33-strict/candidate`. Undefined for anything else, a track that is not known included. */
export function parseMicroK8sChannel(text: string): MicroK8sChannelParts | undefined {
  const [, minor = '', strict, level] = /^(1\.\d+)(-strict)?\/([a-z]+)$/.exec(text) ?? [];
  const risk = MICROK8S_RISKS.find((known) => known === level);
  if (!isMicroK8sMinor(minor) || risk === undefined) return undefined;
  if (strict !== undefined && !MICROK8S_TRACKS[minor].strict) return undefined;
  return { minor, confinement: strict === undefined ? 'classic' : 'strict', risk };
}

/** Architectures of the snap that EdgeCDK has machines of; it is also released for s390x and ppc64el. There is none for 32-bit ARM. */
export const MICROK8S_ARCHITECTURES = ['amd64', 'arm64'] as const;
export type MicroK8sArchitecture = (typeof MICROK8S_ARCHITECTURES)[number];

export function isMicroK8sArchitecture(text: string): text is MicroK8sArchitecture {
  return MICROK8S_ARCHITECTURES.some((architecture) => architecture === text);
}

/**
 * With so much memory or less, the snap installs with a guard, and neither Kubernetes nor its database starts.
 *
 * @see canonical/microk8s, snap/hooks/install: MemTotal of 524288 KiB
 */
export const LOW_MEMORY_GUARD_MIB = published(512, 'canonical/microk8s, snap/hooks/install');

/** What MicroK8s takes where nothing is said. @see canonical/microk8s, default-args/cni-env and microk8s.default.yaml */
export const MICROK8S_NETWORK_DEFAULTS = {
  clusterCidr: '10.1.0.0/16',
  serviceCidr: '10.152.183.0/24',
  clusterDns: '10.152.183.10',
  clusterDomain: 'cluster.local',
} as const;

/** Where nodes find each other's cluster agent. @see canonical/microk8s, default-args/cluster-agent */
export const MICROK8S_AGENT_PORT = 25000;

/** Shortest token that a node may join with. @see canonical/microk8s, scripts/wrappers/common/cluster/utils.py */
export const MICROK8S_TOKEN_LENGTH = 32;
