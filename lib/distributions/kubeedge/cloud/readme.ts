import { HUB_NODE_PORTS, HUB_PORTS } from '../../../catalog/kubeedge-ports';
import type { KubeEdgeClusterModel } from '../../../model/kubeedge-cluster-model';
import { CARRIER_NAMESPACE } from '../../../render/carrier/carrier';
import { CARRIER_LABEL } from './carriers';
import type { CloudPart } from './cloud-part';
import { EDGE_ROLE } from './cluster-daemon-sets';
import type { ClusterParts } from './cluster-parts';
import { featuresOf } from './features-of';
import { chartStep, cloudcoreStep, patchStep } from './install-steps';
import type { PlacedUnits } from './place-units';
import { deletedKinds, POD_KINDS } from './workload-kinds';

export interface ReadmeInput {
  readonly cluster: KubeEdgeClusterModel;
  readonly part: CloudPart;
  readonly parts: ClusterParts;
  readonly placed: readonly PlacedUnits[];
}

/** What people do with the folder of a cluster, in which order. It grows with workloads, and not with sites. */
export function readme(input: ReadmeInput): string {
  const { cluster, parts, placed } = input;
  const steps = [
    ...patchStep(input.part),
    ...input.part.charts.flatMap((chart) => [
      chartStep(chart),
      ...(chart.name === 'cloudcore' ? [cloudcoreStep(cluster)] : []),
    ]),
    ...manifestSteps(placed, parts),
    `Open the way from nodes to ${cluster.advertiseAddress.join(', ')}: ${openPorts(cluster)}. Nothing is opened towards nodes.`,
    `Let nodes join: ${enrolment(cluster)} In the program's folder, \`edgecdk export <site> --secrets <folder>\` writes the medium of a site; the runbook
   \`docs/runbooks/open-a-van.md\` of EdgeCDK has all steps, certificates too. A node is there once this lists it:

   \`\`\`sh
   kubectl get nodes --selector ${EDGE_ROLE} --label-columns edgecdk.dev/site,edgecdk.dev/device-class
   \`\`\``,
  ];
  return `# ${cluster.id}: KubeEdge ${cluster.version} on Kubernetes ${cluster.kubernetes}

Made by EdgeCDK from [${cluster.path}]; changes belong there. Nothing in this folder is secret, and nothing applies it by itself: people do, or an engine of
delivery that watches it. Commands start in this folder, with \`kubectl\` and \`helm\` for the cluster in the cloud.

## In this order

${steps.map((step, i) => `${i + 1}. ${step}`).join('\n\n')}

## Changes

Look first, then apply. Applying again what has not changed changes nothing.

\`\`\`sh
kubectl diff --server-side --recursive --filename manifests
${withSites(placed, 'kubectl diff --server-side --recursive --filename sites\n')}kubectl apply --server-side --recursive --filename manifests
${withSites(placed, 'kubectl apply --server-side --recursive --filename sites\n')}\`\`\`

Values of a chart and patches are applied by their step above; nodes go on meanwhile.

A node ends the version of a workload that it has, and only then fetches the image of the next: over a thin link it has neither for as long as that takes.
${cluster.features.includes('jobs') ? 'So bring new images to nodes first, with an `ImagePrePullJob`, and apply the change when it is done.' : 'Make such a change while links are good, or fetch new images on the machines first: `crictl pull <image>`.'}

## What is gone

K3s withdraws what its folder no longer holds; here nobody does: an object whose file is gone, or has lost it, stays in the cluster. An engine with pruning
(Argo CD, Flux) removes it. By hand, objects are found by their labels; what holds data (volume claims, namespaces) is not among them and is deleted by its name:

\`\`\`sh
${removals(placed)}
\`\`\`

Of a site that is gone, delete the nodes, too: \`kubectl delete nodes --selector edgecdk.dev/site=<site>\`. Until then it keeps what it shares with others.

## Workloads

${workloadTable(placed)}${partsText(parts)}`;
}

/** What nodes dial, by their site's sheets, too. */
function openPorts(cluster: KubeEdgeClusterModel): string {
  const ports = cluster.exposure === 'node-ports' ? HUB_NODE_PORTS : HUB_PORTS;
  return [
    cluster.protocol === 'quic' ? `${ports.quic}/udp` : `${ports.websocket}/tcp`,
    `${ports.https}/tcp for certificates`,
    ...(featuresOf(cluster).includes('logs') ? [`${ports.tunnel}/tcp for logs and exec`] : []),
  ].join(', ');
}

function enrolment({ enrolment: { kind } }: KubeEdgeClusterModel): string {
  return kind === 'preissued'
    ? 'give machines their media, with a certificate for each, issued by the authority in the Secret `kubeedge/casecret`.'
    : 'give machines their media. Each asks its own command for a token, `tokendata` of the Secret `kubeedge/tokensecret`.';
}

function manifestSteps(placed: readonly PlacedUnits[], { jobs }: ClusterParts): string[] {
  const once =
    jobs.length > 0 ? ' Jobs of nodes are in it: each runs once, and is none until its nodes are there.' : '';
  return [
    `Apply what all sites share: namespaces, roles, node groups, what brings changed node trees to machines, workloads.${once}

   \`\`\`sh
   kubectl apply --server-side --recursive --filename manifests
   \`\`\``,
    ...(hasSites(placed)
      ? [
          `Apply what each site has for itself.

   \`\`\`sh
   kubectl apply --server-side --recursive --filename sites
   \`\`\``,
        ]
      : []),
  ];
}

function hasSites(placed: readonly PlacedUnits[]): boolean {
  return placed.some(({ perSite }) => [...perSite.values()].some(({ named }) => named.length > 0));
}

function withSites(placed: readonly PlacedUnits[], text: string): string {
  return hasSites(placed) ? text : '';
}

function removals(placed: readonly PlacedUnits[]): string {
  const kinds = deletedKinds(
    placed.flatMap(({ shared, perSite }) => [...shared, ...[...perSite.values()].flatMap(({ named }) => named)]),
  );
  const pods = POD_KINDS.join(',');
  return `# of a workload that is gone:
kubectl delete ${kinds} --all-namespaces --selector edgecdk.dev/workload=<workload>
# what a site had for itself:
kubectl delete ${kinds} --all-namespaces --selector edgecdk.dev/site=<site>
# of a workload that each site has for itself from now on, what all shared:
kubectl delete ${pods} --all-namespaces --selector 'edgecdk.dev/workload=<workload>,!edgecdk.dev/site'
# of a workload that all sites share from now on, what each had for itself:
kubectl delete ${kinds} --all-namespaces --selector 'edgecdk.dev/workload=<workload>,edgecdk.dev/site'
# of a site group that is gone or has another name, once no node bears its label:
kubectl delete nodegroups.apps.kubeedge.io <site group>-<device class>
# of a blueprint that is gone or has another name, what brought node trees to its machines:
kubectl get daemonsets --namespace ${CARRIER_NAMESPACE} --label-columns ${CARRIER_LABEL}
kubectl delete daemonset --namespace ${CARRIER_NAMESPACE} --selector ${CARRIER_LABEL}=<carrier>`;
}

const FORMS = {
  'edge-application': 'EdgeApplication',
  plain: 'objects for all sites',
  'per-site': 'objects of each site',
} as const;

function workloadTable(placed: readonly PlacedUnits[]): string {
  if (placed.length === 0) return 'No workload is placed here yet.\n';
  const rows = placed.map(({ workload, form, shared, perSite, why }) => {
    const most = Math.max(0, ...[...perSite.values()].map(({ named }) => named.length));
    return `| ${workload.id} | ${FORMS[form]} | ${shared.length} | ${most} | ${why.join('; ') || ''} |`;
  });
  return `| workload | form | shared objects | objects of a site, at most | why it is no EdgeApplication |
| --- | --- | --- | --- | --- |
${rows.join('\n')}
`;
}

function partsText({ jobs, rules }: ClusterParts): string {
  if (jobs.length + rules.length === 0) return '';
  return `
Beside them, jobs: ${jobs.length}, and rules: ${rules.length}. What a job has done it does not do again; another run is another job.
`;
}
