import { createHash } from 'node:crypto';
import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { sorted } from '../model/digest';
import { cacheFolder } from '../model/lock/cache-folder';
import { RELEASE_KINDS } from '../model/lock/kinds';
import { error, type Problem } from '../model/problem';
import { type Artifact, releaseName } from './tree-artifacts';

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

/** Looks for artifacts in the cache, `<release>/<version>/<file>`, and verifies what is there. */
export function collectArtifacts(site: string, wanted: readonly Artifact[], cache: string): CollectedArtifacts {
  const problems: Problem[] = [];
  const byFile = new Map<string, Artifact>();
  for (const artifact of wanted) {
    const other = byFile.get(artifact.file);
    if (other && other.sha256 !== artifact.sha256)
      problems.push(
        error(
          site,
          `has nodes that need ${artifact.file} of ${releaseName(other)} and of ${releaseName(artifact)} with other content, and a medium has one file of that name; make a kit for each node with --node`,
        ),
      );
    byFile.set(artifact.file, { ...artifact, required: artifact.required || other?.required === true });
  }
  const found: CachedArtifact[] = [];
  const downloaded: Artifact[] = [];
  for (const artifact of sorted(byFile.values(), ({ file }) => file)) {
    const { file, member, version, architecture } = artifact;
    const from = join(cache, cacheFolder(member, version, architecture), file);
    if (!existsSync(from)) {
      if (artifact.required)
        problems.push(error(site, `needs ${file} of ${releaseName(artifact)} (no ${from}); ${howToGet(artifact)}`));
      else downloaded.push(artifact);
    } else if (fileSha256(from) === artifact.sha256) found.push({ ...artifact, from, bytes: statSync(from).size });
    else
      problems.push(
        error(
          site,
          `needs ${file} of ${releaseName(artifact)} as it was locked, and ${from} has another checksum; remove that file, and ${howToGet(artifact)}`,
        ),
      );
  }
  return { found, downloaded, problems };
}

export function howToGet({ member }: Artifact): string {
  const get =
    RELEASE_KINDS[member].store === undefined
      ? 'get it with edgecdk lock --download'
      : 'copy it there from where it was locked';
  return `${get}, or name the folder that has it with --artifacts`;
}

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
