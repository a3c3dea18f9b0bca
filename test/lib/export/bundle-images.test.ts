import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { gatherBundles } from '../../../lib/export/bundle';
import { archivesFor, archiveTable, bundleArchives } from '../../../lib/export/bundle-images';
import { openAssembly } from '../../../lib/export/open-assembly';
import { writeSummedTar } from '../../../lib/export/summed-tar';
import { writeFolder } from './make-assembly';
import { made, makeStickAssembly } from './make-sticks';

const folder = mkdtempSync(join(tmpdir(), 'edgecdk-bundle-images-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const config = (architecture: string) => JSON.stringify({ architecture, os: 'linux', rootfs: { type: 'layers' } });

/** As `docker save` writes it. */
function archive(path: string, tag: string, architectures: readonly string[], gzip = false): void {
  const blobs = architectures.map((architecture) => [`blobs/sha256/${architecture}`, config(architecture)] as const);
  const files = [
    ...blobs,
    ['manifest.json', JSON.stringify([{ Config: blobs[0]?.[0], RepoTags: [tag], Layers: [] }])] as const,
    ['blobs/sha256/layer', '{"not": "an image"}'] as const,
  ];
  writeSummedTar(
    path,
    files.map(([name, text]) => ({ path: name, content: () => Buffer.from(text) })),
  );
  if (gzip) writeFileSync(path, gzipSync(readFileSync(path)));
}

const images = join(folder, 'images');
beforeAll(() => {
  archive(join(images, 'nginx.tar'), 'nginx:1', ['amd64']);
  archive(join(images, 'both.tar'), 'both:1', ['arm64', 'amd64']);
  archive(join(images, 'pos.tar'), 'pos:1', ['arm64']);
});

test('architectures are those in an archive', () => {
  const { archives, problems } = bundleArchives(images);
  expect(problems).toEqual([]);
  expect(archiveTable(archives)).toBe('both.tar\tamd64 arm64\nnginx.tar\tamd64\npos.tar\tarm64\n');
});

test.each([
  ['k3s-airgap-images-arm64.tar.zst', 'arm64'],
  ['k3s-airgap-images-arm.tar.gz', 'arm'],
  ['tools_amd64.tgz', 'amd64'],
  ['x-aarch64.tar.lz4', 'arm64'],
  ['charm.tar.gz', '-'],
  ['broken.tar', '-'],
])('of one that is compressed, or cannot be read, its name says it: %s', (file, expected) => {
  const named = join(folder, `named-${file}`);
  writeFolder(named, { [file]: 'anything' });
  expect(archiveTable(bundleArchives(named).archives)).toBe(`${file}\t${expected}\n`);
});

test('a stick carries those for machines of its profile, as far as lists tell', () => {
  const { archives } = bundleArchives(images);
  const files = (platforms: readonly string[]) =>
    archivesFor(
      platforms.map((platform) => ({ platform, images: [], content: Buffer.alloc(0) })),
      archives,
    ).map(({ file }) => file);
  expect(files([])).toEqual(['both.tar', 'nginx.tar', 'pos.tar']);
  expect(files(['linux-amd64'])).toEqual(['both.tar', 'nginx.tar']);
  expect(files(['linux-arm'])).toEqual([]);
});

function problemsOf(list: Readonly<Record<string, string>>, folderOf = images): string[] {
  const dist = join(folder, 'dist');
  rmSync(dist, { recursive: true, force: true });
  makeStickAssembly(dist, [{ name: 'store-1', nodes: [], manifests: { 'pos.yaml': made('pos') } }]);
  writeFolder(dist, list);
  return gatherBundles(openAssembly(dist), { images: folderOf }).problems.map(
    ({ message, severity }) => `${severity}: ${message}`,
  );
}

test('an image without an archive is warned of, unless one is compressed', () => {
  const list = { 'images/box.linux-amd64.txt': '# listed\ndocker.io/library/nginx:1\nredis:7\n' };
  expect(problemsOf(list)).toEqual([
    expect.stringMatching(/^warning: needs images of which no archive .*\(redis:7 for linux-amd64\)/),
  ]);
  const more = join(folder, 'more');
  archive(join(more, 'nginx.tar'), 'nginx:1', ['amd64']);
  archive(join(more, 'rest.tar.gz'), 'redis:7', ['amd64'], true);
  expect(problemsOf(list, more)).toEqual([]);
});

test('archives for no machine of a profile are an error, and so is a folder without any', () => {
  expect(problemsOf({ 'images/box.linux-arm.txt': '' })).toEqual([
    expect.stringMatching(/^error: has machines of other architectures than all archives/),
  ]);
  const empty = join(folder, 'empty');
  writeFolder(empty, { 'notes.txt': '' });
  expect(problemsOf({}, empty)).toEqual([expect.stringMatching(/^error: holds no archive of images/)]);
  const odd = join(folder, 'odd');
  writeFolder(odd, { 'a b.tar.gz': '' });
  expect(problemsOf({}, odd)).toEqual([expect.stringMatching(/names that a stick cannot carry \(a b\.tar\.gz\)/)]);
});
