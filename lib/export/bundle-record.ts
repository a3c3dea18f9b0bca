import type { BundleArchive, ImageList } from './bundle-images';
import type { BundleSite } from './bundle-sites';
import type { TarFile } from './summed-tar';
import type { Artifact } from './tree-artifacts';

/** What a stick carries for the sites of a hardware profile, verified and not written. */
export interface Bundle {
  readonly fleet: string;
  readonly profile: string;
  /** Name of its file. */
  readonly name: string;
  readonly sites: readonly BundleSite[];
  readonly lists: readonly ImageList[];
  /** A list of Helm charts is on it. */
  readonly hasCharts: boolean;
  readonly archives: readonly BundleArchive[];
  /** What machines are installed from, by place. */
  readonly artifacts: ReadonlyMap<string, Artifact>;
  readonly carriesArtifacts: boolean;
  readonly files: readonly TarFile[];
}
