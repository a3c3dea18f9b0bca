import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Makes machines for the scripts of a tree, in a folder that is gone when the tests of the file are done. */
export interface ScriptMachines {
  /** A machine's root in a folder, with files and with commands that only write down how they were called. */
  machine(files: Readonly<Record<string, string>>, commands?: Readonly<Record<string, string>>): string;
}

export function scriptMachines(): ScriptMachines {
  const folder = mkdtempSync(join(tmpdir(), 'edgecdk-scripts-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  let count = 0;
  return {
    machine(files, commands = {}) {
      count += 1;
      const root = join(folder, `root-${count}`);
      for (const [path, text] of Object.entries(files)) put(join(root, path), text);
      mkdirSync(join(root, 'run'), { recursive: true });
      for (const name of ['systemctl', 'sysctl', 'hostname', 'mount', 'umount', 'ip', 'sync']) {
        const text = `#!/bin/sh\necho "${name} $*" >> "$EDGECDK_ROOT/log"\n${commands[name] ?? ''}`;
        put(join(root, 'bin', name), text, 0o755);
      }
      for (const [name, text] of Object.entries(commands)) {
        if (!existsSync(join(root, 'bin', name))) put(join(root, 'bin', name), `#!/bin/sh\n${text}`, 0o755);
      }
      return root;
    },
  };
}

export function put(path: string, text: string, mode = 0o644): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text, { mode });
}

export function read(root: string, path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

export function run(
  root: string,
  text: string,
  shell = 'sh',
  args: readonly string[] = [],
): { readonly code: number | null; readonly log: string } {
  put(join(root, 'script.sh'), text);
  const [command = 'sh', ...before] = shell.split(' ');
  const { status, stderr } = spawnSync(command, [...before, join(root, 'script.sh'), ...args], {
    encoding: 'utf8',
    env: { PATH: `${join(root, 'bin')}:/usr/bin:/bin`, EDGECDK_ROOT: root },
  });
  return { code: status, log: stderr };
}

/** Whether a command is on the machine that runs the tests; where it is not, that is said. */
export function present(command: string): boolean {
  if (spawnSync('sh', ['-c', `command -v ${command}`]).status === 0) return true;
  console.info(`skipped: this machine has no ${command}`);
  return false;
}
