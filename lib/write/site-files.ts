import type { AssemblyRecord, CohortRecord, FileRecord, SiteRecord } from '../model/assembly-record';
import { shardOf } from '../model/digest';
import { fillTemplate } from '../model/hole-value';
import type { SitePlan } from '../model/plan';
import type { SiteNodes, Template } from '../model/template';
import { nodesFolder, recordedNodeFiles } from './node-records';

/** One file of one site, as it should be. */
export interface SiteFile {
  /** Relative to the output folder. */
  readonly path: string;
  /** What its text is a function of: equal keys, equal texts. */
  readonly key: string;
  readonly text: () => string;
}

/** Where the objects of a site are: in its own folder, or in that of the cluster that it shares with others. */
export function manifestsFolder(site: string, cohort: Pick<CohortRecord, 'shared'> | undefined): string {
  const shard = shardOf(site);
  return cohort?.shared === undefined
    ? `sites/${shard}/${site}/manifests`
    : `clusters/${cohort.shared}/sites/${shard}/${site}`;
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
  const folder = manifestsFolder(site.name, cohort); // once, since it costs a digest
  const files = new Map(
    Object.entries(cohort?.files ?? {}).map(([name, file]) => [`${folder}/${name}.yaml`, fileKey(file, site.digest)]),
  );
  for (const name of site.retired ?? []) files.set(`${folder}/${name}.yaml`, tombstoneKey(cohort));
  for (const path of recordedNodeFiles(site, nodeFiles)) files.set(path, nodeKey(site.nodes?.digest));
  return files;
}

/** The same with texts. `title`: of the distribution of its cohort. */
export function plannedFiles(
  site: SitePlan,
  record: SiteRecord,
  cohort: CohortRecord,
  title: string,
  templates: ReadonlyMap<string, Template>,
  nodes: SiteNodes | undefined,
): SiteFile[] {
  const folder = manifestsFolder(site.name, cohort);
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
