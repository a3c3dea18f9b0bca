import type { AssemblyRecord, CohortRecord, FileRecord, SiteRecord } from '../model/assembly-record';
import { expandedFolder, manifestsFolder, nodesFolder, recordFolder } from '../model/folders';
import { fillTemplate } from '../model/hole-value';
import type { SitePlan } from '../model/plan';
import type { SiteNodes, Template } from '../model/template';
import { recordedNodeFiles } from './node-records';

/** One file of one site, as it should be. */
export interface SiteFile {
  /** Relative to the output folder. */
  readonly path: string;
  /** What its text is a function of: equal keys, equal texts. */
  readonly key: string;
  readonly text: () => string;
}

/** For distributions that remove the objects of a file that lost them, and leave those of a file that is gone. `title`: of the distribution. */
function tombstone(title: string): string {
  return `# Withdrawn: EdgeCDK no longer places this here. ${title} removes what stood in this file.\n`;
}

/** Files of a site by path, from its line of the index alone: what an assembly says is there. */
export function recordedFiles(
  site: Pick<SiteRecord, 'name' | 'digest' | 'retired' | 'nodes'>,
  cohort: CohortRecord | undefined,
  nodeFiles: AssemblyRecord['nodeFiles'],
): Map<string, string> {
  const folder = manifestsFolder(site.name, cohort?.shared); // once, since it costs a digest
  const pathOf = pathsOf(site.name, folder, cohort?.delivery);
  const files = new Map(
    writtenFiles(cohort).map(([name, file]) => [pathOf(name, file), fileKey(file, site.digest)] as const),
  );
  for (const name of site.retired ?? []) files.set(`${folder}/${name}.yaml`, tombstoneKey(cohort));
  for (const path of recordedNodeFiles(site, nodeFiles)) files.set(path, nodeKey(site.nodes?.digest));
  return files;
}

/** What the files of a site are made of. */
export interface SiteFileSource {
  readonly site: SitePlan;
  readonly record: Pick<SiteRecord, 'digest' | 'retired'>;
  readonly cohort: CohortRecord;
  /** Of the distribution of its cohort. */
  readonly title: string;
  readonly templates: ReadonlyMap<string, Template>;
  /** @default - its machines are not set up by us */
  readonly nodes?: SiteNodes;
}

/** The same with texts. */
export function plannedFiles({ site, record, cohort, title, templates, nodes }: SiteFileSource): SiteFile[] {
  const folder = manifestsFolder(site.name, cohort.shared);
  const pathOf = pathsOf(site.name, folder, cohort.delivery);
  const files = writtenFiles(cohort).map(([name, file]): SiteFile => {
    const template = templates.get(file.template);
    if (!template) throw new Error(`no template ${file.template}`);
    return {
      path: pathOf(name, file),
      key: fileKey(file, record.digest),
      text: () => fillTemplate(template, site),
    };
  });
  const retired = (record.retired ?? []).map(
    (name): SiteFile => ({ path: `${folder}/${name}.yaml`, key: tombstoneKey(cohort), text: () => tombstone(title) }),
  );
  return [...files, ...retired, ...(nodes ? nodeFiles(site.name, nodes) : [])];
}

/** What stands in shared content is in no file of a site. */
function writtenFiles(cohort: CohortRecord | undefined): [string, FileRecord][] {
  return Object.entries(cohort?.files ?? {}).filter(([, { place }]) => place !== 'layer');
}

/** Path of a file of a site; folders are made once, since they cost a digest. */
function pathsOf(
  site: string,
  manifests: string,
  engine: string | undefined,
): (name: string, file: FileRecord) => string {
  const record = engine === undefined ? manifests : recordFolder(engine, site);
  const expanded = expandedFolder(site);
  const folders = { record, expanded, layer: '' };
  return (name, { place }) => `${place === undefined ? manifests : folders[place]}/${nameOf(name)}.yaml`;
}

/** All files of a site's machines are made together, and not before one of them is asked for. */
function nodeFiles(site: string, nodes: SiteNodes): SiteFile[] {
  const folder = nodesFolder(site);
  let made: ReadonlyMap<string, string> | undefined;
  return nodes.names().map((name) => ({
    path: `${folder}/${name}`,
    key: nodeKey(nodes.digest),
    text: () => {
      made ??= nodes.files();
      return made.get(name) ?? '';
    },
  }));
}

function tombstoneKey(cohort: Pick<CohortRecord, 'distribution'> | undefined): string {
  return `tombstone ${cohort?.distribution ?? ''}`;
}

function nodeKey(digest = ''): string {
  return `nodes ${digest}`;
}

/** Files of records are listed as `record/<name>`, since a workload may have any name. */
function nameOf(name: string): string {
  return name.slice(name.indexOf('/') + 1);
}

/** A file without holes is the same at every site and in every state of its values. */
function fileKey(file: FileRecord, siteDigest: string): string {
  return file.holes.length === 0 ? file.template : `${file.template} ${siteDigest}`;
}
