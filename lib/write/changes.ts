import { dirname } from 'node:path';
import type { Plan } from '../model/plan';
import type { Rendering, Template } from '../model/template';
import type { AssemblyIndex, PreviousSites } from './assembly-index';
import { type Disk, temporary } from './disk';
import { plannedFiles, recordedFiles, type SiteFile } from './site-files';

/** What has to happen to the files of sites. */
export interface Changes {
  readonly write: SiteFile[];
  readonly remove: string[];
  unchanged: number;
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
  const changes: Changes = { write: [], remove: [], unchanged: 0 };
  const wanted = new Set<string>(); // gathered only where leftovers are to be told from them
  for (const [i, site] of plan.sites.entries()) {
    const record = index.sites[i];
    const cohort = record && index.record.cohorts[record.cohort];
    if (!record || !cohort) continue;
    const old = before.get(site.name);
    const was = old ? recordedFiles(old, before.cohort(old.cohort)) : new Map<string, string>();
    const paused = old !== undefined && record.state === 'paused';
    const files = paused ? [] : plannedFiles(site, record, cohort, templates);
    if (leftovers) for (const path of paused ? was.keys() : files.map((file) => file.path)) wanted.add(path);
    if (paused) {
      changes.unchanged += was.size; // whatever is there stays
      continue;
    }
    const there = new Set(old && !verify ? disk.list(dirname(files[0]?.path ?? '.')) : []);
    for (const file of files) {
      const name = file.path.slice(file.path.lastIndexOf('/') + 1);
      const same = verify ? disk.read(file.path) === file.text() : was.get(file.path) === file.key && there.has(name);
      if (same) changes.unchanged++;
      else changes.write.push(file);
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
