import type { ArtifactArchitecture, LockedParts, LockMember } from '../model/artifact-lock';
import type { Patience } from './get';

/** How the files of a kind of release are found, and their checksums. */
export interface ReleaseSource {
  readonly member: LockMember;
  /** Folder where its makers publish; each release is a folder in it. @default - nowhere that can be read: people bring copies */
  readonly home?: string;
  /** Finds the files of one release. Throws `TransferError`. */
  readonly find: (wanted: WantedRelease) => Promise<FoundParts>;
  /** Releases that exist, for a message about one that does not: `the newest of 1.33 that EdgeCDK knows is ...`. */
  readonly known: (version: string) => string;
  /** What to think of a release whose checksums are not those that are locked. */
  readonly ofChange: string;
}

export type FoundParts = { readonly parts: LockedParts } | { readonly problem: string };

export interface WantedRelease {
  readonly version: string;
  readonly architecture: ArtifactArchitecture;
  /** URL of the release's folder. Empty where people bring copies. */
  readonly base: string;
  /** Folder of artifacts. */
  readonly cache: string;
  /** What is locked. @default - nothing yet */
  readonly before?: LockedParts;
  readonly patience: Patience;
  /** Called as bytes of a file come that has to be fetched to be locked. */
  readonly onProgress?: OnProgress;
}

/** `total` where the server tells it. */
export type OnProgress = (file: string, done: number, total: number | undefined) => void;

/** Folder of a release. A plus sign is encoded: some servers take a bare one for a space. */
export function releaseUrl(source: string, version: string): string {
  return `${new URL(source).href.replace(/\/+$/, '')}/${encodeURIComponent(version)}`;
}

/** What is wrong with a source, or undefined. It ends up in the lock, which anyone may read. */
export function problemOfSource(source: string): string | undefined {
  const example = 'write the folder that holds the releases, such as https://mirror.example/k3s';
  if (!URL.canParse(source)) return `is no URL (found ${source}); ${example}`;
  const { protocol, username, password, search, hash } = new URL(source);
  if (!['http:', 'https:'].includes(protocol)) return `must be http or https (found ${protocol}//); ${example}`;
  if (username + password !== '')
    return `must not hold a user or a password, since it is written to the lock; ${example}`;
  return search + hash === '' ? undefined : `must not have a query or a fragment (found ${search}${hash}); ${example}`;
}
