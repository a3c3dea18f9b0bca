import { join } from 'node:path';
import type { ArtifactArchitecture, LockMember } from '../model/artifact-lock';
import { cacheFolder } from '../model/lock/cache-folder';

/** Where a file of a release lies in the folder of artifacts. */
export function cachedFile(
  cache: string,
  member: LockMember,
  version: string,
  file: string,
  architecture?: ArtifactArchitecture,
): string {
  return join(cache, cacheFolder(member, version, architecture), file);
}
