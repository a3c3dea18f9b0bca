import type { NodeCountModel } from './distribution';
import type { Cohort } from './plan';

/** What nodes sites of a cohort have: those of the cluster's description in its order, then those that single nodes were given instead. */
export function kindsOfNodes({ cluster, sites }: Cohort): Pick<NodeCountModel, 'deviceClass' | 'role'>[] {
  const kinds = new Map<string, Pick<NodeCountModel, 'deviceClass' | 'role'>>();
  const add = (nodes: Pick<NodeCountModel, 'deviceClass' | 'role'>): void => {
    const key = `${nodes.role} ${nodes.deviceClass}`;
    if (!kinds.has(key)) kinds.set(key, nodes);
  };
  cluster.nodes.forEach(add);
  for (const site of sites) for (const nodes of site.nodes) if (nodes.count > 0) add(nodes);
  return [...kinds.values()];
}
