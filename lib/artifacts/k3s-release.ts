import { type K3sArchitecture, k3sFileNames, type LockedFile, type LockedK3s } from '../model/artifact-lock';

/** Folder of all releases; each is a folder in it. */
export const K3S_SOURCE = 'https://github.com/k3s-io/k3s/releases/download';

/** Folder of a release. The plus sign is encoded: some servers take a bare one for a space. */
export function releaseUrl(source: string, version: string): string {
  return `${new URL(source).href.replace(/\/+$/, '')}/${encodeURIComponent(version)}`;
}

/** Name of the list of checksums of a release. */
export function checksumsFileName(architecture: K3sArchitecture): string {
  return `sha256sum-${architecture}.txt`;
}

/** What is wrong with a source, or undefined. It ends up in the lock, which anyone may read. */
export function problemOfSource(source: string): string | undefined {
  const example = 'write the folder that holds the releases, such as https://mirror.example/k3s';
  if (!URL.canParse(source)) return `is no URL (found ${source}); ${example}`;
  const { protocol, username, password, search, hash } = new URL(source);
  if (!['http:', 'https:'].includes(protocol)) return `must be http or https (found ${protocol}//); ${example}`;
  if (username + password !== '')
    return `must not hold a user or a password, since it is written to the lock; ${example}`;
  return search + hash === '' ? undefined : `must not have a query or a fragment (found ${search}${hash}); ${example}`;
}

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

/** Checksum by file name, of a text as `sha256sum` prints it; or what is wrong with it. */
export function parseChecksums(text: string): ReadonlyMap<string, string> | string {
  const sums = new Map<string, string>();
  for (const [i, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '') continue;
    const [, digits, name] = /^([0-9a-fA-F]{64}) [ *](\S+)$/.exec(line) ?? [];
    if (digits === undefined || name === undefined)
      return `holds no checksum in line ${i + 1} (found ${JSON.stringify(line.slice(0, 60))})`;
    const sum = digits.toLowerCase();
    if ((sums.get(name) ?? sum) !== sum) return `lists two checksums for ${name}`;
    sums.set(name, sum);
  }
  return sums;
}
