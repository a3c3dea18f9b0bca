import type { CohortRecord, FileRecord, SiteRecord } from '../model/assembly-record';
import { shardOf } from '../model/digest';
import { fillTemplate } from '../model/hole-value';
import type { SitePlan } from '../model/plan';
import type { Template } from '../model/template';

/** One file of one site, as it should be. */
export interface SiteFile {
  /** Relative to the output folder. */
  readonly path: string;
  /** What its text is a function of: equal keys, equal texts. */
  readonly key: string;
  readonly text: () => string;
}

export function siteFolder(site: string): string {
  return `sites/${shardOf(site)}/${site}`;
}

export function manifestPath(site: string, file: string): string {
  return `${siteFolder(site)}/manifests/${file}.yaml`;
}

/** K3s removes the objects of a file that lost them, and leaves those of a file that is gone. */
export const tombstone = '# Withdrawn: EdgeCDK no longer places this here. K3s removes what stood in this file.\n';

/** Files of a site by path, from its line of the index alone: what an assembly says is there. */
export function recordedFiles(
  site: Pick<SiteRecord, 'name' | 'digest' | 'retired'>,
  cohort: CohortRecord | undefined,
): Map<string, string> {
  const files = new Map(
    Object.entries(cohort?.files ?? {}).map(([name, file]) => [
      manifestPath(site.name, name),
      fileKey(file, site.digest),
    ]),
  );
  for (const name of site.retired ?? []) files.set(manifestPath(site.name, name), 'tombstone');
  return files;
}

/** The same with texts. */
export function plannedFiles(
  site: SitePlan,
  record: SiteRecord,
  cohort: CohortRecord,
  templates: ReadonlyMap<string, Template>,
): SiteFile[] {
  const files = Object.entries(cohort.files).map(([name, file]): SiteFile => {
    const template = templates.get(file.template);
    if (!template) throw new Error(`no template ${file.template}`);
    return {
      path: manifestPath(site.name, name),
      key: fileKey(file, record.digest),
      text: () => fillTemplate(template, site),
    };
  });
  const retired = (record.retired ?? []).map(
    (name): SiteFile => ({ path: manifestPath(site.name, name), key: 'tombstone', text: () => tombstone }),
  );
  return [...files, ...retired];
}

/** A file without holes is the same at every site and in every state of its values. */
function fileKey(file: FileRecord, siteDigest: string): string {
  return file.holes.length === 0 ? file.template : `${file.template} ${siteDigest}`;
}
