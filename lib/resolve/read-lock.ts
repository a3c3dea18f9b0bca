import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ArtifactLock, artifactLockFileName } from '../model/artifact-lock';
import type { FleetModel } from '../model/fleet-model';
import { parseArtifactLock } from '../model/lock/parse';
import { error, type Problem } from '../model/problem';

export interface ReadLock {
  readonly lock?: ArtifactLock;
  /** As it stands in the file. */
  readonly text?: string;
  readonly problems: readonly Problem[];
}

/** What was locked for the machines of a fleet, beside its program; nothing where there is no lock yet. */
export function readLock(model: Pick<FleetModel, 'id' | 'root'>): ReadLock {
  if (model.root === undefined) return { problems: [] };
  const file = join(model.root, artifactLockFileName);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (e) {
    const { code } = e as NodeJS.ErrnoException;
    if (code === 'ENOENT') return { problems: [] };
    return { problems: [error(model.id, `has an ${artifactLockFileName} that cannot be read (${code})`)] };
  }
  const lock = parseArtifactLock(text);
  if (!('problems' in lock)) return { lock, text, problems: [] };
  return { problems: lock.problems.map((message) => error(model.id, `${artifactLockFileName} ${message}`)) };
}
