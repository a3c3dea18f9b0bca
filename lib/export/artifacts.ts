import { createHash } from 'node:crypto';
import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { K3S_ARCHITECTURES, k3sFileNames } from '../model/artifact-lock';
import { sorted } from '../model/digest';
import { error, type Problem } from '../model/problem';

/** A file of a release that a tree locks by its checksum. */
export interface Artifact {
  /** As the release names it: `k3s-arm64`. */
  readonly file: string;
  readonly version: string;
  readonly sha256: string;
  /** Nodes of the tree cannot get it anywhere else. */
  readonly required: boolean;
  /** Where they get it from otherwise. @default - nowhere */
  readonly url?: string;
}

export interface CachedArtifact extends Artifact {
  /** Path in the cache, and size in bytes. */
  readonly from: string;
  readonly bytes: number;
}

export interface CollectedArtifacts {
  /** What was found, and is as it was locked. */
  readonly found: readonly CachedArtifact[];
  /** What is not in the cache, and is downloaded by the machines. */
  readonly downloaded: readonly Artifact[];
  readonly problems: readonly Problem[];
}

/** The artifacts that the settings of a tree lock. */
export function artifactsOf(settings: ReadonlyMap<string, string>): Artifact[] {
  const version = settings.get('K3S_VERSION') ?? '';
  const required = settings.get('INSTALL') === 'preloaded';
  const base = settings.get('BASE_URL');
  return K3S_ARCHITECTURES.flatMap((architecture) => {
    const { binary, images } = k3sFileNames(architecture);
    const locked = [
      [binary, settings.get(`BINARY_SHA256_${architecture.toUpperCase()}`)],
      [images, settings.get(`IMAGES_SHA256_${architecture.toUpperCase()}`)],
    ] as const;
    return locked.flatMap(([file, sha256]) =>
      sha256 === undefined ? [] : [{ file, version, sha256, required, url: base && `${base}/${file}` }],
    );
  });
}

/** Looks for artifacts in the cache, `k3s/<version>/<file>`, and verifies what is there. */
export function collectArtifacts(site: string, wanted: readonly Artifact[], cache: string): CollectedArtifacts {
  const problems: Problem[] = [];
  const byFile = new Map<string, Artifact>();
  for (const artifact of wanted) {
    const other = byFile.get(artifact.file);
    if (other && other.sha256 !== artifact.sha256)
      problems.push(
        error(
          site,
          `has nodes that need ${artifact.file} of ${other.version} and of ${artifact.version}, and a medium has one file of that name; make a kit for each node with --node`,
        ),
      );
    byFile.set(artifact.file, { ...artifact, required: artifact.required || other?.required === true });
  }
  const found: CachedArtifact[] = [];
  const downloaded: Artifact[] = [];
  for (const artifact of sorted(byFile.values(), ({ file }) => file)) {
    const from = join(cache, 'k3s', artifact.version, artifact.file);
    if (!existsSync(from)) {
      if (artifact.required)
        problems.push(error(site, `needs ${artifact.file} of K3s ${artifact.version} (no ${from}); ${howToGet}`));
      else downloaded.push(artifact);
    } else if (fileSha256(from) === artifact.sha256) found.push({ ...artifact, from, bytes: statSync(from).size });
    else
      problems.push(
        error(
          site,
          `needs ${artifact.file} of K3s ${artifact.version} as it was locked, and ${from} has another checksum; remove that file, and ${howToGet}`,
        ),
      );
  }
  return { found, downloaded, problems };
}

const howToGet = 'get it with edgecdk lock --download, or name the folder that has it with --artifacts';

/** In pieces: an archive of images has hundreds of megabytes. */
export function fileSha256(file: string): string {
  const hash = createHash('sha256');
  const piece = Buffer.allocUnsafe(1 << 20);
  const handle = openSync(file, 'r');
  try {
    for (let size = readSync(handle, piece); size > 0; size = readSync(handle, piece))
      hash.update(piece.subarray(0, size));
  } finally {
    closeSync(handle);
  }
  return hash.digest('hex');
}
