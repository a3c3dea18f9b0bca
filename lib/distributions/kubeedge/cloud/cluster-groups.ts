import { sorted } from '../../../model/digest';
import type { SharedSite } from '../../../model/shared-cluster';
import { type NodeGroupInput, nodeGroupName } from './node-groups';

/** A node group with what is in it. */
export interface ClusterGroup extends NodeGroupInput {
  readonly name: string;
  /** Names of its sites. */
  readonly sites: readonly string[];
  /** Those of them that still have workloads of their own. */
  readonly open: readonly string[];
  readonly nodes: number;
}

/** The node groups of a cluster: one for each site group and device class that its sites have nodes of. */
export function clusterGroups(sites: readonly SharedSite[]): ClusterGroup[] {
  const groups = new Map<string, { group: NodeGroupInput; sites: Map<string, boolean>; nodes: number }>();
  for (const { name, group: siteGroup, nodes, isClosing = false } of sites)
    for (const node of nodes) {
      const group = { siteGroup, deviceClass: classId(node.deviceClass) };
      const key = JSON.stringify([group.siteGroup, group.deviceClass]);
      const known = groups.get(key) ?? { group, sites: new Map<string, boolean>(), nodes: 0 };
      known.sites.set(name, isClosing);
      known.nodes += 1;
      groups.set(key, known);
    }
  return sorted(
    [...groups.values()].map(
      (known): ClusterGroup => ({
        ...known.group,
        name: nodeGroupName(known.group),
        sites: [...known.sites.keys()],
        open: [...known.sites].filter(([, isClosing]) => !isClosing).map(([site]) => site),
        nodes: known.nodes,
      }),
    ),
    ({ name, siteGroup }) => `${name} ${siteGroup}`,
  );
}

/** Id of a device class, which its nodes bear as a label: the last part of its path. */
export function classId(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
