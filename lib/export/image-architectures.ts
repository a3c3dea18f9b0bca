import { list } from 'tar';

/** No configuration of an image is as large, and most layers are. */
const MOST = 1 << 20;

/** In names of files, and as `uname` has them. */
const NAMES: ReadonlyArray<readonly [RegExp, string]> = [
  [/(^|[-_.])(amd64|x86_64|x86-64)[-_.]/, 'amd64'],
  [/(^|[-_.])(arm64|aarch64|arm64v8)[-_.]/, 'arm64'],
  [/(^|[-_.])(armhf|armv7|arm32v7|arm)[-_.]/, 'arm'],
];

/** Architectures of the images in an archive, sorted: those in it, or, of one that is compressed, that in its name; none where neither tells. */
export function architecturesOfArchive({ file, from }: { readonly file: string; readonly from: string }): string[] {
  if (file.endsWith('.tar')) {
    const found = architecturesIn(from);
    if (found.length > 0) return found;
  }
  return NAMES.filter(([pattern]) => pattern.test(file)).map(([, name]) => name);
}

/** Of each configuration of an image, wherever it stands: `docker save` and OCI layouts put them at other places. */
function architecturesIn(archive: string): string[] {
  const found = new Set<string>();
  try {
    list({
      file: archive,
      sync: true,
      onReadEntry: (entry) => {
        if (entry.size > MOST) return;
        const pieces: Buffer[] = [];
        entry.on('data', (piece: Buffer) => pieces.push(piece));
        entry.on('end', () => {
          const architecture = architectureOf(Buffer.concat(pieces));
          if (architecture !== undefined) found.add(architecture);
        });
      },
    });
  } catch {
    return [];
  }
  return [...found].sort();
}

function architectureOf(blob: Buffer): string | undefined {
  if (blob[0] !== 0x7b) return undefined;
  try {
    const { architecture, os, rootfs } = JSON.parse(blob.toString('utf8'));
    return typeof architecture === 'string' && typeof os === 'string' && rootfs ? architecture : undefined;
  } catch {
    return undefined;
  }
}
