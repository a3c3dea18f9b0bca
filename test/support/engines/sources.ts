import { type Files, joinPath, Refused } from './assembly-files';
import type { FilesAt } from './held';

/** Where the fleets of these tests are pushed. */
export const GIT = 'https://git.example/fleet.git';
export const OCI = 'oci://registry.example/fleet';

/** Where in the assembly something is that an engine is sent to, and how far it can look from there. */
export interface FoundSource {
  readonly files: Files;
  readonly path: string;
  readonly holds: (path: string) => boolean;
}

/** What a ref holds: of a wave, what its own has; of all others, the assembly. */
export function filesOfRef(ref: string, files: Files, at: FilesAt): Files {
  if (!/^(main|latest|wave-[a-z0-9-]+)$/.test(ref)) throw new Refused(`nobody pushes ${ref}`);
  return ref.startsWith('wave-') ? at(ref) : files;
}

/** Some folders of an assembly as the source that they are, with the first one's parent as its top. */
export function foundIn(files: Files, path: string, folders: readonly string[] = ['']): FoundSource {
  const holds = (one: string) => folders.some((folder) => folder === '' || `${one}/`.startsWith(`${folder}/`));
  if (!holds(path)) throw new Refused(`the source does not hold ${path}`);
  return { files, path: joinPath(path), holds };
}
