/** `lock-main.ts <folder> lock ...`: runs `edgecdk lock` in a folder, with the sources of the package. */
import { Command, CommanderError } from 'commander';
import { exitCodes, UsageError } from '../../lib/cli/exit-codes';
import { addLockCommand } from '../../lib/cli/lock-command';

const [folder = '.', ...args] = process.argv.slice(2);
process.chdir(folder);
const command = new Command('edgecdk').exitOverride();
addLockCommand(command);
command.parseAsync(args, { from: 'user' }).catch((e: unknown) => {
  if (e instanceof CommanderError) process.exitCode = e.exitCode === 0 ? exitCodes.good : exitCodes.usage;
  else if (e instanceof UsageError) {
    console.error(`edgecdk: ${e.message}`);
    process.exitCode = exitCodes.usage;
  } else throw e;
});
