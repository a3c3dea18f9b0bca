import type { SeedMedium } from '../model/node-model';
import type { CachedArtifact } from './artifacts';
import type { FolderFile } from './export-folder';
import type { ImageArchive } from './images';
import type { KitSecret } from './secrets';
import type { SiteNode } from './site-nodes';
import type { Artifact } from './tree-artifacts';

/** What goes on a medium, all of it verified and nothing written. */
export interface Kit {
  readonly site: string;
  /** It is for this machine alone. @default - for all of the site */
  readonly node?: string;
  /** What starts on its machines: `K3s`. */
  readonly title: string;
  /** Gives a cluster what is in `edgecdk/manifests`; run on a server, in the folder of the kit. @default - the cluster is not at the site */
  readonly applyManifests?: string;
  /** What gives machines the images that are on it; run on each, in the folder of the kit. */
  readonly imports: ReadonlyArray<{ readonly command: string; readonly nodes: readonly string[] }>;
  /** What images must have that nobody installs, with the machines. */
  readonly onImages: ReadonlyArray<{ readonly what: string; readonly nodes: readonly string[] }>;
  readonly nodes: readonly SiteNode[];
  /** Where the image of each node looks for its seed, by name of the node. */
  readonly seedMedia: ReadonlyMap<string, SeedMedium>;
  /** Engine by which the site pulls what it runs. @default - it has files of its own */
  readonly delivery?: string;
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
