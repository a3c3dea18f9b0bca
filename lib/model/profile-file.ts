import { sha256 } from './digest';

/** Longest part of a file's name that is left as it is: what is put around it must fit, too. */
const LONGEST = 150;

/** A hardware profile as the beginning of a file's name. A profile that a program named may have letters that no file has, or be too long. */
export function profileFileName(profile: string): string {
  const plain = profile.replace(/[^A-Za-z0-9._+-]/g, '_').slice(0, LONGEST);
  return plain === profile ? profile : `${plain}-${sha256(profile).slice(0, 8)}`;
}
