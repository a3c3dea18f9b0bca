import { chmodSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Debian, netplanGenerate, readers } from '../tools/debian';
import { layOut, scratch } from './machine';

/** The files of a seed, by the names that NoCloud looks for. */
export interface Seed {
  readonly 'user-data': string;
  readonly 'meta-data': string;
  readonly 'network-config'?: string;
}

/** What cloud-init found in a seed and wrote of it. */
export interface Booted {
  readonly instanceId: string;
  readonly hostname: string;
  readonly network: unknown;
  readonly owners: readonly string[];
  /** Mode and text of each file, by path. */
  readonly files: Readonly<Record<string, readonly [mode: string, text: string]>>;
}

/** Lets cloud-init read seeds as its data source NoCloud does, and write their files below a root. */
export function boot(debian: Debian, seeds: readonly Seed[]): Booted[] {
  const jobs = seeds.map((seed) => {
    const files = Object.entries(seed).filter(([, text]) => text !== undefined);
    const cloud = layOut(scratch(), Object.fromEntries(files.map(([name, text]) => [`seed/nocloud/${name}`, text])));
    return { job: 'seed', cloud, root: scratch() };
  });
  return readers<Omit<Booted, 'files'>>(debian, jobs).map(({ failed, said, value }, index) => {
    if (failed) throw new Error(said);
    return { ...value, files: filesBelow(jobs[index]?.root ?? '') };
  });
}

function filesBelow(root: string): Booted['files'] {
  const paths = readdirSync(root, { recursive: true, encoding: 'utf8', withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const mode = (path: string) => (statSync(path).mode & 0o7777).toString(8).padStart(4, '0');
  return Object.fromEntries(paths.map((path) => [path.slice(root.length), [mode(path), readFileSync(path, 'utf8')]]));
}

/** What a machine makes of a network configuration. */
export interface Network {
  readonly complaints: string;
  /** All that the program that sets the network up is given. */
  readonly text: string;
}

/** cloud-init hands network configurations to netplan, and netplan to one of two programs. */
export function bringUp(
  debian: Debian,
  distro: 'debian' | 'ubuntu',
  configs: readonly string[],
  program: 'networkd' | 'NetworkManager',
): Network[] {
  const roots = configs.map((config) =>
    layOut(scratch(), {
      'network-config': config,
      'etc/netplan/01-first.yaml': `network: { version: 2, renderer: ${program} }\n`,
    }),
  );
  const jobs = roots.map((root) => {
    const into = `${root}/`;
    return { job: 'network', file: join(root, 'network-config'), into, distro, output: 'netplan' };
  });
  return readers<null>(debian, jobs).map(({ failed, said }, index) => {
    const root = roots[index] ?? '';
    if (failed) return { complaints: said, text: '' };
    // Older releases of cloud-init let others read it, and netplan says so.
    chmodSync(join(root, 'etc/netplan/50-cloud-init.yaml'), 0o600);
    const generated = netplanGenerate(debian, root);
    const files = Object.entries(filesBelow(root)).filter(([path]) => path.startsWith('/run/'));
    // The first two lines only say what is converted into what.
    const complaints = [...said.split('\n').slice(2), generated.said, generated.code === 0 ? '' : `${generated.code}`];
    return { complaints: complaints.join('\n').trim(), text: files.map(([, [, text]]) => text).join('\n') };
  });
}
