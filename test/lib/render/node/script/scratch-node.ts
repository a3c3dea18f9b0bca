import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { k3sApplyScript } from '../../../../../lib/distributions/k3s/node/apply-script';
import { type K3sSettings, printK3sSettings } from '../../../../../lib/distributions/k3s/node/settings';
import { sha256 } from '../../../../../lib/model/digest';
import type { NodeEffect } from '../../../../../lib/model/node-tree';
import { type NodeIdentity, printIdentity } from '../../../../../lib/render/node/script/identity';
import { type ManifestFile, printManifest } from '../../../../../lib/render/node/script/manifest';
import { k3sBinary } from './stub-commands';

export const VERSION = 'v1.33.4+k3s1';
export const BINARY = k3sBinary(VERSION);
export const IMAGES = 'archive of images\n';

/** Content and effect by path. */
export type Files = Readonly<Record<string, readonly [content: string, effect: NodeEffect, mode?: string]>>;

export interface Payload {
  readonly settings?: Partial<K3sSettings>;
  readonly files: Files;
  readonly identity: NodeIdentity;
  /** Values for other readers of `identity.env`. @default - none */
  readonly more?: Readonly<Record<string, string>>;
}

/** A machine in a folder: its root, and what stands for hardware, systemd and network in `sim`. */
export interface ScratchNode {
  readonly root: string;
  /** Who is up, and which clusters were begun; shared by the machines of a site. */
  readonly shared: string;
  /** Folder with the stubs. */
  readonly stubs: string;
}

export function makeNode(
  folder: string,
  stubs: string,
  address = '10.0.0.10',
  shared = join(folder, 'sim/shared'),
): ScratchNode {
  const root = folder;
  rmSync(root, { recursive: true, force: true });
  const files = {
    'sim/count': '0\n',
    'sim/machine': 'aarch64\n',
    'sim/date': '2026-11-24\n',
    'sim/labels': '',
    'sim/address': `${address}\n`,
    'sim/release/k3s-arm64': BINARY,
    'sim/release/k3s-airgap-images-arm64.tar.zst': IMAGES,
    'proc/cmdline': 'console=tty1 root=PARTUUID=1234-02 rootwait\n',
    'proc/mounts': 'proc /proc proc rw 0 0\n/dev/sda1 /var/lib/rancher ext4 rw 0 0\n',
    'proc/uptime': '100.20 300.10\n',
    'proc/sys/kernel/random/boot_id': 'boot-1\n',
    'boot/firmware/cmdline.txt': 'console=tty1 root=PARTUUID=1234-02 rootwait\n',
    'etc/cloud/cloud.cfg': '',
    'etc/edgecdk/secrets/token': 'a-token\n',
    'etc/hostname': 'not-ours\n',
  };
  for (const [path, content] of Object.entries(files)) put(join(root, path), content);
  for (const path of ['run', 'var/lib/rancher']) mkdirSync(join(root, path), { recursive: true });
  if (!existsSync(join(shared, 'begun'))) put(join(shared, 'begun'), '');
  mkdirSync(join(shared, 'up'), { recursive: true });
  return { root, shared, stubs };
}

/** Another machine in the same state, at another place; for what is shared by nobody. */
export function copyNode(node: ScratchNode, folder: string): ScratchNode {
  rmSync(folder, { recursive: true, force: true });
  cpSync(node.root, folder, { recursive: true });
  return { root: folder, shared: join(folder, 'sim/shared'), stubs: node.stubs };
}

/** Writes tree and identity beside each other, as a carrier brings them, and returns the path of `apply.sh`. */
export function writePayload(folder: string, payload: Payload): string {
  rmSync(folder, { recursive: true, force: true });
  const settings = printK3sSettings({
    role: 'server',
    datastore: 'sqlite',
    k3sVersion: VERSION,
    install: 'online',
    baseUrl: 'https://mirror.example/k3s/v1.33.4',
    binarySha256: { arm64: sha256(BINARY) },
    secrets: ['token'],
    clockNotBefore: '2026-11-01',
    ...payload.settings,
  });
  const tree = writeFiles(join(folder, 'tree'), payload.files);
  const nodeJson = '{ "role": "for people" }\n';
  put(join(folder, 'tree/settings'), settings);
  put(join(folder, 'tree/node.json'), nodeJson);
  put(
    join(folder, 'tree/manifest'),
    printManifest(tree, [
      { path: 'settings', sha256: sha256(settings) },
      { path: 'node.json', sha256: sha256(nodeJson) },
    ]),
  );
  put(join(folder, 'tree/apply.sh'), k3sApplyScript());
  const { identity } = payload;
  const own = writeFiles(join(folder, 'identity'), {
    '/etc/edgecdk/identity.env': [printIdentity(identity, payload.more), 'live'],
    '/etc/rancher/k3s/config.yaml.d/50-node.yaml': [nodeYaml(payload), 'restart'],
  });
  put(join(folder, 'identity/manifest'), printManifest(own));
  return join(folder, 'tree/apply.sh');
}

function nodeYaml({ identity, settings }: Payload): string {
  const server = settings?.role === 'agent' ? `server: "${identity.serverUrl}"\n` : '';
  return `node-name: "${identity.nodeName}"\n${server}`;
}

function writeFiles(folder: string, files: Files): ManifestFile[] {
  return Object.entries(files).map(([path, [content, effect, mode]]) => {
    const isFolder = path.endsWith('/');
    if (!isFolder) put(join(folder, 'files', path), content);
    return {
      path,
      mode: mode ?? (isFolder ? '0700' : '0600'),
      owner: 'root:root',
      effect,
      sha256: isFolder ? undefined : sha256(content),
    };
  });
}

export interface RunOptions {
  /** `sh`, or `busybox sh`. @default 'sh' */
  readonly shell?: string;
  readonly args?: readonly string[];
  /** Number of the command that ends the run. @default - none */
  readonly killAt?: number;
  /** Number of the command from which on the disk is full. @default - none */
  readonly fullFrom?: number;
  readonly env?: Readonly<Record<string, string>>;
}

export interface RunResult {
  /** Exit code; undefined where the run was killed. */
  readonly code: number | undefined;
  readonly log: string;
}

export function run(node: ScratchNode, script: string, options: RunOptions = {}): Promise<RunResult> {
  const [command = 'sh', ...before] = (options.shell ?? 'sh').split(' ');
  return new Promise((resolve, reject) => {
    // A process group of its own, so that a kill ends all of the run and nothing else.
    const child = spawn(command, [...before, '-c', `. ${node.stubs}/prelude`, script, ...(options.args ?? [])], {
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: `${node.stubs}:/usr/bin:/bin:/usr/sbin:/sbin`,
        EDGECDK_ROOT: node.root,
        SHARED: node.shared,
        SELINUX: 'Permissive',
        ...(options.killAt === undefined ? {} : { KILL_AT: String(options.killAt) }),
        ...(options.fullFrom === undefined ? {} : { FULL_FROM: String(options.fullFrom) }),
        ...options.env,
      },
    });
    let log = '';
    child.stdout.on('data', (data) => (log += data));
    child.stderr.on('data', (data) => (log += data));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? undefined, log }));
  });
}

/** Power goes and comes back: processes and `/run` are gone, the firmware reads cmdline.txt, systemd starts what is enabled. */
export function powerCycle(node: ScratchNode): void {
  const boots = Number(read(node, 'proc/sys/kernel/random/boot_id').split('-')[1]);
  put(join(node.root, 'proc/sys/kernel/random/boot_id'), `boot-${boots + 1}\n`);
  put(join(node.root, 'proc/cmdline'), read(node, 'boot/firmware/cmdline.txt'));
  for (const name of ['sim/active', 'sim/stuck', 'sim/reboot', 'run'])
    rmSync(join(node.root, name), { recursive: true, force: true });
  rmSync(join(node.shared, 'up', read(node, 'sim/address').trim()), { force: true });
  mkdirSync(join(node.root, 'run'));
  if (!existsSync(join(node.root, 'sim/enabled'))) return;
  spawnSync(join(node.stubs, 'systemctl'), ['start', 'k3s'], {
    env: { PATH: '/usr/bin:/bin', EDGECDK_ROOT: node.root, SHARED: node.shared },
  });
}

/** Runs until one of the codes comes, through reboots, and through the one kill that the options may ask for. */
export async function converge(
  node: ScratchNode,
  script: string,
  options: RunOptions & { readonly until?: readonly number[]; readonly powerCut?: boolean } = {},
): Promise<{ readonly codes: Array<number | undefined>; readonly log: string }> {
  const codes: Array<number | undefined> = [];
  let log = '';
  while (codes.length < 8) {
    const result = await run(node, script, options);
    codes.push(result.code);
    log += result.log;
    if (result.code !== undefined && (options.until ?? [0]).includes(result.code)) break;
    if (result.code === 76 || (result.code === undefined && options.powerCut)) powerCycle(node);
  }
  return { codes, log };
}

/** All that lasts on a machine: path, mode and content, one line each. */
export function lastingState(node: ScratchNode): string[] {
  const lines: string[] = [];
  const visit = (folder: string): void => {
    for (const name of readdirSync(join(node.root, folder)).sort()) {
      const path = join(folder, name);
      if (['sim', 'run', 'proc'].includes(path)) continue;
      const stat = statSync(join(node.root, path));
      const mode = (stat.mode & 0o7777).toString(8);
      lines.push(`${path} ${mode} ${stat.isDirectory() ? '' : sha256(read(node, path))}`);
      if (stat.isDirectory()) visit(path);
    }
  };
  visit('');
  return lines;
}

export function read(node: ScratchNode, path: string): string {
  return readFileSync(join(node.root, path), 'utf8');
}

export function has(node: ScratchNode, path: string): boolean {
  return existsSync(join(node.root, path));
}

/** Commands that changed something, so far. */
export function commandsOf(node: ScratchNode): number {
  return Number(read(node, 'sim/count'));
}

export function put(path: string, content: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}
