import { existsSync, statSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import type { Command } from 'commander';
import { gatherBundles } from '../export/bundle';
import type { Bundle } from '../export/bundle-record';
import { openAssembly } from '../export/open-assembly';
import { type WrittenTar, writeSummedTar } from '../export/summed-tar';
import { error, hasErrors, SynthError } from '../model/problem';
import { exitCodes, exitCodesHelp, UsageError } from './exit-codes';
import { shortPath } from './load-program';
import { count, printProblems } from './report';

interface BundleFlags {
  readonly assembly: string;
  readonly to: string;
  readonly sites?: readonly string[];
  readonly images?: string;
  readonly artifacts?: string;
}

const help = `
A bundle is for sites that run already, and that nothing reaches but a person with a stick: what export is for a new machine, this is for the day after. It is
one tar for all sites of a hardware profile, <fleet>-<profile>.tar, with the manifests of each, lists of images, what the distribution is installed from by name
and checksum, and install.sh, which somebody runs at the site. README.txt in it tells how. Equal assemblies give equal bytes. No secret is in it.

Examples:
  $ edgecdk bundle                                         a bundle for each hardware profile, to bundles/
  $ edgecdk bundle rpi-4b-4gb --images images              one, with archives of the images (docker save)
  $ edgecdk bundle --sites store-0412 store-0413           for two sites alone
  $ edgecdk bundle --artifacts .edgecdk/artifacts          with what edgecdk lock --download fetched
${exitCodesHelp}`;

export function addBundleCommand(command: Command): void {
  command
    .command('bundle')
    .summary('write what a technician carries to sites without a link, one tar per hardware profile')
    .description(
      'Makes bundles for sites without a link from a finished assembly. Runs no program, and reaches for no network.',
    )
    .argument('[profiles...]', 'hardware profiles (default: all)')
    .option('--assembly <folder>', 'the assembly', 'dist')
    .option('--to <folder>', 'where to write', 'bundles')
    .option('--sites <site...>', 'carry these sites alone')
    .option('--images <folder>', 'folder with archives of images to carry')
    .option('--artifacts <folder>', 'cache of artifacts to carry (default: their names and checksums alone)')
    .addHelpText('after', help)
    .exitOverride()
    .action(runBundle);
}

function runBundle(profiles: readonly string[], flags: BundleFlags): void {
  for (const flag of ['images', 'artifacts'] as const) {
    const folder = flags[flag];
    if (folder !== undefined && !existsSync(folder))
      throw new UsageError(`there is no folder ${folder}; name the one with the ${flag} to carry`);
  }
  if (existsSync(flags.to) && !statSync(flags.to).isDirectory())
    throw new UsageError(`${flags.to} is a file; name a folder with --to`);
  try {
    writeBundles(profiles, flags);
  } catch (e) {
    if (!(e instanceof SynthError)) throw e;
    printProblems(e.problems);
    process.exitCode = exitCodes.problems;
  }
}

function writeBundles(profiles: readonly string[], flags: BundleFlags): void {
  const assembly = openAssembly(resolve(flags.assembly));
  const to = resolve(flags.to);
  const { bundles, leftOut, problems } = gatherBundles(assembly, {
    profiles,
    sites: flags.sites,
    images: flags.images && resolve(flags.images),
    artifacts: flags.artifacts && resolve(flags.artifacts),
  });
  // A synth does not expect files of others in its output folder.
  const isInside = `${to}${sep}`.startsWith(`${assembly.outDir}${sep}`);
  const all = isInside
    ? [...problems, error(shortPath(to), 'is in the assembly; name another folder with --to')]
    : problems;
  printProblems(all);
  if (hasErrors(all)) {
    console.error(
      `${count(all.filter(({ severity }) => severity === 'error').length, 'problem')}; nothing was written`,
    );
    process.exitCode = exitCodes.problems;
    return;
  }
  for (const line of leftOut) console.log(line);
  for (const bundle of bundles) {
    const file = join(to, bundle.name);
    console.log(summary(bundle, relative(process.cwd(), file), writeSummedTar(file, bundle.files)));
  }
}

function summary({ archives, files, profile, sites }: Bundle, file: string, { bytes, sha256 }: WrittenTar): string {
  const manifests = sites.reduce((sum, site) => sum + site.manifests.length, 0);
  return [
    `${profile}: ${count(sites.length, 'site')}, ${count(manifests, 'manifest')}, ${count(archives.length, 'archive')} of images, ${count(files.length + 1, 'file')}, ${bytes} bytes`,
    `  ${file}`,
    `  sha256 ${sha256}`,
  ].join('\n');
}
