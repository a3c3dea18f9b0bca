import { Command, CommanderError } from 'commander';
import { UsageError } from '../../../lib/cli/exit-codes';

export interface CommandResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs one command of `edgecdk` in this process, and gives what it would print and end with. */
export async function runCommand(add: (command: Command) => void, ...args: readonly string[]): Promise<CommandResult> {
  const out: string[] = [];
  const err: string[] = [];
  const command = new Command('edgecdk').exitOverride();
  add(command);
  for (const sub of command.commands)
    sub.configureOutput({ writeOut: (text) => out.push(text), writeErr: (text) => err.push(text) });
  const log = jest.spyOn(console, 'log').mockImplementation((text: string) => void out.push(`${text}\n`));
  const error = jest.spyOn(console, 'error').mockImplementation((text: string) => void err.push(`${text}\n`));
  const before = process.exitCode;
  process.exitCode = 0;
  try {
    await command.parseAsync(args, { from: 'user' });
  } catch (e) {
    if (e instanceof UsageError) err.push(e.message);
    else if (!(e instanceof CommanderError)) throw e;
    process.exitCode = e instanceof CommanderError && e.exitCode === 0 ? 0 : 2;
  } finally {
    log.mockRestore();
    error.mockRestore();
  }
  const code = Number(process.exitCode);
  process.exitCode = before;
  return { code, stdout: out.join(''), stderr: err.join('') };
}
