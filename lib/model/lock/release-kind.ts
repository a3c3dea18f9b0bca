import type { ArtifactArchitecture, LockedParts } from '../artifact-lock';

/** A member of the lock: what is known of the releases in it. */
export interface ReleaseKind {
  /** For people: `K3s`. */
  readonly title: string;
  /** In folders and on the command line: `k3s`. */
  readonly name: string;
  /** By the names of its makers. */
  readonly architectures: readonly ArtifactArchitecture[];
  readonly isVersion: (text: string) => boolean;
  /** A version, for messages. */
  readonly example: string;
  /** Where machines may get it from a store that vouches for it: such a release has its day and no files. @default - nowhere */
  readonly store?: string;
  /** Reads what is locked of one release for one architecture. The schema is closed; what is wrong is added to the problems. */
  readonly readParts: (
    problems: string[],
    at: string,
    value: unknown,
    release: { readonly version: string; readonly architecture: ArtifactArchitecture },
  ) => LockedParts | undefined;
}
