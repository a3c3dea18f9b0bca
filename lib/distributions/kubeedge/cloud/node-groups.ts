import { sorted } from '../../../model/digest';
import type { KubeObject } from '../../../model/kube-object';

/** Node labels that EdgeCDK sets at registration. */
export const SITE_LABEL = 'edgecdk.dev/site';
export const SITE_GROUP_LABEL = 'edgecdk.dev/site-group';
export const DEVICE_CLASS_LABEL = 'edgecdk.dev/device-class';

export interface NodeGroupInput {
  /** Id of the site group. */
  readonly siteGroup: string;
  /** Id of the device class. */
  readonly deviceClass: string;
}

/** A NodeGroup stands in no namespace, and its name becomes part of names of Deployments. */
export function nodeGroupName({ siteGroup, deviceClass }: NodeGroupInput): string {
  return `${siteGroup}-${deviceClass}`;
}

/**
 * One per site group and device class; its members are found by their labels, so that what is written does not grow with the fleet. What its controller
 * writes does: its status has an entry for each node. It sets no zone label: on the removal of a node from a group with one, that label goes for good.
 */
export function nodeGroups(groups: readonly NodeGroupInput[]): KubeObject[] {
  return sorted(groups, nodeGroupName).map((group) => ({
    apiVersion: 'apps.kubeedge.io/v1alpha1',
    kind: 'NodeGroup',
    metadata: { name: nodeGroupName(group) },
    spec: {
      matchLabels: { [SITE_GROUP_LABEL]: group.siteGroup, [DEVICE_CLASS_LABEL]: group.deviceClass },
    },
  }));
}

/** The status of a group has about 100 bytes for each of its nodes, is written whole at each change of one, and etcd takes 1.5 MB. */
export const NODES_OF_A_GROUP = 1000;

/** Groups that are larger than is good for their controller. */
export function nodeGroupWarnings(groups: readonly (NodeGroupInput & { readonly nodes: number })[]): string[] {
  return groups
    .filter(({ nodes }) => nodes > NODES_OF_A_GROUP)
    .map(
      (group) =>
        `the node group '${nodeGroupName(group)}' has ${group.nodes} nodes, and its status grows with each; have ${NODES_OF_A_GROUP} at most: spread the sites over more site groups`,
    );
}

/** What is wrong with the names of groups: two may come out as one, and a name must leave room in that of a Deployment. */
export function nodeGroupRefusals(groups: readonly NodeGroupInput[]): string[] {
  const byName = new Map<string, NodeGroupInput[]>();
  for (const group of groups) {
    const name = nodeGroupName(group);
    byName.set(name, [...(byName.get(name) ?? []), group]);
  }
  return [...byName].flatMap(([name, same]) => [
    ...(same.length > 1
      ? [
          `${same.map((g) => `'${g.siteGroup}' with '${g.deviceClass}'`).join(' and ')} make one node group, '${name}'; rename one of them`,
        ]
      : []),
    ...(name.length > 52
      ? [
          `the node group '${name}' has ${name.length} characters, and leaves no room for names of workloads in 63; take shorter ids`,
        ]
      : []),
    ...(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(name)
      ? []
      : [`the node group '${name}' must be of lower-case letters, digits and '-'`]),
  ]);
}
