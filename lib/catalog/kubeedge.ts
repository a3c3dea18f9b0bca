import { parse } from 'semver';

const README = 'kubeedge/kubeedge, README.md, Kubernetes compatibility';
const CHANGELOG = 'kubeedge/kubeedge, CHANGELOG-1.21.md, CHANGELOG-1.22.md and CHANGELOG-1.23.md, Security Fixes';

/**
 * Minors of KubeEdge that have a release without the known holes: its first such patch, the newest that was known when this was written, and the Kubernetes
 * minors that its makers test it with.
 *
 * @see the README and the change logs of kubeedge/kubeedge, as of 2026-08-06
 */
export const KUBEEDGE_RELEASES = {
  '1.21': {
    newest: 'v1.21.2',
    firstSafePatch: 2,
    kubernetes: ['1.28', '1.29', '1.30'],
    usable: ['1.27'],
    source: README,
  },
  '1.22': {
    newest: 'v1.22.2',
    firstSafePatch: 2,
    kubernetes: ['1.29', '1.30', '1.31'],
    usable: ['1.27', '1.28'],
    source: README,
  },
  '1.23': {
    newest: 'v1.23.1',
    firstSafePatch: 1,
    kubernetes: ['1.30', '1.31', '1.32'],
    usable: ['1.27', '1.28', '1.29'],
    source: README,
  },
} as const satisfies Readonly<Record<string, KubeEdgeMinorFacts>>;

export interface KubeEdgeMinorFacts {
  readonly newest: string;
  /** Patches below it have the holes of `KUBEEDGE_HOLES`. */
  readonly firstSafePatch: number;
  /** Tested by its makers. */
  readonly kubernetes: readonly string[];
  /** Older ones that are said to work. */
  readonly usable: readonly string[];
  readonly source: string;
}

export type KubeEdgeMinor = keyof typeof KUBEEDGE_RELEASES;

/** What the first safe patches mend. */
export const KUBEEDGE_HOLES = [
  { id: 'CVE-2026-62371', what: 'a NodeUpgradeJob runs any command on edge nodes', source: CHANGELOG },
  { id: 'CVE-2026-62182', what: 'a ConfigUpdateJob runs any command on edge nodes', source: CHANGELOG },
  { id: 'CVE-2026-62370', what: 'an edge node exhausts the memory of cloudcore', source: CHANGELOG },
] as const;

export interface KubeEdgeRelease {
  /** `1.23` */
  readonly minor: string;
  readonly patch: number;
}

/** Reads the name of a release, `v1.23.1`. Undefined for anything else, release candidates included. */
export function parseKubeEdgeVersion(text: string): KubeEdgeRelease | undefined {
  const version = parse(text);
  if (version === null || text !== `v${version.major}.${version.minor}.${version.patch}`) return undefined;
  return { minor: `${version.major}.${version.minor}`, patch: version.patch };
}

export function isKubeEdgeMinor(minor: string): minor is KubeEdgeMinor {
  return Object.hasOwn(KUBEEDGE_RELEASES, minor);
}

/** Releases whose role of cloudcore lacks `devicestatuses`, so that no device reaches an edge. @see kubeedge/kubeedge issue 6862 */
export function lacksDeviceStatusRole(version: string): boolean {
  return version === 'v1.23.0' || version === 'v1.23.1';
}

/** What is wrong with a pair of releases, and what to do. `note` is no error. */
export interface KubeEdgeVersionFinding {
  readonly severity: 'error' | 'warning';
  readonly message: string;
}

export function kubeEdgeVersionFindings(version: string, kubernetes: string): KubeEdgeVersionFinding[] {
  const refusal = releaseRefusal(version);
  const minor = parseKubeEdgeVersion(version)?.minor ?? '';
  if (!isKubeEdgeMinor(minor)) return refusal === undefined ? [] : [wrong(refusal)];
  const facts: KubeEdgeMinorFacts = KUBEEDGE_RELEASES[minor];
  const findings = refusal === undefined ? [] : [wrong(refusal)];
  if (facts.kubernetes.includes(kubernetes)) return findings;
  const tested = facts.kubernetes.join(', ');
  const [, written] = /^v?(\d+\.\d+)\./.exec(kubernetes) ?? [];
  if (written !== undefined)
    return [...findings, wrong(`'${kubernetes}' is a release of Kubernetes; write its minor alone, '${written}'`)];
  if (facts.usable.includes(kubernetes))
    return [
      ...findings,
      {
        severity: 'warning',
        message: `KubeEdge ${version} is said to work with Kubernetes ${kubernetes}, and is tested with ${tested} alone`,
      },
    ];
  return [
    ...findings,
    wrong(`KubeEdge ${version} does not go with Kubernetes ${kubernetes}; its makers test it with ${tested}`),
  ];
}

/** Why a release cannot be taken, whatever the Kubernetes; undefined where it can. */
export function releaseRefusal(version: string): string | undefined {
  const release = parseKubeEdgeVersion(version);
  if (release === undefined) return `'${version}' is no release of KubeEdge; write it as v1.23.1`;
  const newest = Object.values(KUBEEDGE_RELEASES).map((facts) => facts.newest);
  if (!isKubeEdgeMinor(release.minor))
    return `KubeEdge ${release.minor} has no release without known holes that EdgeCDK knows; take one of ${newest.join(', ')}`;
  const facts: KubeEdgeMinorFacts = KUBEEDGE_RELEASES[release.minor];
  if (release.patch >= facts.firstSafePatch) return undefined;
  const holes = KUBEEDGE_HOLES.map(({ id, what }) => `${id}: ${what}`).join('; ');
  return `KubeEdge ${version} has known holes (${holes}); take ${facts.newest}`;
}

function wrong(message: string): KubeEdgeVersionFinding {
  return { severity: 'error', message };
}

/** Architectures that edgecore is released for, as its releases call them. ARMv6 is none of them. @see kubeedge/kubeedge, .github/workflows/release.yml */
export const KUBEEDGE_ARCHITECTURES = {
  'linux/amd64': 'amd64',
  'linux/arm64': 'arm64',
  'linux/arm/v7': 'arm',
} as const;
