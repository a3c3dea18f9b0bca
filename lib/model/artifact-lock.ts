import { sorted } from './digest';

/** Stands beside the program, in the fleet's root, and belongs under version control. */
export const artifactLockFileName = 'artifacts.lock.json';
/** Raised when a reader of an older format would misread the lock. */
export const artifactLockFormat = 1;

/**
 * What K3s is released for, by the names of its checksum files; `arm` is ARMv7.
 *
 * @see K3s documentation, Installation, Air-Gap Install
 */
export const K3S_ARCHITECTURES = ['amd64', 'arm', 'arm64'] as const;

export type K3sArchitecture = (typeof K3S_ARCHITECTURES)[number];

/** `artifacts.lock.json`: what nodes may install, by checksum. Written by `edgecdk lock` alone. */
export interface ArtifactLock {
  readonly format: typeof artifactLockFormat;
  /** By version, `v1.33.5+k3s1`, and architecture. */
  readonly k3s: Readonly<Record<string, LockedRelease>>;
}

/** At least one architecture of a release, and the day on which its checksums were taken. */
export type LockedRelease = Readonly<Partial<Record<K3sArchitecture, LockedK3s>>> & {
  /** In UTC: `2026-11-24`. A node whose clock is before it has a wrong clock. Of the release and not of the lock: with it, machines restart K3s. */
  readonly lockedOn: string;
};

/** All that K3s needs to start, without and with a registry within reach. */
export interface LockedK3s {
  readonly binary: LockedFile;
  readonly images: LockedFile;
}

export interface LockedFile {
  /** The release's own name of it, such as `k3s-arm64`. */
  readonly file: string;
  /** Where it was when it was locked. http or https, without user, query or fragment. */
  readonly url: string;
  /** 64 lower-case hexadecimal digits. */
  readonly sha256: string;
}

/** The release's own names of its files. Images say `arm` where the binary says `armhf`. */
export function k3sFileNames(architecture: K3sArchitecture): { readonly binary: string; readonly images: string } {
  const suffix = { amd64: '', arm64: '-arm64', arm: '-armhf' }[architecture];
  return { binary: `k3s${suffix}`, images: `k3s-airgap-images-${architecture}.tar.zst` };
}

export function isK3sArchitecture(text: string): text is K3sArchitecture {
  return K3S_ARCHITECTURES.some((architecture) => architecture === text);
}

/**
 * Reads a lock. The schema is closed: names and checksums end up in scripts that run as root, so what is not exactly as
 * `edgecdk lock` writes it is refused. All that is wrong is told at once, each as a sentence about the file.
 */
export function parseArtifactLock(text: string): ArtifactLock | { readonly problems: readonly string[] } {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch (e) {
    return { problems: [`is no JSON (${(e as Error).message}); restore it from version control`] };
  }
  const problems: string[] = [];
  const { format } = Object(read) as { readonly format?: unknown };
  // Asked first: another format may have other members.
  if (format !== undefined && format !== artifactLockFormat)
    return {
      problems: [
        `has format ${show(format)}, and this EdgeCDK reads ${artifactLockFormat}; use the release that wrote it`,
      ],
    };
  const lock = members(problems, 'the lock', read, ['format', 'k3s']);
  const k3s: Record<string, LockedRelease> = {};
  for (const [version, release] of Object.entries(plainRecord(problems, 'k3s', lock?.k3s) ?? {})) {
    if (isK3sVersion(version)) k3s[version] = readRelease(problems, version, release);
    else problems.push(`k3s has ${show(version)}, which is no release of K3s; releases are named like v1.33.5+k3s1`);
  }
  return problems.length > 0 ? { problems } : { format: artifactLockFormat, k3s };
}

/** Sorted, so that equal locks are equal bytes and two branches that lock other versions merge. */
export function printArtifactLock(lock: ArtifactLock): string {
  const byName = <T>(record: Readonly<Record<string, T>>) => sorted(Object.entries(record), ([name]) => name);
  const file = ({ file, url, sha256 }: LockedFile) => ({ file, url, sha256 });
  const releases = byName(lock.k3s).map(([version, release]) => [
    version,
    {
      lockedOn: release.lockedOn,
      ...Object.fromEntries(
        architecturesOf(release).map(([name, k3s]) => [name, { binary: file(k3s.binary), images: file(k3s.images) }]),
      ),
    },
  ]);
  return `${JSON.stringify({ format: lock.format, k3s: Object.fromEntries(releases) }, undefined, 2)}\n`;
}

/** What of a release is locked, by name. */
export function architecturesOf(release: LockedRelease): (readonly [K3sArchitecture, LockedK3s])[] {
  return K3S_ARCHITECTURES.flatMap((name) => {
    const files = release[name];
    return files ? [[name, files] as const] : [];
  });
}

function readRelease(problems: string[], version: string, value: unknown): LockedRelease {
  const { lockedOn, ...release } = plainRecord(problems, version, value) ?? {};
  const read: Partial<Record<K3sArchitecture, LockedK3s>> = {};
  if (value !== undefined && !isDay(lockedOn))
    problems.push(`${version}.lockedOn must be a day such as 2026-11-24 (found ${show(lockedOn)})`);
  for (const [name, files] of Object.entries(release)) {
    const at = `${version}.${name}`;
    if (!isK3sArchitecture(name)) {
      problems.push(`${at} is no architecture of K3s; it is released for ${K3S_ARCHITECTURES.join(', ')}`);
      continue;
    }
    const both = members(problems, at, files, ['binary', 'images']);
    if (!both) continue;
    const names = k3sFileNames(name);
    const binary = readFile(problems, `${at}.binary`, both.binary, names.binary);
    const images = readFile(problems, `${at}.images`, both.images, names.images);
    if (binary && images) read[name] = { binary, images };
  }
  if (Object.keys(release).length === 0)
    problems.push(`${version} has no architecture; remove it, or run edgecdk lock`);
  return { ...read, lockedOn: String(lockedOn) };
}

function readFile(problems: string[], at: string, value: unknown, name: string): LockedFile | undefined {
  const read = members(problems, at, value, ['file', 'url', 'sha256']);
  if (!read) return undefined;
  const { file, url, sha256 } = read;
  if (file !== name) problems.push(`${at}.file must be ${name} (found ${show(file)})`);
  if (!isUrlOf(url, name))
    problems.push(
      `${at}.url must be an http or https URL that ends with /${name}, without user, query or fragment (found ${show(url)})`,
    );
  if (typeof sha256 !== 'string' || !/^[0-9a-f]{64}$/.test(sha256))
    problems.push(`${at}.sha256 must be 64 lower-case hexadecimal digits (found ${show(sha256)})`);
  return { file: String(file), url: String(url), sha256: String(sha256) };
}

function isUrlOf(url: unknown, file: string): boolean {
  if (typeof url !== 'string' || !URL.canParse(url)) return false;
  const { protocol, username, password, search, hash, pathname, href } = new URL(url);
  // `href` differs where the parser had to mend something, such as a line break or a quote.
  const asWritten = href === url && username + password + search + hash === '';
  return asWritten && ['http:', 'https:'].includes(protocol) && pathname.endsWith(`/${file}`);
}

function isK3sVersion(text: string): boolean {
  return /^v(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)\+k3s[1-9]\d*$/.test(text);
}

function isDay(value: unknown): boolean {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const time = Date.parse(`${value}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value);
}

/** An object with exactly these keys; else undefined, with the reason among the problems. */
function members(problems: string[], at: string, value: unknown, keys: readonly string[]) {
  const record = plainRecord(problems, at, value);
  if (!record) return undefined;
  const unknown = Object.keys(record).filter((key) => !keys.includes(key));
  const missing = keys.filter((key) => !Object.hasOwn(record, key));
  if (unknown.length > 0) problems.push(`${at} has ${unknown.map(show).join(', ')}, and knows only ${keys.join(', ')}`);
  if (missing.length > 0) problems.push(`${at} has no ${missing.join(', ')}`);
  return missing.length > 0 ? undefined : record;
}

function plainRecord(problems: string[], at: string, value: unknown): Readonly<Record<string, unknown>> | undefined {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  if (value !== undefined) problems.push(`${at} must be an object (found ${show(value)})`);
  return undefined;
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 60)}...` : text;
}
