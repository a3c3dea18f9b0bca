import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { SynthError } from 'edgecdk';
import { type NodeFleet, nodeFleet, withLock } from './node-fleet';

/** Texts of what is wrong; nothing may be there then. */
export function refused(described: NodeFleet, files: Readonly<Record<string, string>> = {}): string {
  return withLock((root) => {
    const outDir = join(root, 'dist');
    try {
      nodeFleet(root, described).synth({ outDir });
    } catch (e) {
      if (!(e instanceof SynthError)) throw e;
      expect(existsSync(outDir)).toBe(false);
      return e.message;
    }
    throw new Error('was not refused');
  }, files);
}
