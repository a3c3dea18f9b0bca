import { type Command, InvalidArgumentError, Option } from 'commander';
import { K3S_SOURCE, problemOfSource } from '../artifacts/k3s-release';
import {
  artifactLockFileName,
  isK3sArchitecture,
  K3S_ARCHITECTURES,
  type K3sArchitecture,
} from '../model/artifact-lock';
import { fleetKey } from '../model/fleet-symbol';
import { hasErrors } from '../model/problem';
import { exitCodes, exitCodesHelp, ProgramError, UsageError } from './exit-codes';
import { findProgram } from './find-program';
import { loadProgram } from './load-program';
import { type LockFlags, lockFleet } from './lock-fleet';
import { addPair } from './parameters';
import { printProblems } from './report';

const help = `
Examples:
  $ edgecdk lock fleet.ts                                   lock the releases that the program's sites run
  $ edgecdk lock --download                                 and fetch their files, for nodes without a network
  $ edgecdk lock --source https://mirror.example/k3s        from your own server: <source>/<version>/<file>
  $ edgecdk lock --check                                    in CI: is all locked? Without network
${exitCodesHelp}
It ends with 1 too if a file is not there or not as it was locked, or, with --check, is not locked.

The lock, ${artifactLockFileName} in the fleet's root, holds the checksums that a node insists on before it installs anything: commit it.
They are read from the checksum lists of the releases. What is locked already is compared with its source again, and stays as it is:
an upgrade of the program locks what is new, and --prune drops what no site runs any more. Nodes that install online fetch from the
source that is locked, so name one with --source that they reach.

Downloads go to <artifacts>/k3s/<version>/ and go on where they ended. They are large: keep the folder out of version control.
No other command uses the network. Behind a proxy, run it with NODE_USE_ENV_PROXY=1 and a Node.js that knows this (22.21 or 24).
`;

export function addLockCommand(command: Command): void {
  command
    .command('lock')
    .summary('lock what nodes install, by checksum; may use the network')
    .description(
      'Finds out which releases of K3s the sites of a fleet run, on which architectures, and writes the checksums of their binaries and images to a lock file. The only command that uses the network.',
    )
    .argument('[program]', 'a file, or a folder with one')
    .option('-p, --parameter <key=value>', 'handed to a program that exports a function; repeatable', addPair)
    .option('--source <url>', `folder of the releases (default: where the lock's come from, else ${K3S_SOURCE})`)
    .option('--arch <name>', `lock for this architecture alone (${K3S_ARCHITECTURES.join(', ')}); repeatable`, addArch)
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
  const wrong = flags.source === undefined ? undefined : problemOfSource(flags.source);
  if (wrong !== undefined) throw new UsageError(`--source ${wrong}`);
  if (flags.source !== undefined && !isSafe(flags.source))
    console.error(
      'note: checksums that come over http can be changed on the way; compare the lock with what K3s released',
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

function addArch(text: string, before: readonly K3sArchitecture[] = []): readonly K3sArchitecture[] {
  if (!isK3sArchitecture(text)) throw new InvalidArgumentError(`K3s is released for ${K3S_ARCHITECTURES.join(', ')}.`);
  return before.includes(text) ? before : [...before, text];
}

function readSeconds(text: string): number {
  const seconds = Number(text);
  if (/^\d+$/.test(text) && seconds >= 1 && seconds <= 3600) return seconds;
  throw new InvalidArgumentError('Write whole seconds, from 1 to 3600.');
}

/** Nobody is on the way. */
function isSafe(source: string): boolean {
  const { protocol, hostname } = new URL(source);
  return protocol === 'https:' || hostname === 'localhost' || hostname === '[::1]' || /^127\.[\d.]+$/.test(hostname);
}
