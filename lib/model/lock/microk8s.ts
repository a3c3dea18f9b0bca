import type { LockedParts } from '../artifact-lock';
import { sorted } from '../digest';
import type { LockedImages, LockedSnap } from '../microk8s-node-input';
import { plainRecord, readCopy } from './reading';
import type { ReleaseKind } from './release-kind';

/** Names of the files that `snap download` writes: `core22_1234.snap` and `core22_1234.assert`. */
export const SNAP_FILE = /^([a-z0-9]+(?:-[a-z0-9]+)*)_([1-9]\d{0,8})\.(snap|assert)$/;
/** An archive that containerd of MicroK8s loads. */
export const SNAP_IMAGES_FILE = /^[A-Za-z0-9][A-Za-z0-9._-]*\.tar$/;

/** Parts are named `core22.snap`, `core22.assert` and `images`. */
export const MICROK8S_KIND: ReleaseKind = {
  title: 'MicroK8s',
  name: 'microk8s',
  architectures: ['amd64', 'arm64'],
  isVersion: (text) => /^1\.(0|[1-9]\d*)(-strict)?\/(stable|candidate|beta|edge)$/.test(text),
  example: '1.33/stable',
  store: 'the snap store',
  readParts(problems, at, value) {
    const parts: Record<string, LockedParts[string]> = {};
    const before = problems.length;
    for (const [part, file] of Object.entries(plainRecord(problems, at, value) ?? {})) {
      const [, name, ending] = /^([a-z0-9-]+)\.(snap|assert)$/.exec(part) ?? [];
      if (part !== 'images' && name === undefined) {
        problems.push(`${at} has ${JSON.stringify(part)}, and knows only images and the .snap and .assert of snaps`);
        continue;
      }
      const form =
        part === 'images'
          ? { pattern: SNAP_IMAGES_FILE, example: 'microk8s-images.tar' }
          : { pattern: new RegExp(`^${name}_[1-9]\\d{0,8}\\.${ending}$`), example: `${name}_1234.${ending}` };
      const read = readCopy(problems, `${at}.${part}`, file, form);
      if (read) parts[part] = read;
    }
    if (problems.length > before) return undefined;
    problems.push(...pairProblems(at, parts));
    return parts;
  },
};

/** Snaps in the order in which they are installed, and the archive of images. */
export function lockedSnaps(parts: LockedParts): {
  readonly snaps: readonly LockedSnap[];
  readonly images?: LockedImages;
} {
  const names = Object.keys(parts).flatMap((part) => (part.endsWith('.snap') ? [part.slice(0, -'.snap'.length)] : []));
  const snaps = sorted(names, (name) => `${ORDER[name] ?? 1} ${name}`).map((name) => {
    const [snap, assertions] = [parts[`${name}.snap`], parts[`${name}.assert`]];
    return {
      name,
      revision: Number(SNAP_FILE.exec(snap?.file ?? '')?.[2]),
      snapSha256: snap?.sha256 ?? '',
      assertSha256: assertions?.sha256 ?? '',
    };
  });
  const { images } = parts;
  return { snaps, ...(images && { images: { file: images.file, sha256: images.sha256 } }) };
}

/** snapd first, MicroK8s last, and what it rests on between them. */
const ORDER: Readonly<Record<string, number>> = { snapd: 0, microk8s: 2 };

function pairProblems(at: string, parts: LockedParts): string[] {
  const names = new Set(Object.keys(parts).flatMap((part) => (part === 'images' ? [] : [part.replace(/\..*/, '')])));
  const stem = (file: string | undefined) => file?.replace(/\.[a-z]+$/, '');
  const pairs = sorted(names, (name) => name).flatMap((name) => {
    const [snap, assertions] = [parts[`${name}.snap`]?.file, parts[`${name}.assert`]?.file];
    if (snap === undefined) return [`${at} has no ${name}.snap`];
    if (assertions === undefined) return [`${at} has no ${name}.assert`];
    return stem(snap) === stem(assertions)
      ? []
      : [`${at} has ${snap} and ${assertions}, which are not of one revision of the snap`];
  });
  return names.has('microk8s') ? pairs : [...pairs, `${at} has no microk8s.snap`];
}
