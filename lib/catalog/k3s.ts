import { parse } from 'semver';

/**
 * Kubernetes minors of K3s that EdgeCDK accepts, each with the newest release known when this was written. Newer
 * patches of these minors are accepted too: the table is for messages, not a limit.
 *
 * @see K3s documentation, Release Notes, as of 2026-08-20
 */
export const K3S_RELEASES = {
  '1.27': 'v1.27.16+k3s1',
  '1.28': 'v1.28.15+k3s1',
  '1.29': 'v1.29.15+k3s1',
  '1.30': 'v1.30.14+k3s2',
  '1.31': 'v1.31.14+k3s1',
  '1.32': 'v1.32.13+k3s1',
  '1.33': 'v1.33.13+k3s1',
  '1.34': 'v1.34.9+k3s1',
  '1.35': 'v1.35.6+k3s1',
  '1.36': 'v1.36.4+k3s1',
} as const;

export type KnownMinor = keyof typeof K3S_RELEASES;

export function isKnownMinor(text: string): text is KnownMinor {
  return Object.hasOwn(K3S_RELEASES, text);
}

export interface K3sRelease {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
  /** K3s's own counter: 1 in `v1.33.4+k3s1`. */
  readonly k3s: number;
}

/** Reads the name of a K3s release, `v1.33.4+k3s1`. Undefined for anything else, release candidates included. */
export function parseK3sVersion(text: string): K3sRelease | undefined {
  const version = parse(text);
  const k3s = Number(/^k3s([1-9]\d*)$/.exec(version?.build.join('.') ?? '')?.[1]);
  if (version === null || !Number.isSafeInteger(k3s)) return undefined;
  const { major, minor, patch } = version;
  // semver reads more spellings (no `v`, spaces, a pre-release); a download link knows only this one.
  return text === `v${major}.${minor}.${patch}+k3s${k3s}` ? { major, minor, patch, k3s } : undefined;
}

/** Releases from which on a minor's embedded registry mirror is no experiment any more. @see K3s documentation, Embedded Registry Mirror */
const EMBEDDED_REGISTRY_SINCE: Readonly<Record<number, number>> = { 29: 12, 30: 8, 31: 4 };

/** Whether nodes of a release can have images from each other. What is no release counts as one that can. */
export function hasEmbeddedRegistry(version: string): boolean {
  const release = parseK3sVersion(version);
  if (release === undefined || release.minor > 31) return true;
  return release.patch >= (EMBEDDED_REGISTRY_SINCE[release.minor] ?? Number.POSITIVE_INFINITY);
}

/**
 * Names that a file in the manifests folder must not have: K3s names the AddOn after the file, up to the first period
 * and whatever the subfolder, and writes its own files anew at every start. `metrics-server` is a folder of its own,
 * whose files are AddOns of their own. `servicelb` has no file, but disabling it deletes any file of that name.
 *
 * @see K3s source, folder manifests, and documentation, Managing Packaged Components
 */
export const K3S_PACKAGED_ADDONS = [
  'aggregated-metrics-reader',
  'auth-delegator',
  'auth-reader',
  'ccm',
  'coredns',
  'gateway-api-crd',
  'local-storage',
  'metrics-apiservice',
  'metrics-server',
  'metrics-server-deployment',
  'metrics-server-service',
  'resource-reader',
  'rolebindings',
  'runtimes',
  'servicelb',
  'traefik',
] as const;

// K3s documentation, k3s server, Kubernetes components. K3s removes from the cluster what it disables.
/** A packaged component that `disable` takes. */
export type K3sDisableable = 'coredns' | 'local-storage' | 'metrics-server' | 'runtimes' | 'servicelb' | 'traefik';

/**
 * HelmCharts that K3s itself installs in `kube-system`, with the AddOn that brings each: a HelmChartConfig of the
 * same name changes their values. All other packaged components are plain manifests, which nothing can configure.
 * The definitions of Gateway API come in `traefik-crd`; only the newest releases have `gateway-api-crd`.
 *
 * @see K3s source, manifests/traefik.yaml and manifests/gateway-api-crd.yaml
 */
export const K3S_HELM_CHARTS = {
  'gateway-api-crd': 'gateway-api-crd',
  traefik: 'traefik',
  'traefik-crd': 'traefik',
} as const satisfies Readonly<Record<string, (typeof K3S_PACKAGED_ADDONS)[number]>>;

/**
 * RuntimeClasses of the AddOn `runtimes`: a workload refers to them; to create one is to fight K3s over it.
 *
 * @see K3s source, manifests/runtimes.yaml
 */
export const K3S_RUNTIME_CLASSES = [
  'crun',
  'lunatic',
  'nvidia',
  'nvidia-experimental',
  'slight',
  'spin',
  'wasmedge',
  'wasmer',
  'wasmtime',
  'wws',
] as const;
