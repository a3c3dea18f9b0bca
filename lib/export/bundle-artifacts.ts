import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Assembly } from '../assembly/read-assembly';
import { sorted } from '../model/digest';
import { cacheFolder } from '../model/lock/cache-folder';
import { RELEASE_KINDS } from '../model/lock/kinds';
import { error, type Problem } from '../model/problem';
import { type CachedArtifact, fileSha256, howToGet } from './artifacts';
import { readIfThere } from './manifest-folder';
import { readNameValues } from './name-values';
import { type Artifact, artifactsOf, releaseName } from './tree-artifacts';

/** What machines of trees are installed from, by its place in `artifacts`: as the cache has it, since releases of several versions have files of one name. */
export function bundleArtifacts({ outDir }: Assembly, trees: Iterable<string>): ReadonlyMap<string, Artifact> {
  const byPath = new Map<string, Artifact>();
  for (const tree of trees) {
    const read = (name: string) => readIfThere(join(outDir, 'nodes', tree, name))?.toString('utf8');
    const { distribution } = JSON.parse(read('node.json') ?? '{}') as { readonly distribution?: string };
    for (const artifact of artifactsOf(distribution, readNameValues(read('settings') ?? '')))
      byPath.set(placeOf(artifact), artifact);
  }
  return new Map(sorted(byPath, ([path]) => path));
}

/** The same with the files of a cache, each as it was locked. */
export function filesOfArtifacts(
  profile: string,
  artifacts: ReadonlyMap<string, Artifact>,
  cache: string,
): { readonly files: ReadonlyMap<string, CachedArtifact>; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const files = new Map<string, CachedArtifact>();
  for (const [path, artifact] of artifacts) {
    const from = join(cache, path);
    const what = `${artifact.file} of ${releaseName(artifact)}`;
    if (!existsSync(from)) problems.push(error(profile, `needs ${what} (no ${from}); ${howToGet(artifact)}`));
    else if (fileSha256(from) !== artifact.sha256)
      problems.push(
        error(
          profile,
          `needs ${what} as it was locked, and ${from} has another checksum; remove that file, and ${howToGet(artifact)}`,
        ),
      );
    else files.set(path, { ...artifact, from, bytes: statSync(from).size });
  }
  return { files, problems };
}

/** `artifacts.json`. */
export function artifactTable(artifacts: ReadonlyMap<string, Artifact>, onStick: boolean): string {
  const table = [...artifacts].map(([path, { architecture, file, member, sha256, url, version }]) => ({
    release: RELEASE_KINDS[member].name,
    version,
    architecture,
    file,
    sha256,
    ...(url !== undefined && { url }),
    path: `artifacts/${path}`,
    onStick,
  }));
  return `${JSON.stringify(table, undefined, 2)}\n`;
}

function placeOf({ architecture, file, member, version }: Artifact): string {
  return `${cacheFolder(member, version, architecture)}/${file}`;
}
