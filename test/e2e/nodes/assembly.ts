import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import type { Machine } from './machine';
import type { Seed } from './seed';

const REPOSITORY = resolve(__dirname, '../../..');

/** Runs the command on an example; all that it says is part of the error where it fails. */
export function synthesize(example: string, output: string): void {
  const command = ['--import', 'tsx', 'lib/cli/main.ts', 'synth', example, '--output', output, '--no-type-check'];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { cwd: REPOSITORY, encoding: 'utf8' });
  if (status !== 0) throw new Error(`edgecdk synth ${example} ended with ${status}\n${stdout}${stderr}`);
}

/** A node of a site in an assembly. */
export interface AssemblyNode {
  readonly name: string;
  readonly site: string;
  /** Name of its tree, from the site's `match.tsv`. */
  readonly tree: string;
  readonly machine: Machine;
  /** @default - its operating system has no cloud-init */
  readonly seed?: Seed;
}

export interface NodeAssembly {
  /** Each tree by its name, as the machine that it would be without an identity. */
  readonly trees: ReadonlyMap<string, Machine>;
  readonly sites: readonly string[];
  readonly nodesOf: (site: string) => AssemblyNode[];
  /** The seed for all machines of a site. */
  readonly seedOf: (site: string) => Seed | undefined;
}

/** Reads the nodes of an assembly; an error that says what is missing where synth has written none. */
export function readNodes(assembly: string): NodeAssembly {
  if (!existsSync(join(assembly, 'nodes'))) throw new Error('synth has written no folder nodes/ with node trees');
  const trees = new Map(
    readdirSync(join(assembly, 'nodes'))
      .sort()
      .map((name) => [name, treeIn(assembly, name)]),
  );
  const folders = new Map(
    readdirSync(join(assembly, 'sites')).flatMap((shard) =>
      readdirSync(join(assembly, 'sites', shard), { withFileTypes: true })
        .filter((entry) => entry.isDirectory() && existsSync(join(entry.parentPath, entry.name, 'nodes')))
        .map((entry): [string, string] => [entry.name, join(entry.parentPath, entry.name, 'nodes')]),
    ),
  );
  const folderOf = (site: string) => {
    const folder = folders.get(site);
    if (folder === undefined) throw new Error(`the assembly has no nodes of ${site}`);
    return folder;
  };
  return {
    trees,
    sites: [...folders.keys()].sort(),
    nodesOf: (site) => nodesIn(folderOf(site), site, trees),
    seedOf: (site) => seedIn(join(folderOf(site), 'seed')),
  };
}

function treeIn(assembly: string, name: string): Machine {
  const folder = join(assembly, 'nodes', name);
  const script = readFileSync(join(folder, 'apply.sh'), 'utf8');
  return { name, files: { ...textsBelow(join(folder, 'files')), '/var/lib/edgecdk/apply.sh': script } };
}

function nodesIn(folder: string, site: string, trees: ReadonlyMap<string, Machine>): AssemblyNode[] {
  const lines = readFileSync(join(folder, 'match.tsv'), 'utf8').trimEnd().split('\n');
  const treeOf = new Map(lines.map((line) => line.split('\t')).map(([, , node = '', tree = '']) => [node, tree]));
  return [...treeOf].map(([name, tree]) => {
    const base = trees.get(tree);
    if (base === undefined) throw new Error(`${site}: match.tsv gives ${name} the tree '${tree}', which is not there`);
    const files = { ...base.files, ...textsBelow(join(folder, name, 'identity/files')) };
    return { name, site, tree, machine: { name, files }, seed: seedIn(join(folder, name, 'seed')) };
  });
}

function seedIn(folder: string): Seed | undefined {
  if (!existsSync(folder)) return undefined;
  const text = (name: string) => readFileSync(join(folder, name), 'utf8');
  return {
    'user-data': text('user-data'),
    'meta-data': text('meta-data'),
    'network-config': existsSync(join(folder, 'network-config')) ? text('network-config') : undefined,
  };
}

/** Text of all files below a folder, by their path from it with a slash before. */
function textsBelow(folder: string): Record<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true, encoding: 'utf8' });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(paths.map((path) => [`/${relative(folder, path)}`, readFileSync(path, 'utf8')]));
}
