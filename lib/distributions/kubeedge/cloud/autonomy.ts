import type { KubeObject } from '../../../model/kube-object';
import type { PlacementFacts } from '../../../model/kubeedge-placement';
import { EDGE_ROLE } from './cluster-daemon-sets';
import { type Fields, fields, hasPods, items, kindOf, withTemplate } from './pod-bearing';

/** Where the pods of one object may go. */
export interface Where {
  /** Labels that a node must have, each one of these values. */
  readonly labels: ReadonlyArray<{ readonly key: string; readonly values: readonly string[] }>;
  /** No more than so many pods at one site: those of sites whose nodes have not joined wait for them. */
  readonly atMost?: { readonly pods: number; readonly label: string };
  readonly taint?: PlacementFacts['taint'];
}

const UNREACHABLE = ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable'] as const;

/**
 * What an object needs to live on edge nodes. Pods stay with a node that is off for as long as it is: a time limit would make them anew elsewhere, at
 * another site. Constraints on nodes stand in the affinity, since an EdgeApplication takes the place of nodeSelector.
 */
export function forEdge(object: KubeObject, where: Where): KubeObject {
  if (!hasPods(object)) return object;
  return withStrategy(withTemplate(object, (template) => edgeTemplate(template, where)));
}

function edgeTemplate(template: Fields, where: Where): Fields {
  const pod = fields(template.spec);
  const metadata = fields(template.metadata);
  const { nodeSelector, ...others } = pod;
  return {
    ...template,
    metadata: {
      ...metadata,
      // Beside the tolerations: where the admission webhook runs, it goes by this.
      labels: { ...fields(metadata.labels), 'app-offline.kubeedge.io': 'autonomy' },
    },
    spec: {
      ...others,
      // A token that is renewed through the cloud would keep a pod from starting again while the node is off the network.
      automountServiceAccountToken: pod.automountServiceAccountToken ?? pod.serviceAccountName !== undefined,
      affinity: withNodes(fields(pod.affinity), fields(nodeSelector), where),
      tolerations: tolerations(items(pod.tolerations), where.taint),
      ...(where.atMost && {
        topologySpreadConstraints: [
          ...items(pod.topologySpreadConstraints).filter(isOfSites),
          atMost(template, where.atMost),
        ],
      }),
    },
  };
}

/** One on hosts would count the nodes of all sites. */
function isOfSites(constraint: unknown): boolean {
  return fields(constraint).topologyKey !== 'kubernetes.io/hostname';
}

function withNodes(affinity: Fields, nodeSelector: Fields, { labels }: Where): Fields {
  const own = [
    { key: EDGE_ROLE, operator: 'Exists' },
    ...Object.entries(nodeSelector).map(([key, value]) => ({ key, operator: 'In', values: [value] })),
    ...labels.map(({ key, values }) => ({ key, operator: 'In', values: [...values].sort() })),
  ];
  const node = fields(affinity.nodeAffinity);
  const required = fields(node.requiredDuringSchedulingIgnoredDuringExecution);
  const terms = items(required.nodeSelectorTerms);
  return {
    ...affinity,
    nodeAffinity: {
      ...node,
      requiredDuringSchedulingIgnoredDuringExecution: {
        // Terms are alternatives: what holds for all of them stands in each.
        nodeSelectorTerms: (terms.length === 0 ? [{}] : terms).map((term) => ({
          ...fields(term),
          matchExpressions: [...items(fields(term).matchExpressions), ...own],
        })),
      },
    },
  };
}

function tolerations(found: readonly unknown[], taint: Where['taint']): unknown[] {
  const keys: readonly string[] = UNREACHABLE;
  const others = found.filter((one) => !keys.includes(String(fields(one).key)));
  return [
    ...others,
    ...UNREACHABLE.map((key) => ({ key, operator: 'Exists', effect: 'NoExecute' })),
    ...(taint === undefined
      ? []
      : [
          {
            key: taint.key,
            operator: taint.value === undefined ? 'Exists' : 'Equal',
            value: taint.value,
            effect: taint.effect,
          },
        ].map(({ value, ...rest }) => (value === undefined ? rest : { ...rest, value }))),
  ];
}

/** More sites than there are: while it is short of them, the scheduler counts from 0, so that `maxSkew` is the most of one site, whichever have joined. */
const MORE_THAN_ALL = 1_000_000;

/** Those of an older template do not count. The number of sites is not in it, or each new one would start all pods anew. */
function atMost(template: Fields, { pods, label }: NonNullable<Where['atMost']>): Fields {
  return {
    maxSkew: pods,
    minDomains: MORE_THAN_ALL,
    topologyKey: label,
    whenUnsatisfiable: 'DoNotSchedule',
    labelSelector: { matchLabels: ownLabels(template) },
    matchLabelKeys: ['pod-template-hash'],
  };
}

function ownLabels(template: Fields): Fields {
  return fields(fields(template.metadata).labels);
}

/** A node that is off must not hold up all others, and two pods would fight over ports and files of the node. */
function withStrategy(object: KubeObject): KubeObject {
  const spec = fields(object.spec);
  if (kindOf(object) === 'apps/v1/Deployment')
    return {
      ...object,
      spec: { ...spec, strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 0, maxUnavailable: '100%' } } },
    };
  if (kindOf(object) === 'apps/v1/DaemonSet')
    return {
      ...object,
      spec: { ...spec, updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '100%' } } },
    };
  return object;
}
