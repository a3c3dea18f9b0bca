import { problemOfSource } from '../artifacts/release-source';
import { RELEASE_SOURCES } from '../artifacts/sources';
import type { ArtifactUse } from '../artifacts/uses';
import type { LockMember } from '../model/artifact-lock';
import { LOCK_MEMBERS, RELEASE_KINDS } from '../model/lock/kinds';
import { UsageError } from './exit-codes';

/** A folder of releases, as `--source` names it. */
export interface NamedSource {
  /** Of what. @default - of the one thing that the program's machines install */
  readonly member?: LockMember;
  readonly url: string;
}

/** What has a folder of releases, by the names that `--source` takes. */
export const SOURCE_MEMBERS = LOCK_MEMBERS.filter((member) => RELEASE_SOURCES[member].home !== undefined);

/** Reads `https://mirror.example/k3s` or `kubeedge=https://mirror.example/kubeedge`. */
export function parseSource(text: string): NamedSource {
  const [, name, rest] = /^([\w-]+)=(.*)$/.exec(text) ?? [];
  const url = rest ?? text;
  const member = SOURCE_MEMBERS.find((one) => RELEASE_KINDS[one].name === name);
  if (name !== undefined && member === undefined)
    throw new UsageError(`--source knows no '${name}'; it takes a URL, or one of ${names(SOURCE_MEMBERS)} with =URL`);
  const wrong = problemOfSource(url);
  if (wrong !== undefined) throw new UsageError(`--source ${wrong}`);
  return { url, ...(member !== undefined && { member }) };
}

/** Which folder is whose. A URL without a name is of the one thing that is installed, where it is one. */
export function assignSources(
  sources: readonly NamedSource[],
  uses: readonly ArtifactUse[],
): Readonly<Partial<Record<LockMember, string>>> {
  const installed = SOURCE_MEMBERS.filter((member) => uses.some((use) => use.member === member));
  const assigned: Partial<Record<LockMember, string>> = {};
  for (const { url, ...named } of sources) {
    const [only, ...others] = installed;
    if (named.member === undefined && others.length > 0)
      throw new UsageError(
        `--source ${url} may be of ${names(installed)}; say of which, once for each: --source ${names([only ?? 'k3s'])}=${url}`,
      );
    const member = named.member ?? only;
    if (member === undefined || !installed.includes(member))
      throw new UsageError(
        `--source ${url} is for nothing: the program's machines install ${names(installed) || 'nothing that comes from such a folder'}`,
      );
    if (assigned[member] !== undefined) throw new UsageError(`--source names ${names([member])} twice; name it once`);
    assigned[member] = url;
  }
  return assigned;
}

function names(members: readonly LockMember[]): string {
  return members.map((member) => RELEASE_KINDS[member].name).join(', ');
}
