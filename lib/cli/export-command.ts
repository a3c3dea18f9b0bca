import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import type { Command } from 'commander';
import { type AnsibleExport, gatherAnsible } from '../export/ansible';
import { checkExportFolder, writeExportFolder } from '../export/export-folder';
import { gatherKit } from '../export/kit';
import type { Kit } from '../export/kit-record';
import { openAssembly } from '../export/open-assembly';
import { nodesBy } from '../export/sheet';
import { releaseName } from '../export/tree-artifacts';
import type { SeedMedium } from '../model/node-model';
import { error, hasErrors, listSome, type Problem, SynthError } from '../model/problem';
import { exitCodes, exitCodesHelp, UsageError } from './exit-codes';
import { shortPath } from './load-program';
import { addPair } from './parameters';
import { count, printProblems } from './report';

interface ExportFlags {
  readonly assembly: string;
  readonly to?: string;
  readonly node?: string;
  readonly artifacts?: string;
  readonly images?: string;
  readonly withoutArtifacts?: boolean;
  readonly secrets?: string;
  readonly strict?: boolean;
  readonly dryRun?: boolean;
  readonly ansible?: boolean;
  readonly where?: Readonly<Record<string, string>>;
}

const help = `
A kit is a folder that is copied to where the image of the machines looks for it: to the root of a medium with the label CIDATA (cloud images), onto the boot
partition of the card (Raspberry Pi), or to any medium from which somebody runs edgecdk/begin.sh. The machine finds out which node it is, and takes its node
tree, the artifacts of its distribution and the secrets from it; what the site runs is on it, too. README.txt is the sheet for the technician. Everything in it is verified before anything
is written, and what is missing is listed.

Examples:
  $ edgecdk export store-0412                                  all machines of a site, to kits/store-0412
  $ edgecdk export store-0412 --node box-1 --to /media/usb     one machine, such as one that replaces another
  $ edgecdk export store-0412 --secrets ~/secrets --strict     with its secrets, of which none may be missing
  $ edgecdk export store-0412 --dry-run                        only say what is missing
  $ edgecdk export --ansible --where region=north              inventory and playbook for machines that Ansible reaches

Secrets are files, or folders of them, in the folder of --secrets: <site>/<name>, or <name> for all sites; and <site>/<machine>/<name> of what each machine has
its own, such as a certificate. Each machine gets those that its own tree names. They are never shown.
A kit with secrets is kept out of version control, and handed over in person.
${exitCodesHelp}`;

export function addExportCommand(command: Command): void {
  command
    .command('export')
    .summary('write the kit from which the machines of a site start, or a playbook')
    .description(
      'Makes a complete kit for the machines of a site from a finished assembly, or inventory and playbook for Ansible. Runs no program, and reaches for no network.',
    )
    .argument('[sites...]', 'name of the site; with --ansible any number of them (default: all)')
    .option('--assembly <folder>', 'the assembly', 'dist')
    .option('--to <folder>', 'where to write (default: kits/<site or node>, or ansible)')
    .option('--node <node>', 'for this machine alone: its name or its slot')
    .option('--artifacts <folder>', 'cache of artifacts (default: .edgecdk/artifacts beside the assembly)')
    .option(
      '--images <folder>',
      'folder with archives of images, to travel on the medium (default, for a site without a link: images in the cache)',
    )
    .option('--without-artifacts', 'leave out what the machines can download')
    .option('--secrets <folder>', 'folder with the values of secrets, to travel on the medium')
    .option('--strict', 'warnings are errors: a secret that is missing')
    .option('--dry-run', 'verify everything, and write nothing')
    .option('--ansible', 'an inventory, and a playbook that copies node trees and runs apply.sh')
    .option('--where <value=text>', 'with --ansible: by a site value; repeatable, all must hold', addPair)
    .addHelpText('after', help)
    .exitOverride()
    .action(runExport);
}

function runExport(sites: readonly string[], flags: ExportFlags): void {
  checkUsage(sites, flags);
  try {
    if (flags.ansible) exportAnsible(sites, flags);
    else exportKit(sites[0] ?? '', flags);
  } catch (e) {
    if (!(e instanceof SynthError)) throw e;
    printProblems(e.problems);
    process.exitCode = exitCodes.problems;
  }
}

function checkUsage(sites: readonly string[], flags: ExportFlags): void {
  const ofKits = ['node', 'artifacts', 'images', 'withoutArtifacts', 'secrets'] as const;
  const misplaced = ofKits.find((flag) => flags.ansible && flags[flag] !== undefined);
  if (misplaced !== undefined)
    throw new UsageError(
      `--${misplaced.replace('A', '-a')} is for a kit, and --ansible makes none; leave one of them out`,
    );
  if (!flags.ansible && flags.where)
    throw new UsageError('--where goes with --ansible; a kit is for one site, by name');
  if (!flags.ansible && sites.length !== 1)
    throw new UsageError(
      sites.length === 0
        ? 'name a site: edgecdk export store-0412'
        : `a kit is for one site; make one for each (found ${listSome(sites)})`,
    );
  if (flags.secrets !== undefined && !existsSync(flags.secrets))
    throw new UsageError(`there is no folder ${flags.secrets}; name the one with the values of secrets`);
  if (flags.images !== undefined && !existsSync(flags.images))
    throw new UsageError(`there is no folder ${flags.images}; name the one with the archives of images`);
}

function exportKit(site: string, flags: ExportFlags): void {
  const assembly = openAssembly(resolve(flags.assembly));
  const { kit, problems } = gatherKit(assembly, {
    site,
    node: flags.node,
    cache: resolve(flags.artifacts ?? join(dirname(assembly.outDir), '.edgecdk', 'artifacts')),
    images: flags.images === undefined ? undefined : resolve(flags.images),
    withoutArtifacts: flags.withoutArtifacts,
    secrets: flags.secrets,
    strict: flags.strict,
  });
  const to = resolve(flags.to ?? join('kits', flags.node === undefined ? site : (kit?.node ?? site)));
  if (!mayWrite(to, assembly.outDir, problems, flags.strict) || !kit) return;
  checkExportFolder(to, 'kit');
  if (!flags.dryRun)
    writeExportFolder(to, { kind: 'kit', of: kit.node ?? site, files: kit.files, last: 'edgecdk/match.tsv' });
  console.log(kitSummary(kit, to, flags.dryRun === true));
}

function exportAnsible(sites: readonly string[], flags: ExportFlags): void {
  const assembly = openAssembly(resolve(flags.assembly));
  const to = resolve(flags.to ?? 'ansible');
  const { ansible, problems } = gatherAnsible(assembly, { sites, where: flags.where, to });
  if (!mayWrite(to, assembly.outDir, problems, flags.strict) || !ansible) return;
  checkExportFolder(to, 'ansible');
  if (!flags.dryRun)
    writeExportFolder(to, { kind: 'ansible', of: assembly.record.fleet, files: ansible.files, last: 'playbook.yaml' });
  console.log(ansibleSummary(ansible, to, flags.dryRun === true));
}

/** Prints the problems. A synth does not expect files of others in its output folder. */
function mayWrite(to: string, outDir: string, problems: readonly Problem[], strict = false): boolean {
  const isInside = `${to}${sep}`.startsWith(`${outDir}${sep}`);
  const all = isInside
    ? [...problems, error(shortPath(to), 'is in the assembly; name another folder with --to')]
    : problems;
  printProblems(all);
  const wrong = hasErrors(all) || (strict && all.length > 0);
  if (wrong) {
    console.error(
      `${count(all.filter(({ severity }) => strict || severity === 'error').length, 'problem')}; nothing was written`,
    );
    process.exitCode = exitCodes.problems;
  }
  return !wrong;
}

function kitSummary(kit: Kit, to: string, isDry: boolean): string {
  const { artifacts, downloaded, files, node, nodes, secrets, site } = kit;
  const on = secrets.filter(({ files: own }) => own !== undefined).length;
  const lines = [
    `${isDry ? 'complete' : 'kit'} for ${node ?? `${site} (${count(nodes.length, 'machine')})`}: ${count(files.length, 'file')}`,
    artifacts.length > 0
      ? `artifacts: ${artifacts.map((artifact) => `${artifact.file} of ${releaseName(artifact)}`).join(', ')}`
      : 'artifacts: none',
    ...(downloaded.length > 0 ? [`downloaded by the machines: ${downloaded.map(({ file }) => file).join(', ')}`] : []),
    ...(kit.images.length > 0 ? [`images: ${kit.images.map(({ file }) => file).join(', ')}`] : []),
    ...(kit.missingImages.length > 0
      ? [`images that nothing on it is known to have: ${listSome(kit.missingImages, 20)}`]
      : []),
    `secrets: ${on} on it${on < secrets.length ? `, ${secrets.length - on} to come to the machines by another way (README.txt names them)` : ''}`,
  ];
  if (kit.manifests > 0) lines.push(`manifests: ${kit.manifests} (README.txt says how they come to the servers)`);
  if (!isDry) lines.push(...whereTo(kit, relative(process.cwd(), to) || '.'));
  return lines.join('\n');
}

/** What is done with the folder next, for each kind of image. */
function whereTo(kit: Kit, folder: string): string[] {
  const on = (medium: SeedMedium, say: (names: string) => string): string[] => {
    const names = nodesBy(kit, medium);
    return names.length === 0 ? [] : [say(listSome(names, 5))];
  };
  return [
    ...on('cidata', (names) => `Copy ${folder} to the root of a medium with the label CIDATA: ${names}`),
    ...on(
      'boot-partition',
      (names) =>
        `Copy ${folder} onto the boot partition of each card or disk, over what is there; these images read no medium: ${names}`,
    ),
    ...on(
      'none',
      (names) =>
        `Copy ${folder} to any medium, mount it on the machine, and run sudo sh edgecdk/begin.sh MACHINE: ${names}`,
    ),
  ];
}

function ansibleSummary({ hosts, without }: AnsibleExport, to: string, isDry: boolean): string {
  const unknown = hosts.filter(({ address }) => address === undefined).length;
  const sites = new Set(hosts.map(({ site }) => site)).size;
  return [
    `${count(hosts.length, 'machine')} of ${count(sites, 'site')}`,
    ...(unknown > 0
      ? [`to be looked up by name, for they have no fixed address or share it with another: ${unknown}`]
      : []),
    ...(without.length > 0 ? [`without files for their nodes, and left out: ${listSome(without)}`] : []),
    ...(isDry
      ? []
      : [
          `ansible-playbook -i ${join(relative(process.cwd(), to), 'inventory.yaml')} ${join(relative(process.cwd(), to), 'playbook.yaml')}`,
        ]),
  ].join('\n');
}
