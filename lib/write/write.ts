import { dirname } from 'node:path';
import { type Assembly, writingMarker } from '../assembly/read-assembly';
import { assemblyFileName, type SecretRecord } from '../model/assembly-record';
import type { Plan } from '../model/plan';
import { error, hasErrors, type Problem, SynthError } from '../model/problem';
import type { Rendering, Template } from '../model/template';
import { type AssemblyIndex, assemblyIndex, type PreviousSites, previousSites } from './assembly-index';
import { Disk, temporary } from './disk';
import { removalProblems } from './removal-guard';
import { plannedFiles, recordedFiles, type SiteFile } from './site-files';

export interface WriteOptions {
  readonly allowRemovals?: boolean;
  /** Read every file instead of trusting the index. */
  readonly verify?: boolean;
  readonly onProgress?: (done: number, total: number) => void;
}

export interface WriteResult {
  readonly written: number;
  readonly unchanged: number;
  readonly removed: number;
  readonly warnings: readonly Problem[];
}

/**
 * Brings the output folder to what the plan says. A file is a function of (template digest, site digest), so the index of the last run tells what is
 * unchanged without reading it. That holds only if the last run came to its end: a run that is killed leaves new files under an old index, and a
 * program that then goes back to the old content would find them "unchanged". So a marker stands in the folder from the first change to the new
 * index, and a run that finds one reads everything.
 */
export function write(
  plan: Plan,
  rendering: Rendering,
  secrets: readonly SecretRecord[],
  outDir: string,
  previous: Assembly | undefined,
  options: WriteOptions = {},
): WriteResult {
  const before = previousSites(previous);
  const index = assemblyIndex(plan, rendering, secrets, before);
  const problems = options.allowRemovals ? [] : removalProblems(plan, index, previous?.record, before);
  if (hasErrors(problems)) throw new SynthError(problems);

  const disk = new Disk(outDir);
  try {
    const crashed = disk.read(writingMarker) !== undefined;
    const changes = findChanges(disk, plan, rendering, index, before, crashed || options.verify === true);
    apply(disk, changes, index, crashed, options.onProgress);
    return {
      written: changes.write.length,
      unchanged: changes.unchanged,
      removed: changes.remove.length,
      warnings: problems,
    };
  } catch (e) {
    throw asSynthError(e, plan.model.id, outDir);
  }
}

interface Changes {
  readonly write: SiteFile[];
  readonly remove: string[];
  unchanged: number;
}

function findChanges(
  disk: Disk,
  plan: Plan,
  rendering: Rendering,
  index: AssemblyIndex,
  before: PreviousSites,
  verify: boolean,
): Changes {
  const templates = templatesByDigest(rendering);
  const changes: Changes = { write: [], remove: [], unchanged: 0 };
  for (const [i, site] of plan.sites.entries()) {
    const record = index.sites[i];
    const cohort = record && index.record.cohorts[record.cohort];
    if (!record || !cohort) continue;
    const old = before.get(site.name);
    const was = old ? recordedFiles(old, before.cohort(old.cohort)) : new Map<string, string>();
    if (old && record.state === 'paused') {
      changes.unchanged += was.size; // whatever is there stays
      continue;
    }
    const files = plannedFiles(site, record, cohort, templates);
    const there = new Set(disk.list(dirname(files[0]?.path ?? '.')));
    for (const file of files) {
      const name = file.path.slice(file.path.lastIndexOf('/') + 1);
      const same = verify ? disk.read(file.path) === file.text() : was.get(file.path) === file.key && there.has(name);
      if (same) changes.unchanged++;
      else changes.write.push(file);
      was.delete(file.path);
    }
    changes.remove.push(...was.keys());
    if (verify)
      changes.remove.push(
        ...[...there]
          .filter((name) => name.endsWith(temporary))
          .map((name) => `${dirname(files[0]?.path ?? '.')}/${name}`),
      );
  }
  const stays = new Set(plan.sites.map((site) => site.name));
  for (const name of before.names) {
    const old = before.get(name);
    if (old && !stays.has(name)) changes.remove.push(...recordedFiles(old, before.cohort(old.cohort)).keys());
  }
  return changes;
}

function apply(
  disk: Disk,
  changes: Changes,
  index: AssemblyIndex,
  crashed: boolean,
  onProgress?: (done: number, total: number) => void,
): void {
  const assembly = `${JSON.stringify(index.record, undefined, 2)}\n`;
  const shards = [...index.shards].filter(([shard, text]) => disk.read(shardPath(shard)) !== text);
  const gone = disk
    .list('sites')
    .filter((shard) => !index.shards.has(shard) && disk.list(`sites/${shard}`).includes('index.ndjson'));
  const sameIndex = disk.read(assemblyFileName) === assembly;
  if (!crashed && sameIndex && shards.length + gone.length + changes.write.length + changes.remove.length === 0) return;

  disk.write(
    writingMarker,
    'A run of edgecdk synth is at work here, or was ended; the next one repairs what it left.\n',
  );
  for (const [i, file] of changes.write.entries()) {
    disk.write(file.path, file.text());
    if (i % 100 === 0) onProgress?.(i, changes.write.length);
  }
  const folders = new Set(changes.remove.map((path) => dirname(path)));
  for (const path of changes.remove) disk.remove(path);
  for (const [shard, text] of shards) disk.write(shardPath(shard), text);
  for (const shard of gone) disk.remove(shardPath(shard));
  for (const folder of [...folders, ...gone.map((shard) => `sites/${shard}`)]) disk.removeEmpty(folder);
  if (!sameIndex) disk.write(assemblyFileName, assembly);
  disk.remove(writingMarker);
  onProgress?.(changes.write.length, changes.write.length);
}

function shardPath(shard: string): string {
  return `sites/${shard}/index.ndjson`;
}

function templatesByDigest(rendering: Rendering): Map<string, Template> {
  const files = [...rendering.units.values()].flatMap((unit) => unit.files);
  return new Map(
    [...files, ...[...rendering.clusters.values()].flat()].map((file) => [file.template.digest, file.template]),
  );
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'it may not be written',
  EPERM: 'it may not be written',
  EROFS: 'its disk is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota is used up',
  ENOTDIR: 'a file stands where a folder should be',
  EEXIST: 'a file stands where a folder should be',
  EISDIR: 'a folder stands where a file should be',
  ELOOP: 'it is a symbolic link, and what it leads to is not ours',
};

function asSynthError(e: unknown, fleet: string, outDir: string): unknown {
  const { code, path } = e as NodeJS.ErrnoException;
  if (code === undefined || e instanceof SynthError) return e;
  return new SynthError([
    error(
      fleet,
      `cannot write ${path ?? outDir}: ${reasons[code] ?? code}. The assembly is as the last run left it or half changed; mend the cause and run again, which repairs it`,
    ),
  ]);
}
