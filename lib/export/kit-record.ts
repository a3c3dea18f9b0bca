import type { Artifact, CachedArtifact } from './artifacts';
import type { FolderFile } from './export-folder';
import type { KitSecret } from './secrets';
import type { SiteNode } from './site-nodes';

/** What goes on a medium, all of it verified and nothing written. */
export interface Kit {
  readonly site: string;
  /** It is for this machine alone. @default - for all of the site */
  readonly node?: string;
  readonly nodes: readonly SiteNode[];
  readonly files: readonly FolderFile[];
  readonly artifacts: readonly CachedArtifact[];
  /** Artifacts that are not on it, since the machines download them. */
  readonly downloaded: readonly Artifact[];
  readonly secrets: readonly KitSecret[];
}
