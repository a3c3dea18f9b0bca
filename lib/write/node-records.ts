import type { AssemblyRecord, SiteNodesRecord, SiteRecord } from '../model/assembly-record';
import { sha256, sorted } from '../model/digest';
import { nodesFolder } from '../model/folders';
import type { SitePlan } from '../model/plan';
import type { SiteNodes } from '../model/template';

/** Lists of files, each once: sites with as many machines have the same. */
export class NodeFileLists {
  private readonly lists = new Map<string, readonly string[]>();

  constructor(private readonly previous: AssemblyRecord['nodeFiles'] = {}) {}

  /** The record of a site; that of the last run where nothing changed, so that no file of it is made. */
  recordOf(site: SitePlan, made: SiteNodes, before: SiteNodesRecord | undefined): SiteNodesRecord {
    if (before?.digest === made.digest && this.keep(before)) return before;
    const slots = new Map(made.nodes.map(({ name, slot }) => [name, slot]));
    const list = made.names().map((path) => {
      const [first = '', ...rest] = path.split('/');
      return [slots.get(first) ?? first, ...rest].join('/');
    });
    const id = sha256(list.join('\n')).slice(0, 8);
    this.lists.set(id, list);
    const addresses = made.nodes.flatMap(({ slot, role, address }) =>
      role === 'server' && address.kind !== 'dynamic' ? [[slot, address.ip] as const] : [],
    );
    return {
      digest: made.digest,
      ...(site.clusterGeneration > 0 && { clusterGeneration: site.clusterGeneration }),
      ...(addresses.length > 0 && { addresses: Object.fromEntries(addresses) }),
      files: id,
      slots: Object.fromEntries(
        made.nodes.flatMap(({ slot, tree, generation }) =>
          tree === undefined ? [] : [[slot, `${tree}${generation > 0 ? `@${generation}` : ''}`]],
        ),
      ),
    };
  }

  /** Of a site that keeps what it has. Whether the list is known. */
  keep({ files }: SiteNodesRecord): boolean {
    const list = this.lists.get(files) ?? this.previous[files];
    if (list) this.lists.set(files, list);
    return list !== undefined;
  }

  get record(): AssemblyRecord['nodeFiles'] {
    return Object.fromEntries(sorted(this.lists, ([id]) => id));
  }
}

/** How many clusters a site had before. */
export function generationOf({ nodes }: Pick<SiteRecord, 'nodes'>): number {
  return nodes?.clusterGeneration ?? 0;
}

/** Whether machines of the last run may run still: what was only described runs nowhere, and a new cluster begins with new machines, whatever their names. */
export function livesOn(was: Pick<SiteRecord, 'nodes' | 'state'>, site: Pick<SitePlan, 'clusterGeneration'>): boolean {
  return was.state !== 'planned' && site.clusterGeneration === generationOf(was);
}

/** Slot of an index, taken apart. */
export function readSlot(text: string): { readonly tree: string; readonly generation: number } {
  const [tree = '', generation] = text.split('@');
  return { tree, generation: Number(generation ?? 0) };
}

/** Paths of the files of a site's machines, from its line of the index alone. */
export function recordedNodeFiles(
  { name, nodes }: Pick<SiteRecord, 'name' | 'nodes'>,
  lists: AssemblyRecord['nodeFiles'],
): string[] {
  if (!nodes) return [];
  const folder = nodesFolder(name);
  const names = new Map(
    Object.entries(nodes.slots).map(([slot, text]) => {
      const { generation } = readSlot(text);
      return [slot, `${name}-${slot}${generation > 0 ? `-g${generation}` : ''}`];
    }),
  );
  return (lists[nodes.files] ?? []).map((path) => {
    const [first = '', ...rest] = path.split('/');
    return `${folder}/${[names.get(first) ?? first, ...rest].join('/')}`;
  });
}
