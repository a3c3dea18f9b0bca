import type { ArtifactArchitecture, LockMember } from '../artifact-lock';
import { RELEASE_KINDS } from './kinds';

/** Folder of a release in the folder of artifacts: `k3s/v1.33.5+k3s1`, `microk8s/1.33-stable/arm64`. The snaps of all architectures have the same names. */
export function cacheFolder(member: LockMember, version: string, architecture?: ArtifactArchitecture): string {
  const { name, store } = RELEASE_KINDS[member];
  const folder = `${name}/${version.replaceAll('/', '-')}`;
  return store === undefined || architecture === undefined ? folder : `${folder}/${architecture}`;
}
