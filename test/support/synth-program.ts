/**
 * `synth-program.ts <program> <output folder> [change]`: synthesizes the fleet that a program exports, in a process of its own, and prints the result as
 * JSON. With the number of a change to the disk it is killed in the middle of that one.
 */
import fs from 'node:fs';
import { Fleet, SynthError } from 'edgecdk';

const [program = '', outDir = '', killAt = 'never'] = process.argv.slice(2);
let changes = 0;

function countChanges(name: 'writeFileSync' | 'renameSync' | 'rmSync' | 'rmdirSync' | 'mkdirSync'): void {
  const change = fs[name] as (...args: unknown[]) => unknown;
  Object.assign(fs, {
    [name]: (...args: unknown[]) => {
      changes++;
      if (String(changes) === killAt) {
        // A write may have got half-way, anything else either happened or did not.
        if (name === 'writeFileSync') change(args[0], String(args[1]).slice(0, String(args[1]).length / 2));
        process.kill(process.pid, 'SIGKILL');
      }
      return change(...args);
    },
  });
}

async function main(): Promise<void> {
  const module = (await import(program)) as { readonly default: unknown };
  const fleet = module.default;
  if (!Fleet.isFleet(fleet)) throw new Error(`${program} exports no fleet`);
  for (const name of ['writeFileSync', 'renameSync', 'rmSync', 'rmdirSync', 'mkdirSync'] as const) countChanges(name);
  const { written, unchanged, removed } = fleet.synth({ outDir });
  console.log(JSON.stringify({ written, unchanged, removed, changes }));
}

main().catch((e: unknown) => {
  console.error(e instanceof SynthError ? e.message : e);
  process.exitCode = 1;
});
