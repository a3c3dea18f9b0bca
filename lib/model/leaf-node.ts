import type { NodeRecord } from './node-model';
import { error, listSome, type Problem } from './problem';
import type { LeafDeviceWorkloadModel } from './workload-model';

/** Hole that each site fills with the name of the node that a leaf device, by its id, hangs on there. */
export function leafNodeHole(id: string): string {
  return `${leafNodePrefix}${id}`;
}

export const leafNodePrefix = 'site.nodeOf.';

/**
 * The node of one site that a device hangs on. It is asked for anew at every synthesis: a machine that is replaced has another name, and what belongs to the
 * device follows.
 */
export function nodeOfLeaf(
  { path, placement: { onNodes }, content: { ordinal } }: LeafDeviceWorkloadModel,
  site: string,
  nodes: readonly NodeRecord[],
): { readonly node: NodeRecord } | { readonly problem: Problem } {
  const wrong = (message: string) => ({ problem: error(path, message, { sites: [site] }) });
  if (onNodes === undefined)
    return wrong('does not say which nodes it hangs on; name their class: Placement.on(...).onNodes(gateway)');
  const meant = nodes.filter((node) => onNodes.includes(node.deviceClass));
  if (ordinal !== undefined && onNodes.length > 1)
    return wrong(`has the ordinal ${ordinal} among nodes of ${onNodes.length} classes; name one class`);
  const found = ordinal === undefined ? meant : meant.filter(({ slot }) => slot.endsWith(`-${ordinal}`));
  const [node] = found;
  const names = listSome(meant.map(({ name }) => name));
  if (node === undefined)
    return wrong(
      ordinal === undefined
        ? 'has no node to hang on at a site of its placement; place it on sites that have one, or give the site one'
        : `hangs on node ${ordinal} of its class, which a site does not have (it has ${names || 'none'})`,
    );
  if (found.length > 1)
    return wrong(`could hang on several nodes (${names}); say which one with \`ordinal\`, counted from 1`);
  return { node };
}
