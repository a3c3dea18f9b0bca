import { existsSync, readFileSync } from 'node:fs';
import { isAbsolute, join, resolve as resolvePath } from 'node:path';
import type { Command } from 'commander';
import { openAssembly } from '../export/open-assembly';
import { findSite } from '../export/site-nodes';
import { assemblyFileName, type CohortRecord } from '../model/assembly-record';
import type { FleetModel } from '../model/fleet-model';
import { fleetKey } from '../model/fleet-symbol';
import type { NodeRecord } from '../model/node-model';
import type { Plan, SitePlan } from '../model/plan';
import { hasErrors, SynthError } from '../model/problem';
import { type ReplacedRow, replaceInInventory } from '../nodes/replace';
import { replaceRunbook } from '../nodes/runbook';
import { claimsOnNode } from '../nodes/volumes';
import { resolve } from '../resolve/resolve';
import { exitCodes, exitCodesHelp, ProgramError } from './exit-codes';
import { findProgram } from './find-program';
import { loadProgram } from './load-program';
import { addPair } from './parameters';
import { chooseNode, machineProblems, whyNoInventory } from './replaced-node';
import { printProblems } from './report';
import { writeUnchanged } from './write-unchanged';

export interface ReplaceFlags {
  readonly parameter?: Readonly<Record<string, string>>;
  readonly serial?: string;
  readonly mac?: string;
  readonly assembly?: string;
  readonly dryRun?: boolean;
}

const help = `
A machine that takes the place of another never has its name: the row of its slot gets the next generation (a slot without a row gets one), and the new node
is store-0412-box-1-g1. The runbook goes to standard output, as Markdown: what dies with the old disk, how the old node leaves the cluster, and which medium
the new one needs.

Examples:
  $ edgecdk replace store-0412 box-1 --serial 100000003d1b2f > runbook.md
  $ edgecdk replace store-0412 box-1 fleet.ts --dry-run       only show what would change, and the runbook
${exitCodesHelp}`;

export function addReplaceCommand(command: Command): void {
  command
    .command('replace')
    .summary('let a new machine take the place of another')
    .description(
      'Counts the generation of a slot up in the node inventory, and prints what is to be done at the site. Nothing else in the inventory changes; no cluster is called.',
    )
    .argument('<site>', 'name of the site')
    .argument('<slot>', 'place of the machine in it, such as box-1; or the name of the node')
    .argument('[program]', 'a file, or a folder with one')
    .option('-p, --parameter <key=value>', 'handed to a program that exports a function; repeatable', addPair)
    .option('--serial <serial>', 'serial number of the new machine (default: the row keeps what it says)')
    .option('--mac <mac>', 'MAC address of the new machine (default: the row keeps what it says)')
    .option('--assembly <folder>', "the last assembly, which knows the volumes (default: dist in the fleet's root)")
    .option('--dry-run', 'write nothing')
    .addHelpText('after', help)
    .exitOverride()
    .action(runReplace);
}

async function runReplace(site: string, slot: string, program: string | undefined, flags: ReplaceFlags): Promise<void> {
  try {
    const fleet = await loadProgram(findProgram(program, process.cwd()), flags.parameter ?? {});
    const plan = resolve(fleet[fleetKey]());
    printProblems(plan.problems);
    if (hasErrors(plan.problems)) throw new ProgramError('correct these first; nothing was written');
    replace(plan, chooseNode(plan, site, slot), flags);
  } catch (e) {
    if (e instanceof SynthError) printProblems(e.problems);
    else if (e instanceof ProgramError) console.error(`error: ${e.message}`);
    else throw e;
    process.exitCode = exitCodes.problems;
  }
}

interface Chosen {
  readonly site: SitePlan;
  readonly node: NodeRecord;
}

function replace(plan: Plan, { site, node }: Chosen, flags: ReplaceFlags): void {
  const source = plan.model.sources.find(({ path }) => path === site.path);
  const inventory = source?.nodes;
  if (inventory?.kind !== 'csv') throw new ProgramError(whyNoInventory(source, { site, node }));
  const wrong = machineProblems(plan, node, flags);
  if (wrong.length > 0) throw new ProgramError(wrong.join('\n  '));
  const file = inventoryFile(plan.model, inventory.file);
  const before = readFileSync(file, 'utf8');
  const row = replaceInInventory({
    text: before,
    file: inventory.file,
    columns: inventory.columns,
    site: site.name,
    slot: node.slot,
    serial: flags.serial,
    mac: flags.mac,
    generation: node.generation,
    addRow: node.source === undefined,
  });
  if ('problem' in row) throw new ProgramError(row.problem);
  if (row.from !== node.name)
    throw new ProgramError(
      `${row.source} was changed meanwhile (it has ${row.from}, and the program had read ${node.name}); run this again`,
    );
  const text = runbook(plan, { site, node }, row, flags);
  if (!flags.dryRun) writeUnchanged(file, before, row.text);
  console.error(`${row.source} ${flags.dryRun ? 'would be changed' : 'is changed'}, ${row.from} to ${row.to}:`);
  for (const line of changedLines(before, row.text)) console.error(line);
  console.log(text.trimEnd());
}

function inventoryFile({ root = '' }: FleetModel, file: string): string {
  return isAbsolute(file) ? file : join(root, file);
}

function runbook(plan: Plan, { site, node }: Chosen, row: ReplacedRow, flags: ReplaceFlags): string {
  const nodes = plan.nodes.get(site.name) ?? [];
  const cohort = plan.cohorts.find(({ id }) => id === site.cohort);
  const units = plan.units.filter(({ id }) => cohort?.units.includes(id));
  const files = lastFiles(plan, site, flags);
  const claims = claimsOnNode(node.deviceClass, units, files);
  const replaced = {
    site: site.name,
    slot: node.slot,
    from: row.from,
    to: row.to,
    role: node.role,
    servers: nodes.filter(({ role }) => role === 'server').length,
    hasOthers: nodes.length > 1,
  };
  const steps = cohort?.cluster.distribution.replaceSteps?.(replaced, cohort.cluster);
  const text = replaceRunbook(replaced, { claims, kept: row.kept }, steps);
  const notes = [
    ...(cohort?.cluster.machines === undefined
      ? ['the program does not set up these machines, so that this guesses the datastore and knows of no copy of it']
      : []),
    ...(files === undefined && claims.some((claim) => claim.endsWith('/*'))
      ? [
          'volumes are named by pattern, for there is no assembly that knows them; run edgecdk synth first, or name one with --assembly',
        ]
      : []),
  ];
  for (const note of notes) console.error(`note: ${note}`);
  return [text, ...notes.map((note) => `Note: ${note}.\n`)].join('\n');
}

/** Files of the site as the last assembly has them: it knows the volumes of charts. */
function lastFiles({ model }: Plan, site: SitePlan, flags: ReplaceFlags): CohortRecord['files'] | undefined {
  const folder = resolvePath(flags.assembly ?? join(model.root ?? '.', 'dist'));
  if (flags.assembly === undefined && !existsSync(join(folder, assemblyFileName))) return undefined;
  const assembly = openAssembly(folder);
  const record = findSite(assembly, site.name);
  return record && assembly.record.cohorts[record.cohort]?.files;
}

/** Lines that go with `-`, and those that come with `+`. */
function changedLines(before: string, after: string): string[] {
  const [old, now] = [before.split(/\r?\n/), after.split(/\r?\n/)];
  return now.flatMap((line, i) => {
    const was = old[i];
    if (line === was) return [];
    return [...(was === undefined || was === '' ? [] : [`- ${was}`]), ...(line === '' ? [] : [`+ ${line}`])];
  });
}
