import { renameSync, writeFileSync } from 'node:fs';
import { join, resolve as resolvePath } from 'node:path';
import type { Patience } from '../artifacts/get';
import { lockReleases } from '../artifacts/lock-releases';
import type { LockEntry } from '../artifacts/merge-lock';
import { type ArtifactUse, usesOf } from '../artifacts/uses';
import { type ArtifactArchitecture, type ArtifactLock, artifactLockFileName } from '../model/artifact-lock';
import { temporary } from '../model/assembly-record';
import type { FleetModel } from '../model/fleet-model';
import { RELEASE_KINDS } from '../model/lock/kinds';
import { printArtifactLock } from '../model/lock/print';
import { error, hasErrors, type Problem } from '../model/problem';
import { readLock } from '../resolve/read-lock';
import { resolve } from '../resolve/resolve';
import { downloadAll } from './download-artifacts';
import { downloadLine } from './download-line';
import { UsageError } from './exit-codes';
import { shortPath } from './load-program';
import { assignSources, type NamedSource } from './lock-sources';
import { count, table } from './report';

/** What can be asked of `edgecdk lock`, as commander reads it. */
export interface LockFlags {
  readonly source?: readonly NamedSource[];
  readonly arch?: readonly ArtifactArchitecture[];
  readonly check?: boolean;
  readonly download?: boolean;
  readonly artifacts?: string;
  readonly update?: boolean;
  readonly prune?: boolean;
  readonly timeout?: number;
  readonly quiet?: boolean;
}

/** Locks what a fleet runs, or tells what is not locked; gives all that is wrong. */
export async function lockFleet(model: FleetModel, flags: LockFlags): Promise<readonly Problem[]> {
  const plan = resolve(withoutNodeFiles(model));
  const { uses: kept, problems } = usesOf(
    plan,
    new Set(model.deviceClasses.filter((c) => c.operatingSystem).map(({ path }) => path)),
  );
  if (model.root === undefined)
    return [error(model.id, `has no root, where ${artifactLockFileName} would be; give it \`root: __dirname\``)];
  const root = resolvePath(model.root);
  const file = join(root, artifactLockFileName);
  const before = readLock(model);
  const errors = [...plan.problems, ...problems, ...before.problems].filter(({ severity }) => severity === 'error');
  if (errors.length > 0) return errors;

  const uses = onlyFor(kept, flags.arch);
  if (flags.check) return check(uses, before.lock, flags);
  if (kept.length === 0 && before.lock === undefined) {
    if (!flags.quiet)
      console.log(
        'no machine is set up by this program: no device class has an operatingSystem; there is nothing to lock',
      );
    return [];
  }
  const sources = assignSources(flags.source ?? [], kept);
  const patience: Patience = { silenceMs: (flags.timeout ?? 30) * 1000, tries: 4, pauseMs: 1000 };
  const cache = resolvePath(flags.artifacts ?? join(root, '.edgecdk/artifacts'));
  const line = downloadLine(flags.quiet === true);
  const { lock, entries, ...merged } = await lockReleases({
    uses,
    kept,
    previous: before.lock,
    sources,
    cache,
    update: flags.update === true,
    prune: flags.prune === true,
    today: new Date().toISOString().slice(0, 10),
    patience,
    onProgress: line.show,
  });
  line.end(undefined);
  if (hasErrors(merged.problems)) {
    if (!flags.quiet)
      console.log(
        `${shortPath(file)}: ${before.lock === undefined ? 'not written' : 'as it was'}, since not all can be locked`,
      );
    return merged.problems;
  }
  const text = printArtifactLock(lock);
  if (text !== before.text) {
    writeFileSync(`${file}${temporary}`, text);
    renameSync(`${file}${temporary}`, file);
  }
  if (!flags.quiet) console.log(summary(entries, shortPath(file), text !== before.text));
  if (!flags.download) return [];
  return downloadAll(uses, lock, { cache, patience, quiet: flags.quiet === true });
}

/** The files of nodes need the lock, which is not there yet; which releases the sites run can be told without. */
function withoutNodeFiles(model: FleetModel): FleetModel {
  const deviceClasses = model.deviceClasses.map((deviceClass) => ({ ...deviceClass, operatingSystem: undefined }));
  return { ...model, deviceClasses };
}

function onlyFor(
  uses: readonly ArtifactUse[],
  architectures: readonly ArtifactArchitecture[] | undefined,
): readonly ArtifactUse[] {
  if (architectures === undefined) return uses;
  const had = new Set(uses.flatMap((use) => use.architectures));
  const strange = architectures.filter((name) => !had.has(name));
  if (strange.length > 0)
    throw new UsageError(
      `no machine of the program that installs files is ${strange.join(' or ')}; they are ${[...had].sort().join(', ') || 'none'}`,
    );
  return uses.map((use) => ({
    ...use,
    architectures: use.architectures.filter((name) => architectures.includes(name)),
  }));
}

function check(uses: readonly ArtifactUse[], lock: ArtifactLock | undefined, flags: LockFlags): readonly Problem[] {
  const problems = uses.flatMap(({ member, version, architectures, path, fromStore }) => {
    const release = lock?.[member]?.[version];
    const { title } = RELEASE_KINDS[member];
    if (fromStore && release === undefined) return [error(path, `${title} ${version} is not locked; run edgecdk lock`)];
    return architectures
      .filter((architecture) => release?.[architecture] === undefined)
      .map((architecture) => error(path, `${title} ${version} is not locked for ${architecture}; run edgecdk lock`));
  });
  const titles = [...new Set(uses.map(({ member }) => RELEASE_KINDS[member].title))].join(', ');
  if (problems.length === 0 && !flags.quiet)
    console.log(`locked: all of ${count(uses.length, 'release')}${titles === '' ? '' : ` of ${titles}`}`);
  return problems;
}

const words: Readonly<Record<LockEntry['state'], string>> = {
  new: 'locked',
  same: 'as before',
  updated: 'updated: other checksums',
  moved: 'comes from another place',
  dropped: 'dropped',
  unused: 'no site runs it; --prune drops it',
};

function summary(entries: readonly LockEntry[], file: string, written: boolean): string {
  const rows = entries.map(({ member, version, architecture, state }) => [
    RELEASE_KINDS[member].title,
    version,
    architecture ?? '-',
    words[state],
  ]);
  return `${table([['release', 'version', 'architecture', ''], ...rows])}\n\n${file}: ${written ? 'written; commit it' : 'unchanged'}`;
}
