import { KUBEEDGE_CARRIER_IMAGE, KUBEEDGE_PAUSE_IMAGE } from '../../../catalog/kubeedge-images';
import type { KubeObject } from '../../../model/kube-object';
import type { SharedContent } from '../../../model/shared-cluster';
import { carrierNamespace, carrierObjects } from '../../../render/carrier/carrier';
import type { CarrierCluster } from '../../../render/carrier/carrier-cluster';
import { EDGE_ROLE } from './cluster-daemon-sets';
import { SITE_GROUP_LABEL } from './node-groups';
import { fields, items, withTemplate } from './pod-bearing';

const CARRIER: CarrierCluster = {
  image: KUBEEDGE_CARRIER_IMAGE.value,
  idle: { image: KUBEEDGE_PAUSE_IMAGE.value },
  serverLabel: { name: 'node-role.kubernetes.io/control-plane', value: '' },
};

/** Bears the name of a carrier, by which one is found that has left the folder. */
export const CARRIER_LABEL = 'edgecdk.dev/carrier';

/** Of the DaemonSet that carries a node tree. */
export function carrierName(tree: string): string {
  return `edgecdk-${tree.replaceAll('.', '-')}`;
}

/** What carriers make of it where a file cannot travel, and where two trees are of the same nodes. */
export interface Carriers {
  readonly objects: readonly KubeObject[];
  readonly refusals: readonly string[];
}

/**
 * What brings changed node trees to edge nodes that run: a DaemonSet for each tree, on the nodes of its device class at the site groups that have it.
 * All nodes are told at once, since a node that is off counts among those that are not yet done: with any lower number, vans that stand in a yard would
 * hold up all others for ever. Each machine goes back by itself where it does not get well with what it was given.
 */
export function carriers({ sites, trees }: Pick<SharedContent, 'sites' | 'trees'>): Carriers {
  const groups = new Map<string, Set<string>>();
  for (const { group, nodes } of sites)
    for (const { tree } of nodes) if (tree !== undefined) groups.set(tree, (groups.get(tree) ?? new Set()).add(group));
  const objects = new Map<string, KubeObject>();
  const refusals: string[] = [];
  const taken = new Map<string, string>();
  for (const [treeName, { tree, deviceClass }] of trees) {
    const siteGroups = [...(groups.get(treeName) ?? [])].sort();
    for (const group of siteGroups) {
      const key = `${group} ${deviceClass}`;
      const other = taken.get(key);
      if (other !== undefined)
        refusals.push(
          `has two node trees for nodes of ${deviceClass} in '${group}', ${other} and ${treeName}, which no label tells apart; give the site groups different ids`,
        );
      taken.set(key, treeName);
    }
    const made = carrierObjects({ treeName, tree, deviceClassId: deviceClass, cluster: CARRIER });
    for (const object of [...carrierNamespace(), ...made.map((one) => forTree(one, treeName, siteGroups))])
      objects.set(`${object.kind} ${object.metadata.name}`, object);
  }
  return { objects: [...objects.values()], refusals };
}

/** By the name of its tree, of which a class may have several here. */
function forTree(object: KubeObject, treeName: string, siteGroups: readonly string[]): KubeObject {
  if (object.kind !== 'DaemonSet') return object;
  const name = carrierName(treeName);
  const labels = { 'app.kubernetes.io/name': 'edgecdk-carrier', [CARRIER_LABEL]: name };
  const placed = withTemplate(object, (template) => {
    const spec = fields(template.spec);
    const { nodeAffinity } = fields(spec.affinity);
    const { requiredDuringSchedulingIgnoredDuringExecution: required } = fields(nodeAffinity);
    const terms = items(fields(required).nodeSelectorTerms).map((term) => ({
      matchExpressions: [
        ...items(fields(term).matchExpressions),
        { key: EDGE_ROLE, operator: 'Exists' },
        { key: SITE_GROUP_LABEL, operator: 'In', values: siteGroups },
      ],
    }));
    const affinity = {
      nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: terms } },
    };
    return { ...template, metadata: { labels }, spec: { ...spec, affinity } };
  });
  return {
    ...placed,
    metadata: { ...placed.metadata, name, labels },
    spec: {
      ...fields(placed.spec),
      selector: { matchLabels: labels },
      updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 0, maxUnavailable: '100%' } },
    },
  };
}
