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

export function manifestsFolder(site: string): string {
  return `sites/${shardOf(site)}/${site}/manifests`;
}

/** K3s removes the objects of a file that lost them, and leaves those of a file that is gone. */
export const tombstone = '# Withdrawn: EdgeCDK no longer places this here. K3s removes what stood in this file.\n';

/** Files of a site by path, from its line of the index alone: what an assembly says is there. */
export function recordedFiles(
  site: Pick<SiteRecord, 'name' | 'digest' | 'retired'>,
  cohort: CohortRecord | undefined,
): Map<string, string> {
  const folder = manifestsFolder(site.name); // once, since it costs a digest
  const files = new Map(
    Object.entries(cohort?.files ?? {}).map(([name, file]) => [`${folder}/${name}.yaml`, fileKey(file, site.digest)]),
  );
  for (const name of site.retired ?? []) files.set(`${folder}/${name}.yaml`, 'tombstone');
  return files;
}

/** The same with texts. */
export function plannedFiles(
  site: SitePlan,
  record: SiteRecord,
  cohort: CohortRecord,
  templates: ReadonlyMap<string, Template>,
): SiteFile[] {
  const folder = manifestsFolder(site.name);
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
    (name): SiteFile => ({ path: `${folder}/${name}.yaml`, key: 'tombstone', text: () => tombstone }),
  );
  return [...files, ...retired];
}

/** A file without holes is the same at every site and in every state of its values. */
function fileKey(file: FileRecord, siteDigest: string): string {
  return file.holes.length === 0 ? file.template : `${file.template} ${siteDigest}`;
}
