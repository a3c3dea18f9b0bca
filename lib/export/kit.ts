import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Assembly } from '../assembly/read-assembly';
import { compareText, sorted } from '../model/digest';
import { manifestsFolder, nodesFolder } from '../model/folders';
import { type KitWords, plainKitWords } from '../model/kit-words';
import type { SeedMedium } from '../model/node-model';
import { error, listSome, type Problem, warning } from '../model/problem';
import { collectArtifacts } from './artifacts';
import type { FolderFile } from './export-folder';
import { imageArchives, imagesIn, missingImages } from './images';
import type { Kit } from './kit-record';
import { readIfThere, readManifestFolder } from './manifest-folder';
import { readNameValues } from './name-values';
import { collectSecrets, secretsOfTree } from './secrets';
import { kitSheet } from './sheet';
import { findSite, isName, readSiteNodes, type SiteNode } from './site-nodes';
import { artifactsOf } from './tree-artifacts';

export interface KitRequest {
  readonly site: string;
  /** Name of a node of the site, or its slot. @default - all nodes of the site */
  readonly node?: string;
  /** Folder of the artifact cache. */
  readonly cache: string;
  /** Folder with archives of images. @default - `images` in the cache, for machines without a link */
  readonly images?: string;
  /** Leave artifacts out that machines can download. @default false */
  readonly withoutArtifacts?: boolean;
  /** Folder with the values of secrets. @default - none travels on the medium */
  readonly secrets?: string;
  /** A secret that is missing is an error. @default false */
  readonly strict?: boolean;
}

/** Gathers a kit: what `boot.sh` reads from a medium, with what cloud-init reads before it. Errors among the problems say that it is not complete. */
export function gatherKit(
  assembly: Assembly,
  request: KitRequest,
): { readonly kit?: Kit; readonly problems: readonly Problem[] } {
  const { site } = request;
  const record = findSite(assembly, site);
  if (!record) return { problems: [error(site, `is no site of ${assembly.record.fleet} (${someSites(assembly)})`)] };
  const all = readSiteNodes(assembly, site);
  if (all.length === 0)
    return {
      problems: [
        error(
          site,
          'has no files for its nodes in this assembly; give their device classes an operatingSystem, lock the artifacts (edgecdk lock), and synthesize',
        ),
      ],
    };
  const chosen = request.node === undefined ? all : chooseNode(all, request.node);
  if (chosen.length === 0)
    return {
      problems: [
        error(
          site,
          `has no node ${request.node} (it has ${listSome(
            all.map(({ name }) => name),
            20,
          )}); name one of them`,
        ),
      ],
    };
  const problems: Problem[] = [];
  if (record.state === 'closing') problems.push(warning(site, 'is closing: its own workloads are withdrawn'));
  // Of a single machine nobody has to ask which one it is.
  const only = chosen.length === 1 ? chosen[0] : undefined;
  const strangers = only ? [] : chosen.filter(({ knownBy }) => knownBy.length === 0);
  if (strangers.length > 0)
    problems.push(
      error(
        site,
        `has machines that cannot find out which of its nodes they are (${listSome(
          strangers.map(({ name }) => name),
          12,
        )}); write their serial or mac into the node inventory, or make a kit for each with --node`,
      ),
    );
  const files: FolderFile[] = [
    ...seedFiles(assembly, site, chosen, problems),
    { path: 'edgecdk/match.tsv', content: text(chosen.flatMap(({ matchLines }) => matchLines)) },
  ];
  const trees = new Map<string, ReadonlyMap<string, Buffer>>();
  for (const tree of sorted(new Set(chosen.map((node) => node.tree)), (name) => name)) {
    const copied = copyFolder(assembly, `nodes/${tree}`, `edgecdk/trees/${tree}`, problems);
    files.push(...copied.files);
    trees.set(tree, copied.content);
  }
  // It is the same in all trees.
  const begin = [...trees.values()][0]?.get('files/etc/edgecdk/scripts/boot.sh');
  if (begin !== undefined) files.push({ path: 'edgecdk/begin.sh', content: begin });
  for (const { name } of chosen) {
    const from = `${nodesFolder(site)}/${name}/identity`;
    files.push(...copyFolder(assembly, from, `edgecdk/nodes/${name}/identity`, problems).files);
  }
  const artifacts = gatherArtifacts(request, [...trees.values()]);
  problems.push(...artifacts.problems);
  const uses = chosen.map((node) => ({ node, uses: usesOf(trees.get(node.tree)) }));
  const { secrets, problems: withoutValue } = collectSecrets(
    uses,
    request.secrets,
    request.strict ? 'error' : 'warning',
  );
  problems.push(...withoutValue);
  files.push(
    ...artifacts.found.map(({ file, from, sha256 }) => ({ path: `artifacts/${file}`, from, sha256 })),
    ...secrets.flatMap(({ node, files: own = [] }) =>
      own.map(({ path, content }) => ({ path: `edgecdk/nodes/${node}/secrets/${path}`, content, secret: true })),
    ),
  );
  const rolesOf = new Map([...trees].map(([name, tree]) => [name, readNodeJson(tree)]));
  const wordsOf = ({ tree }: SiteNode) => wordsOfTree(rolesOf.get(tree));
  // A site is of one distribution.
  const { title, applyManifests } = chosen.map(wordsOf)[0] ?? plainKitWords();
  const manifests =
    applyManifests !== undefined && chosen.some(({ tree }) => rolesOf.get(tree)?.role === 'server')
      ? manifestFiles(assembly, site)
      : [];
  files.push(...manifests);
  const offline = [...trees.values()].some((tree) => settingsOf(tree).get('INSTALL') === 'preloaded');
  const images = imageArchives(request.images ?? (offline ? join(request.cache, 'images') : ''));
  files.push(...images.map(({ file, from, sha256 }) => ({ path: `artifacts/images/${file}`, from, sha256 })));
  const brought = [...images, ...artifacts.found.map(({ from }) => ({ images: imagesIn(from) }))];
  const missing = offline
    ? missingImages(
        manifestFiles(assembly, site).map(({ content }) => content.toString('utf8')),
        new Set(brought.flatMap((archive) => archive.images ?? [])),
        [...artifacts.found, ...artifacts.downloaded].flatMap(({ holds }) => holds ?? []),
      )
    : [];
  // What is compressed is not looked into.
  if (missing.length > 0 && images.every((archive) => archive.images !== undefined))
    problems.push(
      warning(
        site,
        `has no link, and needs images that are not on the medium (${listSome(missing, 20)}); put archives of them (docker save) into ${request.images ?? join(request.cache, 'images')}`,
      ),
    );
  const cohort = assembly.record.cohorts[record.cohort];
  // Of a cluster that sites share, the engine is elsewhere.
  const delivery = cohort?.shared === undefined ? cohort?.delivery : undefined;
  const kit = {
    site,
    ...(delivery !== undefined && { delivery }),
    node: only?.name,
    title,
    ...(applyManifests !== undefined && { applyManifests }),
    imports: importsOf(chosen, wordsOf),
    onImages: onImagesOf(chosen, wordsOf),
    nodes: chosen,
    seedMedia: new Map(chosen.map(({ name, tree }) => [name, rolesOf.get(tree)?.seedMedium ?? ('cidata' as const)])),
    manifests: manifests.length,
    artifacts: artifacts.found,
    downloaded: artifacts.downloaded,
    images,
    missingImages: missing,
    secrets,
  };
  const technician = readIfThere(join(assembly.outDir, nodesFolder(site), 'README.txt'))?.toString('utf8');
  files.push({ path: 'README.txt', content: Buffer.from(kitSheet(kit, technician)) });
  return { kit: { ...kit, files }, problems };
}

function chooseNode(nodes: readonly SiteNode[], wanted: string): readonly SiteNode[] {
  const exact = nodes.filter(({ name }) => name === wanted);
  if (exact.length > 0) return exact;
  return nodes.filter(({ name, site }) => name.replace(/-g\d+$/, '') === `${site}-${wanted}`);
}

/** What cloud-init reads, from the root of the medium. It takes a medium without meta-data for none. */
function seedFiles(
  { outDir }: Assembly,
  site: string,
  chosen: readonly SiteNode[],
  problems: Problem[],
): readonly FolderFile[] {
  const only = chosen.length === 1 ? chosen[0] : undefined;
  const folder = join(outDir, nodesFolder(site), only?.name ?? '', 'seed');
  if (!existsSync(folder)) {
    // Images without cloud-init: somebody runs begin.sh, as the sheet says.
    const seeded = chosen.some(({ name }) => existsSync(join(outDir, nodesFolder(site), name, 'seed')));
    if (only || !seeded) return [];
    problems.push(
      error(
        site,
        'has no medium that serves all of its machines: they have data disks of their own, or some have a static address and not all a mac; make a kit for each with --node',
      ),
    );
    return [];
  }
  return ['user-data', 'meta-data', 'network-config'].flatMap((path) => {
    const content = readIfThere(join(folder, path));
    if (content !== undefined) return [{ path, content }];
    if (path !== 'network-config')
      problems.push(
        error(
          only?.name ?? site,
          `has no ${path} in the assembly (no ${join(folder, path)}); run edgecdk synth --verify`,
        ),
      );
    return [];
  });
}

/** What the cluster of the site is to run: its servers need them once Kubernetes is there, and some machines cannot join before. */
function manifestFiles({ outDir }: Assembly, site: string): Array<{ readonly path: string; readonly content: Buffer }> {
  const folder = join(outDir, manifestsFolder(site));
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => isName(name) && name.endsWith('.yaml'))
    .sort(compareText)
    .map((name) => ({ path: `edgecdk/manifests/${name}`, content: readFileSync(join(folder, name)) }));
}

interface NodeJson {
  readonly role?: string;
  readonly distribution?: string;
  readonly seedMedium?: SeedMedium;
  readonly kit?: KitWords;
}

function wordsOfTree({ distribution, kit }: NodeJson = {}): KitWords {
  return kit ?? plainKitWords(distribution);
}

/** Machines of a site may have other container runtimes. */
function importsOf(nodes: readonly SiteNode[], wordsOf: (node: SiteNode) => KitWords): Kit['imports'] {
  const commands = new Set(nodes.map((node) => wordsOf(node).importImages));
  return [...commands].map((command) => ({
    command,
    nodes: nodes.filter((node) => wordsOf(node).importImages === command).map(({ name }) => name),
  }));
}

function onImagesOf(nodes: readonly SiteNode[], wordsOf: (node: SiteNode) => KitWords): Kit['onImages'] {
  const all = new Set(nodes.flatMap((node) => wordsOf(node).onImage ?? []));
  return [...all].map((what) => ({
    what,
    nodes: nodes.filter((node) => wordsOf(node).onImage === what).map(({ name }) => name),
  }));
}

function settingsOf(tree: ReadonlyMap<string, Buffer>): ReadonlyMap<string, string> {
  return readNameValues(tree.get('settings')?.toString('utf8') ?? '');
}

function readNodeJson(tree: ReadonlyMap<string, Buffer>): NodeJson {
  return JSON.parse(tree.get('node.json')?.toString('utf8') ?? '{}');
}

function copyFolder(
  { outDir }: Assembly,
  from: string,
  to: string,
  problems: Problem[],
): { readonly files: readonly FolderFile[]; readonly content: ReadonlyMap<string, Buffer> } {
  const folder = readManifestFolder(join(outDir, from));
  if ('problem' in folder) {
    problems.push(error(folder.file, folder.problem));
    return { files: [], content: new Map() };
  }
  const files = [...folder.files].map(([path, content]) => ({ path: `${to}/${path}`, content }));
  return { files, content: folder.files };
}

function gatherArtifacts(request: KitRequest, trees: ReadonlyArray<ReadonlyMap<string, Buffer>>) {
  const wanted = trees.flatMap((tree) => artifactsOf(readNodeJson(tree).distribution, settingsOf(tree)));
  const taken = wanted.filter(({ required }) => required || !request.withoutArtifacts);
  const collected = collectArtifacts(request.site, taken, request.cache);
  const left = wanted.filter((artifact) => !taken.includes(artifact));
  return { ...collected, downloaded: [...collected.downloaded, ...left] };
}

function usesOf(tree: ReadonlyMap<string, Buffer> | undefined) {
  const nodeJson = tree?.get('node.json');
  return nodeJson === undefined ? [] : secretsOfTree(nodeJson.toString('utf8'));
}

function someSites({ record, ...assembly }: Assembly): string {
  const names: string[] = [];
  for (const { name } of assembly.sites()) {
    names.push(name);
    if (names.length === 5) break;
  }
  const count = Object.values(record.shards).reduce((sum, shard) => sum + shard.sites, 0);
  return names.length === 0
    ? 'it has none'
    : `it has ${names.join(', ')}${count > names.length ? ` and ${count - names.length} more` : ''}`;
}

function text(lines: readonly string[]): Buffer {
  return Buffer.from(lines.map((line) => `${line}\n`).join(''));
}
