#!/usr/bin/env node
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, CommanderError } from 'commander';
import { addBundleCommand } from './bundle-command';
import { exitCodes, exitCodesHelp, UsageError } from './exit-codes';
import { addExportCommand } from './export-command';
import { addListCommand } from './list-command';
import { addLockCommand } from './lock-command';
import { addReplaceCommand } from './replace-command';
import { addSynthCommand } from './synth-command';

const help = `
Examples:
  $ edgecdk synth fleet.ts                 write the assembly of a program to dist/
  $ edgecdk synth examples/grocer -o out   a folder's program, to another folder
  $ edgecdk list --where region=north      which sites there are, and what runs on them
  $ edgecdk lock fleet.ts                  pins what machines install, by checksum
  $ edgecdk export store-1 --to /media/usb what a technician takes to a site
  $ edgecdk bundle                         what one carries to sites that nothing else reaches
  $ edgecdk replace store-1 till-3         another machine in the place of a dead one
${exitCodesHelp}
A program is a TypeScript or JavaScript file whose default export is a Fleet, or a function that makes one.
Without a name it is the file that "program" names in edgecdk.json, or under "edgecdk" in package.json.
`;

/** Of package.json: two folders up from the sources, three from what they are compiled to. */
function packageVersion(): string {
  const [manifest = ''] = ['../..', '../../..']
    .map((up) => join(__dirname, up, 'package.json'))
    .filter((file) => existsSync(file));
  return (JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version;
}

async function main(): Promise<void> {
  // `edgecdk list | head` reads no further; that is no mistake.
  process.stdout.on('error', (e: NodeJS.ErrnoException) => {
    if (e.code !== 'EPIPE') throw e;
    process.exit();
  });
  const command = new Command('edgecdk')
    .description('Describes edge fleets in TypeScript, and writes what each site runs. It never talks to a cluster.')
    .version(packageVersion())
    .showHelpAfterError('(edgecdk --help tells more)')
    .addHelpText('after', help)
    .exitOverride();
  addSynthCommand(command);
  addListCommand(command);
  addLockCommand(command);
  addExportCommand(command);
  addBundleCommand(command);
  addReplaceCommand(command);
  try {
    await command.parseAsync();
  } catch (e) {
    if (e instanceof CommanderError) process.exitCode = e.exitCode === 0 ? exitCodes.good : exitCodes.usage;
    else if (e instanceof UsageError) {
      console.error(`edgecdk: ${e.message}`);
      process.exitCode = exitCodes.usage;
    } else throw e;
  }
}

void main();
