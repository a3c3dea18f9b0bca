import { dirname } from 'node:path';
import { temporary } from '../model/assembly-record';
import { manifestsFolder, nodesFolder } from '../model/folders';
import type { Plan } from '../model/plan';
import type { Rendering, Template } from '../model/template';
import type { AssemblyIndex, PreviousSites } from './assembly-index';
import type { Disk } from './disk';
import { livesOn } from './node-records';
import { plannedFiles, recordedFiles, type SiteFile } from './site-files';

/** What has to happen to the files of sites. */
export interface Changes {
  readonly write: SiteFile[];
  readonly remove: string[];
  unchanged: number;
  /** Machines of the last run that may run still and whose identity is another now. */
  identities: number;
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
  const titles = new Map(plan.cohorts.map(({ id, cluster }) => [id, cluster.distribution.title]));
  const changes: Changes = { write: [], remove: [], unchanged: 0, identities: 0, unsure: [], blocked: [] };
  const wanted = new Set<string>(); // gathered only where leftovers are to be told from them
  const touched = new Set(leftovers);
  for (const [i, site] of plan.sites.entries()) {
    const record = index.sites[i];
    const cohort = record && index.record.cohorts[record.cohort];
    const planned = index.record.cohorts[site.cohort];
    if (!record || !cohort || !planned) continue;
    const old = before.get(site.name);
    const was = old ? recordedFiles(old, before.cohort(old.cohort), before.nodeFiles) : new Map<string, string>();
    const paused = old !== undefined && record.state === 'paused';
    const files = plannedFiles({
      site,
      record: paused ? { ...record, digest: site.digest } : record,
      cohort: paused ? planned : cohort,
      title: titles.get(site.cohort) ?? '',
      templates,
      nodes: rendering.siteNodes(site),
    });
    if (leftovers) for (const path of paused ? was.keys() : files.map((file) => file.path)) wanted.add(path);
    const folder = manifestsFolder(site.name, cohort.shared);
    const nodes = `${nodesFolder(site.name)}/`;
    const there = new Set(before.names.length > 0 ? disk.list(folder) : []);
    const isThere = (path: string) =>
      path.startsWith(`${folder}/`)
        ? there.has(path.slice(folder.length + 1))
        : before.names.length > 0 && disk.has(path);
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
    const renamed = new Set<string>();
    for (const file of files) {
      const same = verify
        ? disk.read(file.path) === file.text()
        : was.get(file.path) === file.key
          ? isThere(file.path)
          : // Of all that node files are made from, most changes reach few of them.
            file.path.startsWith(nodes) && was.has(file.path) && disk.read(file.path) === file.text();
      if (same) changes.unchanged++;
      else changes.write.push(file);
      if (!same && !was.has(file.path) && isThere(file.path) && !touched.has(file.path))
        changes.blocked.push(file.path);
      if (!same && was.has(file.path) && file.path.startsWith(nodes)) {
        const [machine = '', kind] = file.path.slice(nodes.length).split('/');
        if (kind === 'identity') renamed.add(machine);
      }
      was.delete(file.path);
    }
    if (old && livesOn(old, site)) changes.identities += renamed.size;
    changes.remove.push(...was.keys());
  }
  const stays = new Set(plan.sites.map((site) => site.name));
  for (const name of before.names) {
    const old = before.get(name);
    if (old && !stays.has(name))
      changes.remove.push(...recordedFiles(old, before.cohort(old.cohort), before.nodeFiles).keys());
  }
  for (const path of Object.keys(index.record.files)) wanted.add(path);
  for (const [path, text] of rendering.files) {
    const digest = index.record.files[path];
    const same = verify ? disk.read(path) === text : before.files[path] === digest && disk.has(path);
    if (same) changes.unchanged++;
    else changes.write.push({ path, key: digest ?? '', text: () => text });
    if (!same && !(path in before.files) && disk.has(path) && !touched.has(path)) changes.blocked.push(path);
  }
  for (const path of Object.keys(before.files)) if (!(path in index.record.files)) changes.remove.push(path);
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
