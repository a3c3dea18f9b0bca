import { sorted } from '../../model/digest';
import type { KubeObject } from '../../model/kube-object';
import type { KubeEdgeClusterModel } from '../../model/kubeedge-cluster-model';
import type { SharedContent, SharedFiles, SharedUnit } from '../../model/shared-cluster';
import { carriers } from './cloud/carriers';
import { cloudPart } from './cloud/cloud-part';
import { cloudFiles, objectsText } from './cloud/cluster-files';
import { type ClusterGroup, clusterGroups } from './cloud/cluster-groups';
import { clusterParts } from './cloud/cluster-parts';
import { namespaces } from './cloud/namespaces';
import { type PlacedUnits, placeUnits } from './cloud/place-units';
import { readme } from './cloud/readme';
import { sharedProblems } from './cloud/shared-problems';
import { podKindsOf } from './cloud/workload-kinds';

/** What a KubeEdge cluster holds: its cloud part and what all sites share as files, and what each site adds. */
export function renderSharedCluster(cluster: KubeEdgeClusterModel, content: SharedContent): SharedFiles {
  const { sites, units, print } = content;
  const groups = clusterGroups(sites);
  const part = cloudPart(cluster, groups);
  const parts = clusterParts(cluster, new Set(sites.flatMap(({ nodes }) => nodes.map(({ name }) => name))));
  const placed = placeAll(cluster, content, groups);
  const carried = carriers(content);
  const own: readonly (readonly [string, readonly KubeObject[]])[] = [
    ['00-namespaces', namespaces(units, parts.ruleObjects, carried.objects)],
    ['00-roles', part.objects.filter(({ kind }) => kind !== 'NodeGroup')],
    ['00-node-groups', part.objects.filter(({ kind }) => kind === 'NodeGroup')],
    ['10-edgecdk-nodes', carried.objects.filter(({ kind }) => kind !== 'Namespace')],
    ['jobs', parts.jobObjects],
    ['rules', parts.ruleObjects],
  ];
  const files = new Map([
    ['README.md', readme({ cluster, part, parts, placed })],
    ...cloudFiles(cluster.path, part, print),
    ...own.flatMap(([name, objects]) => fileOf(name, cluster.path, objects, print)),
    ...placed.flatMap(({ workload, shared }) => fileOf(`workloads/${workload.id}`, workload.path, shared, print)),
  ]);
  return {
    files: new Map(sorted(files, ([path]) => path)),
    perSite: new Map(placed.flatMap(({ perSite }) => [...perSite].map(([id, { named }]) => [id, named] as const))),
    podKinds: new Map(placed.map(({ workload, shared }) => [workload.id, podKindsOf(shared)])),
    problems: sharedProblems({
      cluster,
      content,
      groups,
      placed,
      parts,
      own: [...part.objects, ...carried.objects.filter(({ kind }) => kind !== 'Namespace')],
      refusals: carried.refusals,
    }),
  };
}

function fileOf(
  name: string,
  path: string,
  objects: readonly KubeObject[],
  print: SharedContent['print'],
): [string, string][] {
  return objects.length === 0 ? [] : [[`manifests/${name}.yaml`, objectsText(path, objects, print)]];
}

function placeAll(
  cluster: KubeEdgeClusterModel,
  { units, tokens }: SharedContent,
  groups: readonly ClusterGroup[],
): PlacedUnits[] {
  const byWorkload = new Map<string, SharedUnit[]>();
  for (const unit of units) byWorkload.set(unit.workload.path, [...(byWorkload.get(unit.workload.path) ?? []), unit]);
  // A cluster without workloads has no tokens either.
  const where = () => ({
    cluster,
    groups,
    site: tokens.text('site.name'),
    timeZone: tokens.text('site.timeZone'),
  });
  const placed = [...byWorkload.values()].flatMap(([first, ...others]) =>
    first ? [placeUnits(first.workload, [first, ...others], where())] : [],
  );
  return sorted(placed, ({ workload }) => workload.id);
}
