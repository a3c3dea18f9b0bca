import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '../../../lib/model/digest';
import { writeFolder } from './make-assembly';

/**
 * A machine in a folder, for `install.sh`. Commands that change something count themselves, and the one whose turn it is dies with the whole run, as in a power
 * cut: a copy is half done by then.
 */
const STUBS = {
  id: `echo "\${USER_ID:-0}"\n`,
  uname: 'cat "$sim/uname"\n',
  sleep: ':\n',
  sync: ':\n',
  mv: 'counted\nexec /bin/mv "$@"\n',
  mkdir: 'for last; do :; done\n[ -d "$last" ] || counted\nexec /bin/mkdir "$@"\n',
  chmod: 'counted\nexec /bin/chmod "$@"\n',
  rm: 'counted\nexec /bin/rm "$@"\n',
  cp: 'for last; do :; done\nhalf() { echo half > "$last"; }\ncounted half\n[ ! -f "$sim/full" ] || { half; exit 1; }\nexec /bin/cp "$@"\n',
  // It takes a manifest twice as well as once. An object of a kind that it does not know yet is refused.
  microk8s: `
case $* in
  'kubectl get --raw /readyz') [ ! -f "$sim/down" ] ;;
  kubectl\\ apply*)
    for file; do :; done
    if grep -q thing "$file" && [ ! -f "$sim/definition" ]; then echo 'no matches for kind "Thing"' >&2; exit 1; fi
    counted
    case $file in *definition*) : > "$sim/definition" ;; esac
    echo "\${file##*/}" >> "$sim/applied"
    echo "$*" >> "$sim/calls"
    cp "$file" "$sim/cluster/\${file##*/}" ;;
  'images import') cat > "$sim/image"; counted; sha256sum < "$sim/image" >> "$sim/images" ;;
  *) exit 3 ;;
esac
`,
};

const HEAD = `#!/bin/sh
sim=$EDGECDK_ROOT/sim
counted() {
  n=$(($(cat "$sim/count") + 1))
  echo "$n" > "$sim/count"
  [ "$n" != "\${KILL_AT:-}" ] || { "\${1:-:}"; kill -9 0; }
}
`;

export function makeMachine(root: string, files: Readonly<Record<string, string>> = {}, without = ''): string {
  rmSync(root, { recursive: true, force: true });
  writeFolder(root, { 'sim/count': '0\n', 'sim/uname': 'aarch64\n', ...files });
  mkdirSync(join(root, 'sim/cluster'));
  mkdirSync(join(root, 'bin'));
  for (const [name, text] of Object.entries(STUBS))
    if (name !== without) writeFileSync(join(root, 'bin', name), `${HEAD}${text}`, { mode: 0o755 });
  return root;
}

export interface Ran {
  /** Undefined where it was killed. */
  readonly code: number | undefined;
  readonly log: string;
}

export function install(
  root: string,
  stick: string,
  args: readonly string[] = [],
  { env = {}, shell = 'sh' }: { readonly env?: Readonly<Record<string, string>>; readonly shell?: string } = {},
): Promise<Ran> {
  const [command = 'sh', ...before] = shell.split(' ');
  return new Promise((resolve, reject) => {
    // A process group of its own, so that a kill ends all of the run and nothing else.
    const child = spawn(command, [...before, join(stick, 'install.sh'), ...args], {
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: `${join(root, 'bin')}:/usr/bin:/bin`, EDGECDK_ROOT: root, ...env },
    });
    let log = '';
    child.stdout.on('data', (data) => (log += data));
    child.stderr.on('data', (data) => (log += data));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? undefined, log }));
  });
}

/** All that lasts on a machine: path, mode and content, a line each; and what its cluster was given. */
export function stateOf(root: string): string[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => /^(etc|var|sim\/cluster)(\/|$)/.test(path))
    .sort()
    .map((path) => {
      const stat = statSync(join(root, path));
      const mode = (stat.mode & 0o777).toString(8);
      return `${path} ${mode} ${stat.isDirectory() ? '' : sha256(readFileSync(join(root, path), 'utf8'))}`;
    });
}

export function textOf(root: string, path: string): string {
  return existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : '';
}

export interface KilledRuns {
  /** Makes the machine before. */
  readonly machine: () => string;
  readonly stick: string;
  readonly args?: readonly string[];
  /** At which of so many commands runs are killed. */
  readonly at: (commands: number) => readonly number[];
}

/** Kills a run at commands that change something, runs again, and gives the commands after which the end is another than that of a run that nobody killed. */
export async function killedRuns({
  args,
  at,
  machine,
  stick,
}: KilledRuns): Promise<{ kills: number; failures: string[] }> {
  const whole = machine();
  const first = await install(whole, stick, args);
  const expected = stateOf(whole).join('\n');
  const failures = first.code === 0 ? [] : [first.log];
  const points = at(Number(textOf(whole, 'sim/count')));
  for (const point of points) {
    const root = machine();
    const killed = await install(root, stick, args, { env: { KILL_AT: String(point) } });
    const next = await install(root, stick, args);
    if (killed.code !== undefined || next.code !== 0 || stateOf(root).join('\n') !== expected)
      failures.push(`killed at ${point}: ${killed.code}, ${next.code}\n${killed.log}${next.log}`);
    rmSync(root, { recursive: true });
  }
  return { kills: points.length, failures };
}
