import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { cached } from './cache';

/** A program of ours in Go around somebody else's modules: what it makes of some input, both as JSON. */
export type GoProgram = (input: unknown) => unknown;

/** Why no Go program can be had on this machine; undefined where one can. */
export function withoutGo(): string | undefined {
  const { error } = spawnSync('go', ['version'], { encoding: 'utf8' });
  return error === undefined ? undefined : 'no Go on this machine';
}

/** The program of a folder, built once for each state of its files. Modules come from where this machine's Go gets them. */
export function goProgram(folder: string): GoProgram {
  const digest = createHash('sha256');
  for (const file of readdirSync(folder).sort())
    digest.update(`${file}\0${readFileSync(join(folder, file), 'utf8')}\0`);
  const key = `go-${basename(folder)}-${digest.digest('hex').slice(0, 16)}`;
  const place = cached(key, (to) => {
    execFileSync('go', ['build', '-trimpath', '-o', join(to, 'program'), '.'], { cwd: folder, stdio: 'inherit' });
  });
  return (input) => {
    const limits = { encoding: 'utf8', maxBuffer: 1 << 28 } as const;
    return JSON.parse(execFileSync(join(place, 'program'), { ...limits, input: JSON.stringify(input) }));
  };
}
