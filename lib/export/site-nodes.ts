import { join } from 'node:path';
import type { Assembly } from '../assembly/read-assembly';
import type { SiteRecord } from '../model/assembly-record';
import { compareText, shardOf } from '../model/digest';
import { nodesFolder } from '../model/folders';
import { readIfThere } from './manifest-folder';
import { readNameValues } from './name-values';

/** A machine of a site, as far as an assembly tells. */
export interface SiteNode {
  readonly name: string;
  readonly site: string;
  /** Name of its tree: a folder in `nodes` of the assembly. */
  readonly tree: string;
  /** Serial number and MAC address, as far as they are known: by them a machine finds out who it is. */
  readonly knownBy: readonly string[];
  /** Its lines of `match.tsv`. */
  readonly matchLines: readonly string[];
}

/** The site of that name; undefined where the assembly has none. */
export function findSite(assembly: Assembly, name: string): SiteRecord | undefined {
  const shard = shardOf(name);
  if (!Object.hasOwn(assembly.record.shards, shard)) return undefined;
  for (const line of assembly.shardText(shard).split('\n')) {
    if (line === '') continue;
    const record = JSON.parse(line) as SiteRecord;
    if (record.name === name) return record;
  }
  return undefined;
}

/** The machines of a site, by name; none where the assembly has no files for them. */
export function readSiteNodes({ outDir }: Assembly, site: string): SiteNode[] {
  const text = readIfThere(join(outDir, nodesFolder(site), 'match.tsv'))?.toString('utf8') ?? '';
  const nodes = new Map<string, { tree: string; knownBy: string[]; matchLines: string[] }>();
  for (const line of text.split('\n')) {
    const [kind, value = '', name, tree] = line.split('\t');
    if (!isName(name) || !isName(tree)) continue;
    const node = nodes.get(name) ?? { tree, knownBy: [], matchLines: [] };
    node.matchLines.push(line);
    if (kind !== 'name') node.knownBy.push(value);
    nodes.set(name, node);
  }
  return [...nodes].map(([name, node]) => ({ name, site, ...node })).sort((a, b) => compareText(a.name, b.name));
}

/** It names a folder, and never one somewhere else. */
export function isName(text: string | undefined): text is string {
  return text !== undefined && /^[A-Za-z0-9_][A-Za-z0-9._-]*$/.test(text);
}

/** What a machine's identity says of it, for `apply.sh`: NODE_IP, RANK ... */
export function readIdentity({ outDir }: Assembly, { site, name }: SiteNode): ReadonlyMap<string, string> {
  const file = join(outDir, nodesFolder(site), name, 'identity/files/etc/edgecdk/identity.env');
  return readNameValues(readIfThere(file)?.toString('utf8') ?? '');
}
