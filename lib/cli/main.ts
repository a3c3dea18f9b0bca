#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, CommanderError } from 'commander';
import { exitCodes, UsageError } from './exit-codes';
import { addListCommand } from './list-command';
import { addSynthCommand } from './synth-command';

const help = `
Examples:
  $ edgecdk synth fleet.ts                 write the assembly of a program to dist/
  $ edgecdk synth examples/grocer -o out   a folder's program, to another folder
  $ edgecdk list --where region=north      which sites there are, and what runs on them

Exit codes:
  0  good
  1  problems in the fleet; nothing was written
  2  the command was not understood

A program is a TypeScript or JavaScript file whose default export is a Fleet, or a function that makes one.
Without a name it is the file that "program" names in edgecdk.json, or under "edgecdk" in package.json.
`;

async function main(): Promise<void> {
  const { version } = JSON.parse(readFileSync(join(__dirname, '../../../package.json'), 'utf8')) as { version: string };
  const command = new Command('edgecdk')
    .description('Describes edge fleets in TypeScript, and writes what each site runs. It never talks to a cluster.')
    .version(version)
    .showHelpAfterError('(edgecdk --help tells more)')
    .addHelpText('after', help)
    .exitOverride();
  addSynthCommand(command);
  addListCommand(command);
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
