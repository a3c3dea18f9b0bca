import type { SeedMedium } from '../model/node-model';
import type { CachedArtifact } from './artifacts';
import type { FolderFile } from './export-folder';
import type { ImageArchive } from './images';
import type { DistributionWords } from './kit-words';
import type { KitSecret } from './secrets';
import type { SiteNode } from './site-nodes';
import type { Artifact } from './tree-artifacts';

/** What goes on a medium, all of it verified and nothing written. */
export interface Kit {
  readonly site: string;
  /** It is for this machine alone. @default - for all of the site */
  readonly node?: string;
  /** What the sheet says where distributions differ. */
  readonly words: DistributionWords;
  readonly nodes: readonly SiteNode[];
  /** Where the image of each node looks for its seed, by name of the node. */
  readonly seedMedia: ReadonlyMap<string, SeedMedium>;
  /** Number of manifests that are on it for the servers. */
  readonly manifests: number;
  readonly files: readonly FolderFile[];
  readonly artifacts: readonly CachedArtifact[];
  /** Artifacts that are not on it, since the machines download them. */
  readonly downloaded: readonly Artifact[];
  /** Archives of images that are on it. */
  readonly images: readonly ImageArchive[];
  /** Images that its machines need, have no link for, and that nothing on it is known to hold. */
  readonly missingImages: readonly string[];
  readonly secrets: readonly KitSecret[];
}
