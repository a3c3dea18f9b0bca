import { KUBEEDGE_SCALE } from '../../../catalog/kubeedge-overheads';

/** What one workload puts into the cluster. */
export interface WorkloadCount {
  readonly workload: string;
  readonly namespace: string;
  readonly shared: number;
  /** Objects of each site, and of how many sites. */
  readonly perSite: number;
  readonly sites: number;
  readonly pods: number;
}

export interface ClusterCounts {
  readonly nodes: number;
  readonly objects: number;
  readonly pods: number;
  /** By namespace. */
  readonly podsByNamespace: Readonly<Record<string, number>>;
}

export function clusterCounts(nodes: number, workloads: readonly WorkloadCount[]): ClusterCounts {
  const podsByNamespace: Record<string, number> = {};
  let objects = 0;
  let pods = 0;
  for (const { namespace, shared, perSite, sites, pods: own } of workloads) {
    objects += shared + perSite * sites;
    pods += own;
    podsByNamespace[namespace] = (podsByNamespace[namespace] ?? 0) + own;
  }
  return { nodes, objects, pods, podsByNamespace };
}

/** Above what was shown, nobody knows: warnings, each with the number. */
export function countWarnings(counts: ClusterCounts): string[] {
  const { nodes, pods, podsPerNamespace, objects } = KUBEEDGE_SCALE;
  const above = (what: string, found: number, most: { readonly value: number; readonly source: string }): string[] =>
    found > most.value
      ? [
          `${found} ${what} are more than the ${most.value} that KubeEdge was shown with (${most.source}); take several clusters`,
        ]
      : [];
  return [
    ...above('nodes', counts.nodes, nodes),
    ...above('pods', counts.pods, pods),
    ...above('objects', counts.objects, objects),
    ...Object.entries(counts.podsByNamespace)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([namespace, found]) => above(`pods in the namespace '${namespace}'`, found, podsPerNamespace)),
  ];
}
