import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const changing = ['writeFileSync', 'renameSync', 'rmSync', 'rmdirSync', 'mkdirSync'] as const;

// Node loads what `rmSync` is made of at its first call, and would keep a replaced function in it.
fs.rmSync(join(tmpdir(), 'edgecdk-is-not-there'), { force: true });

/**
 * As `kill -9` does: at the n-th call that changes the disk everything stops, and nothing after it happens either. A write stops in the middle of the
 * file. False if the run came to its end before.
 */
export function cutAt(n: number, run: () => unknown): boolean {
  let calls = 0;
  const spies = changing.map((name) => {
    const change = fs[name] as (...args: unknown[]) => unknown;
    return jest.spyOn(fs, name as 'writeFileSync').mockImplementation((...args: unknown[]) => {
      calls++;
      if (calls === n && name === 'writeFileSync') {
        const text = String(args[1]);
        change(args[0], text.slice(0, Math.floor(text.length / 2)), args[2]);
      }
      if (calls >= n) throw new Cut();
      return change(...args);
    });
  });
  try {
    run();
    return false;
  } catch (e) {
    if (calls < n) throw e;
    return true;
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

class Cut extends Error {}
