import { sorted } from '../../../model/digest';
import type { KubeObject } from '../../../model/kube-object';
import type { KubeEdgeClusterModel } from '../../../model/kubeedge-cluster-model';
import { error, listSome, type Problem, warning } from '../../../model/problem';
import type { SharedContent } from '../../../model/shared-cluster';
import { hasToken } from '../../../model/token';
import type { ClusterGroup } from './cluster-groups';
import type { ClusterParts } from './cluster-parts';
import { cloudProblems } from './cluster-refusals';
import { edgeHazards } from './edge-hazards';
import { featuresOf } from './features-of';
import { type BroughtObjects, nameClashes } from './name-clashes';
import { nodeGroupRefusals, nodeGroupWarnings } from './node-groups';
import { clusterCounts, countWarnings, type WorkloadCount } from './object-counts';
import type { PlacedUnits } from './place-units';
import { fields, hasPods, kindOf } from './pod-bearing';

export interface ProblemInput {
  readonly cluster: KubeEdgeClusterModel;
  readonly content: SharedContent;
  readonly groups: readonly ClusterGroup[];
  readonly placed: readonly PlacedUnits[];
  readonly parts: ClusterParts;
  /** Objects of the cluster itself. */
  readonly own: readonly KubeObject[];
  /** What is wrong with them, for its path. */
  readonly refusals: readonly string[];
}

/** All that is wrong with a cluster, its parts and what workloads become in it, each with the path of its construct. */
export function sharedProblems(input: ProblemInput): Problem[] {
  const { cluster, content, groups, placed, parts, refusals } = input;
  const { path } = cluster;
  const nodes = content.sites.reduce((sum, site) => sum + site.nodes.length, 0);
  const grouped = featuresOf(cluster).includes('nodeGroups') ? nodeGroupRefusals(groups) : [];
  const large = featuresOf(cluster).includes('nodeGroups') ? nodeGroupWarnings(groups) : [];
  const counts = clusterCounts(
    nodes,
    placed.flatMap((one) => countsOf(one, groups)),
  );
  return [
    ...cloudProblems(cluster, nodes),
    ...[...grouped, ...refusals].map((message) => error(path, message)),
    ...[...large, ...countWarnings(counts)].map((message) => warning(path, message)),
    ...parts.problems,
    ...placed.flatMap((one) => [...hazardProblems(one, cluster), ...nameProblems(one), ...overriderProblems(one)]),
    ...nameClashes(brought(input)),
  ];
}

function hazardProblems({ workload, units }: PlacedUnits, cluster: KubeEdgeClusterModel): Problem[] {
  const features = featuresOf(cluster);
  const has = { edgeMesh: features.includes('edgeMesh'), metaServer: features.includes('inClusterConfig') };
  return gathered(
    units.flatMap(({ objects, sites }) =>
      edgeHazards(objects, has).map(({ severity, message, rule }) => ({
        ...(severity === 'error' ? error(workload.path, message) : warning(workload.path, message, { rule })),
        sites,
      })),
    ),
  );
}

/** The same of several units once, with the sites of all. */
function gathered(problems: readonly Problem[]): Problem[] {
  const found = new Map<string, Problem>();
  for (const problem of problems) {
    const key = `${problem.severity} ${problem.path} ${problem.message}`;
    const sites = new Set([...(found.get(key)?.sites ?? []), ...(problem.sites ?? [])]);
    found.set(key, { ...problem, sites: [...sites].sort() });
  }
  return [...found.values()];
}

/** Names of Services, and labels that bear the names of others, end there; of these, Kubernetes makes names of their own. */
const MOST = 63;
const MOST_OF: Readonly<Record<string, number>> = { CronJob: 52, StatefulSet: 52 };

function nameProblems({ workload, units, perSite }: PlacedUnits): Problem[] {
  return units.flatMap(({ id, sites }) => {
    const own = perSite.get(id)?.own.filter(({ metadata }) => !hasToken(metadata.name)) ?? [];
    const wrong = own.flatMap(({ kind, metadata: { name } }) => {
      const most = MOST_OF[kind] ?? MOST;
      const tooLong = sites.filter((site) => name.length + 1 + site.length > most);
      return tooLong.length > 0 ? [{ kind, name, most, tooLong }] : [];
    });
    // The one that is furthest beyond what it may have speaks for the others.
    const [worst] = sorted(wrong, ({ name, most }) => String(1000 + most - name.length));
    const site = worst?.tooLong[0];
    return worst === undefined || site === undefined
      ? []
      : [
          error(
            workload.path,
            `makes the ${worst.kind} '${worst.name}-${site}' of ${worst.name.length + 1 + site.length} characters in a cluster that sites share, and its name has ${worst.most}; take a shorter id, or shorter names of sites`,
            { sites: worst.tooLong },
          ),
        ];
  });
}

function overriderProblems({ workload, refusals }: PlacedUnits): Problem[] {
  return refusals.length === 0 ? [] : [error(workload.path, `cannot be an EdgeApplication: ${listSome(refusals)}`)];
}

function countsOf(
  { workload, units, shared, perSite, form }: PlacedUnits,
  groups: readonly ClusterGroup[],
): WorkloadCount[] {
  const once = { workload: workload.id, namespace: workload.namespace };
  const counts = units.map(({ id, sites, objects }) => ({
    ...once,
    shared: 0,
    perSite: perSite.get(id)?.named.length ?? 0,
    sites: sites.length,
    pods: podsOf(objects, sites, groups),
  }));
  return [
    ...(form === 'per-site' || shared.length > 0
      ? [{ ...once, shared: shared.length, perSite: 0, sites: 0, pods: 0 }]
      : []),
    ...counts,
  ];
}

function podsOf(objects: readonly KubeObject[], sites: readonly string[], groups: readonly ClusterGroup[]): number {
  const own = new Set(sites);
  const nodes = groups
    .filter((group) => group.open.some((site) => own.has(site)))
    .reduce((sum, group) => sum + group.nodes, 0);
  return objects.filter(hasPods).reduce((sum, object) => {
    const isDaemonSet = kindOf(object) === 'apps/v1/DaemonSet';
    const replicas = fields(object.spec).replicas;
    // A number that each site sets is not known here.
    const each = typeof replicas === 'number' && !hasToken(replicas) ? replicas : 1;
    return sum + (isDaemonSet ? nodes : each * sites.length);
  }, 0);
}

/** Units that are whole in the cluster are looked at by the checks of each cohort, too. */
function brought({ cluster, own: objects, placed, parts }: ProblemInput): BroughtObjects[] {
  return [
    ...placed.flatMap(({ workload, units, shared, perSite }) => [
      {
        path: workload.path,
        objects: shared.flatMap(inside),
        ...(perSite.size === 0 && { checkedAt: units.flatMap(({ sites }) => sites) }),
      },
      ...units.flatMap(({ id, sites }) => {
        const own = perSite.get(id)?.own;
        return own ? [{ path: workload.path, objects: own, sites }] : [];
      }),
    ]),
    ...parts.jobs.map((job, i) => ({ path: job.path, objects: parts.jobObjects.slice(i, i + 1) })),
    ...parts.rules.map(({ constructPath, name, source }) => ({
      path: constructPath,
      objects: [{ apiVersion: 'rules.kubeedge.io/v1', kind: 'Rule', metadata: { name, namespace: source.namespace } }],
    })),
    { path: cluster.path, objects },
  ];
}

/** An EdgeApplication makes its Deployments under names of their own, one for each node group. */
function inside(object: KubeObject): KubeObject[] {
  if (object.kind !== 'EdgeApplication') return [object];
  const spec = object.spec as {
    readonly workloadScope: { readonly targetNodeGroups: readonly { readonly name: string }[] };
    readonly workloadTemplate: { readonly manifests: readonly KubeObject[] };
  };
  return [
    object,
    ...spec.workloadTemplate.manifests.flatMap((one) =>
      spec.workloadScope.targetNodeGroups.map(({ name }) => ({
        ...one,
        metadata: { ...one.metadata, name: `${one.metadata.name}-${name}` },
      })),
    ),
  ];
}
