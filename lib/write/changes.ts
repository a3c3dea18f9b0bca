import { dirname } from 'node:path';
import { temporary } from '../model/assembly-record';
import type { Plan } from '../model/plan';
import type { Rendering, Template } from '../model/template';
import type { AssemblyIndex, PreviousSites } from './assembly-index';
import type { Disk } from './disk';
import { manifestsFolder, plannedFiles, recordedFiles, type SiteFile } from './site-files';

/** What has to happen to the files of sites. */
export interface Changes {
  readonly write: SiteFile[];
  readonly remove: string[];
  unchanged: number;
  /** Paused sites whose files the run that was cut short had begun to change: what they had cannot be made again. */
  readonly unsure: string[];
  /** Paths of new files at which something stands that is not ours. */
  readonly blocked: string[];
}

export interface Comparison {
  readonly disk: Disk;
  readonly plan: Plan;
  readonly rendering: Rendering;
  readonly index: AssemblyIndex;
  readonly before: PreviousSites;
  /** Compare with what is on the disk, and not with what the index says. */
  readonly verify: boolean;
  /** Files that a run which was cut short may have made. @default - the last run came to its end */
  readonly leftovers?: readonly string[];
}

export function findChanges({ disk, plan, rendering, index, before, verify, leftovers }: Comparison): Changes {
  const templates = templatesByDigest(rendering);
  const changes: Changes = { write: [], remove: [], unchanged: 0, unsure: [], blocked: [] };
  const wanted = new Set<string>(); // gathered only where leftovers are to be told from them
  const touched = new Set(leftovers);
  for (const [i, site] of plan.sites.entries()) {
    const record = index.sites[i];
    const cohort = record && index.record.cohorts[record.cohort];
    const planned = index.record.cohorts[site.cohort];
    if (!record || !cohort || !planned) continue;
    const old = before.get(site.name);
    const was = old ? recordedFiles(old, before.cohort(old.cohort)) : new Map<string, string>();
    const paused = old !== undefined && record.state === 'paused';
    const files = plannedFiles(
      site,
      paused ? { ...record, digest: site.digest } : record,
      paused ? planned : cohort,
      templates,
    );
    if (leftovers) for (const path of paused ? was.keys() : files.map((file) => file.path)) wanted.add(path);
    const folder = manifestsFolder(site.name);
    const there = new Set(before.names.length > 0 ? disk.list(folder) : []);
    const isThere = (path: string) => there.has(path.slice(folder.length + 1));
    if (paused) {
      const known = new Map(files.map((file) => [file.path, file]));
      for (const [path, key] of was) {
        const file = known.get(path)?.key === key ? known.get(path) : undefined; // what it was can be made
        const suspect = leftovers ? touched.has(path) : verify || !isThere(path);
        if (suspect && file && disk.read(path) !== file.text()) changes.write.push(file);
        else changes.unchanged++; // whatever is there stays
        if (suspect && !file && leftovers && changes.unsure.at(-1) !== site.name) changes.unsure.push(site.name);
      }
      continue;
    }
    for (const file of files) {
      const same = verify
        ? disk.read(file.path) === file.text()
        : was.get(file.path) === file.key && isThere(file.path);
      if (same) changes.unchanged++;
      else changes.write.push(file);
      if (!same && !was.has(file.path) && isThere(file.path) && !touched.has(file.path))
        changes.blocked.push(file.path);
      was.delete(file.path);
    }
    changes.remove.push(...was.keys());
  }
  const stays = new Set(plan.sites.map((site) => site.name));
  for (const name of before.names) {
    const old = before.get(name);
    if (old && !stays.has(name)) changes.remove.push(...recordedFiles(old, before.cohort(old.cohort)).keys());
  }
  if (leftovers) changes.remove.push(...remains(disk, leftovers, wanted));
  return changes;
}

/** What a run that was cut short left behind and nothing speaks of any more: files of its own plan, and halves of files. */
function remains(disk: Disk, leftovers: readonly string[], wanted: ReadonlySet<string>): string[] {
  const unwanted = leftovers.filter((path) => !wanted.has(path) && disk.read(path) !== undefined);
  const folders = new Set([
    ...leftovers.map((path) => dirname(path)),
    ...disk.list('sites').map((shard) => `sites/${shard}`),
    '.',
  ]);
  const halves = [...folders].flatMap((folder) =>
    disk
      .list(folder)
      .filter((name) => name.endsWith(temporary))
      .map((name) => `${folder}/${name}`),
  );
  return [...unwanted, ...halves];
}

function templatesByDigest(rendering: Rendering): Map<string, Template> {
  const files = [...rendering.units.values()].flatMap((unit) => unit.files);
  return new Map(
    [...files, ...[...rendering.clusters.values()].flat()].map((file) => [file.template.digest, file.template]),
  );
}
