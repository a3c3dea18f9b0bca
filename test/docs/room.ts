import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import {
  converge,
  makeNode,
  put,
  type RunResult,
  read,
  run,
  type ScratchNode,
} from '../lib/render/node/script/scratch-node';
import { writeStubs } from '../lib/render/node/script/stub-commands';

/** A machine out of its box: what its hardware says of it. */
export interface Hardware {
  readonly processor: 'x86_64' | 'aarch64';
  readonly address: string;
  readonly serial?: string;
  readonly mac?: string;
}

/** The machines of a site, which reach each other. They are simulated: see `stub-commands.ts`. */
export class Room {
  private count = 0;

  constructor(private readonly folder: string) {
    writeStubs(join(folder, 'stubs'));
    mkdirSync(join(folder, 'shared'), { recursive: true });
  }

  machine({ processor, address, serial, mac }: Hardware): ScratchNode {
    this.count += 1;
    const place = join(this.folder, `machine-${this.count}`);
    const node = makeNode(place, join(this.folder, 'stubs'), address, join(this.folder, 'shared'));
    // Nothing but a medium brings anything.
    for (const path of ['etc/edgecdk', 'sim/release']) rmSync(join(node.root, path), { recursive: true });
    put(join(node.root, 'sim/machine'), `${processor}\n`);
    if (serial !== undefined) put(join(node.root, 'sys/class/dmi/id/product_serial'), `${serial}\n`);
    if (mac !== undefined) put(join(node.root, 'sys/class/net/eth0/address'), `${mac}\n`);
    return node;
  }

  /** The image finds its seed on its own boot partition, and no medium is in. */
  async bootFromCard(node: ScratchNode, card: string, until: readonly number[] = [0]): Promise<string> {
    cpSync(card, join(node.root, 'boot/firmware'), { recursive: true });
    writeUserData(node, 'boot/firmware/user-data');
    return this.unit(node, until);
  }

  /** The medium is in, cloud-init has written what its user-data carries, and the unit runs until one of the codes comes. */
  async boot(node: ScratchNode, medium: string, until: readonly number[] = [0]): Promise<string> {
    putIn(node, medium);
    writeUserData(node, 'sim/medium/user-data');
    return this.unit(node, until);
  }

  /** What `edgecdk-apply.service` does, until one of the codes comes. */
  async unit(node: ScratchNode, until: readonly number[] = [0]): Promise<string> {
    const { log } = await converge(node, join(node.root, 'etc/edgecdk/scripts/boot.sh'), { until });
    return log;
  }
}

export function putIn(node: ScratchNode, medium: string): void {
  rmSync(join(node.root, 'sim/medium'), { recursive: true, force: true });
  cpSync(medium, join(node.root, 'sim/medium'), { recursive: true });
  put(join(node.root, 'dev/disk/by-label/CIDATA'), '');
}

function writeUserData(node: ScratchNode, userData: string): void {
  const { write_files: files } = parse(read(node, userData), { version: '1.1' }) as {
    write_files: ReadonlyArray<{ path: string; content: string }>;
  };
  for (const { path, content } of files) put(join(node.root, path), content);
}

/** A line `sudo sh .../apply.sh ...` on the machine; a path that is not absolute is one of the medium, which is in. */
export function onMachine(node: ScratchNode, line: string): Promise<RunResult> {
  const [, , script = '', ...args] = line.split(' ');
  const there = (path: string): string => join(node.root, path.startsWith('/') ? '' : 'sim/medium', path);
  const isPath = (arg: string, i: number): boolean => !arg.startsWith('--') && args[i - 1]?.startsWith('--') === true;
  return run(node, there(script), { args: args.map((arg, i) => (isPath(arg, i) ? there(arg) : arg)) });
}
