import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MICROK8S_TRACKS, parseMicroK8sChannel } from '../catalog/microk8s';
import type { ArtifactArchitecture, LockedCopy } from '../model/artifact-lock';
import { sorted } from '../model/digest';
import { cacheFolder } from '../model/lock/cache-folder';
import { SNAP_FILE, SNAP_IMAGES_FILE } from '../model/lock/microk8s';
import { digestFile } from './checksums';
import type { FoundParts, ReleaseSource, WantedRelease } from './release-source';

/**
 * Snaps for machines that do not ask the store. The store tells a SHA3-384 and needs assertions of many kinds beside it, which `snap download` brings together; so a
 * person runs that, and what lies in the folder of artifacts is locked. The assertions say of which snap, revision and SHA3-384 they are, and are held against the file;
 * whether they are signed rightly, snapd finds out on the machine.
 *
 * @see Ubuntu Core documentation, Assertions: snap-revision, snap-declaration
 */
export const MICROK8S_SOURCE: ReleaseSource = {
  member: 'microk8s',
  async find(wanted) {
    const folder = join(wanted.cache, cacheFolder('microk8s', wanted.version, wanted.architecture));
    const files = existsSync(folder) ? sorted(readdirSync(folder), (name) => name) : [];
    const snaps = files.filter((name) => SNAP_FILE.exec(name)?.[3] === 'snap');
    const names = snaps.map((file) => SNAP_FILE.exec(file)?.[1] ?? '');
    const lacking = neededSnaps(wanted.version).filter((name) => !names.includes(name));
    // On another person's machine, or in CI, what is locked stays.
    if (snaps.length === 0 && wanted.before !== undefined) return { parts: wanted.before };
    if (lacking.length > 0)
      return {
        problem: `needs ${lacking.join(', ')} of ${wanted.version} for ${wanted.architecture} as files, and ${folder} has none; ${howToGet(folder, wanted, lacking)}`,
      };
    const twice = names.find((name, i) => names.indexOf(name) !== i);
    if (twice !== undefined)
      return { problem: `finds several revisions of ${twice} in ${folder}; remove all but the one that machines get` };
    return lockCopies(folder, files, snaps, wanted);
  },
  known: () => `EdgeCDK knows the tracks ${Object.keys(MICROK8S_TRACKS).join(', ')}`,
  ofChange: 'Where the channel has moved on and machines are to get what is in the folder now, take it',
};

async function lockCopies(
  folder: string,
  files: readonly string[],
  snaps: readonly string[],
  wanted: WantedRelease,
): Promise<FoundParts> {
  const parts: Record<string, LockedCopy> = {};
  for (const file of snaps) {
    const [, name = '', revision = ''] = SNAP_FILE.exec(file) ?? [];
    const assertions = `${name}_${revision}.assert`;
    if (!files.includes(assertions))
      return {
        problem: `finds ${file} without ${assertions} in ${folder}; ${howToGet(folder, wanted, [name])}`,
      };
    const [sha256, sha3] = await digestFile(join(folder, file), ['sha256', 'sha3-384']);
    const wrong = assertionProblem(readFileSync(join(folder, assertions), 'utf8'), {
      name,
      revision,
      digest: sha3?.digest('base64url') ?? '',
    });
    if (wrong !== undefined)
      return { problem: `finds that ${assertions} in ${folder} ${wrong}; ${howToGet(folder, wanted, [name])}` };
    parts[`${name}.snap`] = { file, sha256: sha256?.digest('hex') ?? '' };
    parts[`${name}.assert`] = await copyOf(folder, assertions);
  }
  const [images, ...others] = files.filter((file) => SNAP_IMAGES_FILE.test(file));
  if (others.length > 0)
    return {
      problem: `finds ${[images, ...others].join(', ')} in ${folder}; a machine gets one archive of images, so put them into one, or remove all but one`,
    };
  return { parts: { ...parts, ...(images !== undefined && { images: await copyOf(folder, images) }) } };
}

async function copyOf(folder: string, file: string): Promise<LockedCopy> {
  const [sha256] = await digestFile(join(folder, file), ['sha256']);
  return { file, sha256: sha256?.digest('hex') ?? '' };
}

/** What an `.assert` lacks to be that of a snap, or undefined. It is a chain of assertions, each a block of headers and one with its signature. */
function assertionProblem(
  text: string,
  snap: { readonly name: string; readonly revision: string; readonly digest: string },
): string | undefined {
  const blocks = text.split(/\r?\n\r?\n/);
  const headers = (type: string) =>
    blocks.filter((block) => new RegExp(`^type: ${type}$`, 'm').test(block)).map((block) => block.split(/\r?\n/));
  const revision = headers('snap-revision').find((lines) => lines.includes(`snap-sha3-384: ${snap.digest}`));
  if (revision === undefined)
    return `is not of ${snap.name}_${snap.revision}.snap: no snap-revision in it has its SHA3-384`;
  if (!revision.includes(`snap-revision: ${snap.revision}`)) return `is not of revision ${snap.revision}`;
  const id = revision.find((line) => line.startsWith('snap-id: ')) ?? 'snap-id: ';
  const isNamed = headers('snap-declaration').some(
    (lines) => lines.includes(id) && lines.includes(`snap-name: ${snap.name}`),
  );
  return isNamed ? undefined : `says nothing of a snap that is named ${snap.name}`;
}

/** An image has snapd, but which one is not known: an old one may refuse what the new base asks for. */
function neededSnaps(channel: string): readonly string[] {
  const track = parseMicroK8sChannel(channel);
  return ['snapd', ...(track ? [MICROK8S_TRACKS[track.minor].base] : []), 'microk8s'];
}

function howToGet(
  folder: string,
  { version, architecture }: { readonly version: string; readonly architecture: ArtifactArchitecture },
  names: readonly string[],
): string {
  const commands = names.map(
    (name) =>
      `UBUNTU_STORE_ARCH=${architecture} snap download ${name}${name === 'microk8s' ? ` --channel=${version}` : ''} --target-directory=${folder}`,
  );
  return `get them on a machine with snapd: mkdir -p ${folder} && ${commands.join(' && ')}`;
}
