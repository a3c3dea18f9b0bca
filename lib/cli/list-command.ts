import type { Command } from 'commander';
import { fleetKey } from '../model/fleet-symbol';
import { manifestsFolder, siteFolder } from '../model/folders';
import type { Cohort, Plan, SitePlan } from '../model/plan';
import { hasErrors, listSome } from '../model/problem';
import { resolve } from '../resolve/resolve';
import { exitCodes, exitCodesHelp, ProgramError } from './exit-codes';
import { findProgram } from './find-program';
import { loadProgram } from './load-program';
import { addPair } from './parameters';
import { count, printProblems, table } from './report';

interface ListFlags {
  readonly parameter?: Readonly<Record<string, string>>;
  readonly site?: string;
  readonly profile?: string;
  readonly workload?: string;
  readonly state?: string;
  readonly wave?: string;
  readonly where?: Readonly<Record<string, string>>;
  readonly json?: boolean;
}

const help = `
Examples:
  $ edgecdk list fleet.ts                    all sites
  $ edgecdk list --workload pos:gpu          those that run a variant
  $ edgecdk list --wave canary               those that a change reaches in one step
  $ edgecdk list --site 'store-*' --json     all that is known of some, for other programs
${exitCodesHelp}
It ends with 1 too if no site fits the filters; sites that could be resolved are listed beside the problems.
`;

export function addListCommand(command: Command): void {
  command
    .command('list')
    .summary('list sites, and what runs on them')
    .description(
      'Lists the sites of a fleet with distribution, profile and workloads. Reads the program and its inventories, and writes nothing.',
    )
    .argument('[program]', 'a file, or a folder with one')
    .option('-p, --parameter <key=value>', 'handed to a program that exports a function; repeatable', addPair)
    .option('--site <pattern>', 'by name; * stands for any text')
    .option('--profile <profile>', 'by hardware profile')
    .option('--workload <id>', 'only where it runs; pos:gpu for a variant')
    .option('--state <state>', 'planned, active, paused or closing')
    .option('--wave <name>', 'by wave')
    .option('--where <value=text>', 'by a site value; repeatable, all must hold', addPair)
    .option('--json', 'all that is known of each site, as JSON')
    .addHelpText('after', help)
    .exitOverride()
    .action(runList);
}

async function runList(name: string | undefined, flags: ListFlags): Promise<void> {
  try {
    const fleet = await loadProgram(findProgram(name, process.cwd()), flags.parameter ?? {});
    const plan = resolve(fleet[fleetKey]());
    printProblems(plan.problems);
    const sites = listed(plan).filter(({ site, workloads }) => fits(site, workloads, flags));
    if (flags.json) printJson(plan, sites);
    else printTable(plan, sites);
    if (sites.length === 0) console.error(nothingFits(plan));
    if (hasErrors(plan.problems) || sites.length === 0) process.exitCode = exitCodes.problems;
  } catch (e) {
    if (!(e instanceof ProgramError)) throw e;
    console.error(`error: ${e.message}`);
    process.exitCode = exitCodes.problems;
  }
}

interface Listed {
  readonly site: SitePlan;
  readonly cohort: Cohort | undefined;
  /** Variant by workload id. */
  readonly workloads: Readonly<Record<string, string>>;
}

function listed(plan: Plan): Listed[] {
  const units = new Map(plan.units.map((unit) => [unit.id, unit]));
  const cohorts = new Map(
    plan.cohorts.map((cohort) => {
      const own = cohort.units.flatMap((id) => units.get(id) ?? []);
      return [
        cohort.id,
        { cohort, workloads: Object.fromEntries(own.map((unit) => [unit.workload.id, unit.variant])) },
      ];
    }),
  );
  return plan.sites.map((site) => ({ site, ...(cohorts.get(site.cohort) ?? { cohort: undefined, workloads: {} }) }));
}

function printTable(plan: Plan, sites: readonly Listed[]): void {
  const hasWaves = plan.waves.length > 0;
  const rows = sites.map(({ site, cohort, workloads }) => {
    const ids = Object.entries(workloads).map(([id, variant]) => (variant === 'default' ? id : `${id}:${variant}`));
    const wave = hasWaves ? [site.wave ?? ''] : [];
    return [site.name, site.state, ...wave, cohort?.cluster.distribution.name ?? '', site.profile, ids.join(' ')];
  });
  const head = ['site', 'state', ...(hasWaves ? ['wave'] : []), 'distribution', 'profile', 'workloads'];
  if (rows.length > 0) console.log(table([head, ...rows]));
  const perWave = plan.waves.map(({ name }) => `${name} ${sites.filter(({ site }) => site.wave === name).length}`);
  console.error(
    `${count(sites.length, 'site')} of ${plan.sites.length}${hasWaves ? `; by wave: ${perWave.join(', ')}` : ''}`,
  );
}

function printJson(plan: Plan, sites: readonly Listed[]): void {
  const classId = (path: string) => plan.model.deviceClasses.find((c) => c.path === path)?.id;
  const records = sites.map(({ site, cohort, workloads }) => ({
    name: site.name,
    path: site.path,
    source: site.source,
    state: site.state,
    blueprint: site.blueprint,
    distribution: cohort?.cluster.distribution.name,
    version: cohort?.cluster.version,
    profile: site.profile,
    wave: site.wave,
    cohort: site.cohort,
    timeZone: site.timeZone,
    latitude: site.latitude,
    longitude: site.longitude,
    link: site.link,
    values: site.values,
    workloads,
    nodes: (plan.nodes.get(site.name) ?? []).map((node) => ({ ...node, deviceClass: classId(node.deviceClass) })),
    ...foldersOf(plan, site, cohort),
  }));
  console.log(JSON.stringify(records, undefined, 2));
}

/** Where an assembly has what is the site's. Of one that shares a cluster only machines are in a folder of its own. */
function foldersOf(
  { model, nodes }: Plan,
  { name }: SitePlan,
  cohort: Cohort | undefined,
): { readonly folder?: string; readonly manifests: string } {
  const shared = model.sharedClusters.find(({ path }) => path === cohort?.cluster.shared)?.id;
  const hasOwn = shared === undefined || nodes.get(name)?.some(({ tree }) => tree !== undefined);
  return { ...(hasOwn && { folder: siteFolder(name) }), manifests: manifestsFolder(name, shared) };
}

function fits(site: SitePlan, workloads: Readonly<Record<string, string>>, flags: ListFlags): boolean {
  const [workload = '', variant] = flags.workload?.split(':') ?? [];
  return (
    (flags.site === undefined || matchesPattern(site.name, flags.site)) &&
    (flags.profile === undefined || site.profile === flags.profile) &&
    (flags.state === undefined || site.state === flags.state) &&
    (flags.wave === undefined || site.wave === flags.wave) &&
    (flags.workload === undefined ||
      (Object.hasOwn(workloads, workload) && (variant === undefined || workloads[workload] === variant))) &&
    Object.entries(flags.where ?? {}).every(([name, text]) => String(site.values[name]) === text)
  );
}

function matchesPattern(name: string, pattern: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(name);
}

function nothingFits(plan: Plan): string {
  const profiles = [...new Set(plan.sites.map((site) => site.profile))].sort();
  const values = [...new Set(plan.sites.flatMap((site) => Object.keys(site.values)))].sort();
  const workloads = plan.model.workloads.map(({ id }) => id);
  const waves = plan.waves.length > 0 ? `; waves: ${listSome(plan.waves.map(({ name }) => name))}` : '';
  return `no site fits; profiles: ${listSome(profiles)}; workloads: ${listSome(workloads, 20)}; values: ${listSome(values, 20)}${waves}`;
}
