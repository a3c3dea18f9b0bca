import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cached } from './cache';

/** The oldest and the newest that the operating systems of the catalogue rest on. */
export const RELEASES = ['bookworm', 'trixie'] as const;
export type DebianRelease = (typeof RELEASES)[number];

/** Each line is resolved by itself: packages of one must not conflict. */
const PACKAGES = [
  ['busybox', 'cloud-init', 'dash', 'kmod', 'netplan.io', 'procps', 'shellcheck', 'systemd', 'ufw'],
  ['chrony'],
  ['firewalld'],
  ['systemd-timesyncd'],
];

/** Why Debian's packages cannot be had on this machine, if so: no fault of the project. */
export function withoutDebian(): string | undefined {
  for (const command of ['apt-get', 'dpkg-deb', 'tar'])
    if (spawnSync(command, ['--version']).error) return `this machine has no ${command}`;
  const system = osRelease('ID');
  if (system !== 'debian') return `apt of this machine serves ${system ?? 'an unknown system'}, not Debian`;
  return undefined;
}

/** No package can be had: of the machine, and not of what is tested. */
export class MirrorUnreachable extends Error {}

/**
 * A release of Debian's packages with all that they depend on, unpacked into one folder: nothing is installed and nobody has to be root. The packages
 * are those of the day on which the folder was made; `packages` in it says which.
 */
export function unpackedRelease(release: DebianRelease): string {
  const key = createHash('sha256')
    .update(JSON.stringify([PACKAGES]))
    .digest('hex')
    .slice(0, 8);
  return cached(`debian-${release}-${process.arch}-${key}`, (folder) => {
    console.info(`getting the packages of Debian ${release}: once, for the cache`);
    const apt = aptIn(folder, release);
    try {
      apt('update');
    } catch (e) {
      throw new MirrorUnreachable((e as Error).message);
    }
    for (const packages of PACKAGES) apt('install', '--download-only', '--yes', '--no-install-recommends', ...packages);
    unpack(join(folder, 'archives'), join(folder, 'root'));
    writeFileSync(join(folder, 'packages'), versions(join(folder, 'archives')));
    for (const name of ['archives', 'lists']) rmSync(join(folder, name), { recursive: true });
  });
}

/** apt with a state of its own, to which nothing is installed; mirror, proxy and keys are the machine's. */
function aptIn(folder: string, release: DebianRelease): (...command: string[]) => void {
  for (const name of ['archives/partial', 'lists/partial', 'none']) mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, 'status'), '');
  const keys = '/usr/share/keyrings/debian-archive-keyring.gpg';
  const options = ['target=Packages', ...(existsSync(keys) ? [`signed-by=${keys}`] : [])].join(' ');
  writeFileSync(join(folder, 'sources.list'), `deb [${options}] ${mirror()} ${release} main\n`);
  const settings = {
    'Acquire::Languages': 'none',
    'APT::Sandbox::User': '',
    'APT::Update::Error-Mode': 'any', // else a mirror that does not answer is a warning
    'Dir::Cache': folder,
    'Dir::Cache::archives': join(folder, 'archives'),
    'Dir::Etc::preferences': join(folder, 'none/preferences'),
    'Dir::Etc::preferencesparts': join(folder, 'none'),
    'Dir::Etc::sourcelist': join(folder, 'sources.list'),
    'Dir::Etc::sourceparts': join(folder, 'none'),
    'Dir::State': folder,
    'Dir::State::lists': join(folder, 'lists'),
    'Dir::State::status': join(folder, 'status'),
  };
  const before = Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
  return (...command) => void demand('apt-get', [...before, '-q', ...command]);
}

/** Where this machine gets its own packages from. Asked so that it is answered where `apt-get update` was never run, too. */
function mirror(): string {
  const own = osRelease('VERSION_CODENAME');
  const found = new RegExp(`^'(\\S+)/dists/${own}/main/`, 'm').exec(demand('apt-get', ['update', '--print-uris']))?.[1];
  if (found === undefined) throw new Error(`apt of this machine has no source with 'main' of '${own}'; add one`);
  return found;
}

/** Since Debian 12 these are links, made by a script that is not run here. */
function unpack(archives: string, root: string): void {
  for (const name of ['bin', 'sbin', 'lib', 'lib64']) {
    mkdirSync(join(root, 'usr', name), { recursive: true });
    symlinkSync(`usr/${name}`, join(root, name));
  }
  for (const name of packageFiles(archives))
    demand('sh', [
      '-c',
      'dpkg-deb --fsys-tarfile "$1" | tar --extract --keep-directory-symlink --no-same-owner --directory "$2"',
      'sh',
      join(archives, name),
      root,
    ]);
}

function versions(archives: string): string {
  const fields = packageFiles(archives).map((name) =>
    demand('dpkg-deb', ['--field', join(archives, name), 'Package', 'Version']),
  );
  return fields.map((text) => text.replace(/^Package: (.*)\nVersion: /, '$1 ')).join('');
}

function packageFiles(archives: string): string[] {
  return readdirSync(archives)
    .filter((name) => name.endsWith('.deb'))
    .sort();
}

function osRelease(name: string): string | undefined {
  if (!existsSync('/etc/os-release')) return undefined;
  const line = readFileSync('/etc/os-release', 'utf8')
    .split('\n')
    .find((text) => text.startsWith(`${name}=`));
  return line?.slice(name.length + 1).replace(/^"(.*)"$/, '$1');
}

function demand(command: string, args: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 2 ** 28 });
  if (status === 0) return stdout;
  throw new Error(`${command} failed (${error ?? status}): ${args.join(' ')}\n${stdout.slice(-2000)}\n${stderr}`);
}
