import { join } from 'node:path';
import type { ScratchNode } from '../lib/render/node/script/scratch-node';
import { closeDesk, nodeNames, type Output, openDesk, runLine } from './grocer-desk';
import { onMachine, Room } from './room';
import { ownerOf, type Step, stepsOf } from './steps';

/** Sections on what is different for other distributions than K3s. */
const OTHERS = /^Other distributions$|MicroK8s/;

/** One way through a text: each of its steps that has commands of ours is followed, in the order of the text. */
export class Walk {
  readonly folder: string;
  readonly room: Room;
  /** Folders that stand for the medium and for the boot partition of the last step that wrote one. */
  medium = '';
  card = '';
  private readonly left: Step[];
  private readonly known = new Set<string>();
  private media = 0;

  /** `program`: the text that has the program. What it says of other distributions is followed with a program of theirs. */
  constructor(path: string, source: string, program = 'nodes.md') {
    this.folder = openDesk(source, program);
    this.room = new Room(join(this.folder, 'room'));
    const isOwn = ({ section }: Step) => program === path || (program === 'nodes.md') !== OTHERS.test(section);
    this.left = stepsOf(path).filter((step) => step.commands.length > 0 && isOwn(step));
  }

  /** Does a step; its output must be as the step says, and each of `sees` must stand in both. */
  async step(
    section: string,
    number: number,
    { on, sees = [] }: { readonly on?: ScratchNode; readonly sees?: readonly string[] } = {},
  ): Promise<Output> {
    const step = this.left.shift();
    expect([step?.section, step?.number]).toEqual([section, number]);
    let text = '';
    let code: number | null = 0;
    for (const command of step?.commands ?? []) {
      const output = await this.line(command, on);
      text += output.text;
      code = output.code || code;
      this.learn();
      this.checkNames(command);
    }
    expect([code, text]).toEqual([0, text]);
    for (const seen of sees) {
      expect(step?.text).toContain(seen);
      expect(text).toContain(seen);
    }
    return { code, text };
  }

  /** A command that the text does not have. */
  async run(line: string): Promise<Output> {
    const output = await runLine(this.folder, line);
    this.learn();
    return output;
  }

  /** Nothing is left that the text tells and the test has not done. */
  end(): void {
    expect(this.left.map(({ section, number }) => `${section} ${number}`)).toEqual([]);
    closeDesk(this.folder);
  }

  /** The text as the test's table of placeholders has it; one that it does not know is a mistake. */
  private filled(command: string): string {
    return command.replaceAll(/<([a-z ]+)>/g, (whole) => {
      this.media += 1;
      const folder = join(this.folder, `medium-${this.media}`);
      if (whole === '<medium>') this.medium = folder;
      else if (whole === '<boot partition>') this.card = folder;
      else throw new Error(`no test knows the placeholder ${whole}`);
      return folder;
    });
  }

  private async line(command: string, on: ScratchNode | undefined): Promise<Output> {
    switch (ownerOf(command)) {
      case 'operator':
        return { code: 0, text: '' };
      case 'script': {
        if (!on) throw new Error(`no machine for ${command}`);
        const { code, log } = await onMachine(on, command);
        return { code: code ?? null, text: log };
      }
      default:
        return runLine(this.folder, this.filled(command));
    }
  }

  private learn(): void {
    for (const name of nodeNames(this.folder)) this.known.add(name);
  }

  /** Names of nodes in commands of the operator's are those that the fleet has, or had. */
  private checkNames(command: string): void {
    const names = command.match(/\b(store|super|depot|van)-\d+-[a-z]+-\d+(-g\d+)?\b/g) ?? [];
    expect(names.filter((name) => !this.known.has(name))).toEqual([]);
  }
}
