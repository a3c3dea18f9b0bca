import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { DebianRelease } from './debian-packages';

/** What a program said. */
export interface Outcome {
  readonly code: number | null;
  /** Both of its streams. */
  readonly said: string;
}

/** One release of Debian, unpacked into a folder; its programs run with its own libraries, whatever this machine is. */
export interface Debian {
  readonly release: DebianRelease;
  readonly root: string;
}

export function versionsOf({ root }: Debian, ...names: readonly string[]): string {
  const lines = readFileSync(join(root, '../packages'), 'utf8').split('\n');
  return lines.filter((line) => names.includes(line.split(' ')[0] ?? '')).join(', ');
}

export function run(
  debian: Debian,
  program: string,
  args: readonly string[],
  input?: string,
): Outcome & { stdout: string } {
  const { loader, libraries } = loaderOf(debian.root);
  const { status, stdout, stderr, error } = spawnSync(
    loader,
    ['--library-path', libraries.join(':'), join(debian.root, program), ...args],
    {
      encoding: 'utf8',
      input,
      maxBuffer: 2 ** 28,
      env: {
        LC_ALL: 'C.UTF-8',
        PATH: '/usr/bin:/bin',
        PYTHONDONTWRITEBYTECODE: '1',
        PYTHONHOME: join(debian.root, 'usr'),
        PYTHONPATH: join(debian.root, 'usr/lib/python3/dist-packages'),
        SYSTEMD_LOG_COLOR: '0',
      },
    },
  );
  if (error) throw error;
  return { code: status, stdout, said: `${stdout}${stderr}`.trim() };
}

/** By way of the release's own loader: the one that is named in a program would take this machine's libraries. */
function loaderOf(root: string): { readonly loader: string; readonly libraries: readonly string[] } {
  const lib = join(root, 'usr/lib');
  for (const name of readdirSync(lib).filter((folder) => folder.includes('-linux-gnu'))) {
    const loader = readdirSync(join(lib, name)).find((file) => /^ld-linux.*\.so\.\d+$/.test(file));
    if (loader !== undefined)
      return {
        loader: join(lib, name, loader),
        libraries: [join(lib, name), join(lib, name, 'systemd'), join(lib, 'systemd')],
      };
  }
  throw new Error(`${root} has no loader of programs`);
}

// ------------------------------------------------------------------------------------ Python

/** What came of a job of `readers.py`. */
export interface Read<Value> {
  readonly failed: boolean;
  readonly said: string;
  readonly value: Value;
}

export function readers<Value>(debian: Debian, jobs: ReadonlyArray<Readonly<Record<string, string>>>): Read<Value>[] {
  const python = readdirSync(join(debian.root, 'usr/bin')).find((name) => /^python3\.\d+$/.test(name)) ?? 'python3';
  const { code, stdout, said } = run(
    debian,
    `usr/bin/${python}`,
    [join(__dirname, 'readers.py')],
    JSON.stringify(jobs),
  );
  if (code !== 0) throw new Error(said);
  return JSON.parse(stdout);
}

export type SchemaType = 'cloud-config' | 'network-config';

/** What cloud-init has to say of each file; empty where it is valid. */
export function cloudInitSchema(debian: Debian, files: readonly string[], type: SchemaType = 'cloud-config'): string[] {
  for (const file of files) chmodSync(file, 0o600); // else it warns that others may read it
  // Older releases have the one schema, and no word to choose it with.
  const more: Readonly<Record<string, string>> = type === 'cloud-config' ? {} : { schemaType: type };
  const found = readers<null>(
    debian,
    files.map((file) => ({ job: 'schema', file, ...more })),
  );
  return found.map(({ failed, said }) => {
    if (!failed && /^Valid (cloud-config|schema)[^\n]*$/.test(said)) return '';
    return said === '' ? 'refused without a word' : said;
  });
}

// ------------------------------------------------------------------------------------- shell

/** Complaints of shellcheck about a script for `sh`; empty where there are none. */
export function shellcheck(debian: Debian, script: string): string {
  return run(debian, 'usr/bin/shellcheck', ['--shell=sh', '--color=never', '-'], script).said;
}

/** What the shells that run it have to say about the syntax of a script. */
export function shellSyntax(debian: Debian, script: string): string {
  const dash = run(debian, 'usr/bin/dash', ['-n'], script);
  const busybox = run(debian, 'usr/bin/busybox', ['sh', '-n'], script);
  return [dash, busybox].map(({ code, said }) => (code === 0 ? said : `${code}: ${said}`)).join('');
}

// ----------------------------------------------------------------------------------- systemd

/** What units start, of Debian and of the distributions of Kubernetes. */
const PROGRAMS = [
  'usr/bin/sh',
  'usr/sbin/modprobe',
  'usr/local/bin/edgecore',
  'usr/local/bin/k3s',
  'usr/bin/cloud-init',
];

/** Puts the release's own units into a root, and what units of ours start. */
export function furnish({ root }: Debian, machine: string): void {
  const units = 'usr/lib/systemd/system';
  cpSync(join(root, units), join(machine, units), { recursive: true, verbatimSymlinks: true });
  for (const name of ['bin', 'sbin']) {
    mkdirSync(join(machine, 'usr', name), { recursive: true });
    if (!existsSync(join(machine, name))) symlinkSync(`usr/${name}`, join(machine, name));
  }
  for (const program of PROGRAMS) {
    mkdirSync(dirname(join(machine, program)), { recursive: true });
    writeFileSync(join(machine, program), '', { mode: 0o755 });
  }
}

/** What systemd has to say about units in a root and all that they name; empty where they are right. */
export function systemdVerify(debian: Debian, units: readonly string[], machine: string): string {
  const options = ['verify', `--root=${machine}`, '--man=no', '--recursive-errors=yes', '--generators=no'];
  const { code, said } = run(debian, 'usr/bin/systemd-analyze', [...options, ...units]);
  return code === 0 || said !== '' ? said : `systemd-analyze ends with ${code}`;
}

/** Names of the settings that a program of systemd's knows, as `Section.Name`, from its own table. */
export function systemdKnows({ root }: Debian, program: string, name: string): boolean {
  return readFileSync(join(root, program)).includes(`\0${name}\0`);
}

export function systemdReads(debian: Debian, kind: 'calendar' | 'timespan', value: string): string {
  const { code, said } = run(debian, 'usr/bin/systemd-analyze', [kind, value]);
  return code === 0 ? '' : said;
}

// ----------------------------------------------------------------------------------- network

/** Runs what `netplan generate` runs, over `etc/netplan` of a root; it writes below `run` of it. */
export function netplanGenerate(debian: Debian, machine: string): Outcome {
  return run(debian, 'usr/libexec/netplan/generate', ['--root-dir', machine]);
}

/** Prints a configuration of chrony as chronyd understands it, and starts nothing. */
export function chronyReads(debian: Debian, file: string): Outcome {
  return run(debian, 'usr/sbin/chronyd', ['-p', '-U', '-f', file]);
}

/** Reads settings of the kernel as `sysctl -p` does, and sets nothing: it knows the names that this machine's kernel has. */
export function sysctlReads(debian: Debian, file: string): Outcome {
  return run(debian, 'usr/sbin/sysctl', ['--dry-run', '--quiet', '-p', file]);
}
