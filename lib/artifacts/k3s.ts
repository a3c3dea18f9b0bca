import { K3S_RELEASES } from '../catalog/k3s';
import { type K3sArchitecture, k3sFileNames, type LockedFile, type LockedK3s } from '../model/artifact-lock';
import { parseChecksums } from './checksums';
import { getText } from './get';
import { newestOf } from './newest-of';
import type { ReleaseSource } from './release-source';

/** Each architecture of a release has a list with the SHA-256 of its files: nothing has to be fetched to be locked. */
export const K3S_SOURCE: ReleaseSource = {
  member: 'k3s',
  home: 'https://github.com/k3s-io/k3s/releases/download',
  async find({ architecture, base, patience }) {
    const list = `${base}/sha256sum-${architecture}.txt`;
    const files = lockedFrom(await getText(list, patience), base, architecture);
    return 'problem' in files
      ? { problem: `${list} ${files.problem}; name a source that has the files of K3s as they were released` }
      : { parts: files };
  },
  known: (version) => newestOf(K3S_RELEASES, version),
  ofChange: 'A release does not change after it is made: find out who changed it, and only then take it',
};

/** The files of a release, from the text of its list of checksums; or what is wrong with that. */
export function lockedFrom(
  text: string,
  base: string,
  architecture: K3sArchitecture,
): LockedK3s | { readonly problem: string } {
  const sums = parseChecksums(text);
  if (typeof sums === 'string') return { problem: sums };
  const names = k3sFileNames(architecture);
  const missing = [names.binary, names.images].filter((name) => !sums.has(name));
  if (missing.length > 0) return { problem: `lists no ${missing.join(' and no ')}` };
  const file = (name: string): LockedFile => ({ file: name, url: `${base}/${name}`, sha256: sums.get(name) ?? '' });
  return { binary: file(names.binary), images: file(names.images) };
}
