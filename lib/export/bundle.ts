import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Assembly } from '../assembly/read-assembly';
import { error, listSome, type Problem, warning } from '../model/problem';
import { artifactTable, bundleArtifacts, filesOfArtifacts } from './bundle-artifacts';
import { STICK_DISTRIBUTIONS } from './bundle-distributions';
import {
  archivesFor,
  archiveTable,
  type BundleArchive,
  bundleArchives,
  imageListsOf,
  imagesWithoutArchive,
} from './bundle-images';
import type { Bundle } from './bundle-record';
import { installScript } from './bundle-script';
import { bundleName, bundleSheet } from './bundle-sheet';
import { type BundleChoice, type BundleSite, bundleSites, type ChosenSites } from './bundle-sites';
import type { TarFile } from './summed-tar';

export interface BundleRequest extends BundleChoice {
  /** Folder with archives of images to carry. @default - none */
  readonly images?: string;
  /** Folder of the artifact cache, to carry what machines are installed from. @default - only its names are carried */
  readonly artifacts?: string;
}

/** Gathers a bundle for each chosen hardware profile. Errors among the problems say that they are not complete. */
export function gatherBundles(
  assembly: Assembly,
  request: BundleRequest,
): { readonly bundles: readonly Bundle[] } & Pick<ChosenSites, 'leftOut' | 'problems'> {
  const { byProfile, leftOut, problems } = bundleSites(assembly, request);
  const brought = request.images === undefined ? { archives: [], problems: [] } : bundleArchives(request.images);
  const found: Problem[] = [...problems, ...brought.problems];
  const bundles = [...byProfile].map(([profile, sites]) =>
    gatherBundle(assembly, { ...request, profile, sites, archives: brought.archives }, found),
  );
  return { bundles, leftOut, problems: found };
}

function gatherBundle(
  assembly: Assembly,
  request: Pick<BundleRequest, 'artifacts' | 'images'> & {
    readonly profile: string;
    readonly sites: readonly BundleSite[];
    readonly archives: readonly BundleArchive[];
  },
  problems: Problem[],
): Bundle {
  const { profile, sites } = request;
  const { fleet } = assembly.record;
  const { charts, platforms: lists } = imageListsOf(assembly, profile);
  const archives = archivesFor(lists, request.archives);
  const artifacts = bundleArtifacts(assembly, new Set(sites.flatMap(({ trees }) => trees)));
  const carried = request.artifacts === undefined ? undefined : filesOfArtifacts(profile, artifacts, request.artifacts);
  problems.push(...(carried?.problems ?? []));
  const holds = [...artifacts.values()].flatMap((artifact) => artifact.holds ?? []);
  const missing = request.images === undefined ? [] : imagesWithoutArchive(lists, archives, holds);
  if (missing !== undefined && missing.length > 0)
    problems.push(
      warning(
        profile,
        `needs images of which no archive is in ${request.images} (${listSome(missing, 20)}); put archives of them there (docker save)`,
      ),
    );
  if (request.images !== undefined && request.archives.length > 0 && archives.length === 0)
    problems.push(
      error(
        profile,
        `has machines of other architectures than all archives in ${request.images}; add theirs, or leave --images out`,
      ),
    );
  const bundle = {
    fleet,
    profile,
    sites,
    lists,
    hasCharts: charts !== undefined,
    archives,
    artifacts,
    carriesArtifacts: carried !== undefined,
  };
  const distributions = [...STICK_DISTRIBUTIONS].flatMap(([name, known]) =>
    sites.some(({ distribution }) => distribution === name) ? [known] : [],
  );
  const files: TarFile[] = [
    ...sites.flatMap(({ folder, manifests, name }) =>
      manifests.map((file) => ({
        path: `manifests/${name}/${file}`,
        content: () => readFileSync(join(folder, file)),
      })),
    ),
    ...lists.map(({ content, platform }) => ({ path: `images/${platform}.txt`, content: () => content })),
    ...(charts === undefined ? [] : [{ path: 'images/charts.txt', content: () => charts }]),
    ...archives.map(({ file, from, sha256 }) => ({ path: `images/${file}`, from, sha256 })),
    ...[...(carried?.files ?? [])].map(([path, { from, sha256 }]) => ({ path: `artifacts/${path}`, from, sha256 })),
    text('images/archives.tsv', archiveTable(archives)),
    text('artifacts.json', artifactTable(artifacts, carried !== undefined)),
    text('sites.txt', siteTable(sites)),
    text('README.txt', bundleSheet(bundle, distributions)),
    { ...text('install.sh', installScript(distributions)), executable: true },
  ];
  return { ...bundle, name: bundleName({ fleet, profile }), files };
}

/** `sites.txt`. The number of files tells a list of sums that was cut short from a whole one. */
function siteTable(sites: readonly BundleSite[]): string {
  const rows = sites.map(({ distribution, manifests, name, nodes }) =>
    [name, distribution, manifests.length, nodes.join(' ')].join('\t'),
  );
  return ['# site\tcluster\tfiles\tmachines', ...rows].map((row) => `${row}\n`).join('');
}

function text(path: string, content: string): { readonly path: string; readonly content: () => Buffer } {
  return { path, content: () => Buffer.from(content) };
}
