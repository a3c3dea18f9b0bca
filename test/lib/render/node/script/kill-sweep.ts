import { join } from 'node:path';
import { commandsOf, converge, copyNode, lastingState, type RunOptions, read, type ScratchNode } from './scratch-node';

export interface Sweep {
  /** The machine before; it is copied for every kill. */
  readonly node: ScratchNode;
  readonly script: string;
  /** Folder for the copies. */
  readonly folder: string;
  /** Codes that end a sequence of runs. @default [0] */
  readonly until?: readonly number[];
  /** Whether the machine loses power, too, and comes up again. @default false */
  readonly powerCut?: boolean;
  /** Kill at every command (1), every second (2) and so on. @default 1 */
  readonly every?: number;
  readonly shell?: string;
  readonly args?: readonly string[];
  /** Asked of every machine in its end state. */
  readonly holds?: (node: ScratchNode) => void;
}

export interface SweepResult {
  /** How many commands there were to be killed at. */
  readonly kills: number;
  /** What did not end as it should. */
  readonly failures: readonly string[];
}

/**
 * Finds the commands that change something by counting them in an undisturbed run; kills a run at each of them; runs
 * again until it is done; and compares what lasts with the undisturbed one.
 */
export async function sweep(what: Sweep): Promise<SweepResult> {
  const options: RunOptions & { until?: readonly number[]; powerCut?: boolean } = what;
  const undisturbed = copyNode(what.node, join(what.folder, 'undisturbed'));
  const before = commandsOf(undisturbed);
  const first = await converge(undisturbed, what.script, options);
  what.holds?.(undisturbed);
  const expected = lastingState(undisturbed);
  const last = commandsOf(undisturbed);

  const failures: string[] = [];
  const every = what.every ?? 1;
  const numbers = Array.from({ length: Math.ceil((last - before) / every) }, (_, index) => before + 1 + index * every);
  const work = async (worker: number): Promise<void> => {
    for (let killAt = numbers.shift(); killAt !== undefined; killAt = numbers.shift()) {
      const node = copyNode(what.node, join(what.folder, `worker-${worker}`));
      const { codes, log } = await converge(node, what.script, { ...options, killAt });
      const state = lastingState(node);
      what.holds?.(node);
      const wrong = [
        ...(codes.includes(undefined) ? [] : ['was not killed']),
        ...(codes.at(-1) === first.codes.at(-1) ? [] : ['ended otherwise']),
        ...state.filter((line) => !expected.includes(line)).map((line) => `+ ${line}`),
        ...expected.filter((line) => !state.includes(line)).map((line) => `- ${line}`),
      ];
      if (wrong.length > 0) failures.push([`killed at ${killAt} (codes ${codes}):`, ...wrong, log].join('\n'));
    }
  };
  await Promise.all([work(0), work(1)]);

  const survivor = copyNode(what.node, join(what.folder, 'survivor'));
  const { codes } = await converge(survivor, what.script, { ...options, killAt: last + 1 });
  if (codes.includes(undefined)) failures.push('there was one more command to be killed at');
  return { kills: last - before, failures };
}

/** Lines of a file, without the empty one at its end. */
export function linesOf(node: ScratchNode, path: string): string[] {
  return read(node, path).split('\n').slice(0, -1);
}
