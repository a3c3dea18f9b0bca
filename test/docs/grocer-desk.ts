import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { K3S_ARCHITECTURES, k3sFileNames } from '../../lib/model/artifact-lock';
import { k3sBinary } from '../lib/render/node/script/stub-commands';
import { root } from '../structure/sources';
import { sha256 } from '../support/loopback';
import { filesIn, readDoc } from './markdown';

export const VERSION = 'v1.33.5+k3s1';

/** What K3s has released, by name of the file. */
export const RELEASE: Readonly<Record<string, string>> = Object.fromEntries(
  K3S_ARCHITECTURES.flatMap((architecture) => {
    const { binary, images } = k3sFileNames(architecture);
    return [
      [binary, k3sBinary(VERSION)],
      [images, `images for ${architecture}\n`],
    ];
  }),
);

/** Where the fleet of a text in docs lies: its program and inventories, a lock, and what `edgecdk` needs to run there. */
export function openDesk(source: string, program: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'edgecdk-runbook-'));
  for (const [name, text] of Object.entries(filesIn(readDoc(program)))) writeFileSync(join(folder, name), text);
  writeFileSync(join(folder, 'artifacts.lock.json'), lockText(source));
  mkdirSync(join(folder, 'node_modules'));
  for (const name of ['zod', 'cdk8s', 'cdk8s-plus-27', 'constructs', 'typescript', '@types'])
    symlinkSync(join(root, 'node_modules', name), join(folder, 'node_modules', name));
  symlinkSync(root, join(folder, 'node_modules/edgecdk'));
  return folder;
}

function lockText(source: string): string {
  const file = (name: string) => ({
    file: name,
    url: `${source}/${encodeURIComponent(VERSION)}/${name}`,
    sha256: sha256(RELEASE[name] ?? ''),
  });
  const of = (architecture: 'amd64' | 'arm64') => {
    const { binary, images } = k3sFileNames(architecture);
    return { binary: file(binary), images: file(images) };
  };
  const release = { lockedOn: '2026-11-24', amd64: of('amd64'), arm64: of('arm64') };
  return `${JSON.stringify({ format: 1, k3s: { [VERSION]: release } }, undefined, 2)}\n`;
}

/** The files of the release as a server has them. */
export function releasedFiles(): Record<string, string> {
  const folder = `/${encodeURIComponent(VERSION)}`;
  const lists = K3S_ARCHITECTURES.map((architecture) => {
    const names = Object.values(k3sFileNames(architecture));
    const lines = names.map((name) => `${sha256(RELEASE[name] ?? '')}  ${name}\n`);
    return [`${folder}/sha256sum-${architecture}.txt`, lines.join('')];
  });
  const files = Object.entries(RELEASE).map(([name, text]) => [`${folder}/${name}`, text]);
  return Object.fromEntries([...lists, ...files]);
}

export interface Output {
  readonly code: number | null;
  /** Both streams. */
  readonly text: string;
}

const command = join(root, 'build/lib/cli/main.js');

/** Runs a line in the folder; the servers of this process answer meanwhile. */
export function runLine(folder: string, line: string): Promise<Output> {
  const [program = '', ...args] = line.split(' ');
  const child =
    program === 'edgecdk'
      ? spawn(process.execPath, [command, ...args], { cwd: folder })
      : spawn('sh', ['-c', `openssl() { od -An -N16 -tx1 /dev/urandom | tr -d ' '; }; ${line}`], { cwd: folder });
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (part: string) => {
      text += part;
    });
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('close', (code) => done({ code, text }));
  });
}

export function edit(folder: string, file: string, from: string, to: string): void {
  const text = readFileSync(join(folder, file), 'utf8');
  if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
  writeFileSync(join(folder, file), text.replace(from, to));
}

/** Names of the nodes that the assembly has. */
export function nodeNames(folder: string): string[] {
  const sites = join(folder, 'dist/sites');
  if (!existsSync(sites)) return [];
  return readdirSync(sites).flatMap((shard) =>
    readdirSync(join(sites, shard), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .flatMap(({ name }) => readdirSync(join(sites, shard, name, 'nodes'), { withFileTypes: true }))
      .filter((entry) => entry.isDirectory() && entry.name !== 'seed')
      .map(({ name }) => name),
  );
}

export function closeDesk(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}
