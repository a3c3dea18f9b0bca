import { type Command, InvalidArgumentError, Option } from 'commander';
import {
  ARTIFACT_ARCHITECTURES,
  type ArtifactArchitecture,
  artifactLockFileName,
  isArtifactArchitecture,
} from '../model/artifact-lock';
import { fleetKey } from '../model/fleet-symbol';
import { RELEASE_KINDS } from '../model/lock/kinds';
import { hasErrors } from '../model/problem';
import { exitCodes, exitCodesHelp, ProgramError } from './exit-codes';
import { findProgram } from './find-program';
import { loadProgram } from './load-program';
import { type LockFlags, lockFleet } from './lock-fleet';
import { type NamedSource, parseSource, SOURCE_MEMBERS } from './lock-sources';
import { addPair } from './parameters';
import { printProblems } from './report';

const names = SOURCE_MEMBERS.map((member) => RELEASE_KINDS[member].name).join(', ');

const help = `
Examples:
  $ edgecdk lock fleet.ts                                   lock the releases that the program's machines install
  $ edgecdk lock --download                                 and fetch their files, for nodes without a network
  $ edgecdk lock --source https://mirror.example/k3s        from your own server: <source>/<version>/<file>
  $ edgecdk lock --source k3s=https://mirror.example/k3s --source kubeedge=https://mirror.example/kubeedge
  $ edgecdk lock --check                                    in CI: is all locked? Without network
${exitCodesHelp}
It ends with 1 too if a file is not there or not as it was locked, or, with --check, is not locked.

The lock, ${artifactLockFileName} in the fleet's root, holds the checksums that a node insists on before it installs anything: commit it.
They are read from the checksum lists of the releases, and written all together or not at all. What is locked already stays as it is and
is not asked for again, but with --update or a --source of it, which compare it: an upgrade of the program locks what is new, and --prune
drops what no site runs any more. Nodes that install online fetch from the
source that is locked, so name one with --source that they reach: with a name before it (${names}) where the
program's machines install several things.

K3s        binary and images, from its lists of SHA-256.
KubeEdge   archives of edgecore and keadm. It publishes SHA-512 alone, so that these are fetched once, to be locked.
           With them come the CNI plug-ins, which are a release of their own.
MicroK8s   from the snap store, whose assertions snapd checks: the day alone is locked. For machines that get files, with
           Install.mirror, Install.preloaded or without a link, the snaps in <artifacts>/microk8s/<channel>/<architecture>:
           snapd, its base and microk8s, each with its assertions, as 'snap download' writes them, and an archive of
           images (.tar) if there is one. A channel is a folder such as 1.33-stable.

Downloads go to <artifacts>/<release>/<version>/ and go on where they ended. They are large: keep the folder out of version control.
No other command uses the network. Behind a proxy, run it with NODE_USE_ENV_PROXY=1 and a Node.js that knows this (22.21 or 24).
`;

export function addLockCommand(command: Command): void {
  command
    .command('lock')
    .summary('lock what nodes install, by checksum; may use the network')
    .description(
      'Finds out which releases of K3s, MicroK8s and KubeEdge the machines of a fleet install, on which architectures, and writes the checksums of their files to a lock file. The only command that uses the network.',
    )
    .argument('[program]', 'a file, or a folder with one')
    .option('-p, --parameter <key=value>', 'handed to a program that exports a function; repeatable', addPair)
    .option(
      '--source <[name=]url>',
      `folder of the releases of ${names}; repeatable (default: where the lock's come from, else their makers' own)`,
      addSource,
    )
    .option(
      '--arch <name>',
      `lock for this architecture alone (${ARTIFACT_ARCHITECTURES.join(', ')}); repeatable`,
      addArch,
    )
    .option('--download', 'fetch the files as well, and check them')
    .option('--artifacts <folder>', "folder of downloads (default: .edgecdk/artifacts in the fleet's root)")
    .option('--update', 'take checksums that differ from the locked ones')
    .option('--prune', 'drop releases that no site runs')
    .option('--timeout <seconds>', 'give up on a server that is silent for so long (default: 30)', readSeconds)
    .addOption(
      new Option('--check', 'only tell whether all is locked').conflicts(['source', 'download', 'update', 'prune']),
    )
    .option('-q, --quiet', 'print problems only')
    .addHelpText('after', help)
    .exitOverride()
    .action(runLock);
}

async function runLock(
  name: string | undefined,
  flags: LockFlags & { readonly parameter?: Readonly<Record<string, string>> },
): Promise<void> {
  if (flags.source?.some(({ url }) => !isSafe(url)))
    console.error(
      'note: checksums that come over http can be changed on the way; compare the lock with what its makers released',
    );
  for (const url of new Set(flags.source?.map((source) => source.url)))
    if (isLoopback(url))
      console.error(
        `note: ${url} is written to the lock, and to a machine that installs online it means that machine itself; name a source that machines reach`,
      );
  try {
    const fleet = await loadProgram(findProgram(name, process.cwd()), flags.parameter ?? {});
    const problems = await lockFleet(fleet[fleetKey](), flags);
    printProblems(problems);
    if (hasErrors(problems)) process.exitCode = exitCodes.problems;
  } catch (e) {
    if (!(e instanceof ProgramError)) throw e;
    console.error(`error: ${e.message}`);
    process.exitCode = exitCodes.problems;
  }
}

function addSource(text: string, before: readonly NamedSource[] = []): readonly NamedSource[] {
  return [...before, parseSource(text)];
}

function addArch(text: string, before: readonly ArtifactArchitecture[] = []): readonly ArtifactArchitecture[] {
  if (!isArtifactArchitecture(text))
    throw new InvalidArgumentError(`Releases are made for ${ARTIFACT_ARCHITECTURES.join(', ')}.`);
  return before.includes(text) ? before : [...before, text];
}

function readSeconds(text: string): number {
  const seconds = Number(text);
  if (/^\d+$/.test(text) && seconds >= 1 && seconds <= 3600) return seconds;
  throw new InvalidArgumentError('Write whole seconds, from 1 to 3600.');
}

/** Nobody is on the way. */
function isSafe(source: string): boolean {
  return new URL(source).protocol === 'https:' || isLoopback(source);
}

function isLoopback(source: string): boolean {
  const { hostname } = new URL(source);
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.[\d.]+$/.test(hostname);
}
