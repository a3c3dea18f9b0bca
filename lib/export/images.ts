import { closeSync, existsSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { containerImages } from '../model/container-images';
import { compareText } from '../model/digest';
import { wholeImageName } from '../model/image-name';
import type { KubeObject } from '../model/kube-object';
import { imagesOf } from '../model/object-images';
import { fileSha256 } from './artifacts';

/** An archive of images for machines without a link. */
export interface ImageArchive {
  readonly file: string;
  readonly from: string;
  readonly sha256: string;
  readonly bytes: number;
  /** Whole names of what is in it. @default - it is compressed, and not looked into */
  readonly images?: readonly string[];
}

/** Endings that K3s takes, and of which other runtimes take most. @see K3s documentation, Air-Gap Install */
const ENDINGS = /\.(tar|tar\.gz|tgz|tar\.zst|tar\.lz4|tar\.bz2)$/;

/** The archives of a folder; none where there is no folder. */
export function imageArchives(folder: string): ImageArchive[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => ENDINGS.test(name) && /^[A-Za-z0-9_]/.test(name))
    .sort(compareText)
    .map((file) => {
      const from = join(folder, file);
      const images = imagesIn(from);
      return { file, from, sha256: fileSha256(from), bytes: statSync(from).size, ...(images && { images }) };
    });
}

/** Whole names of what is in an archive; undefined where it is compressed, and not looked into. */
export function imagesIn(archive: string): readonly string[] | undefined {
  return archive.endsWith('.tar') ? taggedImages(archive) : undefined;
}

/** Images of manifests that are not brought, by their whole names, and that none of the archives of releases is known to hold. */
export function missingImages(
  manifests: readonly string[],
  brought: ReadonlySet<string>,
  releases: ReadonlyArray<(image: string) => boolean>,
): string[] {
  const comesAlong = (image: string) => releases.some((holds) => holds(image));
  return [...new Set(manifests.flatMap(imagesOfManifest))]
    .filter((image) => !brought.has(wholeImageName(image)) && !comesAlong(image))
    .sort(compareText);
}

function imagesOfManifest(text: string): string[] {
  return parseAllDocuments(text).flatMap((document) => {
    const object: unknown = document.toJS();
    return isKubeObject(object) ? imagesOf(object).images : containerImages(object);
  });
}

function isKubeObject(value: unknown): value is KubeObject {
  return typeof value === 'object' && value !== null && 'apiVersion' in value && typeof value.apiVersion === 'string';
}

const BLOCK = 512;

/** The tags in the `manifest.json` of what `docker save` wrote: only the headers of the other files are read. */
function taggedImages(file: string): string[] | undefined {
  const handle = openSync(file, 'r');
  try {
    const header = Buffer.alloc(BLOCK);
    for (let at = 0; readSync(handle, header, 0, BLOCK, at) === BLOCK && header[0] !== 0; ) {
      const name = textOf(header, 0, 100);
      const size = Number.parseInt(textOf(header, 124, 12).trim(), 8);
      if (!Number.isSafeInteger(size)) return undefined;
      if (name === 'manifest.json') {
        const content = Buffer.alloc(size);
        readSync(handle, content, 0, size, at + BLOCK);
        const entries = JSON.parse(content.toString('utf8')) as ReadonlyArray<{
          readonly RepoTags?: readonly string[];
        }>;
        return entries.flatMap(({ RepoTags }) => RepoTags ?? []).map(wholeImageName);
      }
      at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
    }
    return undefined;
  } catch {
    return undefined;
  } finally {
    closeSync(handle);
  }
}

function textOf(block: Buffer, from: number, length: number): string {
  const text = block.subarray(from, from + length).toString('latin1');
  const end = text.indexOf('\0');
  return end < 0 ? text : text.slice(0, end);
}
