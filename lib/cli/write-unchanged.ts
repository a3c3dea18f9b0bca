import { readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { temporary } from '../model/assembly-record';
import { ProgramError } from './exit-codes';

/**
 * Puts a text in the place of another, as a whole or not at all, if the file still has the one that was read. A link stays a link, and the mode stays.
 * Throws `ProgramError` where somebody else was quicker.
 */
export function writeUnchanged(path: string, before: string, after: string): void {
  const file = realpathSync(path);
  const beside = `${file}${temporary}`;
  try {
    writeFileSync(beside, after, { mode: statSync(file).mode });
    if (readFileSync(file, 'utf8') !== before)
      throw new ProgramError(`${path} was changed meanwhile; nothing was written: run this again`);
    renameSync(beside, file);
  } catch (e) {
    rmSync(beside, { force: true });
    throw e;
  }
}
