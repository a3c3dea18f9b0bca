import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Assembly } from '../assembly/read-assembly';
import { compareText } from '../model/digest';
import { wholeImageName } from '../model/image-name';
import { error, listSome, type Problem } from '../model/problem';
import { profileFileName } from '../model/profile-file';
import { architecturesOfArchive } from './image-architectures';
import { type ImageArchive, imageArchives } from './images';
import { readIfThere } from './manifest-folder';

/** What the sites of a profile run, as the assembly lists it. */
export interface ImageList {
  /** `linux-arm64` */
  readonly platform: string;
  readonly images: readonly string[];
  readonly content: Buffer;
}

/** An archive with the architectures that it is for; none where nobody knows. */
export interface BundleArchive extends ImageArchive {
  readonly architectures: readonly string[];
}

/** The lists of an assembly for a profile; none where it has none. */
export interface ImageLists {
  /** `images/<profile>.<os>-<architecture>.txt`, by platform. */
  readonly platforms: readonly ImageList[];
  /** `images/<profile>.charts.txt`: Helm charts, of whose images nobody knows. @default - none */
  readonly charts?: Buffer;
}

export function imageListsOf({ outDir }: Assembly, profile: string): ImageLists {
  const folder = join(outDir, 'images');
  const start = `${profileFileName(profile)}.`;
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.startsWith(start)) : [];
  const charts = readIfThere(join(folder, `${start}charts.txt`));
  const platforms = names.flatMap((name) => /^([a-z0-9]+-[a-z0-9-]+)\.txt$/.exec(name.slice(start.length))?.[1] ?? []);
  return {
    platforms: platforms.sort(compareText).map((platform) => {
      const content = readFileSync(join(folder, `${start}${platform}.txt`));
      const lines = content.toString('utf8').split('\n');
      return { platform, content, images: lines.filter((line) => line !== '' && !line.startsWith('#')) };
    }),
    ...(charts && { charts }),
  };
}

/** The archives of a folder that somebody named; the script on the stick splits lists of them at blanks. */
export function bundleArchives(folder: string): {
  readonly archives: readonly BundleArchive[];
  readonly problems: readonly Problem[];
} {
  const archives = imageArchives(folder).map((archive) => ({
    ...archive,
    architectures: architecturesOfArchive(archive),
  }));
  const odd = archives.map(({ file }) => file).filter((file) => !/^[A-Za-z0-9_][A-Za-z0-9._+-]*$/.test(file));
  const problems = [
    ...(archives.length === 0
      ? [error(folder, 'holds no archive of images (.tar, .tar.gz, .tar.zst ...); name the folder that does')]
      : []),
    ...(odd.length > 0
      ? [
          error(
            folder,
            `has archives with names that a stick cannot carry (${listSome(odd)}); use letters, digits, ._+-`,
          ),
        ]
      : []),
  ];
  return { archives, problems };
}

/** Those for machines of a profile, as far as its lists tell which architectures that are. */
export function archivesFor(lists: readonly ImageList[], archives: readonly BundleArchive[]): readonly BundleArchive[] {
  return lists.length === 0 ? archives : archives.filter((archive) => lists.some((list) => isFor(archive, list)));
}

/** `linux-arm-v7` is `arm`. */
function isFor({ architectures }: BundleArchive, { platform }: ImageList): boolean {
  return architectures.length === 0 || architectures.includes(platform.split('-')[1] ?? '');
}

/** Images of the lists that no archive has for their platform; undefined where one of them is compressed, and not looked into. */
export function imagesWithoutArchive(
  lists: readonly ImageList[],
  archives: readonly BundleArchive[],
  holds: ReadonlyArray<(image: string) => boolean>,
): readonly string[] | undefined {
  if (archives.some(({ images }) => images === undefined)) return undefined;
  return lists.flatMap((list) => {
    const own = archives.filter((archive) => isFor(archive, list)).flatMap(({ images }) => images ?? []);
    const brought = new Set(own);
    return list.images
      .filter((image) => !brought.has(wholeImageName(image)) && !holds.some((release) => release(image)))
      .map((image) => `${image} for ${list.platform}`);
  });
}

/** `images/archives.tsv`: each archive with its architectures, of which `-` is any. */
export function archiveTable(archives: readonly BundleArchive[]): string {
  return archives
    .map(({ architectures, file }) => `${file}\t${architectures.length === 0 ? '-' : architectures.join(' ')}\n`)
    .join('');
}
