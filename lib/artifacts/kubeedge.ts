import { KUBEEDGE_RELEASES } from '../catalog/kubeedge';
import type { LockedCopy, LockedFile } from '../model/artifact-lock';
import { kubeEdgeFileNames } from '../model/lock/kubeedge';
import { cachedFile } from './cache';
import { digestFile } from './checksums';
import { fetchFile } from './download';
import { getText } from './get';
import { newestOf } from './newest-of';
import type { ReleaseSource, WantedRelease } from './release-source';

/**
 * Beside each archive KubeEdge publishes its SHA-512 and nothing else, and machines check a SHA-256, as everywhere. So an archive is fetched to be locked, unless it
 * is locked with the SHA-512 that its makers publish, and stays in the folder of artifacts. SHA-256 stand in the release's SLSA provenance alone, which mirrors of
 * the files seldom have.
 *
 * @see kubeedge/kubeedge, hack/make-rules/release.sh: `checksum_<archive>.txt`; .github/workflows/release.yml
 */
export const KUBEEDGE_SOURCE: ReleaseSource = {
  member: 'kubeedge',
  home: 'https://github.com/kubeedge/kubeedge/releases/download',
  async find(wanted) {
    const names = kubeEdgeFileNames(wanted.version, wanted.architecture);
    // One after the other: they share the line.
    const edgecore = await lockArchive(names.edgecore, wanted, wanted.before?.edgecore);
    if (typeof edgecore === 'string') return { problem: edgecore };
    const keadm = await lockArchive(names.keadm, wanted, wanted.before?.keadm);
    return typeof keadm === 'string' ? { problem: keadm } : { parts: { edgecore, keadm } };
  },
  known: (version) =>
    newestOf(
      Object.fromEntries(Object.entries(KUBEEDGE_RELEASES).map(([minor, { newest }]) => [minor, newest])),
      version,
    ),
  ofChange: 'A release does not change after it is made: find out who changed it, and only then take it',
};

async function lockArchive(
  file: string,
  { base, cache, version, patience, onProgress }: WantedRelease,
  before: (LockedCopy & Partial<LockedFile>) | undefined,
): Promise<LockedFile | string> {
  const list = `${base}/checksum_${file}.txt`;
  const text = await getText(list, patience);
  const [, digits] = /^\s*([0-9a-fA-F]{128})\s*$/.exec(text) ?? [];
  if (digits === undefined)
    return `${list} holds no SHA-512 (found ${JSON.stringify(text.slice(0, 60))}); name a source that has the files of KubeEdge as they were released`;
  const sha512 = digits.toLowerCase();
  const url = `${base}/${file}`;
  if (before?.sha512 === sha512) return { file, url, sha512, sha256: before.sha256 };
  const target = cachedFile(cache, 'kubeedge', version, file);
  await fetchFile({
    target,
    url,
    digest: { name: 'sha512', hex: sha512 },
    origin: `${list} says`,
    patience,
    onProgress: (done, total) => onProgress?.(file, done, total),
  });
  const [sha256] = await digestFile(target, ['sha256']);
  return { file, url, sha512, sha256: sha256?.digest('hex') ?? '' };
}
