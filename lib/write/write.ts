import { dirname } from 'node:path';
import { type Assembly, writingMarker } from '../assembly/read-assembly';
import { type AssemblyRecord, assemblyFileName, temporary } from '../model/assembly-record';
import { sha256 } from '../model/digest';
import type { Plan } from '../model/plan';
import { error, hasErrors, listSome, type Problem, SynthError } from '../model/problem';
import type { SecretRecord } from '../model/secret-record';
import type { Rendering } from '../model/template';
import { type AssemblyIndex, assemblyIndex, previousSites } from './assembly-index';
import { type Changes, findChanges } from './changes';
import { Disk } from './disk';
import { handedOver } from './handed-over';
import { localLeftovers } from './local-leftovers';
import { compareNodes, type NewSecret, type NodeChange } from './node-changes';
import { pausedProblems } from './paused-sites';
import { recordProblems } from './record-holes';
import { removalProblems } from './removal-guard';
import { sharedChanges } from './shared-changes';

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
  /** What changes on machines that run already, by file. */
  readonly nodeChanges: readonly NodeChange[];
  /** Secrets without which machines that run already will not take what changes. */
  readonly newSecrets: readonly NewSecret[];
  /** Machines that run already and whose own files, such as name and address, are others now. No carrier takes these to them. */
  readonly identityChanges: number;
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
  const machines = compareNodes(plan, index, before, options.allowRemovals);
  const removals = options.allowRemovals ? [] : removalProblems(plan, index, previous?.record, before);
  const problems = [
    ...removals,
    ...machines.problems,
    ...sharedChanges(plan, index, before),
    ...localLeftovers(plan, index, before),
    ...pausedProblems(plan, index, before),
    ...recordProblems(plan, index, before),
    ...handedOver(plan, index, before),
  ];
  if (hasErrors(problems)) throw new SynthError(problems);

  const disk = new Disk(outDir);
  try {
    disk.remove(`${writingMarker}${temporary}`); // of a run that was cut short before it changed anything
    const leftovers = disk
      .read(writingMarker)
      ?.split('\n')
      .filter((line) => line !== '');
    const crashed = leftovers !== undefined;
    if (crashed && previous) publishIndex(disk, previous.record);
    const verify = crashed || options.verify === true;
    const changes = findChanges({ disk, plan, rendering, index, before, verify, leftovers });
    const refused = refusals(changes, plan.model.id);
    if (refused.length > 0) throw new SynthError([...problems, ...refused]);
    apply(disk, changes, index, crashed, options.onProgress);
    return {
      written: changes.write.length,
      unchanged: changes.unchanged,
      removed: changes.remove.length,
      nodeChanges: machines.changes,
      newSecrets: machines.secrets,
      identityChanges: changes.identities,
      warnings: problems,
    };
  } catch (e) {
    throw asSynthError(e, plan.model.id, outDir);
  }
}

function apply(
  disk: Disk,
  changes: Changes,
  index: AssemblyIndex,
  crashed: boolean,
  onProgress?: (done: number, total: number) => void,
): void {
  const assembly = toText(index.record);
  const shards = [...index.shards].filter(([shard, text]) => disk.read(shardPath(shard)) !== text);
  const gone = disk
    .list('sites')
    .filter((shard) => !index.shards.has(shard) && disk.list(`sites/${shard}`).includes('index.ndjson'));
  const sameIndex = disk.read(assemblyFileName) === assembly;
  if (!crashed && sameIndex && shards.length + gone.length + changes.write.length + changes.remove.length === 0) return;

  // The marker names what this run changes, and a run before it that was cut short may have changed.
  const before = disk.read(writingMarker)?.split('\n') ?? [];
  const made = [...before, ...changes.write.map((file) => file.path), ...changes.remove];
  disk.write(writingMarker, made.join('\n'));
  for (const [i, file] of changes.write.entries()) {
    disk.writeUnread(file.path, file.text());
    if (i % 100 === 0) onProgress?.(i, changes.write.length);
  }
  const folders = new Set(changes.remove.map((path) => dirname(path)));
  for (const path of changes.remove) disk.remove(path);
  // All shards change in one step: they wait beside the old ones for the assembly.json that names their digests.
  for (const [shard, text] of shards) disk.stage(shardPath(shard), text);
  disk.write(assemblyFileName, assembly);
  for (const [shard] of shards) disk.publish(shardPath(shard));
  for (const shard of gone) disk.remove(shardPath(shard));
  for (const folder of [...folders, ...gone.map((shard) => `sites/${shard}`)]) disk.removeEmpty(folder);
  disk.remove(writingMarker);
  onProgress?.(changes.write.length, changes.write.length);
}

/** A run that was cut short after it wrote assembly.json left shards that wait for their renaming. Done first, for the waiting ones are the index. */
function publishIndex(disk: Disk, { shards }: AssemblyRecord): void {
  for (const [shard, { digest }] of Object.entries(shards))
    if (sha256(disk.read(shardPath(shard)) ?? '') !== digest) disk.publish(shardPath(shard));
}

function refusals({ unsure, blocked }: Changes, fleet: string): Problem[] {
  const problems: Problem[] = [];
  if (unsure.length > 0)
    problems.push(
      error(
        fleet,
        `cannot keep ${listSome(unsure)} as they were: they are paused, and the run that was cut short had begun to change them; synthesize once what the last complete run did, and pause them then`,
      ),
    );
  if (blocked.length > 0)
    problems.push(
      error(fleet, `cannot write ${listSome(blocked)}: EdgeCDK did not make what stands there; move it away`),
    );
  return problems;
}

function toText(record: AssemblyRecord): string {
  return `${JSON.stringify(record, undefined, 2)}\n`;
}

function shardPath(shard: string): string {
  return `sites/${shard}/index.ndjson`;
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
  ERR_FS_EISDIR: 'a folder stands where a file should be',
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
