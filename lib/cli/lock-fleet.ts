import { renameSync, writeFileSync } from 'node:fs';
import { join, resolve as resolvePath } from 'node:path';
import type { Patience } from '../artifacts/get';
import { type K3sUse, k3sUses } from '../artifacts/k3s-uses';
import { lockK3s } from '../artifacts/lock-k3s';
import type { LockEntry } from '../artifacts/merge-lock';
import {
  type ArtifactLock,
  artifactLockFileName,
  type K3sArchitecture,
  printArtifactLock,
} from '../model/artifact-lock';
import { temporary } from '../model/assembly-record';
import type { FleetModel } from '../model/fleet-model';
import { error, hasErrors, type Problem } from '../model/problem';
import { readLock } from '../resolve/read-lock';
import { resolve } from '../resolve/resolve';
import { downloadAll } from './download-artifacts';
import { UsageError } from './exit-codes';
import { shortPath } from './load-program';
import { count, table } from './report';

/** What can be asked of `edgecdk lock`, as commander reads it. */
export interface LockFlags {
  readonly source?: string;
  readonly arch?: readonly K3sArchitecture[];
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
  const { uses: kept, problems } = k3sUses(
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
  const patience: Patience = { silenceMs: (flags.timeout ?? 30) * 1000, tries: 4, pauseMs: 1000 };
  const { lock, entries, ...merged } = await lockK3s({
    uses,
    kept,
    previous: before.lock,
    source: flags.source,
    update: flags.update === true,
    prune: flags.prune === true,
    today: new Date().toISOString().slice(0, 10),
    patience,
  });
  if (hasErrors(merged.problems)) return merged.problems;
  const text = printArtifactLock(lock);
  if (text !== before.text) {
    writeFileSync(`${file}${temporary}`, text);
    renameSync(`${file}${temporary}`, file);
  }
  if (!flags.quiet) console.log(summary(entries, shortPath(file), text !== before.text));
  if (!flags.download) return [];
  const cache = resolvePath(flags.artifacts ?? join(root, '.edgecdk/artifacts'));
  return downloadAll(uses, lock, { cache, patience, quiet: flags.quiet === true });
}

/** The files of nodes need the lock, which is not there yet; which releases the sites run can be told without. */
function withoutNodeFiles(model: FleetModel): FleetModel {
  const deviceClasses = model.deviceClasses.map((deviceClass) => ({ ...deviceClass, operatingSystem: undefined }));
  return { ...model, deviceClasses };
}

function onlyFor(uses: readonly K3sUse[], architectures: readonly K3sArchitecture[] | undefined): readonly K3sUse[] {
  if (architectures === undefined) return uses;
  const had = new Set(uses.flatMap((use) => use.architectures));
  const strange = architectures.filter((name) => !had.has(name));
  if (strange.length > 0)
    throw new UsageError(
      `no node with K3s is ${strange.join(' or ')}; the program has ${[...had].sort().join(', ') || 'none with K3s'}`,
    );
  return uses.map((use) => ({
    ...use,
    architectures: use.architectures.filter((name) => architectures.includes(name)),
  }));
}

function check(uses: readonly K3sUse[], lock: ArtifactLock | undefined, flags: LockFlags): readonly Problem[] {
  const problems = uses.flatMap(({ version, architectures, path }) =>
    architectures
      .filter((architecture) => lock?.k3s[version]?.[architecture] === undefined)
      .map((architecture) => error(path, `${version} is not locked for ${architecture}; run edgecdk lock`)),
  );
  if (problems.length === 0 && !flags.quiet) console.log(`locked: all of ${count(uses.length, 'release')} of K3s`);
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
  const rows = entries.map(({ version, architecture, state }) => [version, architecture, words[state]]);
  return `${table([['version', 'architecture', ''], ...rows])}\n\n${file}: ${written ? 'written; commit it' : 'unchanged'}`;
}
