import { relative, resolve } from 'node:path';
import type { Command } from 'commander';
import { error, formatProblem, listSome, type Problem, SynthError } from '../model/problem';
import type { NodeChange, SynthResult } from '../synth';
import { exitCodes, exitCodesHelp, ProgramError } from './exit-codes';
import { findProgram } from './find-program';
import { loadProgram, shortPath } from './load-program';
import { addPair } from './parameters';
import { progressLine } from './progress';
import { count, describeWave, printProblems, table } from './report';
import { startTypeCheck } from './type-check';

interface SynthFlags {
  readonly output?: string;
  readonly parameter?: Readonly<Record<string, string>>;
  readonly strict?: boolean;
  readonly allowRemovals?: boolean;
  readonly verify?: boolean;
  readonly today?: string;
  readonly typeCheck: boolean;
  readonly quiet?: boolean;
}

const help = `
Examples:
  $ edgecdk synth fleet.ts                          write to dist/ under the fleet's root
  $ edgecdk synth -o out --strict                   the configured program, in CI
  $ edgecdk synth fleet.ts --parameter region=north a program that exports a function
${exitCodesHelp}`;

export function addSynthCommand(command: Command): void {
  command
    .command('synth')
    .summary('write the assembly of a fleet')
    .description(
      'Runs a program and writes what each site of its fleet runs. All problems are reported at once, and nothing is written then. Files that are as they should be are not touched.',
    )
    .argument('[program]', 'a file, or a folder with one')
    .option('-o, --output <folder>', "output folder (default: dist in the fleet's root)")
    .option('-p, --parameter <key=value>', 'handed to a program that exports a function; repeatable', addPair)
    .option('--strict', 'warnings are errors')
    .option(
      '--allow-removals',
      'let sites, workloads that hold data, and servers leave, and many sites begin new clusters',
    )
    .option('--verify', 'read every file instead of trusting the index')
    .option('--today <date>', 'refuse overrides that ended before this day, such as 2026-12-31')
    .option('--no-type-check', 'do not run the TypeScript compiler beside the synthesis')
    .option('-q, --quiet', 'print problems only')
    .addHelpText('after', help)
    .exitOverride()
    .action(runSynth);
}

async function runSynth(name: string | undefined, flags: SynthFlags): Promise<void> {
  const started = performance.now();
  const program = findProgram(name, process.cwd());
  const types = flags.typeCheck ? await startTypeCheck(program) : undefined;
  if (types === 'no-compiler')
    console.error(
      `note: the types of ${shortPath(program)} are not checked, since typescript is not installed beside it`,
    );
  const progress = progressLine(flags.quiet === true);
  let waited = 0;
  const messages = () => {
    const from = performance.now();
    const found = typeof types === 'object' ? types.messages() : [];
    waited += performance.now() - from;
    return found;
  };
  try {
    const fleet = await loadProgram(program, flags.parameter ?? {});
    const result = fleet.synth({
      outDir: flags.output && resolve(flags.output),
      allowRemovals: flags.allowRemovals,
      strict: flags.strict,
      verify: flags.verify,
      today: flags.today,
      onProgress: progress.show,
      beforeWrite: () => typeProblems(messages(), program),
    });
    progress.clear();
    printProblems(result.warnings);
    if (!flags.quiet) console.log(summary(result, performance.now() - started - waited, waited));
  } catch (e) {
    progress.clear();
    if (e instanceof ProgramError) {
      // The compiler often says better what is wrong with a program that does not run.
      for (const line of messages()) console.error(line);
      console.error(`error: ${e.message}`);
      console.error('nothing was written');
    } else if (isSynthError(e)) {
      printProblems(e.problems);
      console.error(
        `${count(e.problems.filter((p) => p.severity === 'error').length, 'problem')}; nothing was written`,
      );
    } else throw e;
    process.exitCode = exitCodes.problems;
  }
}

/** By shape: the program may have another copy of the package. */
function isSynthError(e: unknown): e is SynthError {
  return e instanceof SynthError || (e instanceof Error && e.name === 'SynthError' && 'problems' in e);
}

function typeProblems(messages: readonly string[], program: string): Problem[] {
  return messages.length === 0
    ? []
    : [error(shortPath(program), `does not type-check:\n${messages.map((line) => `  ${line}`).join('\n')}`)];
}

function summary(result: SynthResult, worked: number, waited: number): string {
  const { profiles, waves, overrides, acknowledged, warnings, outDir } = result;
  const folder = relative(process.cwd(), outDir) || '.';
  const rows = profiles.map((p) => [p.profile, p.sites, p.workloads, p.cohorts]);
  const lines = [
    table([['profile', 'sites', 'workloads', 'cohorts'], ...rows]),
    '',
    ...waves.map(describeWave),
    `${count(result.sites, 'site')} in ${count(result.cohorts, 'cohort')}; files: ${result.written} written, ${result.unchanged} unchanged, ${result.removed} removed; ${count(warnings.length, 'warning')}`,
    ...result.newSecrets.map(
      ({ name, nodes }) => `secret ${name}: ${count(nodes, 'machine')} must have it first, or will wait for it`,
    ),
    ...result.nodeChanges.map(describeNodeChange),
    ...result.moves.map(
      ({ title, from, to, sites, machines }) =>
        `${title} moves from ${from} to ${to}: ${count(machines, 'machine')} of ${count(sites, 'site')}, as their upgrade window comes`,
    ),
    ...(result.identityChanges > 0
      ? [
          `${count(result.identityChanges, 'machine')} that may run already: name, address, time or mirror of its own changed; \`edgecdk export --ansible\` brings that`,
        ]
      : []),
    ...overrides.map((o) => `override ${o.path}: ${count(o.sites, 'site')} until ${o.until} (${o.owner}: ${o.reason})`),
    ...acknowledged.map((finding) => `acknowledged: ${formatProblem({ ...finding, sites: undefined })}`),
    `assembly: ${folder} (${seconds(worked)}${waited > 100 ? `, and ${seconds(waited)} more for the type check` : ''})`,
  ];
  if (result.unchanged === 0 && result.written > 0) lines.push(...result.manifests);
  if (result.unchanged === 0 && result.machines > 0)
    lines.push(
      `${count(result.machines, 'machine')}: \`edgecdk export <site>\` makes what a technician takes to a site; ${folder}/secrets.json says which secrets they need.`,
    );
  return lines.join('\n');
}

const effects: Readonly<Record<NodeChange['effect'], string>> = {
  live: 'nothing restarts',
  restart: 'restart of',
  reboot: 'reboot',
  once: 'written once',
  reprovision: 'set up anew',
};

/** `/etc/rancher/k3s/registries.yaml: 1412 machines, restart of K3s (store.agent.till, store.server.box)` */
function describeNodeChange({ path, effect, nodes, trees, distributions }: NodeChange): string {
  const asked = effect === 'restart' ? `${effects.restart} ${distributions.join(' and ')}` : effects[effect];
  return `${path}: ${count(nodes, 'machine')}, ${asked} (${listSome(trees)})`;
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
