import type { AssemblyRecord, CohortRecord, FileRecord, SiteRecord } from '../model/assembly-record';
import { manifestsFolder, nodesFolder } from '../model/folders';
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
  const files = new Map(
    Object.entries(cohort?.files ?? {}).map(([name, file]) => [`${folder}/${name}.yaml`, fileKey(file, site.digest)]),
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
  const files = Object.entries(cohort.files).map(([name, file]): SiteFile => {
    const template = templates.get(file.template);
    if (!template) throw new Error(`no template ${file.template}`);
    return {
      path: `${folder}/${name}.yaml`,
      key: fileKey(file, record.digest),
      text: () => fillTemplate(template, site),
    };
  });
  const retired = (record.retired ?? []).map(
    (name): SiteFile => ({ path: `${folder}/${name}.yaml`, key: tombstoneKey(cohort), text: () => tombstone(title) }),
  );
  return [...files, ...retired, ...(nodes ? nodeFiles(site.name, nodes) : [])];
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

/** A file without holes is the same at every site and in every state of its values. */
function fileKey(file: FileRecord, siteDigest: string): string {
  return file.holes.length === 0 ? file.template : `${file.template} ${siteDigest}`;
}
